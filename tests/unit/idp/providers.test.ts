import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flavour, OidcProvider, Person, Providers } from "../../../local/idp/description.ts";
import { type RunningProviders, startProviders } from "../../../local/idp/server.ts";
import { Browser, type Rest } from "../../../local/player/browser.ts";
import { overTls } from "../../../local/player/over-tls.ts";
import type { Page } from "../../../local/player/page.ts";
import { loopbackFetch } from "../../../local/tenant/authentication/upstream/loopback.ts";

const callback = "https://localhost:4444/login/callback";

const people: Person[] = [
  { sub: "00u1", name: "Ann Archer", email: "ann@acme.example" },
  { sub: "00u2", name: "Bo", email: "bo@elsewhere.example", emailVerified: false },
  { sub: "00u3", name: "Cy Cole", username: "cy@acme.example", claims: { department: "Travel", family_name: null } },
];

const described = (flavour: Flavour, issuer: string): OidcProvider => ({
  name: flavour,
  issuer,
  flavour,
  clientId: "the-app",
  clientSecret: "a-secret",
  people,
});

const byDomain = "https://login.microsoftonline.com/acme.example/v2.0";

const providers: Providers = {
  plain: described("oidc", "https://login.acme.example/"),
  okta: described("okta", "https://acme.okta.com"),
  azure: { ...described("waad", "https://login.microsoftonline.com/b3c1-22/v2.0"), also: [byDomain] },
  google: described("google-apps", "https://accounts.google.com"),
};

let folder: string;
let running: RunningProviders;
let ca: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "idp-"));
  running = await startProviders({ port: 0, caDir: folder, providers });
  ca = readFileSync(join(folder, "ca.pem"), "utf8");
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

function discovered(slug: string, secret = "a-secret"): Promise<client.Configuration> {
  const { issuer = "" } = providers[slug] ?? {};
  const fetch = loopbackFetch(issuer, running.at[issuer] ?? "", ca);
  return client.discovery(new URL(issuer), "the-app", {}, client.ClientSecretPost(secret), {
    [client.customFetch]: fetch,
    execute: [client.enableNonRepudiationChecks],
  });
}

/** The login of an app that is only this test, up to the provider's page or the app's. */
async function begun(
  slug: string,
  more: { [name: string]: string } = {},
  browser = new Browser(overTls(ca), [callback]),
) {
  const configuration = await discovered(slug);
  const verifier = client.randomPKCECodeVerifier();
  const challenge = await client.calculatePKCECodeChallenge(verifier);
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: "openid profile email",
    state: "the-state",
    nonce: "the-nonce",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });
  const checks = { expectedState: "the-state", expectedNonce: "the-nonce", pkceCodeVerifier: verifier };
  const claims = async (arrived: URL) =>
    (await client.authorizationCodeGrant(configuration, arrived, checks)).claims() ?? {};
  return { browser, configuration, claims, rest: await browser.open(url) };
}

function pageOf(rest: Rest): Page {
  if ("page" in rest) return rest.page;
  throw new Error(`arrived at ${rest.arrived}`);
}

function arrivedAt(rest: Rest): URL {
  if ("arrived" in rest) return rest.arrived;
  throw new Error(`${rest.page.status} ${rest.page.title} ${rest.page.url}`);
}

function answered(browser: Browser, page: Page, login: string, pressed?: [string, string]): Promise<Rest> {
  const [form] = page.forms;
  if (!form) throw new Error("no form");
  return browser.submit(page, form, { login }, pressed);
}

async function claimsFor(slug: string, login: string): Promise<object> {
  const { browser, rest, claims } = await begun(slug);
  const said = await claims(arrivedAt(await answered(browser, pageOf(rest), login)));
  const { iat, exp, ...lasting } = said as client.IDToken;
  expect(exp - iat).toBe(600);
  return lasting;
}

