import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

/** The options that a new connection of this strategy shows. */
async function optionsOf(strategy: string, options: Body = {}): Promise<Body> {
  const tenant = await TestTenant.fresh();
  return (await tenant.call("POST", "/connections", { name: "acme", strategy, options })).body.options;
}

const okta = {
  issuer: "https://acme.okta.com",
  authorization_endpoint: "https://acme.okta.com/oauth2/v1/authorize",
  token_endpoint: "https://acme.okta.com/oauth2/v1/token",
  userinfo_endpoint: "https://acme.okta.com/oauth2/v1/userinfo",
  jwks_uri: "https://acme.okta.com/oauth2/v1/keys",
};

const idp = "https://idp.acme.com";

test.each<[string, Body, Body]>([
  ["apple", { name: true, email: true }, { scope: "name email" }],
  ["apple", {}, {}],
  ["facebook", { email: true, user_birthday: false, public_profile: true }, { scope: "email,public_profile" }],
  ["facebook", {}, { scope: "" }],
  ["github", { email: true, repo_status: true, read_org: true }, { scope: ["user:email", "repo:status", "read:org"] }],
  ["github", { profile: true }, { scope: [] }],
  [
    "google-oauth2",
    { profile: true, calendar: true, youtube: false },
    { email: true, scope: ["profile", "https://www.googleapis.com/auth/calendar", "email"] },
  ],
  ["line", { email: true, scope: ["profile"] }, { profile: true, scope: ["openid", "email", "profile"] }],
  ["linkedin", { strategy_version: 2 }, { profile: true, scope: ["r_liteprofile"] }],
  ["linkedin", {}, { profile: true, scope: ["r_basicprofile"] }],
  ["salesforce", {}, { scope: [] }],
  ["windowslive", { strategy_version: 2 }, { signin: true, scope: [] }],
  ["windowslive", {}, { signin: true, scope: ["wl.signin"] }],
  ["wordpress", { scope: ["email"] }, { profile: true, scope: ["profile"] }],
  ["github", { email: true, freeform_scopes: ["copilot"] }, { scope: ["user:email", "copilot"] }],
  ["oauth2", { scope: ["email"] }, {}],
])("%s asks for what its switches say", async (strategy, given, added) => {
  expect(await optionsOf(strategy, given)).toEqual({ ...given, ...added });
});

test.each<[string, Body]>([
  ["sms", { brute_force_protection: true }],
  ["email", { brute_force_protection: true }],
  ["ad", { ips: null, brute_force_protection: true }],
  [
    "google-apps",
    {
      map_user_id_to_id: false,
      email: true,
      profile: true,
      scope: ["email", "profile"],
      handle_login_from_social: true,
    },
  ],
  ["samlp", { assertion_decryption_settings: { algorithm_profile: "v2026-1", algorithm_exceptions: [] } }],
])("a new %s connection has the options of its strategy", async (strategy, options) => {
  expect(await optionsOf(strategy)).toEqual(options);
});

const azureAd = {
  identity_api: "microsoft-identity-platform-v2.0",
  useCommonEndpoint: false,
  should_trust_email_verified_connection: "never_set_emails_as_verified",
  waad_common_endpoint: false,
  use_wsfed: false,
  waad_protocol: "openid-connect",
};

test.each<[string, Body, boolean]>([
  ["names no API", {}, false],
  ["names the first API", { identity_api: "azure-active-directory-v1.0" }, false],
  ["names the platform", { identity_api: "microsoft-identity-platform-v2.0" }, true],
])("an Azure AD connection whose create %s is answered as in that API's time", async (_, options, later) => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/connections", { name: "acme", strategy: "waad", options });
  const domain = `localhost:${tenant.running.port}`;
  const earlier = { thumbprints: [], app_domain: domain };
  expect(made).toEqual({
    id: made.id,
    name: "acme",
    strategy: "waad",
    display_name: "acme",
    is_domain_connection: false,
    show_as_button: false,
    realms: ["acme"],
    enabled_clients: [],
    options: { ...azureAd, ...options, ...(later ? {} : earlier) },
    ...(later
      ? { authentication: { active: true }, connected_accounts: { active: false } }
      : { provisioning_ticket_url: expect.stringMatching(/^https:\/\/localhost:\d+\/p\/waad\/[A-Za-z0-9]{8}$/) }),
  });
});

test("Google Workspace says what its accounts serve for where the create displays a name, and lists people after a PATCH", async () => {
  const tenant = await TestTenant.fresh();
  const plain = await tenant.make("/connections", { name: "plain", strategy: "google-apps" });
  expect([plain.authentication, plain.connected_accounts]).toEqual([undefined, undefined]);
  const named = await tenant.make("/connections", { name: "named", strategy: "google-apps", display_name: "Named" });
  expect([named.authentication, named.connected_accounts]).toEqual([{ active: true }, { active: false }]);
  const { body } = await tenant.call("PATCH", `/connections/${plain.id}`, { options: { domain: "acme.com" } });
  expect(body.options).toEqual({
    domain: "acme.com",
    api_enable_users: true,
    map_user_id_to_id: false,
    email: true,
    profile: true,
    scope: ["email", "profile"],
    handle_login_from_social: true,
  });
});

