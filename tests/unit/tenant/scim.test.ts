import { expect, test } from "vitest";
import { defaultMapping } from "../../../local/tenant/entities/scim-mapping.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import { type Reply, TestTenant } from "./harness.ts";

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const notFound = (message: string, errorCode?: string): Reply => ({
  status: 404,
  body: { statusCode: 404, error: "Not Found", message, ...(errorCode === undefined ? {} : { errorCode }) },
});

/** A tenant with one connection of a strategy, and the path of its configuration. */
async function connected(strategy: string, name = "acme-sso") {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/connections", { name, strategy });
  return { tenant, id, path: `/connections/${id}/scim-configuration` };
}

test("a configuration without a body maps as documented, and names a person by what the strategy sends", async () => {
  for (const [strategy, attribute] of [
    ["samlp", "userName"],
    ["oidc", "externalId"],
    ["okta", "externalId"],
    ["waad", "externalId"],
  ] as const) {
    const { tenant, id, path } = await connected(strategy);
    const made = await tenant.call("POST", path);
    const whole = {
      connection_id: id,
      connection_name: "acme-sso",
      strategy,
      tenant_name: "localhost",
      user_id_attribute: attribute,
      mapping: defaultMapping,
      created_at: time,
      updated_on: time,
    };
    expect(made).toEqual({ status: 201, body: whole });
    expect(await tenant.call("GET", path)).toEqual({ status: 200, body: made.body });
    expect(await tenant.call("GET", `${path}/default-mapping`)).toEqual({
      status: 200,
      body: { mapping: defaultMapping },
    });
  }
});

test("a PATCH replaces attribute and mapping, which it must name both", async () => {
  const { tenant, path } = await connected("okta");
  const made = await tenant.make(path, { user_id_attribute: "id", mapping: [{ scim: "a", auth0: "b", more: 1 }] });
  expect(made).toMatchObject({ user_id_attribute: "id", mapping: [{ scim: "a", auth0: "b", more: 1 }] });
  const change = { user_id_attribute: "userName", mapping: [{ scim: "c", auth0: "d" }] };
  expect(await tenant.call("PATCH", path, change)).toEqual({
    status: 200,
    body: { ...made, ...change, updated_on: time },
  });
  const refused = await tenant.call("PATCH", path, { user_id_attribute: "userName" });
  expect(refused.body).toEqual({
    statusCode: 400,
    error: "Bad Request",
    message: "Payload validation error: 'Missing required property: mapping'.",
    errorCode: "invalid_body",
  });
});

test("a connection has one configuration, which goes with it or by itself, as often as asked", async () => {
  const { tenant, id, path } = await connected("oidc");
  expect(await tenant.call("GET", path)).toEqual(notFound("Not Found"));
  expect(await tenant.call("PATCH", path, { user_id_attribute: "a", mapping: [] })).toEqual(notFound("Not Found"));
  await tenant.make(path, {});
  expect(await tenant.call("POST", path, {})).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "The connection already has a SCIM configuration." },
  });
  const gone = { status: 204, body: undefined };
  expect([await tenant.call("DELETE", path), await tenant.call("DELETE", path)]).toEqual([gone, gone]);
  await tenant.make(path, {});
  await tenant.call("DELETE", `/connections/${id}`);
  expect(await tenant.call("GET", path)).toEqual(notFound("The connection does not exist", "inexistent_connection"));
  expect((await tenant.call("GET", "/connections-scim-configurations")).body).toEqual({ scim_configurations: [] });
});

test("a strategy without provisioning, and no connection at all, have no configuration", async () => {
  const { tenant, path } = await connected("auth0");
  const unsupported = notFound("This connection type does not support SCIM.");
  const nowhere = notFound("The connection does not exist", "inexistent_connection");
  const all: [string, string, Body?][] = [
    ["GET", ""],
    ["POST", "", {}],
    ["PATCH", "", { user_id_attribute: "a", mapping: [] }],
    ["DELETE", ""],
    ["GET", "/default-mapping"],
    ["GET", "/tokens"],
    ["POST", "/tokens", {}],
    ["DELETE", "/tokens/tok_0"],
  ];
  for (const [method, end, body] of all) {
    expect(await tenant.call(method, `${path}${end}`, body)).toEqual(unsupported);
    expect(await tenant.call(method, `/connections/con_0/scim-configuration${end}`, body)).toEqual(nowhere);
  }
});

test("all configurations are listed page by page", async () => {
  const { tenant, path } = await connected("okta", "one");
  await tenant.make(path, {});
  const { id } = await tenant.make("/connections", { name: "two", strategy: "samlp" });
  await tenant.make(`/connections/${id}/scim-configuration`, {});
  const page = async (query: string) => (await tenant.call("GET", `/connections-scim-configurations?${query}`)).body;
  const first = await page("take=1");
  expect(first).toEqual({ scim_configurations: [(await tenant.call("GET", path)).body], next: expect.any(String) });
  const second = await page(`take=1&from=${first.next}`);
  expect(second.scim_configurations.map((one: Body) => one.connection_name)).toEqual(["two"]);
  expect(await page(`take=1&from=${second.next}`)).toEqual({ scim_configurations: [] });
});

test("a token is told once; a connection has two at most, and they go with the configuration", async () => {
  const { tenant, path } = await connected("okta");
  const tokens = `${path}/tokens`;
  expect(await tenant.call("POST", tokens, {})).toEqual(notFound("Not Found"));
  await tenant.make(path, {});
  const made = await tenant.call("POST", tokens, { scopes: ["get:users", "post:users"], token_lifetime: 901 });
  const { token, token_id, ...rest } = made.body;
  expect(made.status).toBe(201);
  expect(token_id).toMatch(/^tok_[A-Za-z0-9]{16}$/);
  expect(token).toMatch(new RegExp(`^${token_id}\\.[0-9a-f]{64}$`));
  expect(rest).toEqual({ scopes: ["get:users", "post:users"], created_at: time, valid_until: time });
  expect(Date.parse(rest.valid_until) - Date.parse(rest.created_at)).toBe(901_000);
  const second = await tenant.make(tokens, { token_lifetime: null });
  expect(await tenant.call("GET", tokens)).toEqual({
    status: 200,
    body: [
      { token_id, ...rest },
      { token_id: second.token_id, scopes: [], created_at: time },
    ],
  });
  expect(await tenant.call("POST", tokens, {})).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "A connection cannot have more than 2 SCIM tokens." },
  });
  const gone = { status: 204, body: undefined };
  const one = `${tokens}/${token_id}`;
  expect([await tenant.call("DELETE", one), await tenant.call("DELETE", one)]).toEqual([gone, gone]);
  expect((await tenant.call("GET", tokens)).body).toHaveLength(1);
  await tenant.call("DELETE", path);
  await tenant.make(path, {});
  expect((await tenant.call("GET", tokens)).body).toEqual([]);
});

test("a token lives longer than 900 seconds, and names a scope if it names any", async () => {
  const { tenant, path } = await connected("samlp");
  await tenant.make(path, {});
  const refusal = async (body: Body) => (await tenant.call("POST", `${path}/tokens`, body)).body.message;
  expect(await refusal({ token_lifetime: 900 })).toBe("token_lifetime must be greater than 900");
  expect(await refusal({ scopes: [] })).toBe(
    "Payload validation error: 'Array is too short (0), minimum 1' on property scopes.",
  );
  expect(await refusal({ token_lifetime: "1000" })).toBe(
    "Payload validation error: 'Expected type integer,null but found type string' on property token_lifetime (Lifetime of the token in seconds. Must be greater than 900).",
  );
});
