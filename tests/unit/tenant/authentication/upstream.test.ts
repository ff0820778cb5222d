import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { isLoopback, loopbackFetch, Unreachable } from "../../../../local/tenant/authentication/upstream/loopback.ts";
import { Providers } from "../../../../local/tenant/authentication/upstream/providers.ts";
import type { Body } from "../../../../local/tenant/management/json.ts";
import { MisbehavingProvider, type Misbehaviour } from "../../../harness/misbehaving-provider.ts";
import type { Told } from "../../../scenarios/app.ts";
import { admitted, arrivedAt, pageOf, refusedWith, Shop } from "./shop.ts";

const issuer = "https://login.acme.example/";
const issuers = [issuer, "https://acme.okta.com", "https://accounts.google.com"];
const directory = "https://login.microsoftonline.com/acme.example/v2.0";
const SECRET = "the-secret-of-the-connection";

let folder: string;
let provider: MisbehavingProvider;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "upstream-"));
  provider = await MisbehavingProvider.start(folder, issuer);
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  provider.issuer = issuer;
  provider.does = {};
  provider.asked.length = 0;
  rmSync(join(folder, "tenant.db"), { force: true });
});

/** A shop whose people sign in at the provider, and one login of theirs. */
async function opened(options: Body = {}, strategy = "oidc") {
  const at = Object.fromEntries([...issuers, directory].map((one) => [one, provider.url]));
  const shop = await Shop.open({ folder, options: { providers: at } });
  const { id } = await shop.tenant.make("/connections", {
    name: "acme-sso",
    strategy,
    options: { ...standard[strategy], client_id: "the-tenant", client_secret: SECRET, ...options },
    enabled_clients: [shop.client.client_id],
  });
  const app = shop.app();
  const begin = (more: { [name: string]: string } = {}, browser = shop.browser()) =>
    browser.open(app.begin({ connection: "acme-sso", ...more }));
  const signIn = async (does: Misbehaviour = {}) => {
    provider.does = does;
    return app.arrive(arrivedAt(await begin()));
  };
  const users = async (): Promise<Body[]> => (await shop.tenant.call("GET", "/users")).body;
  return { shop, app, id, begin, signIn, users, callback: `${shop.tenant.running.url}/login/callback` };
}

const standard: { readonly [strategy: string]: Body } = {
  oidc: { type: "back_channel", issuer },
  okta: { domain: "acme.okta.com" },
  waad: { tenant_domain: "acme.example" },
  "google-apps": { tenant_domain: "acme.example" },
};

const annSays = { email: "ann@acme.example", email_verified: true, name: "Ann Archer" };

test("the tenant asks by code, PKCE, state and nonce, and makes the account of whom the provider vouches for", async () => {
  const { signIn, begin, users, callback } = await opened();
  const { id } = admitted(await signIn({ claims: annSays }));
  expect(id).toMatchObject({ sub: "oidc|acme-sso|the-subject", ...annSays, nickname: "ann" });
  const [first, second] = provider.asked;
  const random = expect.stringMatching(/^[\w-]{43}$/);
  expect(first).toEqual({
    path: "/auth",
    parameters: {
      client_id: "the-tenant",
      response_type: "code",
      redirect_uri: callback,
      scope: "openid profile email",
      state: random,
      nonce: random,
      code_challenge: random,
      code_challenge_method: "S256",
    },
  });
  expect(second).toEqual({
    path: "/token",
    parameters: {
      client_id: "the-tenant",
      client_secret: SECRET,
      grant_type: "authorization_code",
      code: expect.any(String),
      redirect_uri: callback,
      code_verifier: random,
    },
  });
  await begin();
  const [user, ...others] = await users();
  expect(others).toEqual([]);
  expect(user).toMatchObject({
    ...annSays,
    user_id: "oidc|acme-sso|the-subject",
    logins_count: 2,
    identities: [{ provider: "oidc", user_id: "acme-sso|the-subject", connection: "acme-sso", isSocial: false }],
  });
});

const now = Math.floor(Date.now() / 1000);

