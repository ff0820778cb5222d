import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

const refusal = (statusCode: number, error: string, message: string, errorCode?: string) => ({
  status: statusCode,
  body: { statusCode, error, message, ...(errorCode === undefined ? {} : { errorCode }) },
});

const invalid = (message: string) =>
  refusal(400, "Bad Request", `Payload validation error: ${message}`, "invalid_body");

test.each<[string, string, string, Body | string, string]>([
  ["an unknown field", "POST", "/roles", { name: "x", color: "red" }, "'Additional properties not allowed: color'."],
  ["a missing field", "POST", "/organizations", {}, "'Missing required property: name'."],
  ["a wrong type", "POST", "/roles", { name: 7 }, "'Expected type string but found type integer' on property name."],
  [
    "a value outside the list",
    "POST",
    "/clients",
    { name: "x", app_type: "web" },
    "'No enum match for: web' on property app_type.",
  ],
  [
    "a broken format",
    "POST",
    "/organizations",
    { name: "Acme Inc" },
    "'Object didn't pass validation for format organization-name: Acme Inc' on property name.",
  ],
  [
    "a field too long",
    "POST",
    "/organizations",
    { name: "x".repeat(51) },
    "'String is too long (51 chars), maximum 50' on property name.",
  ],
  [
    "a nested fault",
    "POST",
    "/resource-servers",
    { identifier: "a", scopes: [{ value: 1 }] },
    "'Expected type string but found type integer' on property scopes[0].value.",
  ],
  [
    "a broken pattern",
    "POST",
    "/connections",
    { name: "a_b", strategy: "oidc" },
    "'String does not match pattern ^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$: a_b' on property name.",
  ],
  ["an empty patch", "PATCH", "/prompts", {}, "'Too few properties defined (0), minimum 1'."],
  ["no body", "POST", "/roles", "", "'Expected type object but found type null'."],
  ["a list for an object", "POST", "/roles", "[]", "'Expected type object but found type array'."],
  [
    "an immutable field",
    "PATCH",
    "/connections/con_0000000000000000",
    { name: "new" },
    "'Additional properties not allowed: name'.",
  ],
])("%s is refused in the service's words", async (_, method, path, content, message) => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call(method, path, content)).toEqual(invalid(message));
});

test("metadata holds ten keys on a client and twenty-five on an organization, of 255 characters each", async () => {
  const tenant = await TestTenant.fresh();
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"]));
  expect(await tenant.call("POST", "/clients", { name: "x", client_metadata: keys(11) })).toEqual(
    invalid("'Too many properties defined (11), maximum 10' on property client_metadata."),
  );
  const client = await tenant.make("/clients", { name: "x", client_metadata: keys(10) });
  expect(await tenant.call("PATCH", `/clients/${client.client_id}`, { client_metadata: { more: "v" } })).toEqual(
    refusal(400, "Bad Request", "client_metadata can have at most 10 properties", "invalid_body"),
  );
  expect((await tenant.call("POST", "/organizations", { name: "a", metadata: keys(26) })).status).toBe(400);
  expect(
    (await tenant.call("POST", "/organizations", { name: "a", metadata: { k: "v".repeat(256) } })).body.message,
  ).toBe("Payload validation error: 'String is too long (256 chars), maximum 255' on property metadata.k.");
});

test("what must be unique is refused the second time, and free again once it is gone", async () => {
  const tenant = await TestTenant.fresh();
  const cases: [string, Body, string, string?][] = [
    ["/organizations", { name: "acme" }, "An organization with this name already exists.", "organization_conflict"],
    ["/connections", { name: "acme", strategy: "oidc" }, "A connection with the same name already exists"],
    ["/roles", { name: "owner" }, "The role already exists."],
    ["/resource-servers", { identifier: "https://api" }, "A resource server with the same identifier already exists."],
    ["/clients", { name: "Main", client_aliases: ["main"] }, "Another client exists with the same alias."],
  ];
  for (const [path, content, message, code] of cases) {
    const made = await tenant.make(path, content);
    expect(await tenant.call("POST", path, content)).toEqual(refusal(409, "Conflict", message, code));
    await tenant.call("DELETE", `${path}/${made.id ?? made.client_id}`);
    await tenant.make(path, content);
  }
  const other = await tenant.make("/organizations", { name: "other" });
  expect((await tenant.call("PATCH", `/organizations/${other.id}`, { name: "acme" })).status).toBe(409);
});

