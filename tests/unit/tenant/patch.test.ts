import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

test("a PATCH of a client replaces what it names, merges metadata and token settings, and removes by null", async () => {
  const tenant = await TestTenant.fresh();
  const client = await tenant.make("/clients", {
    name: "Main",
    callbacks: ["https://a.example.com"],
    client_metadata: { one: "1", two: "2" },
    token_endpoint_auth_method: "client_secret_post",
  });
  const { status, body } = await tenant.call("PATCH", `/clients/${client.client_id}`, {
    callbacks: ["https://b.example.com"],
    client_metadata: { two: null, three: "3" },
    jwt_configuration: { alg: "RS256" },
    token_endpoint_auth_method: null,
  });
  expect(status).toBe(200);
  const { token_endpoint_auth_method: _gone, encrypted: _onlyOnCreate, ...rest } = client;
  expect(body).toEqual({
    ...rest,
    callbacks: ["https://b.example.com"],
    client_metadata: { one: "1", three: "3" },
    jwt_configuration: { alg: "RS256", lifetime_in_seconds: 36000, secret_encoded: false },
  });
});

test("an organization's metadata and branding are replaced whole", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/organizations", { name: "acme", metadata: { type: "customer", status: "active" } });
  expect((await tenant.call("PATCH", `/organizations/${made.id}`, { metadata: { type: "vendor" } })).body).toEqual({
    id: made.id,
    name: "acme",
    metadata: { type: "vendor" },
  });
  expect((await tenant.call("PATCH", `/organizations/${made.id}`, { metadata: {} })).body).toEqual({
    id: made.id,
    name: "acme",
  });
});

test("a connection's options are replaced whole but for what the service keeps", async () => {
  const tenant = await TestTenant.fresh();
  const options = { client_id: "x", scope: "openid", domain_aliases: ["acme.com"] };
  const made = await tenant.make("/connections", { name: "acme", strategy: "oidc", display_name: "Acme", options });
  const { body } = await tenant.call("PATCH", `/connections/${made.id}`, { options: { client_id: "y" } });
  expect(body.options).toEqual({
    client_id: "y",
    type: "front_channel",
    schema_version: "oidc-V4",
    attribute_map: { mapping_mode: "bind_all" },
    connection_settings: { pkce: "disabled" },
  });
  // a display name that is not repeated falls back to the name
  expect(body.display_name).toBe("acme");

  const database = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const replaced = await tenant.call("PATCH", `/connections/${database.id}`, { options: { disable_signup: true } });
  expect(Object.keys(replaced.body.options).sort()).toEqual([
    "authentication_methods",
    "brute_force_protection",
    "disable_signup",
    "passkey_options",
  ]);
});

test("connection clients change one by one", async () => {
  const tenant = await TestTenant.fresh();
  const one = await tenant.make("/clients", { name: "One" });
  const two = await tenant.make("/clients", { name: "Two" });
  const { id } = await tenant.make("/connections", {
    name: "staff",
    strategy: "auth0",
    enabled_clients: [one.client_id],
  });
  const path = `/connections/${id}/clients`;
  expect(await tenant.call("PATCH", path, [{ client_id: two.client_id, status: true }])).toEqual({
    status: 204,
    body: undefined,
  });
  expect((await tenant.call("GET", path)).body).toEqual({
    clients: [{ client_id: one.client_id }, { client_id: two.client_id }],
  });
  await tenant.call("PATCH", path, [
    { client_id: one.client_id, status: false },
    { client_id: two.client_id, status: false },
  ]);
  expect((await tenant.call("GET", path)).body).toEqual({ clients: [] });
});

test("tenant settings merge flags, drop what null removes, and show update-only flags to an update only", async () => {
  const tenant = await TestTenant.fresh();
  const friendly = { friendly_name: "Acme", error_page: { html: "", show_log_link: true, url: "" } };
  await tenant.call("PATCH", "/tenants/settings", friendly);
  const patched = await tenant.call("PATCH", "/tenants/settings", {
    flags: { enable_pipeline2: true },
    error_page: null,
  });
  expect(patched).toEqual({
    status: 200,
    body: {
      friendly_name: "Acme",
      enabled_locales: ["en"],
      flags: {
        allow_changing_enable_sso: false,
        cannot_change_enforce_client_authentication_on_passwordless_start: true,
        disable_clickjack_protection_headers: false,
        disable_impersonation: true,
        enable_pipeline2: true,
        enable_sso: true,
        enforce_client_authentication_on_passwordless_start: true,
        revoke_refresh_token_grant: false,
        universal_login: true,
      },
      idle_session_lifetime: 72,
      sandbox_version: "22",
      session_lifetime: 168,
      oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
    },
  });
  const read = await tenant.call("GET", "/tenants/settings");
  expect(read.body.sandbox_versions_available).toEqual(["22", "18"]);
  expect(read.body.flags).not.toHaveProperty("enforce_client_authentication_on_passwordless_start");
});

test("a throttling stage keeps the figures that a PATCH does not name", async () => {
  const tenant = await TestTenant.fresh();
  const stage = { "pre-login": { max_attempts: 5 } };
  const { body } = await tenant.call("PATCH", "/attack-protection/suspicious-ip-throttling", { stage });
  expect(body.stage["pre-login"]).toEqual({ max_attempts: 5, rate: 864000 });
  expect(body.stage["pre-user-registration"]).toEqual({ max_attempts: 50, rate: 1200 });
});
