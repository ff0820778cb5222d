import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Profile, SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SamlProvider } from "../../../local/idp/description.ts";
import { type RunningProviders, startProviders } from "../../../local/idp/server.ts";
import { Browser, type Rest } from "../../../local/player/browser.ts";
import { overTls } from "../../../local/player/over-tls.ts";
import type { Page } from "../../../local/player/page.ts";
import { signingCertificate } from "../../../local/tenant/certificate.ts";
import { postFrom } from "../../harness/posted.ts";

const claim = (name: string) => `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}`;
const callback = "https://localhost:4444/login/callback?connection=birch-sso";
const issuer = "https://login.birch.example/saml";

let folder: string;
let running: RunningProviders;
let ca: string;
let birch: SamlProvider;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "idp-saml-"));
  birch = {
    name: "Birch",
    issuer,
    flavour: "samlp",
    connection: "birch-sso",
    ...(await signingCertificate("login.birch.example")),
    people: [
      { sub: "b-1", name: "Ann Archer", email: "ann@birch.example", claims: { 'unit <&">': "R&D <1>" } },
      { sub: "b-2", name: "Bo", username: "bo" },
    ],
  };
  running = await startProviders({ port: 0, caDir: folder, providers: { birch } });
  ca = readFileSync(join(folder, "ca.pem"), "utf8");
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

/** A service provider that is only this test, by the other library. */
function serviceProvider(more: Partial<ConstructorParameters<typeof SAML>[0]> = {}): SAML {
  return new SAML({
    issuer: "urn:auth0:localhost:birch-sso",
    callbackUrl: callback,
    entryPoint: `${running.at[issuer]}/sign-in`,
    idpCert: birch.certificate,
    audience: "urn:auth0:localhost:birch-sso",
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    ...more,
  });
}

const browser = () => new Browser(overTls(ca), [callback.replace(/\?.*/, "")]);
const urlOf = async (saml: SAML, relayState = "the-state") =>
  new URL(await saml.getAuthorizeUrlAsync(relayState, "", {}));

function pageOf(rest: Rest): Page {
  if ("page" in rest) return rest.page;
  throw new Error(`arrived at ${rest.arrived}`);
}

/** What a page sends on, and whereto. */
function handedOver(page: Page) {
  const [form] = page.forms;
  if (!form?.fields.has("SAMLResponse")) throw new Error(`"${page.title}" hands nothing over`);
  return {
    to: form.action.href,
    relayState: form.fields.get("RelayState"),
    message: form.fields.get("SAMLResponse") ?? "",
  };
}

async function answered(at: Browser, page: Page, login: string, pressed?: [string, string]): Promise<Page> {
  const [form] = page.forms;
  if (!form) throw new Error("no form");
  return pageOf(await at.submit(page, form, { login }, pressed));
}

async function profileOf(saml: SAML, page: Page): Promise<Profile> {
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: handedOver(page).message });
  if (!profile) throw new Error("no profile");
  return profile;
}

test("a person says who they are, and the provider says so to the service provider, signed", async () => {
  const saml = serviceProvider();
  const at = browser();
  const page = pageOf(await at.open(await urlOf(saml)));
  expect(page.title).toBe("Sign in at Birch");
  const last = await answered(at, page, "ann@birch.example");
  expect(handedOver(last)).toMatchObject({ to: callback, relayState: "the-state" });
  expect(await profileOf(saml, last)).toMatchObject({
    issuer,
    nameID: "b-1",
    nameIDFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    attributes: {
      [claim("emailaddress")]: "ann@birch.example",
      [claim("name")]: "Ann Archer",
      [claim("givenname")]: "Ann",
      [claim("surname")]: "Archer",
      'unit <&">': "R&D <1>",
    },
  });
});

test("a request by HTTP-POST is answered as one by redirect, with a name that the service provider chose", async () => {
  const entityId = "urn:travel:birch";
  const others = await startProviders({ port: 0, caDir: folder, providers: { birch: { ...birch, entityId } } });
  const saml = serviceProvider({ issuer: entityId, audience: entityId, skipRequestCompression: true });
  const { SAMLRequest } = await saml.getAuthorizeMessageAsync("the-state");
  const fields = { SAMLRequest: String(SAMLRequest), RelayState: "the-state" };
  const action = new URL(`${others.at[issuer]}/sign-in`);
  const at = browser();
  const page = pageOf(await postFrom(at, action, action, fields));
  expect(page.title).toBe("Sign in at Birch");
  const last = await answered(at, page, "ann@birch.example");
  expect(handedOver(last)).toMatchObject({ to: callback, relayState: "the-state" });
  expect(await profileOf(saml, last)).toMatchObject({ nameID: "b-1" });
  await others.close();
});

