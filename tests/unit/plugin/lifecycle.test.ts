import { expect, test } from "vitest";
import { failure } from "../../../local/plugin/failure.ts";
import type { JsonObject } from "../../../local/plugin/management.ts";
import type { Marked } from "../../../local/plugin/marshal.ts";
import { Secret } from "../../../local/plugin/marshal.ts";
import { strategies } from "../../../local/plugin/operations/strategies.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { store } from "./fake-management-api.ts";

const held = connected();

test("an organization is created, read, changed and deleted with the provider's requests", async () => {
  const type = typeOf("organization");
  held.fake.answer = store("organizations", "org_1");
  const made = await type.create(held.api, { name: "acme", metadata: { type: "customer" } });
  expect(held.fake.requests.at(-2)?.body).toEqual({ name: "acme", metadata: { type: "customer" } });
  expect(made.id).toBe("org_1");
  expect(made.properties).toEqual({
    id: "org_1",
    name: "acme",
    displayName: "",
    metadata: { type: "customer" },
    branding: null,
    thirdPartyClientAccess: "",
    tokenQuota: null,
  });
  const changed = await type.update(held.api, "org_1", plain(made.properties), { name: "acme", displayName: "Acme" });
  expect(held.fake.requests.at(-2)?.body).toEqual({ name: "acme", display_name: "Acme" });
  expect(changed.properties.displayName).toBe("Acme");
  await type.delete(held.api, "org_1", plain(changed.properties));
  expect(held.fake.lines()).toEqual([
    "POST organizations",
    "GET organizations/org_1",
    "PATCH organizations/org_1",
    "GET organizations/org_1",
    "DELETE organizations/org_1",
  ]);
});

test("a client's update sends nulls for what was taken out before it sends the rest", async () => {
  const type = typeOf("client");
  held.fake.answer = store("clients", "client_1", {}, "client_id");
  const inputs = { name: "app", appType: "spa", clientMetadata: { a: "1", b: "2" }, crossOriginLoc: "https://x" };
  const made = await type.create(held.api, inputs);
  expect(held.fake.requests.at(-2)?.body).toEqual({
    name: "app",
    app_type: "spa",
    cross_origin_loc: "https://x",
    client_metadata: { a: "1", b: "2" },
    token_endpoint_auth_method: "none",
  });
  await type.update(held.api, "client_1", plain(made.properties), {
    name: "app",
    appType: "spa",
    clientMetadata: { a: "1" },
  });
  expect(held.fake.requests.slice(-3).map(({ body }) => body)).toEqual([
    { cross_origin_loc: null },
    { name: "app", app_type: "spa", client_metadata: { a: "1", b: null } },
    null,
  ]);
});

test("of a client's token settings all that is written is sent first, then only what changes; none is left out", async () => {
  const type = typeOf("client");
  held.fake.answer = store("clients", "client_1", {}, "client_id");
  const app = (jwtConfiguration: Dict) => ({ name: "app", jwtConfiguration });
  const made = await type.create(held.api, app({ alg: "RS256", lifetimeInSeconds: 3600, scopes: {} }));
  expect(held.fake.requests.at(-2)?.body).toEqual({
    name: "app",
    jwt_configuration: { alg: "RS256", lifetime_in_seconds: 3600, scopes: {} },
  });
  await type.update(held.api, "client_1", plain(made.properties), app({ alg: "RS256", lifetimeInSeconds: 60 }));
  expect(held.fake.requests.at(-2)?.body).toEqual({
    name: "app",
    jwt_configuration: { alg: "RS256", lifetime_in_seconds: 60 },
  });
  const short = await type.create(held.api, app({ lifetimeInSeconds: 60 }));
  await type.update(held.api, "client_1", plain(short.properties), { ...app({ lifetimeInSeconds: 60 }), name: "new" });
  expect(held.fake.requests.at(-2)?.body).toEqual({ name: "new" });
  await type.create(held.api, app({ scopes: {} }));
  expect(held.fake.requests.at(-2)?.body).toEqual({ name: "app", jwt_configuration: { scopes: {} } });
  await type.create(held.api, app({}));
  expect(held.fake.requests.at(-2)?.body).toEqual({ name: "app" });
});