test.each<[string, Misbehaviour, string | RegExp]>([
  ["another key's signature", { signature: "other key" }, "JWT signature verification failed"],
  ["no signature", { signature: "none" }, 'unexpected JWT "alg" header parameter'],
  ["a signature by the secret", { signature: "client secret" }, 'unexpected JWT "alg" header parameter'],
  ["another app's audience", { claims: { aud: "another-app" } }, "aud mismatch, expected the-tenant, got: another-app"],
  [
    "another audience beside",
    { claims: { aud: ["the-tenant", "another-app"] } },
    'ID Token "aud" (audience) claim includes additional untrusted audiences',
  ],
  [
    "another issuer",
    { claims: { iss: "https://login.borealis.example/" } },
    `iss mismatch, expected ${issuer}, got: https://login.borealis.example/`,
  ],
  ["another login's nonce", { claims: { nonce: "another" } }, /^nonce mismatch, expected [\w-]{43}, got: another$/],
  ["no nonce", { claims: { nonce: undefined } }, /JWT "nonce" \(nonce\) claim missing/],
  ["an expiry long past", { claims: { exp: now - 3600 } }, "jwt expired"],
  ["no expiry", { claims: { exp: undefined } }, 'JWT "exp" (expiration time) claim missing'],
  ["no subject", { claims: { sub: undefined } }, 'JWT "sub" (subject) claim missing'],
  [
    "an answer of another provider",
    { answer: { iss: "https://login.borealis.example/" } },
    'unexpected "iss" (issuer) response parameter value',
  ],
])("%s is refused, and nobody gets an account", async (_, does, description) => {
  const { signIn, users } = await opened();
  const told = refusedWith(await signIn({ ...does, claims: { ...annSays, ...does.claims } }));
  expect(told).toEqual({
    error: "access_denied",
    description: typeof description === "string" ? description : expect.stringMatching(description),
  });
  expect(await users()).toEqual([]);
});

test("what the provider itself says goes to the app", async () => {
  const { signIn, shop } = await opened();
  const said: Told[] = [];
  for (const does of [
    { error: { error: "access_denied", error_description: "User is not assigned to the client application." } },
    { error: { error: "temporarily_unavailable" } },
    { refusal: { error: "invalid_client", error_description: "The client secret is invalid" } },
    { redirect: "https://elsewhere.example/token" },
    { discovery: { token_endpoint: "https://login.acme.example/token" } },
    { discovery: { issuer: "https://login.borealis.example/" } },
  ])
    said.push(refusedWith(await signIn(does)));
  expect(said).toEqual([
    { error: "access_denied", description: "User is not assigned to the client application." },
    { error: "temporarily_unavailable", description: "temporarily_unavailable" },
    { error: "access_denied", description: "The client secret is invalid" },
    { error: "access_denied", description: "unexpected HTTP response status code" },
    { error: "server_error", description: `the identity provider ${issuer} cannot be reached from this tenant` },
    { error: "access_denied", description: "discovered metadata issuer does not match the expected issuer" },
  ]);
  for (const log of ["requests", "logins", "actions"])
    expect(JSON.stringify((await shop.tenant.local("GET", `/.local/${log}`)).body)).not.toContain(SECRET);
});

/** Where a person is to go with the code of a provider that holds the browser. */
async function held(open: () => Promise<unknown>): Promise<URL> {
  provider.does = { ...provider.does, holds: true };
  await open();
  if (!provider.answer) throw new Error("nobody came to the provider");
  return provider.answer;
}

const over = ["invalid_request", "This login is over or began in another browser. Start again from the app."];

test("a state is good once, in the browser that began, and nothing else is", async () => {
  const { shop, begin, callback } = await opened();
  const [own, other] = [shop.browser(), shop.browser()];
  const answer = await held(() => begin({}, own));
  await begin({}, other);
  const unknown = new URL(answer);
  unknown.searchParams.set("state", "unknown");
  for (const [browser, url] of [
    [other, answer],
    [shop.browser(), answer],
    [own, unknown],
    [own, new URL(`${callback}?code=1`)],
  ] as const) {
    const page = pageOf(await browser.open(url));
    expect([page.status, page.items]).toEqual([400, over]);
  }
  expect(arrivedAt(await own.open(answer)).searchParams.has("code")).toBe(true);
  expect(pageOf(await own.open(answer)).items).toEqual(over);
});