test("who has no address and one name is asserted without those attributes", async () => {
  const saml = serviceProvider();
  const at = browser();
  const last = await answered(at, pageOf(await at.open(await urlOf(saml))), "", ["person", "b-2"]);
  expect((await profileOf(saml, last)).attributes).toEqual({ [claim("name")]: "Bo", [claim("givenname")]: "Bo" });
});

test("who is signed in is asked no more, unless the service provider wants it", async () => {
  const saml = serviceProvider();
  const at = browser();
  await answered(at, pageOf(await at.open(await urlOf(saml))), "bo");
  expect((await profileOf(saml, pageOf(await at.open(await urlOf(saml))))).nameID).toBe("b-2");
  expect(pageOf(await at.open(await urlOf(serviceProvider({ forceAuthn: true })))).title).toBe("Sign in at Birch");
  expect(pageOf(await browser().open(await urlOf(saml))).title).toBe("Sign in at Birch");
});

test("somebody unknown is asked again, and who cancels is sent back with the reason", async () => {
  const saml = serviceProvider();
  const at = browser();
  const again = await answered(at, pageOf(await at.open(await urlOf(saml))), "<b>eve");
  expect([again.status, again.title]).toEqual([400, "Sign in at Birch"]);
  const last = await answered(at, again, "", ["cancel", "yes"]);
  await expect(profileOf(saml, last)).rejects.toThrow(
    "SAML provider returned Responder error: The person cancelled the sign-in",
  );
});

test("the page that hands over runs its one script and no other, and sets no cookie for another path", async () => {
  const saml = serviceProvider();
  const url = await urlOf(saml);
  const { headers, text } = await post(url, "person=b-1");
  const [, script = ""] = /<script>(.*)<\/script>/.exec(text) ?? [];
  const hash = createHash("sha256").update(script).digest("base64");
  expect(headers["content-security-policy"]).toBe(
    `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; frame-ancestors 'none'`,
  );
  expect(headers["set-cookie"]).toEqual([
    expect.stringMatching(/^birch_session=[\w-]{43}; Path=\/birch; HttpOnly; Secure; SameSite=Lax$/),
  ]);
});

test("a request that is not the service provider's own is answered to nobody", async () => {
  const other = "it knows no service provider of this name";
  const elsewhere = "the answer was to go to another place than the service provider's";
  const unreadable = "the request cannot be read";
  const asked = async (more: Partial<ConstructorParameters<typeof SAML>[0]>) => urlOf(serviceProvider(more));
  const written = (xml: string) => {
    const url = new URL(`${running.at[issuer]}/sign-in`);
    url.searchParams.set("SAMLRequest", xml);
    return url;
  };
  const cases: [URL, string][] = [
    [await asked({ issuer: "urn:auth0:localhost:another-sso" }), other],
    [await asked({ callbackUrl: "https://evil.example/login/callback?connection=birch-sso" }), elsewhere],
    [await asked({ callbackUrl: "https://localhost:5@evil.example/login/callback?connection=birch-sso" }), elsewhere],
    [await asked({ callbackUrl: "https://localhost:5/login/callback?connection=acme-sso" }), elsewhere],
    [await asked({ disableRequestAcsUrl: true }), elsewhere],
    [written("nothing"), unreadable],
    [written(""), unreadable],
    [new URL(`${running.at[issuer]}/sign-in`), unreadable],
  ];
  for (const [url, why] of cases) {
    const { status, text } = await get(url);
    expect([status, text]).toEqual([400, `Birch cannot sign anybody in: ${why}.\n`]);
  }
  expect(await get(new URL(`${running.at[issuer]}/elsewhere`))).toMatchObject({ status: 404 });
});

const get = (url: URL) => sent(url, "GET", "");
const post = (url: URL, body: string) => sent(url, "POST", body);

function sent(url: URL, method: string, body: string) {
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request(url, { method, ca, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