test("a provider names its own issuer, and addresses on this machine", async () => {
  const metadata = (await discovered("plain")).serverMetadata();
  const base = `${running.url}/plain`;
  expect(metadata).toMatchObject({
    issuer: "https://login.acme.example/",
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/jwks`,
    userinfo_endpoint: `${base}/me`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
  });
  expect(running.at).toEqual({
    "https://login.acme.example/": base,
    "https://acme.okta.com": `${running.url}/okta`,
    "https://login.microsoftonline.com/b3c1-22/v2.0": `${running.url}/azure`,
    [byDomain]: `${running.url}/azure`,
    "https://accounts.google.com": `${running.url}/google`,
  });
});

const token = { aud: "the-app", nonce: "the-nonce" };
const ann = { ...token, sub: "00u1", name: "Ann Archer", given_name: "Ann", family_name: "Archer" };

test.each([
  ["plain", { iss: "https://login.acme.example/", email: "ann@acme.example", email_verified: true }],
  [
    "okta",
    {
      iss: "https://acme.okta.com",
      email: "ann@acme.example",
      email_verified: true,
      preferred_username: "ann@acme.example",
      locale: "en-US",
      zoneinfo: "America/Los_Angeles",
    },
  ],
  [
    "azure",
    {
      iss: "https://login.microsoftonline.com/b3c1-22/v2.0",
      email: "ann@acme.example",
      preferred_username: "ann@acme.example",
      upn: "ann@acme.example",
      oid: "00u1",
      tid: "b3c1-22",
      ver: "2.0",
    },
  ],
  [
    "google",
    { iss: "https://accounts.google.com", email: "ann@acme.example", email_verified: true, hd: "acme.example" },
  ],
])("what the provider %s says of somebody", async (slug, claims) => {
  expect(await claimsFor(slug, "ann@acme.example")).toEqual({ ...ann, ...claims });
});

test("an address may be anybody's, unverified, or not there; then a user name is signed in by", async () => {
  expect(await claimsFor("plain", "bo@elsewhere.example")).toMatchObject({
    email: "bo@elsewhere.example",
    email_verified: false,
  });
  const cy = await claimsFor("azure", " CY@acme.example ");
  expect(cy).toMatchObject({ upn: "cy@acme.example", department: "Travel" });
  expect(cy).not.toHaveProperty("email");
  expect(cy).not.toHaveProperty("family_name"); // left out by name
});

test("the page suggests whom the app hints at, knows its people only, and lists them", async () => {
  const { browser, rest, claims } = await begun("plain", { login_hint: "ann@acme.example" });
  const page = pageOf(rest);
  expect(page.status).toBe(200);
  expect(page.title).toBe("Sign in at oidc");
  expect(page.forms[0]?.fields).toEqual(new Map([["login", "ann@acme.example"]]));
  expect(page.forms[0]?.buttons.map(({ label }) => label)).toEqual([
    "Sign in",
    "Ann Archer, ann@acme.example",
    "Bo, bo@elsewhere.example",
    "Cy Cole, cy@acme.example",
    "Cancel",
  ]);
  const again = pageOf(await answered(browser, page, "eve@<b>"));
  expect(again.status).toBe(400);
  expect(again.forms[0]?.fields).toEqual(new Map([["login", "eve@<b>"]]));
  // another person than the hint's, by the list
  expect(await claims(arrivedAt(await answered(browser, again, "", ["person", "00u2"])))).toMatchObject({
    sub: "00u2",
  });
});

test("who is signed in is not asked again, unless the app wants it or means somebody else", async () => {
  const { browser, rest } = await begun("plain");
  await answered(browser, pageOf(rest), "ann@acme.example");
  const second = await begun("plain", {}, browser);
  expect(await second.claims(arrivedAt(second.rest))).toMatchObject({ sub: "00u1" });
  const forced = await begun("plain", { prompt: "login" }, browser);
  expect(pageOf(forced.rest).title).toBe("Sign in at oidc");
  const other = await begun("plain", { login_hint: "bo@elsewhere.example" }, browser);
  expect(
    await other.claims(arrivedAt(await answered(browser, pageOf(other.rest), "bo@elsewhere.example"))),
  ).toMatchObject({
    sub: "00u2",
  });
  const after = await begun("plain", {}, browser);
  expect(await after.claims(arrivedAt(after.rest))).toMatchObject({ sub: "00u2" });
  // another company's provider knows nothing of it
  expect(pageOf((await begun("okta", {}, browser)).rest).title).toBe("Sign in at okta");
});

test("who cancels comes back with access_denied", async () => {
  const { browser, rest } = await begun("plain");
  const arrived = arrivedAt(await answered(browser, pageOf(rest), "", ["cancel", "yes"]));
  expect(Object.fromEntries(arrived.searchParams)).toEqual({
    error: "access_denied",
    error_description: "The person cancelled the sign-in",
    state: "the-state",
    iss: "https://login.acme.example/",
  });
});

test("a code is good once, with the client's secret only", async () => {
  const { browser, rest, claims } = await begun("plain");
  const arrived = arrivedAt(await answered(browser, pageOf(rest), "ann@acme.example"));
  const stranger = await discovered("plain", "another-secret");
  await expect(client.authorizationCodeGrant(stranger, arrived, { expectedState: "the-state" })).rejects.toMatchObject({
    error: "invalid_client",
  });
  await claims(arrived);
  await expect(claims(arrived)).rejects.toMatchObject({ error: "invalid_grant" });
});

test("people are sent to a tenant's callback on this machine only, at whatever port", async () => {
  expect(pageOf((await begun("plain", { redirect_uri: "https://localhost:5/login/callback" })).rest).status).toBe(200);
  for (const redirect_uri of [
    "https://localhost:5/elsewhere",
    "https://evil.example/login/callback",
    "https://localhost:5@evil.example/login/callback",
    "http://localhost:5/login/callback",
  ])
    expect(pageOf((await begun("plain", { redirect_uri })).rest).status).toBe(400);
});

test("a sign-in belongs to the browser that began it", async () => {
  const { rest } = await begun("plain");
  const page = pageOf(await new Browser(overTls(ca), [callback]).open(pageOf(rest).url));
  expect(page.status).toBe(400);
});

test("another host's name and unknown paths lead nowhere", async () => {
  const status = (path: string, host: string) =>
    new Promise((resolve, reject) => {
      const { port } = running;
      const sent = request(
        { host: "localhost", servername: "localhost", port, path, headers: { host }, ca, agent: false },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      sent.on("error", reject);
      sent.end();
    });
  const discovery = "/plain/.well-known/openid-configuration";
  expect(await status(discovery, `localhost:${running.port}`)).toBe(200);
  expect(await status(discovery, "evil.example")).toBe(421);
  expect(await status("/nobody/.well-known/openid-configuration", "localhost")).toBe(404);
  expect(await status("/", "localhost")).toBe(404);
});