test("of two answers at once with one state only the first is looked at", async () => {
  const { shop, begin } = await opened();
  const browser = shop.browser();
  const answer = await held(() => begin({}, browser));
  const rests = await Promise.all([browser.open(answer), browser.open(answer)]);
  expect(rests.filter((rest) => "arrived" in rest)).toHaveLength(1);
  expect(provider.asked.filter(({ path }) => path === "/token")).toHaveLength(1);
});

test("a state whose answer was refused is used up as well", async () => {
  const { shop, begin } = await opened();
  const browser = shop.browser();
  provider.does = { claims: { nonce: "another" } };
  const answer = await held(() => begin({}, browser));
  expect(arrivedAt(await browser.open(answer)).searchParams.get("error")).toBe("access_denied");
  provider.does = {};
  expect(pageOf(await browser.open(answer)).items).toEqual(over);
});

test("a second answer to one login does not change who it is: the Actions have passed the first", async () => {
  const { shop, app, id } = await opened();
  await shop.tenant.call("PATCH", `/connections/${id}`, { show_as_button: true, display_name: "Acme" });
  const browser = shop.browser();
  const page = pageOf(await browser.open(app.begin({ prompt: "consent" })));
  const button = page.forms
    .flatMap((form) => form.buttons.map((button) => ({ form, button })))
    .find(({ button }) => button.name === "connection");
  if (!button) throw new Error("no button");
  provider.does = {};
  const first = await held(() => browser.press(page, button));
  const login = new URL(`/u/login?${page.url.searchParams}`, page.url);
  const second = await held(() => browser.open(login));
  expect(second.searchParams.get("state")).not.toBe(first.searchParams.get("state"));
  provider.does = { claims: { ...annSays, sub: "ann" } };
  expect(pageOf(await browser.open(first)).url.pathname).toBe("/u/consent");
  provider.does = { claims: { ...annSays, sub: "eve" } };
  const consent = pageOf(await browser.open(second));
  const [form] = consent.forms;
  if (!form) throw new Error("no form");
  const { id: claims } = admitted(
    await app.arrive(arrivedAt(await browser.submit(consent, form, {}, ["action", "accept"]))),
  );
  expect(claims.sub).toBe("oidc|acme-sso|ann");
});

test("nothing but this machine is ever spoken to", async () => {
  const { signIn, users } = await opened({ issuer: "https://login.elsewhere.example/" });
  expect(refusedWith(await signIn())).toEqual({
    error: "server_error",
    description: "the identity provider https://login.elsewhere.example/ cannot be reached from this tenant",
  });
  expect(provider.asked).toEqual([]);
  expect(await users()).toEqual([]);
  const addresses = {
    "https://localhost:1/a": true,
    "https://127.0.0.1/": true,
    "https://[::1]:8443": true,
    "http://localhost:1/": false,
    "https://localhost.evil.example/": false,
    "https://localhost@evil.example/": false,
    "https://10.0.0.1/": false,
    localhost: false,
  };
  for (const [address, is] of Object.entries(addresses)) expect([address, isLoopback(address)]).toEqual([address, is]);
  const fetch = loopbackFetch(issuer, provider.url, "");
  const get = { method: "GET", headers: {}, body: undefined, redirect: "manual" } as const;
  await expect(fetch("https://login.acme.example/token", get)).rejects.toThrow(Unreachable);
  expect(() => new Providers({ [issuer]: "https://login.acme.example/" }, "")).toThrow(
    "An identity provider must be at an https address of this machine, not at https://login.acme.example/.",
  );
});

test.each([
  [
    "adfs",
    { adfs_server: "https://adfs.acme.example/metadata" },
    "The connection acme-sso signs in by adfs, which is not served here yet",
  ],
  [
    "oidc",
    { token_endpoint_auth_method: "private_key_jwt" },
    "The connection acme-sso signs its requests, which is not served here yet",
  ],
])("what is not served is said: %s %j", async (strategy, options, description) => {
  const { signIn } = await opened(options, strategy);
  expect(refusedWith(await signIn())).toEqual({ error: "server_error", description });
});

