import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

async function patched(tenant: TestTenant, change: Body): Promise<Body> {
  const { status, body } = await tenant.call("PATCH", "/tenants/settings", change);
  expect(status).toBe(200);
  return body;
}

test("a read of the settings tells what was never set, an update does not", async () => {
  const tenant = await TestTenant.fresh();
  const written = await patched(tenant, { friendly_name: "Acme" });
  const { body } = await tenant.call("GET", "/tenants/settings");
  const { flags, ...rest } = body;
  const { flags: _more, ...writtenRest } = written;
  expect(rest).toEqual({
    ...writtenRest,
    resource_parameter_profile: "audience",
    client_id_metadata_document_supported: false,
    sandbox_versions_available: ["22", "18"],
  });
  await patched(tenant, { resource_parameter_profile: "compatibility" });
  expect((await tenant.call("GET", "/tenants/settings")).body.resource_parameter_profile).toBe("compatibility");
  expect(Object.keys(flags)).not.toContain("enforce_client_authentication_on_passwordless_start");
});

test("a lifetime in minutes is told in hours", async () => {
  const tenant = await TestTenant.fresh();
  const body = await patched(tenant, { session_lifetime_in_minutes: 181, idle_session_lifetime_in_minutes: 60 });
  expect(body).toMatchObject({ session_lifetime: 181 / 60, idle_session_lifetime: 1 });
  expect(Object.keys(body).filter((name) => name.endsWith("minutes"))).toEqual([]);
  const refused = async (session_lifetime: number) =>
    (await tenant.call("PATCH", "/tenants/settings", { session_lifetime })).body.message;
  expect([await refused(0), await refused(20_160)]).toEqual([
    "Payload validation error: 'Value 0 is less than minimum 1' on property session_lifetime.",
    "Payload validation error: 'Value 20160 is greater than maximum 8760' on property session_lifetime.",
  ]);
});

test("an empty address to redirect to removes it, and null removes country codes", async () => {
  const tenant = await TestTenant.fresh();
  const country_codes = { list: ["CA", "US"], mode: "allow" };
  const set = { default_redirection_uri: "https://example.com/login", country_codes };
  expect(await patched(tenant, set)).toMatchObject(set);
  const body = await patched(tenant, { default_redirection_uri: "", country_codes: null });
  expect(body).not.toHaveProperty("default_redirection_uri");
  expect(body).not.toHaveProperty("country_codes");
});

test("settings can be read by fields", async () => {
  const tenant = await TestTenant.fresh();
  expect((await tenant.call("GET", "/tenants/settings?fields=session_lifetime,sandbox_version")).body).toEqual({
    session_lifetime: 168,
    sandbox_version: "22",
  });
  const without = await tenant.call("GET", "/tenants/settings?fields=flags&include_fields=false");
  expect(without.body).not.toHaveProperty("flags");
});

test("what Auth0 changes of a user one by one is not changed together, and flags are not null", async () => {
  const tenant = await TestTenant.fresh();
  const person = { connection: "Username-Password-Authentication", email: "ann@acme.com", password: "Secret-1" };
  const { user_id } = await tenant.make("/users", person);
  const path = `/users/${encodeURIComponent(String(user_id))}`;
  const values: Body = { password: "Secret-2", email: "b@acme.com", email_verified: true, username: "ann" };
  const pairs = [
    ...[
      ["password", "email"],
      ["password", "email_verified"],
      ["username", "email"],
      ["username", "email_verified"],
    ],
    ["username", "password"],
  ];
  for (const [one = "", other = ""] of pairs) {
    const change = { [one]: values[one] ?? "", [other]: values[other] ?? "" };
    expect(await tenant.call("PATCH", path, change)).toEqual({
      status: 400,
      body: {
        statusCode: 400,
        error: "Bad Request",
        message: `Cannot update ${one} and ${other} simultaneously.`,
        errorCode: "operation_not_supported",
      },
    });
  }
  expect((await tenant.call("PATCH", path, { blocked: null })).body.message).toBe(
    "Payload validation error: 'Expected type boolean but found type null' on property blocked.",
  );
  expect((await tenant.call("PATCH", path, { given_name: null, verify_phone_number: false })).status).toBe(200);
});