const adfsServer = { adfs_server: "https://adfs.acme.com/metadata" };

test("a new AD FS connection has the options of its strategy, and needs federation metadata from somewhere", async () => {
  const added = { thumbprints: [], should_trust_email_verified_connection: "always_set_emails_as_verified" };
  expect(await optionsOf("adfs", adfsServer)).toEqual({ ...adfsServer, ...added });
  const tenant = await TestTenant.fresh();
  for (const options of [{}, { adfs_server: "" }, { signInEndpoint: "https://adfs.acme.com/ls" }]) {
    const { status, body } = await tenant.call("POST", "/connections", { name: "acme", strategy: "adfs", options });
    expect([status, body.message]).toEqual([400, "options must have adfs_server or fedMetadataXml"]);
  }
});

test.each([
  ["waad", "should_trust_email_verified_connection", "always"],
  ["waad", "identity_api", "v2"],
  ["waad", "userid_attribute", "upn"],
])("%s knows no %s %s", async (strategy, name, value) => {
  const tenant = await TestTenant.fresh();
  const { status, body } = await tenant.call("POST", "/connections", {
    name: "acme",
    strategy,
    options: { [name]: value },
  });
  expect([status, body.errorCode]).toEqual([400, "invalid_body"]);
});

test("only OIDC, Okta and Azure AD are displayed by their name unless told otherwise", async () => {
  const tenant = await TestTenant.fresh();
  const shown: Body = {};
  for (const strategy of ["oidc", "okta", "waad", "samlp", "ad", "adfs", "google-apps", "pingfederate"]) {
    const { display_name } = await tenant.make("/connections", {
      name: `acme-${strategy}`,
      strategy,
      options: strategy === "adfs" ? adfsServer : {},
    });
    shown[strategy] = display_name ?? null;
  }
  expect(shown).toEqual({
    oidc: "acme-oidc",
    okta: "acme-okta",
    waad: "acme-waad",
    samlp: null,
    ad: null,
    adfs: null,
    "google-apps": null,
    pingfederate: null,
  });
});

test("the endpoints of Okta follow from its domain, those that a request names stay", async () => {
  const given = { domain: "acme.okta.com", token_endpoint: null, jwks_uri: "https://example.com/keys" };
  expect(await optionsOf("okta", given)).toEqual({
    domain: "acme.okta.com",
    ...okta,
    jwks_uri: "https://example.com/keys",
    oidc_metadata: {
      ...okta,
      registration_endpoint: "https://acme.okta.com/oauth2/v1/clients",
      introspection_endpoint: "https://acme.okta.com/oauth2/v1/introspect",
      revocation_endpoint: "https://acme.okta.com/oauth2/v1/revoke",
      end_session_endpoint: "https://acme.okta.com/oauth2/v1/logout",
    },
    type: "back_channel",
    schema_version: "oidc-V4",
    attribute_map: { mapping_mode: "basic_profile" },
    connection_settings: { pkce: "auto" },
  });
});

test("an Okta connection without a domain has no metadata, and keeps an endpoint that is null", async () => {
  expect(await optionsOf("okta", { userinfo_endpoint: null })).toEqual({
    userinfo_endpoint: null,
    type: "back_channel",
    schema_version: "oidc-V4",
    attribute_map: { mapping_mode: "basic_profile" },
    connection_settings: { pkce: "auto" },
  });
});

test("metadata of another provider is what the request says of it, and a PATCH tells it anew", async () => {
  const tenant = await TestTenant.fresh();
  const metadata = { issuer: idp, token_endpoint: `${idp}/token` };
  const options = { client_id: "x", oidc_metadata: metadata, token_endpoint: null };
  const made = await tenant.make("/connections", { name: "acme", strategy: "oidc", options });
  const added = { type: "front_channel", schema_version: "oidc-V4", attribute_map: { mapping_mode: "bind_all" } };
  expect(made.options).toEqual({
    client_id: "x",
    ...metadata,
    oidc_metadata: metadata,
    ...added,
    connection_settings: { pkce: "auto" },
  });
  const path = `/connections/${made.id}`;
  const kept = await tenant.call("PATCH", path, { options: { client_id: "y" } });
  expect(kept.body.options.oidc_metadata).toEqual(metadata);
  const discovery_url = `${idp}/other/.well-known/openid-configuration`;
  const patched = await tenant.call("PATCH", path, { options: { discovery_url, jwks_uri: `${idp}/keys` } });
  expect(patched.body.options).toEqual({
    discovery_url,
    issuer: `${idp}/other`,
    jwks_uri: `${idp}/keys`,
    oidc_metadata: { issuer: `${idp}/other`, jwks_uri: `${idp}/keys` },
    ...added,
    connection_settings: { pkce: "disabled" },
  });
});

test("an endpoint that a social strategy has no use for is told back as null and forgotten", async () => {
  const tenant = await TestTenant.fresh();
  const options = { authorizationURL: null, tokenURL: null, client_id: "x" };
  const made = await tenant.make("/connections", { name: "line", strategy: "line", options });
  const known = { client_id: "x", profile: true, scope: ["openid", "profile"] };
  expect(made.options).toEqual({ ...options, ...known });
  expect((await tenant.call("GET", `/connections/${made.id}`)).body.options).toEqual(known);
});