test("a connection adds parameters, fixed ones and the app's own, and none of them takes a rule's place", async () => {
  const { begin } = await opened({
    scope: "openid email groups",
    connection_settings: { pkce: "disabled" },
    upstream_params: {
      screen: { value: "compact" },
      prompt: { alias: "prompt" },
      ui_locales: { alias: "ui_locales" },
      max_age: { alias: "max_age" },
      state: { value: "fixed" },
      redirect_uri: { value: "https://evil.example/" },
    },
  });
  await begin({ ui_locales: "nl", prompt: "login", login_hint: "ann@acme.example" });
  const [{ parameters = {} } = {}] = provider.asked;
  expect(parameters).toMatchObject({
    screen: "compact",
    prompt: "login",
    ui_locales: "nl",
    scope: "openid email groups",
  });
  expect([parameters.max_age, parameters.code_challenge]).toEqual([undefined, undefined]);
  expect(parameters.state).not.toBe("fixed");
  expect(parameters.redirect_uri).toContain("/login/callback");
});

/** A place in a map from claims to attributes. */
const at = (path: string) => `\${context.${path}}`;

test.each<[string, string, Body, Body, { readonly [name: string]: unknown }]>([
  [
    "okta: the basic profile only",
    "okta",
    {},
    { ...annSays, locale: "en-US", groups: ["staff"], department: "Travel" },
    { ...annSays, locale: "en-US", department: undefined, groups: undefined },
  ],
  [
    "oidc: every claim but those that no token may show or that are the tenant's own",
    "oidc",
    {},
    {
      ...annSays,
      department: "Travel",
      groups: ["staff"],
      app_metadata: { stage: "owner" },
      user_metadata: { a: 1 },
      identities: [],
      blocked: false,
      user_id: "auth0|1",
      logins_count: 99,
      multifactor: ["guardian"],
    },
    {
      ...annSays,
      department: "Travel",
      groups: undefined,
      app_metadata: undefined,
      user_metadata: undefined,
      user_id: "oidc|acme-sso|the-subject",
      blocked: undefined,
      logins_count: 1,
      multifactor: undefined,
    },
  ],
  [
    "oidc: a map from claims to attributes",
    "oidc",
    {
      attribute_map: {
        mapping_mode: "use_map",
        attributes: {
          email: at("tokenset.mail"),
          email_verified: at("tokenset.email_verified"),
          name: `${at("tokenset.first")} of ${at("tokenset.address.country")}`,
          federated_groups: at("tokenset.groups"),
          nickname: at("tokenset.nothing"),
          source: "acme",
          app_metadata: at("tokenset.first"),
        },
      },
    },
    {
      ...annSays,
      mail: "a@acme.example",
      first: "Ann",
      address: { country: "NL" },
      groups: ["staff"],
    },
    {
      email: "a@acme.example",
      email_verified: true,
      name: "Ann of NL",
      federated_groups: ["staff"],
      nickname: "a",
      source: "acme",
      app_metadata: undefined,
    },
  ],
  ["an address that is not said to be verified", "oidc", {}, { email: "ann@acme.example" }, { email_verified: false }],
  [
    "an address that is said to be verified in words",
    "oidc",
    {},
    { email: "ann@acme.example", email_verified: "true" },
    { email_verified: false },
  ],
  ["no address", "oidc", {}, { email_verified: true, name: "Ann" }, { email: undefined, email_verified: undefined }],
  ["an address that is no text", "oidc", {}, { email: ["ann@acme.example"] }, { email: undefined }],
  [
    "google-apps: known by the address",
    "google-apps",
    {},
    { ...annSays, hd: "Acme.Example" },
    { ...annSays, user_id: "google-apps|acme-sso|ann@acme.example", hd: undefined },
  ],
  [
    "google-apps: known by Google's id",
    "google-apps",
    { map_user_id_to_id: true },
    { ...annSays, hd: "acme.example" },
    { user_id: "google-apps|acme-sso|the-subject" },
  ],
  [
    "waad: no address is verified",
    "waad",
    {},
    { ...annSays, upn: "ann@acme.example", oid: "o-1", tid: "t-1", groups: ["staff"] },
    { ...annSays, email_verified: false, upn: "ann@acme.example", oid: "o-1", tenantid: "t-1", groups: undefined },
  ],
  [
    "waad: the connection vouches",
    "waad",
    { should_trust_email_verified_connection: "always_set_emails_as_verified", userid_attribute: "oid" },
    { email: "ann@acme.example", oid: "o-1" },
    { email_verified: true, user_id: "waad|acme-sso|o-1" },
  ],
  [
    "waad: a user principal name stands in for the address, unverified whatever the connection says",
    "waad",
    { should_trust_email_verified_connection: "always_set_emails_as_verified" },
    { preferred_username: "ann@acme.example" },
    { email: "ann@acme.example", email_verified: false },
  ],
])("%s", async (_, strategy, options, claims, expected) => {
  const { signIn, users, begin } = await opened(options, strategy);
  provider.issuer =
    { okta: "https://acme.okta.com", waad: directory, "google-apps": "https://accounts.google.com" }[strategy] ??
    issuer;
  admitted(await signIn({ claims }));
  await begin();
  const [user = {}] = await users();
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, user[name]]))).toEqual({
    ...expected,
    ...("logins_count" in expected ? { logins_count: 2 } : {}),
  });
});

