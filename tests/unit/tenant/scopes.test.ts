import { generateKeyPairSync } from "node:crypto";
import { sign } from "hono/jwt";
import { afterEach, expect, test, vi } from "vitest";
import { families } from "../../../local/tenant/entities/index.ts";
import { routesOf } from "../../../local/tenant/management/routes.ts";
import { scopeTable } from "../../../local/tenant/management/scope-table.ts";
import { openingScopes } from "../../../local/tenant/management/scopes.ts";
import { ownFolder, TestTenant } from "./harness.ts";

const routes = routesOf(families);
const shapeOf = (path: string) => path.replaceAll(/:\w+/g, ":");
const strict = () => TestTenant.start(ownFolder(), { switches: { SCOPES: "on" } });

async function bearer(tenant: TestTenant, scope: string): Promise<{ Authorization: string }> {
  const { status, body } = await tenant.local("POST", `/.local/token?scope=${encodeURIComponent(scope)}`);
  expect({ status, scope: body.scope }).toEqual({ status: 200, scope });
  return { Authorization: `Bearer ${body.access_token}` };
}

afterEach(() => void vi.useRealTimers());

const unauthorized = (message: string) => ({
  status: 401,
  body: { statusCode: 401, error: "Unauthorized", message, attributes: { error: message } },
});

test("the table has the scopes of exactly the operations that are served", () => {
  const served = routes.map(({ method, path }) => `${method} ${shapeOf(path)}`);
  const listed = Object.entries(scopeTable).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${shapeOf(path)}`),
  );
  expect([...new Set(served)].sort()).toEqual(listed.sort());
});

test("an operation that the table does not have is an error of the tenant, not an open door", () => {
  expect(() => openingScopes({ method: "GET", path: "/nobody/:id" })).toThrow(
    "scope-table.ts has no scopes of GET /nobody/:id",
  );
});

test("every operation refuses a token without its scopes, and opens to each that it names", async () => {
  const tenant = await strict();
  const nothing = await bearer(tenant, "read:nothing");
  let opened = 0;
  for (const route of routes) {
    const path = route.path.replaceAll(/:\w+/g, "x");
    const opening = openingScopes(route);
    const [first = []] = opening;
    const words = first.length > 1 ? `all of: ${first.join(",")}` : `any of: ${opening.flat().join(",")}`;
    const operation = `${route.method} ${route.path}`;
    expect({ operation, ...(await tenant.call(route.method, path, undefined, nothing)) }).toEqual({
      operation,
      status: 403,
      body: {
        statusCode: 403,
        error: "Forbidden",
        message: `Insufficient scope, expected ${words}`,
        errorCode: "insufficient_scope",
      },
    });
    for (const together of opening.filter((scopes) => !scopes.some((scope) => scope.includes(":current_user")))) {
      const { status, body } = await tenant.call(
        route.method,
        path,
        undefined,
        await bearer(tenant, together.join(" ")),
      );
      // a feature that the tenant's plan lacks is a 403 with the same code, and another sentence
      const refused = status === 401 || String(body?.message).startsWith("Insufficient scope") ? body : undefined;
      expect({ operation, together, refused }).toEqual({ operation, together, refused: undefined });
      opened += 1;
    }
  }
  expect(opened).toBeGreaterThanOrEqual(routes.length);
});

test("a scope of a person's own account opens nothing to a machine", async () => {
  const tenant = await strict();
  const { status, body } = await tenant.call("GET", "/users/x", undefined, await bearer(tenant, "read:current_user"));
  expect({ status, message: body.message }).toEqual({
    status: 403,
    message: "Insufficient scope, expected any of: read:users,read:current_user,read:user_idp_tokens",
  });
});

test("of two scopes that are needed together one is not enough", async () => {
  const tenant = await strict();
  const { status, body } = await tenant.call("GET", "/roles/x/users", undefined, await bearer(tenant, "read:roles"));
  expect({ status, message: body.message }).toEqual({
    status: 403,
    message: "Insufficient scope, expected all of: read:users,read:roles",
  });
});

test("only a token that this tenant signed for its Management API counts", async () => {
  const tenant = await strict();
  const issuer = `https://localhost:${tenant.running.port}/`;
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const claims = { iss: issuer, aud: `${issuer}api/v2/`, scope: "read:roles" };
  const roles = (token: string) => tenant.call("GET", "/roles", undefined, { Authorization: `Bearer ${token}` });
  const forged = await sign(claims, { ...foreign, alg: "RS256", kid: "other" }, "RS256");
  const symmetric = await sign(claims, "secret", "HS256");
  const signature = unauthorized("Invalid signature received for JSON Web Token validation");
  expect(await roles(forged)).toEqual(signature);
  expect(await roles(symmetric)).toEqual(signature);
  expect(await roles("a.b.c")).toEqual(unauthorized("Invalid token"));
  expect(await roles("opaque")).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "Bad HTTP authentication header format",
      errorCode: "Bearer",
    },
  });
  const own = await bearer(tenant, "read:roles");
  expect(await tenant.call("GET", "/roles", undefined, own)).toEqual({ status: 200, body: [] });
});