test("inside an organization the same connection, domain or grant is refused the second time", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const { id: other } = await tenant.make("/organizations", { name: "other" });
  const connection = await tenant.make("/connections", { name: "acme", strategy: "oidc" });
  const twice: [string, Body, string][] = [
    ["connections", { connection_id: connection.id }, "The organization connection already exists."],
    [
      "discovery-domains",
      { domain: "acme.com" },
      "An organization discovery domain with this domain is already registered to this organization.",
    ],
  ];
  for (const [path, content, message] of twice) {
    await tenant.make(`/organizations/${id}/${path}`, content);
    expect(await tenant.call("POST", `/organizations/${id}/${path}`, content)).toEqual(
      refusal(409, "Conflict", message),
    );
    expect((await tenant.call("POST", `/organizations/${other}/${path}`, content)).status).toBe(201);
  }
});

test("a reference to what is not there is refused", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  await tenant.make("/resource-servers", { identifier: "https://api" });
  const grant = { client_id: "nobody", audience: "https://api" };
  expect(await tenant.call("POST", "/client-grants", grant)).toEqual(
    refusal(404, "Not Found", "The client does not exist", "inexistent_client"),
  );
  expect(
    await tenant.call("POST", `/organizations/${id}/connections`, { connection_id: "con_0000000000000000" }),
  ).toEqual(refusal(404, "Not Found", "No connection found by that id"));
  expect(await tenant.call("POST", `/organizations/${id}/client-grants`, { grant_id: "cgr_0000000000000000" })).toEqual(
    refusal(404, "Not Found", "The grant does not exist."),
  );
  const { id: role } = await tenant.make("/roles", { name: "owner" });
  const permissions = [{ resource_server_identifier: "https://api", permission_name: "read:it" }];
  expect((await tenant.call("POST", `/roles/${role}/permissions`, { permissions })).status).toBe(400);
  expect((await tenant.call("GET", `/roles/${role}/permissions`)).body).toEqual([]);
});

test("a refused request changes nothing, even what it had done before the fault", async () => {
  const tenant = await TestTenant.fresh();
  const connection = await tenant.make("/connections", { name: "acme", strategy: "oidc" });
  const enabled_connections = [{ connection_id: connection.id }, { connection_id: "con_nothing" }];
  expect(await tenant.call("POST", "/organizations", { name: "acme", enabled_connections })).toEqual(
    refusal(400, "Bad Request", "Connections: con_nothing not found.", "invalid_body"),
  );
  expect((await tenant.call("GET", "/organizations")).body).toEqual([]);
});

test("sign-up in an organization needs a database with automatic membership", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const database = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  expect(
    await tenant.call("POST", `/organizations/${id}/connections`, {
      connection_id: database.id,
      is_signup_enabled: true,
    }),
  ).toEqual(
    refusal(
      400,
      "Bad Request",
      "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.",
      "invalid_body",
    ),
  );
});

test("an organization takes ten connections and not an eleventh", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const statuses: number[] = [];
  for (let n = 0; n < 11; n += 1) {
    const connection = await tenant.make("/connections", { name: `c${n}`, strategy: "oidc" });
    statuses.push(
      (await tenant.call("POST", `/organizations/${id}/connections`, { connection_id: connection.id })).status,
    );
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 400]);
  expect((await tenant.call("GET", `/organizations/${id}/connections`)).body).toHaveLength(10);
});