test("of Google's accounts a connection takes those of its own Workspace only", async () => {
  const { signIn, users } = await opened({}, "google-apps");
  provider.issuer = "https://accounts.google.com";
  for (const hd of ["borealis.example", undefined])
    expect(refusedWith(await signIn({ claims: { ...annSays, hd } }))).toEqual({
      error: "access_denied",
      description: `hd mismatch, expected acme.example, got: ${hd}`,
    });
  expect(await users()).toEqual([]);
  expect(provider.asked[0]?.parameters.hd).toBe("acme.example");
});

test("claims of the userinfo endpoint come along where the map wants them, and must be of the same person", async () => {
  const attribute_map = { mapping_mode: "bind_all", userinfo_scope: "openid groups" };
  const { signIn, users } = await opened({ attribute_map });
  admitted(await signIn({ claims: annSays, userinfo: { department: "Travel", name: "Ann A." } }));
  expect((await users())[0]).toMatchObject({ ...annSays, name: "Ann A.", department: "Travel" });
  expect(provider.asked[0]?.parameters.scope).toBe("openid profile email groups");
  expect(refusedWith(await signIn({ claims: { sub: "another" }, userinfo: { sub: "the-subject" } }))).toEqual({
    error: "access_denied",
    description: 'unexpected "response" body "sub" property value',
  });
});

test("a connection says whether its people's names are renewed, and whether it makes accounts", async () => {
  const { shop, id, signIn, users } = await opened();
  const sync = async (set_user_root_attributes: string) => {
    const { options } = (await shop.tenant.call("GET", `/connections/${id}`)).body;
    await shop.tenant.call("PATCH", `/connections/${id}`, {
      options: { ...options, client_secret: SECRET, set_user_root_attributes },
    });
  };
  await sync("never_on_login");
  expect(refusedWith(await signIn({ claims: annSays }))).toEqual({
    error: "access_denied",
    description: "JIT user provisioning is disabled for this connection",
  });
  await sync("on_first_login");
  await signIn({ claims: annSays });
  await signIn({ claims: { ...annSays, name: "Ann A.", email: "a@acme.example", email_verified: false } });
  const seen = async () => {
    const [{ name = null, nickname = null, email = null, email_verified = null } = {}] = await users();
    return { name, nickname, email, email_verified };
  };
  expect(await seen()).toEqual({ name: "Ann Archer", nickname: "ann", email: "a@acme.example", email_verified: false });
  await sync("on_each_login");
  await signIn({ claims: { name: "Ann A." } });
  expect(await seen()).toEqual({ name: "Ann A.", nickname: "ann", email: null, email_verified: null });
});