test("a token of yesterday is expired, and one for another API has a bad audience", async () => {
  const tenant = await strict();
  const admin = await bearer(tenant, "create:resource_servers create:clients create:client_grants");
  const make = async (path: string, content: object) => {
    const { status, body } = await tenant.call("POST", path, JSON.stringify(content), admin);
    expect({ path, status }).toEqual({ path, status: 201 });
    return body;
  };
  await make("/resource-servers", { identifier: "https://api.example.com" });
  const { client_id, client_secret } = await make("/clients", { name: "Machine", app_type: "non_interactive" });
  await make("/client-grants", { client_id, audience: "https://api.example.com", scope: [] });
  const asked = { grant_type: "client_credentials", client_id, client_secret, audience: "https://api.example.com" };
  const other = (await tenant.local("POST", "/oauth/token", asked, {})).body.access_token;
  const roles = (headers: { Authorization: string }) => tenant.call("GET", "/roles", undefined, headers);
  expect(await roles({ Authorization: `Bearer ${other}` })).toEqual(
    unauthorized("Bad audience: https://api.example.com"),
  );
  const own = await bearer(tenant, "read:roles");
  expect((await roles(own)).status).toBe(200);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_401_000 });
  expect(await roles(own)).toEqual(unauthorized("Expired token received for JSON Web Token validation"));
});

test("a token of the deployment's own client opens what its grant names", async () => {
  const tenant = await strict();
  const admin = await bearer(tenant, "create:clients create:client_grants");
  const { body } = await tenant.call("POST", "/clients", { name: "Deploy", app_type: "non_interactive" }, admin);
  const audience = `https://localhost:${tenant.running.port}/api/v2/`;
  const { client_id, client_secret } = body;
  await tenant.call("POST", "/client-grants", { client_id, audience, scope: ["read:roles"] }, admin);
  const asked = { grant_type: "client_credentials", client_id, client_secret, audience };
  const { access_token } = (await tenant.local("POST", "/oauth/token", asked, {})).body;
  const headers = { Authorization: `Bearer ${access_token}` };
  expect((await tenant.call("GET", "/roles", undefined, headers)).status).toBe(200);
  expect((await tenant.call("POST", "/roles", { name: "r" }, headers)).body.message).toBe(
    "Insufficient scope, expected any of: create:roles",
  );
});

test("what a token sees of a client depends on its scopes, in lists too", async () => {
  const tenant = await strict();
  const { body } = await tenant.call("POST", "/clients", { name: "App" }, await bearer(tenant, "create:clients"));
  const seen = async (scope: string) => {
    const headers = await bearer(tenant, scope);
    const one = (await tenant.call("GET", `/clients/${body.client_id}`, undefined, headers)).body;
    const [listed] = (await tenant.call("GET", "/clients?is_global=false", undefined, headers)).body;
    const wrapped = (await tenant.call("GET", "/clients?is_global=false&include_totals=true", undefined, headers)).body;
    expect(Object.keys(listed).sort()).toEqual(Object.keys(one).sort());
    expect(wrapped).toMatchObject({ start: 0, total: 1 });
    expect(Object.keys(wrapped.clients[0]).sort()).toEqual(Object.keys(one).sort());
    return Object.keys(one).sort();
  };
  const { encrypted: _onlyOnCreate, ...read } = body;
  const all = Object.keys(read).sort();
  const keys = ["client_secret", "signing_keys"];
  expect(all).toEqual(expect.arrayContaining([...keys, "callback_url_template", "grant_types"]));
  expect(await seen("read:client_summary")).toEqual(["client_id", "name"]);
  expect(await seen("read:clients")).toEqual(all.filter((key) => !keys.includes(key)));
  expect(await seen("read:client_credentials")).toEqual(["client_id", "client_secret", "name", "signing_keys"]);
  expect(await seen("read:client_keys")).toEqual(all);
});