test("options of a connection are sent whole, scopes as one text, endpoints that are not written as null", async () => {
  const type = typeOf("connection");
  held.fake.answer = store("connections", "con_1");
  const options = {
    type: "back_channel",
    issuer: "https://idp",
    clientId: "id",
    clientSecret: "shh",
    scopes: ["openid", "email"],
  };
  const made = await type.create(held.api, { name: "acme", strategy: "oidc", options });
  expect(held.fake.requests.at(-2)?.body).toHaveProperty("options", {
    type: "back_channel",
    issuer: "https://idp",
    client_id: "id",
    client_secret: "shh",
    scope: "email openid",
    authorization_endpoint: null,
    discovery_url: null,
    jwks_uri: null,
    token_endpoint: null,
    userinfo_endpoint: null,
  });
  const read = made.properties.options as { [name: string]: Marked };
  expect(read.clientSecret).toEqual(new Secret("shh"));
  expect(read.scopes).toEqual(["email", "openid"]);
  expect(made.properties.__meta).toBe('{"schema_version":"3"}');
});

test("a strategy that no table describes is refused by name", async () => {
  const refused = typeOf("connection").create(held.api, { name: "acme", strategy: "pingfederate", options: {} });
  await expect(refused).rejects.toThrow(
    `This stand-in does not know the connection strategy "pingfederate"; it knows ${Object.keys(strategies).join(", ")}.`,
  );
  expect(held.fake.lines()).toEqual([]);
});

test("the last scope is taken out by an empty text, and options that no answer tells are read as empty ones", async () => {
  const type = typeOf("connection");
  held.fake.answer = () => ({ status: 200, body: { id: "con_1", name: "it", strategy: "oidc" } });
  const connection = (options: Dict) => ({ name: "it", strategy: "oidc", options: { clientId: "i", ...options } });
  const made = await type.create(held.api, connection({}));
  expect(held.fake.requests.at(-2)?.body).not.toHaveProperty("options.scope");
  expect(made.properties.options).toMatchObject({ scopes: [] });
  await type.update(held.api, "con_1", connection({ scopes: ["openid"] }), connection({ scopes: [] }));
  const changes = held.fake.requests.filter(({ method }) => method === "PATCH");
  expect(changes.at(-1)?.body).toMatchObject({ options: { scope: "" } });
});

test("a strategy that needs scopes is refused without", async () => {
  const refused = typeOf("connection").create(held.api, {
    name: "acme",
    strategy: "okta",
    options: { clientId: "id" },
  });
  const error: unknown = await refused.catch((thrown: unknown) => thrown);
  const reason = "the scopes option is required for connection strategy okta";
  expect(failure(error, "creating urn").message).toBe(`1 error occurred:\n\t* ${reason}\n\n`);
  expect(held.fake.lines()).toEqual([]);
});

test("a grant that there is already is taken over as it is", async () => {
  const grant = { id: "cgr_1", client_id: "c", audience: "https://api/", scope: ["other"], subject_type: "client" };
  held.fake.answer = ({ path }) => ({ status: 200, body: path.includes("?") ? { client_grants: [grant] } : grant });
  const made = await typeOf("clientGrant").create(held.api, {
    clientId: "c",
    audience: "https://api/",
    scopes: ["read"],
  });
  expect(held.fake.lines()).toEqual([
    "GET client-grants?audience=https%3A%2F%2Fapi%2F&client_id=c&per_page=50&include_totals=true",
    "GET client-grants/cgr_1",
  ]);
  expect(made.properties.scopes).toEqual(["other"]);
});