test("what is not there is 404 in the family's own words", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const cases: [string, string, string?][] = [
    ["/clients/nobody", "The client does not exist", "inexistent_client"],
    ["/connections/con_x", "The connection does not exist", "inexistent_connection"],
    ["/resource-servers/x", "The resource server does not exist", "inexistent_resource_server"],
    ["/client-grants/x", "The grant does not exist.", "inexistent_client_grant"],
    ["/organizations/org_x", "No organization found by that id or name"],
    ["/organizations/name/x", "No organization found by that id or name"],
    ["/organizations/org_x/members", "No organization found by that id or name"],
    [`/organizations/${id}/connections/con_x`, "No connection found by that id"],
    [`/organizations/${id}/discovery-domains/x`, "No organization domain found by that id"],
    ["/roles/x", "The role does not exist."],
    ["/actions/actions/x", "That action does not exist."],
    ["/users/auth0%7Cx", "The user does not exist.", "inexistent_user"],
    ["/nothing", "Not Found"],
  ];
  for (const [path, message, code] of cases) {
    expect({ path, ...(await tenant.call("GET", path)) }).toEqual({
      path,
      ...refusal(404, "Not Found", message, code),
    });
  }
});

test("deleting twice is 204 or 404, as each family has it; a connection is 202 first", async () => {
  const tenant = await TestTenant.fresh();
  const api = { identifier: "https://api" };
  const cases: [string, Body, number, number][] = [
    ["/resource-servers", api, 204, 204],
    ["/clients", { name: "Main" }, 204, 204],
    ["/connections", { name: "acme", strategy: "oidc" }, 202, 204],
    ["/roles", { name: "owner" }, 200, 404],
    ["/organizations", { name: "acme" }, 204, 404],
  ];
  for (const [path, content, first, second] of cases) {
    const made = await tenant.make(path, content);
    const at = `${path}/${made.id ?? made.client_id}`;
    expect([path, (await tenant.call("DELETE", at)).status, (await tenant.call("DELETE", at)).status]).toEqual([
      path,
      first,
      second,
    ]);
  }
  const { id } = await tenant.make("/connections", { name: "gone", strategy: "oidc" });
  expect((await tenant.call("DELETE", `/connections/${id}`)).body).toEqual({
    deleted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
});

test("a connection that goes leaves its organizations and clients", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const connection = await tenant.make("/connections", { name: "acme", strategy: "oidc" });
  await tenant.make(`/organizations/${id}/connections`, { connection_id: connection.id });
  await tenant.call("DELETE", `/connections/${connection.id}`);
  expect((await tenant.call("GET", `/organizations/${id}/connections?include_totals=true`)).body.total).toBe(0);
});

test("a request without a token, with another scheme or with a broken body is refused before anything else", async () => {
  const tenant = await TestTenant.fresh();
  const unauthorized = (message: string) => ({
    status: 401,
    body: { statusCode: 401, error: "Unauthorized", message, attributes: { error: message } },
  });
  expect(await tenant.call("GET", "/clients", undefined, {})).toEqual(unauthorized("Missing authentication"));
  expect(await tenant.call("GET", "/nothing", undefined, {})).toEqual(unauthorized("Missing authentication"));
  expect(await tenant.call("GET", "/clients", undefined, { Authorization: "Basic abc" })).toEqual(
    refusal(400, "Bad Request", "Bad HTTP authentication header format", "Bearer"),
  );
  expect(await tenant.call("POST", "/roles", "{broken")).toEqual(
    refusal(400, "Bad Request", "Invalid request payload JSON format"),
  );
  expect(
    await tenant.call("POST", "/roles", "name=x", {
      Authorization: "Bearer x",
      "Content-Type": "application/x-www-form-urlencoded",
    }),
  ).toEqual(refusal(415, "Unsupported Media Type", "Unsupported Media Type"));
});