test("what a token may change of a client or a user depends on its scopes", async () => {
  const tenant = await strict();
  const admin = await bearer(tenant, "create:clients create:users");
  const client = (await tenant.call("POST", "/clients", { name: "App" }, admin)).body;
  const person = { connection: "Username-Password-Authentication", email: "a@example.com", password: "long enough 1" };
  const user = (await tenant.call("POST", "/users", person, admin)).body;
  const change = async (path: string, scope: string, content: object) => {
    const { status, body } = await tenant.call("PATCH", path, JSON.stringify(content), await bearer(tenant, scope));
    return status === 200 ? status : { status, message: body.message, errorCode: body.errorCode };
  };
  const refused = (fields: string) => ({
    status: 403,
    message: `Insufficient scope to update: ${fields}`,
    errorCode: "insufficient_scope",
  });
  const app = `/clients/${client.client_id}`;
  const account = `/users/${encodeURIComponent(user.user_id)}`;
  const secret = { client_secret: "0123456789012345678901234567890123456789012345678" };
  expect(await change(app, "update:clients", { description: "d" })).toBe(200);
  expect(await change(app, "update:clients", { description: "d", ...secret })).toEqual(refused("client_secret"));
  expect(await change(app, "update:client_keys", secret)).toBe(200);
  expect(await change(app, "update:client_keys", { description: "d" })).toEqual(refused("description"));
  expect(await change(app, "update:clients update:client_keys", { description: "d", ...secret })).toBe(200);
  expect(await change(account, "update:users_app_metadata", { app_metadata: { a: 1 } })).toBe(200);
  expect(await change(account, "update:users_app_metadata", { blocked: true, name: "n" })).toEqual(
    refused("blocked,name"),
  );
  expect(await change(account, "update:users", { blocked: true, name: "n" })).toBe(200);
});

test("a connection's options are seen and changed with scopes of their own, in lists too", async () => {
  const tenant = await strict();
  const given = { name: "sso", strategy: "oidc", options: { client_id: "x", issuer: "https://idp.example.com" } };
  const made = (await tenant.call("POST", "/connections", given, await bearer(tenant, "create:connections"))).body;
  expect(made.options).toMatchObject(given.options);
  const path = `/connections/${made.id}`;
  const seen = async (scope: string) => {
    const headers = await bearer(tenant, scope);
    const one = (await tenant.call("GET", path, undefined, headers)).body;
    const [listed] = (await tenant.call("GET", "/connections?strategy=oidc", undefined, headers)).body;
    const paged = (await tenant.call("GET", "/connections?strategy=oidc&take=1", undefined, headers)).body;
    expect([listed, paged.connections[0]]).toEqual([one, one]);
    return one;
  };
  const { options, ...rest } = made;
  expect(await seen("read:connections")).toEqual(rest);
  expect(await seen("read:connections read:connections_options")).toEqual({ ...rest, options });
  const change = async (scope: string, content: object) =>
    tenant.call("PATCH", path, JSON.stringify(content), await bearer(tenant, scope));
  const named = await change("update:connections", { display_name: "One" });
  expect(named).toEqual({ status: 200, body: { ...rest, display_name: "One" } });
  expect(await change("update:connections read:connections_options", { options: given.options })).toEqual({
    status: 403,
    body: {
      statusCode: 403,
      error: "Forbidden",
      message: 'Updating the "options" property requires the "update:connections_options" scope',
      errorCode: "insufficient_scope",
    },
  });
  const both = "update:connections update:connections_options";
  expect((await change(both, { options: { ...given.options, client_id: "y" } })).body).not.toHaveProperty("options");
  const three = await change(`${both} read:connections_options`, { options: { ...given.options, client_id: "z" } });
  expect(three.body.options).toMatchObject({ client_id: "z" });
});

test("the roles of members are told with a scope of their own only", async () => {
  const tenant = await strict();
  const maker = await bearer(tenant, "create:organizations");
  const { id } = (await tenant.call("POST", "/organizations", { name: "acme" }, maker)).body;
  const listed = async (query: string, scope: string) => {
    const headers = await bearer(tenant, scope);
    return tenant.call("GET", `/organizations/${id}/members?${query}`, undefined, headers);
  };
  const refused = {
    status: 403,
    body: {
      statusCode: 403,
      error: "Forbidden",
      message: "Insufficient scope, expected any of: read:organization_member_roles",
      errorCode: "insufficient_scope",
    },
  };
  const own = "read:organization_members";
  expect(await listed("fields=user_id,roles", own)).toEqual(refused);
  expect(await listed("fields=roles&take=1", own)).toEqual(refused);
  for (const query of ["", "fields=user_id", "fields=roles&include_fields=false"])
    expect(await listed(query, own)).toEqual({ status: 200, body: [] });
  expect(await listed("fields=roles", `${own} read:organization_member_roles`)).toEqual({ status: 200, body: [] });
});