test("two people of one provider may have the same address", async () => {
  const { signIn, users } = await opened();
  admitted(await signIn({ claims: { ...annSays, sub: "before" } }));
  admitted(await signIn({ claims: { ...annSays, sub: "after" } }));
  expect((await users()).map(({ user_id }) => user_id).sort()).toEqual(["oidc|acme-sso|after", "oidc|acme-sso|before"]);
});

test("a linked identity signs in to the account that it was linked to, whose own profile stays", async () => {
  const { shop, signIn, users } = await opened();
  const primary = await shop.person("ann@mail.example", { name: "Ann" });
  admitted(await signIn({ claims: annSays }));
  const linked = await shop.tenant.call("POST", `/users/${encodeURIComponent(primary)}/identities`, {
    provider: "oidc",
    user_id: "acme-sso|the-subject",
  });
  expect(linked.status).toBe(201);
  const { id } = admitted(await signIn({ claims: { ...annSays, name: "Ann A." } }));
  expect(id).toMatchObject({ sub: primary, email: "ann@mail.example", name: "Ann" });
  const [user, ...others] = await users();
  expect(others).toEqual([]);
  const profileData = expect.objectContaining({ ...annSays, name: "Ann A." });
  expect(user?.identities).toEqual([expect.anything(), expect.objectContaining({ profileData })]);
});

test("an address that was proved by an invitation stays verified, whatever the provider says of it, and no other one", async () => {
  const { shop, app, id, begin, signIn, users } = await opened();
  const { client_id } = shop.client;
  await shop.tenant.call("PATCH", `/clients/${client_id}`, {
    organization_usage: "allow",
    initiate_login_uri: "https://app.example.com/login",
  });
  const { id: organization } = await shop.tenant.make("/organizations", { name: "acme" });
  await shop.tenant.make(`/organizations/${organization}/enabled_connections`, { connection_id: id });
  const { ticket_id } = await shop.tenant.make(`/organizations/${organization}/invitations`, {
    client_id,
    connection_id: id,
    inviter: { name: "Adam" },
    invitee: { email: annSays.email },
  });
  const unverified = { claims: { ...annSays, email_verified: false } };
  provider.does = unverified;
  const accepted = await begin({ organization, invitation: String(ticket_id) });
  admitted(await app.arrive(arrivedAt(accepted)));
  const verified = async () => (await users()).map(({ email, email_verified }) => [email, email_verified]);
  expect(await verified()).toEqual([[annSays.email, true]]);
  await signIn(unverified);
  expect(await verified()).toEqual([[annSays.email, true]]);
  await signIn({ claims: { ...unverified.claims, email: "a@acme.example" } });
  expect(await verified()).toEqual([["a@acme.example", false]]);
  await signIn(unverified);
  // gone and made again, the account has proved nothing
  await shop.tenant.call("DELETE", "/users/oidc%7Cacme-sso%7Cthe-subject");
  await signIn(unverified);
  expect(await verified()).toEqual([[annSays.email, false]]);
});

test("an address that no password is for and that leads to the provider is nothing to complain of on the pages after it", async () => {
  const { shop, id } = await opened({ domain_aliases: ["acme.example"] });
  await shop.tenant.call("PATCH", `/clients/${shop.client.client_id}`, {
    organization_usage: "allow",
    organization_require_behavior: "no_prompt",
  });
  await shop.tenant.call("PATCH", "/prompts", { identifier_first: true });
  const { id: organization } = await shop.tenant.make("/organizations", { name: "acme" });
  await shop.tenant.make(`/organizations/${organization}/enabled_connections`, {
    connection_id: id,
    assign_membership_on_login: true,
  });
  provider.does = { claims: annSays };
  const browser = shop.browser();
  const page = pageOf(await browser.open(shop.app().begin({ organization, prompt: "consent" })));
  const form = page.forms.find(({ fields }) => fields.has("username"));
  if (!form) throw new Error("the page asks for no address");
  const agreeing = pageOf(await browser.fill(page, form, { username: "ann@acme.example" }));
  expect(agreeing.url.pathname).toBe("/u/consent");
  expect(agreeing.complaint).toBeUndefined();
});
