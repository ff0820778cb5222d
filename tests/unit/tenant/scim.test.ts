import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { ownFolder, type Reply, TestTenant } from "./harness.ts";

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

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.";

/** What every strategy maps, in this order, between what is its own. */
const names = [
  ["externalId", "app_metadata.external_id"],
  ["active", "blocked"],
  ["displayName", "name"],
  ["name.givenName", "given_name"],
  ["name.familyName", "family_name"],
];
const moreNames = [
  ["name.middleName", "app_metadata.middle_name"],
  ["name.honorificPrefix", "app_metadata.honorific_prefix"],
  ["name.honorificSuffix", "app_metadata.honorific_suffix"],
];
const shownNames = [
  ["nickName", "nickname"],
  ['photos[type eq "photo"].value', "picture"],
];
const phones = [
  ["phoneNumbers[primary eq true].value", "app_metadata.primary_phone_number"],
  ['phoneNumbers[type eq "mobile"].value', "app_metadata.mobile_phone_number"],
];
const rest = [
  ['addresses[type eq "work"].streetAddress', "app_metadata.street_address"],
  ['addresses[type eq "work"].locality', "app_metadata.city"],
  ['addresses[type eq "work"].region', "app_metadata.state"],
  ['addresses[type eq "work"].postalCode', "app_metadata.postal_code"],
  ['addresses[type eq "work"].formatted', "app_metadata.postal_address"],
  ['addresses[type eq "work"].country', "app_metadata.country"],
  ["profileUrl", "app_metadata.profile_url"],
  ["userType", "app_metadata.user_type"],
  ["title", "app_metadata.title"],
  ["preferredLanguage", "app_metadata.language"],
  ["locale", "app_metadata.locale"],
  ["timezone", "app_metadata.timezone"],
  [`${enterprise}employeeNumber`, "app_metadata.employee_id"],
  [`${enterprise}costCenter`, "app_metadata.cost_center"],
  [`${enterprise}organization`, "app_metadata.organization"],
  [`${enterprise}division`, "app_metadata.division"],
  [`${enterprise}department`, "app_metadata.department"],
  [`${enterprise}manager`, "app_metadata.manager"],
];
const first = ["emails[primary eq true].value", "email"];
const okta = [["userName", "preferred_username"], first, ...names, ...moreNames, ...shownNames, ...phones, ...rest];
const saml = [["userName", "username"], ...okta.slice(1)];
const entra = [
  ["userName", "upn"],
  ['emails[type eq "work"].value', "email"],
  ...names,
  ...shownNames,
  ['phoneNumbers[type eq "work"].value', "app_metadata.work_phone_number"],
  ['phoneNumbers[type eq "mobile"].value', "app_metadata.mobile_phone_number"],
  ['phoneNumbers[type eq "fax"].value', "app_metadata.fax_number"],
  ...rest,
];

test("a configuration without a body maps as its strategy does, and names a person by what that sends", async () => {
  for (const [strategy, attribute, pairs] of [
    ["samlp", "userName", saml],
    ["oidc", "externalId", okta],
    ["okta", "externalId", okta],
    ["waad", "externalId", entra],
  ] as const) {
    const { tenant, id, path } = await connected(strategy);
    const made = await tenant.call("POST", path);
    const mapping = pairs.map(([scim, auth0]) => ({ scim, auth0 }));
    const whole = {
      connection_id: id,
      connection_name: "acme-sso",
      strategy,
      tenant_name: "localhost",
      user_id_attribute: attribute,
      mapping,
      created_at: time,
      updated_on: time,
    };
    expect(made).toEqual({ status: 201, body: whole });
    expect(await tenant.call("GET", path)).toEqual({ status: 200, body: made.body });
    expect(await tenant.call("GET", `${path}/default-mapping`)).toEqual({ status: 200, body: { mapping } });
  }
});

test("a SCIM attribute has one place, and what only Auth0 writes has none", async () => {
  const { tenant, path } = await connected("okta");
  const refused = {
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "Invalid mapping provided",
      errorCode: "invalid_body",
    },
  };
  const twice = [
    { scim: "a", auth0: "b" },
    { scim: "a", auth0: "c" },
  ];
  expect(await tenant.call("POST", path, { mapping: twice })).toEqual(refused);
  expect((await tenant.call("GET", path)).status).toBe(404);
  await tenant.make(path, {});
  for (const mapping of [twice, [{ scim: "id", auth0: "b" }], [{ scim: "meta.created", auth0: "b" }]])
    expect(await tenant.call("PATCH", path, { user_id_attribute: "id", mapping })).toEqual(refused);
});

