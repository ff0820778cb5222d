import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

/** The options that a new database shows. */
async function optionsOf(options: Body = {}): Promise<Body> {
  const tenant = await TestTenant.fresh();
  return (await tenant.call("POST", "/connections", { name: "staff", strategy: "auth0", options })).body.options;
}

test("a database has the older password policy unless it is given the flexible one, which is filled up", async () => {
  const { passwordPolicy, password_options: none } = await optionsOf();
  expect([passwordPolicy, none]).toEqual(["good", undefined]);
  const options = await optionsOf({ password_options: { history: { active: true } } });
  expect(Object.keys(options)).not.toContain("passwordPolicy");
  expect(options.password_options).toEqual({
    complexity: {
      min_length: 15,
      character_types: [],
      character_type_rule: "all",
      identical_characters: "allow",
      sequential_characters: "allow",
      max_length_exceeded: "error",
    },
    profile_data: {
      active: false,
      blocked_fields: [
        ...["name", "username", "nickname", "email", "phone_number"],
        ...["user_metadata.name", "user_metadata.first", "user_metadata.last"],
      ],
    },
    history: { active: true, size: 3 },
    dictionary: { active: false, custom: [], default: "en_100k" },
  });
});

test("a method of signing in that is not named is off, and one that the database has not stays unknown", async () => {
  const tenant = await TestTenant.fresh();
  const methods = (authentication_methods: Body) => ({ options: { authentication_methods } });
  const password = { enabled: true, api_behavior: "required", signup_behavior: "allow" };
  const on = { enabled: true };
  const off = { enabled: false };
  const plain = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const one = await tenant.call("PATCH", `/connections/${plain.id}`, methods({ password: on }));
  expect(one.body.options.authentication_methods).toEqual({ password, passkey: off });
  const given = { name: "guests", strategy: "auth0", ...methods({ password: on, passkey: on }) };
  const full = await tenant.make("/connections", given);
  const all = { password, passkey: on, email_otp: off, phone_otp: off };
  expect(full.options).toMatchObject({ authentication_methods: all });
  const two = await tenant.call("PATCH", `/connections/${full.id}`, methods({ password: on }));
  expect(two.body.options.authentication_methods).toEqual({ ...all, passkey: off });
});

test("an e-mail attribute that is not unique cannot be added later", async () => {
  const tenant = await TestTenant.fresh();
  const username = { identifier: { active: true } };
  const made = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const attributes = { username, email: { identifier: { active: false }, unique: false } };
  expect(await tenant.call("PATCH", `/connections/${made.id}`, { options: { attributes } })).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "cannot add non-unique email attribute",
      errorCode: "invalid_body",
    },
  });
  const unique = { username, email: { identifier: { active: false }, unique: true } };
  const added = await tenant.call("PATCH", `/connections/${made.id}`, { options: { attributes: unique } });
  expect(added.body.options.attributes.email).toEqual({ ...unique.email, verification_method: "link" });
  const born = await tenant.make("/connections", { name: "guests", strategy: "auth0", options: { attributes } });
  expect((await tenant.call("PATCH", `/connections/${born.id}`, { options: { attributes } })).status).toBe(200);
});

test("cross app access is for enterprise connections, and null takes it away", async () => {
  const tenant = await TestTenant.fresh();
  const requesting = { cross_app_access_requesting_app: { active: true } };
  expect(await tenant.call("POST", "/connections", { name: "staff", strategy: "auth0", ...requesting })).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "Cross App Access Requesting App is not supported for this connection.",
      errorCode: "operation_not_supported",
    },
  });
  const resource = { cross_app_access_resource_app: { status: "enabled" } };
  const made = await tenant.make("/connections", { name: "acme", strategy: "oidc", ...requesting, ...resource });
  expect(made).toMatchObject({ ...requesting, ...resource });
  const patch = { cross_app_access_resource_app: null };
  const { body } = await tenant.call("PATCH", `/connections/${made.id}`, patch);
  expect(body.cross_app_access_resource_app).toBe(undefined);
  expect(body.cross_app_access_requesting_app).toEqual({ active: true });
});

test("a deleted connection is gone at once, and a second delete has nothing to tell", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/connections", { name: "acme", strategy: "oidc" });
  expect(await tenant.call("DELETE", `/connections/${id}`)).toEqual({
    status: 202,
    body: { deleted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
  });
  expect((await tenant.call("GET", `/connections/${id}`)).body.errorCode).toBe("inexistent_connection");
  expect(await tenant.call("DELETE", `/connections/${id}`)).toEqual({ status: 204, body: undefined });
});

test("a page of connections names a next one only where a connection follows", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/connections", { name: "acme", strategy: "oidc" });
  const named = await tenant.call("GET", "/connections?name=acme&take=1");
  expect(Object.keys(named.body)).toEqual(["connections"]);
  const first = await tenant.call("GET", "/connections?take=1");
  const rest = await tenant.call("GET", `/connections?take=1&from=${first.body.next}`);
  expect([first.body.connections[0].name, rest.body.connections[0].name]).toEqual([
    "Username-Password-Authentication",
    "acme",
  ]);
  expect(rest.body.next).toBe(undefined);
});