test("a connection that has other clients is not taken over", async () => {
  held.fake.answer = () => ({ status: 200, body: { clients: [{ client_id: "other" }] } });
  await expect(
    typeOf("connectionClients").create(held.api, { connectionId: "con_1", enabledClients: ["mine"] }),
  ).rejects.toThrow(
    "Connection with non empty enabled clients: con_1 already has 1 of its own; import them as con_1 first.",
  );
  expect(held.fake.lines()).toEqual(["GET connections/con_1/clients"]);
});

test("of a connection's clients only the difference is sent", async () => {
  held.fake.answer = ({ path }) => ({
    status: 200,
    body: path.endsWith("/clients")
      ? { clients: [{ client_id: "a" }, { client_id: "c" }] }
      : { name: "n", strategy: "oidc" },
  });
  const olds = { connectionId: "con_1", enabledClients: ["a", "b"], name: "n", strategy: "oidc" };
  await typeOf("connectionClients").update(held.api, "con_1", olds, {
    connectionId: "con_1",
    enabledClients: ["c", "a"],
  });
  expect(held.fake.requests.at(-3)?.body).toEqual([
    { client_id: "c", status: true },
    { client_id: "b", status: false },
  ]);
});

test("a role's permissions are taken away before others are given", async () => {
  held.fake.answer = ({ method }) => ({
    status: 200,
    body: method === "GET" ? { permissions: [], total: 0, start: 0, limit: 100 } : {},
  });
  const permission = (name: string) => ({ name, resourceServerIdentifier: "https://api" });
  const olds = { roleId: "rol_1", permissions: [{ ...permission("a"), description: "A", resourceServerName: "N" }] };
  await typeOf("rolePermissions").update(held.api, "rol_1", olds, { roleId: "rol_1", permissions: [permission("b")] });
  expect(held.fake.requests.slice(-3).map(({ method, body }) => [method, body])).toEqual([
    ["DELETE", { permissions: [{ permission_name: "a", resource_server_identifier: "https://api" }] }],
    ["POST", { permissions: [{ permission_name: "b", resource_server_identifier: "https://api" }] }],
    ["GET", null],
  ]);
});

test("a gathered list without elements is null to the provider", async () => {
  held.fake.answer = () => ({ status: 200, body: { permissions: [], bindings: [], total: 0, start: 0, limit: 100 } });
  await typeOf("rolePermissions").delete(held.api, "rol_1", { roleId: "rol_1", permissions: [] });
  const olds = { trigger: "post-login", actions: [{ id: "a1", displayName: "A" }] };
  await typeOf("triggerActions").update(held.api, "post-login", olds, { trigger: "post-login", actions: [] });
  await typeOf("triggerActions").delete(held.api, "post-login", olds);
  const writes = held.fake.requests.filter(({ method }) => method !== "GET");
  expect(writes.slice(-3).map(({ body }) => body)).toEqual([
    { permissions: null },
    { bindings: null },
    { bindings: [] },
  ]);
});

test("an API's scopes are addressed by its identifier, readable in the path", async () => {
  const scopes: JsonObject[] = [];
  held.fake.answer = ({ method, body }) => {
    if (method === "PATCH") scopes.splice(0, scopes.length, ...((body as JsonObject).scopes as JsonObject[]));
    return { status: 200, body: { identifier: "https://api/", scopes } };
  };
  const made = await typeOf("resourceServerScopes").create(held.api, {
    resourceServerIdentifier: "https://api/",
    scopes: [{ name: "read" }],
  });
  expect(held.fake.lines()).toEqual(
    Array.from(["GET", "PATCH", "GET"], (method) => `${method} resource-servers/https:%2F%2Fapi%2F`),
  );
  expect(made).toEqual({
    id: "https://api/",
    properties: {
      id: "https://api/",
      resourceServerIdentifier: "https://api/",
      scopes: [{ name: "read", description: "" }],
    },
  });
});

test.each([
  ["tenant", { friendlyName: "T" }],
  ["prompt", { identifierFirst: true }],
])("deleting the %s leaves it as it is", async (name, olds) => {
  await typeOf(name).delete(held.api, "id", olds);
  expect(held.fake.lines()).toEqual([]);
});