test("a connection to every Azure AD at once is not provisioned", async () => {
  const tenant = await TestTenant.fresh();
  const options = { useCommonEndpoint: true };
  const { id } = await tenant.make("/connections", { name: "everybody", strategy: "waad", options });
  expect(await tenant.call("POST", `/connections/${id}/scim-configuration`)).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "SCIM cannot be enabled for this connection when the Azure AD common endpoint is used.",
    },
  });
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
    body: { statusCode: 409, error: "Conflict", message: "SCIM configuration already exists for connection" },
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
  const unsupported = notFound(
    "This connection type does not support SCIM. Please see our documentation for the currently supported connection types: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.",
  );
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
  expect(await page("from=nowhere")).toEqual({
    statusCode: 400,
    error: "Bad Request",
    message: "Invalid pagination cursor.",
  });
});

const everyScope = ["get:users", "post:users", "put:users", "patch:users", "delete:users"];

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
      { token_id: second.token_id, scopes: everyScope, created_at: time },
    ],
  });
  expect(await tenant.call("POST", tokens, {})).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "Maximum of 2 tokens already issued for this connection" },
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

test("a token that is over makes room for another", async () => {
  const { tenant, path } = await connected("waad");
  await tenant.make(path, {});
  const tokens = `${path}/tokens`;
  await tenant.make(tokens, { token_lifetime: 901 });
  await tenant.make(tokens, {});
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 902_000 });
  try {
    expect((await tenant.call("GET", tokens)).body).toHaveLength(1);
    expect((await tenant.call("POST", tokens, {})).status).toBe(201);
    expect((await tenant.call("POST", tokens, {})).status).toBe(409);
  } finally {
    vi.useRealTimers();
  }
});

test("the data file has a digest of a token, and neither it nor a list or the log has the token", async () => {
  const tenant = await TestTenant.start();
  const { id } = await tenant.make("/connections", { name: "acme-sso", strategy: "okta" });
  const path = `/connections/${id}/scim-configuration`;
  await tenant.make(path, {});
  const { token } = await tenant.make(`${path}/tokens`, {});
  const secret = String(token).split(".")[1] ?? "";
  const listed = [await tenant.call("GET", `${path}/tokens`), await tenant.local("GET", "/.local/requests")];
  expect(JSON.stringify(listed)).not.toMatch(new RegExp(`${secret}|digest`));
  const file = join(tenant.folder, "tenant.db");
  const text = ["", "-wal"].map((end) => readFileSync(`${file}${end}`, "latin1")).join("");
  expect(text).not.toContain(secret);
  expect(text).toContain(createHash("sha256").update(String(token)).digest("base64url"));
});

test("with scopes on, configurations and tokens take their own", async () => {
  const tenant = await TestTenant.start(ownFolder(), { switches: { SCOPES: "on" } });
  const as = async (scope: string) => {
    const { access_token: token } = (await tenant.local("POST", `/.local/token?scope=${scope}`)).body;
    return { Authorization: `Bearer ${token}` };
  };
  const given = { name: "acme-sso", strategy: "okta" };
  const { id } = (await tenant.call("POST", "/connections", given, await as("create:connections"))).body;
  const path = `/connections/${id}/scim-configuration`;
  const change = { user_id_attribute: "a", mapping: [] };
  for (const [method, target, scope, status, body] of [
    ["POST", path, "create:scim_config", 201, {}],
    ["GET", path, "read:scim_config", 200, undefined],
    ["GET", `${path}/default-mapping`, "read:scim_config", 200, undefined],
    ["GET", "/connections-scim-configurations", "read:scim_config", 200, undefined],
    ["PATCH", path, "update:scim_config", 200, change],
    ["POST", `${path}/tokens`, "create:scim_token", 201, {}],
    ["GET", `${path}/tokens`, "read:scim_token", 200, undefined],
    ["DELETE", `${path}/tokens/tok_0`, "delete:scim_token", 204, undefined],
    ["DELETE", path, "delete:scim_config", 204, undefined],
  ] as [string, string, string, number, Body | undefined][]) {
    expect((await tenant.call(method, target, body, await as("read:connections"))).body).toMatchObject({
      statusCode: 403,
      message: `Insufficient scope, expected any of: ${scope}`,
    });
    expect((await tenant.call(method, target, body, await as(scope))).status).toBe(status);
  }
});
