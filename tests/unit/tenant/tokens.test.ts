import { decode, verifyWithJwks } from "hono/jwt";
import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { askToken, makeMachine, type Reply, TestTenant } from "./harness.ts";

const jwt = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const granted = {
  status: 200,
  body: { access_token: jwt, scope: "read:it write:it", expires_in: 600, token_type: "Bearer" },
};
const form = { "Content-Type": "application/x-www-form-urlencoded" };

const refused = (status: number, error: string, error_description: string): Reply => ({
  status,
  body: { error, error_description },
});
const claimsOf = ({ body }: Reply): Body => decode(body.access_token).payload as Body;

/** A machine whose grant asks about organizations as said, and an organization. */
async function withOrganization(organization_usage: string, more: { grant?: Body; client?: Body } = {}) {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme", display_name: "Acme" });
  const machine = await makeMachine(tenant, { ...more, grant: { organization_usage, ...more.grant } });
  const associate = () => tenant.call("POST", `/organizations/${id}/client-grants`, { grant_id: machine.grant });
  return { tenant, machine, id, associate };
}

test("a token is signed by the tenant's published key and says who may do what, and where", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  const before = Math.floor(Date.now() / 1000);
  const answer = await askToken(tenant, machine);
  expect(answer).toEqual(granted);
  const { body: keys } = await tenant.local("GET", "/.well-known/jwks.json");
  const claims = await verifyWithJwks(answer.body.access_token, { ...keys, allowedAlgorithms: ["RS256"] });
  expect(claims).toEqual({
    iss: `https://localhost:${tenant.running.port}/`,
    sub: `${machine.client_id}@clients`,
    aud: "https://api.example.com",
    iat: expect.any(Number),
    exp: Number(claims.iat) + 600,
    scope: "read:it write:it",
    gty: "client-credentials",
    azp: machine.client_id,
  });
  expect(claims.iat).toBeGreaterThanOrEqual(before);
});

test("the key set names the certificate that clients show, and no private part", async () => {
  const tenant = await TestTenant.fresh();
  const client = await tenant.make("/clients", { name: "Main" });
  const { body } = await tenant.local("GET", "/.well-known/jwks.json");
  const text = expect.stringMatching(/^[\w-]+$/);
  expect(body).toEqual({
    keys: [
      { kty: "RSA", use: "sig", alg: "RS256", n: text, e: "AQAB", kid: text, x5t: text, x5c: [expect.any(String)] },
    ],
  });
  const [shown] = client.signing_keys as { cert: string }[];
  expect(shown?.cert.replaceAll(/-----[^-]+-----|\s/g, "")).toBe(body.keys[0].x5c[0]);
});

test.each(["RS512", "PS256", "HS256"])("an API signed by %s gets tokens of that", async (signing_alg) => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  await tenant.call("PATCH", `/resource-servers/${encodeURIComponent(machine.audience)}`, { signing_alg });
  expect(decode((await askToken(tenant, machine)).body.access_token).header.alg).toBe(signing_alg);
});

test("credentials come in a form, in JSON or as Basic", async () => {
  const tenant = await TestTenant.fresh();
  const { client_id, client_secret, audience } = await makeMachine(tenant);
  const asked = { grant_type: "client_credentials", audience };
  const inForm = new URLSearchParams({ ...asked, client_id, client_secret }).toString();
  expect(await tenant.local("POST", "/oauth/token", inForm, form)).toEqual(granted);
  expect(await tenant.local("POST", "/oauth/token", { ...asked, client_id, client_secret }, {})).toEqual(granted);
  const basic = { ...form, Authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` };
  expect(await tenant.local("POST", "/oauth/token", new URLSearchParams(asked).toString(), basic)).toEqual(granted);
});

test("a request that is none is refused", async () => {
  const tenant = await TestTenant.fresh();
  const send = (body: string) => tenant.local("POST", "/oauth/token", body, form);
  expect(await send("client_id=a")).toEqual(refused(400, "invalid_request", "Missing required parameter: grant_type"));
  expect(await send("grant_type=client_credentials")).toEqual(
    refused(400, "invalid_request", "Missing required parameter: client_id"),
  );
  expect(await send("grant_type=password&client_id=a")).toEqual(
    refused(400, "unsupported_grant_type", "Unsupported grant type: password"),
  );
});

test("an unknown client, a wrong secret and none are told apart by nobody", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  const unauthorized = refused(401, "access_denied", "Unauthorized");
  expect(await askToken(tenant, { ...machine, client_id: "nobody" })).toEqual(unauthorized);
  expect(await askToken(tenant, { ...machine, client_secret: "wrong" })).toEqual(unauthorized);
  expect(await askToken(tenant, { ...machine, client_secret: "" })).toEqual(unauthorized);
});

test("a client without the grant type is refused with the page to read", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant, { client: { grant_types: ["authorization_code"] } });
  expect(await askToken(tenant, machine)).toEqual({
    status: 403,
    body: {
      error: "unauthorized_client",
      error_description: "Grant type 'client_credentials' not allowed for the client.",
      error_uri: "https://auth0.com/docs/clients/client-grant-types",
    },
  });
});

test("without an audience the tenant's default counts, and without that there is no token", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  expect(await askToken(tenant, machine, { audience: "" })).toEqual(
    refused(403, "access_denied", "Non-global clients are not allowed access to APIv1"),
  );
  await tenant.call("PATCH", "/tenants/settings", { default_audience: machine.audience });
  expect(await askToken(tenant, machine, { audience: "" })).toEqual(granted);
});

test("an API that is not there, one without a grant and one closed to clients are refused", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  expect(await askToken(tenant, machine, { audience: "https://none" })).toEqual(
    refused(403, "access_denied", "Service not enabled within domain: https://none"),
  );
  const noGrant = (audience: string) =>
    refused(
      403,
      "access_denied",
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  await tenant.make("/resource-servers", { identifier: "https://other" });
  // a grant for users is none for the machine itself
  const forUsers = { client_id: machine.client_id, audience: "https://other", scope: [], subject_type: "user" };
  await tenant.make("/client-grants", forUsers);
  expect(await askToken(tenant, machine, { audience: "https://other" })).toEqual(noGrant("https://other"));
  await tenant.call("PATCH", `/resource-servers/${encodeURIComponent(machine.audience)}`, {
    subject_type_authorization: { client: { policy: "deny_all" } },
  });
  expect(await askToken(tenant, machine)).toEqual(noGrant(machine.audience));
});

test("scopes are those of the grant that the API has, fewer where fewer are asked for, and never more", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant, { grant: { scope: ["read:it", "gone:it"] } });
  const scopeOf = async (scope: string) => (await askToken(tenant, machine, { scope })).body.scope;
  expect(await scopeOf("")).toBe("read:it");
  expect(await askToken(tenant, machine, { scope: "read:it write:it gone:it" })).toEqual(
    refused(403, "access_denied", "Client has not been granted scopes: write:it, gone:it"),
  );
  await tenant.call("PATCH", `/client-grants/${machine.grant}`, { scope: null, allow_all_scopes: true });
  expect(await scopeOf("")).toBe("read:it write:it");
  expect(await scopeOf("write:it")).toBe("write:it");
  await tenant.call("PATCH", `/client-grants/${machine.grant}`, { scope: [], allow_all_scopes: null });
  expect(await askToken(tenant, machine)).toEqual({
    status: 200,
    body: { access_token: jwt, expires_in: 600, token_type: "Bearer" },
  });
});

test("usage deny: a token has no organization, and asking for one is refused", async () => {
  const { tenant, machine, id } = await withOrganization("deny");
  expect(claimsOf(await askToken(tenant, machine))).not.toHaveProperty("org_id");
  expect(await askToken(tenant, machine, { organization: id })).toEqual(
    refused(400, "invalid_request", "parameter organization is not allowed for this client"),
  );
});

test("usage allow: with or without an organization, but only an associated one", async () => {
  const { tenant, machine, id, associate } = await withOrganization("allow");
  expect(claimsOf(await askToken(tenant, machine))).not.toHaveProperty("org_id");
  expect(await askToken(tenant, machine, { organization: id })).toEqual(
    refused(403, "access_denied", `Client is not authorized to access organization "${id}"`),
  );
  expect((await associate()).status).toBe(201);
  const claims = claimsOf(await askToken(tenant, machine, { organization: id }));
  expect(claims).toMatchObject({ org_id: id });
  expect(claims).not.toHaveProperty("org_name");
  expect(await askToken(tenant, machine, { organization: "org_abcdefghijklmnop" })).toEqual(
    refused(400, "invalid_request", "parameter organization is invalid"),
  );
  await tenant.call("DELETE", `/organizations/${id}/client-grants/${machine.grant}`);
  expect((await askToken(tenant, machine, { organization: id })).status).toBe(403);
});

test("usage require: no organization is refused, unless the client has a default one", async () => {
  const { tenant, machine, id, associate } = await withOrganization("require");
  await associate();
  expect(await askToken(tenant, machine)).toEqual(
    refused(400, "invalid_request", "parameter organization is required for this client"),
  );
  await tenant.call("PATCH", `/clients/${machine.client_id}`, {
    default_organization: { organization_id: id, flows: ["client_credentials"] },
  });
  expect(claimsOf(await askToken(tenant, machine))).toMatchObject({ org_id: id });
});

test("usage allow: the client's default organization is not taken", async () => {
  const { tenant, machine, id, associate } = await withOrganization("allow");
  await associate();
  await tenant.call("PATCH", `/clients/${machine.client_id}`, {
    default_organization: { organization_id: id, flows: ["client_credentials"] },
  });
  expect(claimsOf(await askToken(tenant, machine))).not.toHaveProperty("org_id");
});

test("a grant for any organization needs no association", async () => {
  const { tenant, machine, id } = await withOrganization("require", { grant: { allow_any_organization: true } });
  expect(claimsOf(await askToken(tenant, machine, { organization: id }))).toMatchObject({ org_id: id });
});

test("an organization goes by its name only with the tenant's flag, and is then named in the token", async () => {
  const { tenant, machine, id, associate } = await withOrganization("allow");
  await associate();
  expect(await askToken(tenant, machine, { organization: "acme" })).toEqual(
    refused(400, "invalid_request", "parameter organization must be an organization id"),
  );
  await tenant.call("PATCH", "/tenants/settings", { allow_organization_name_in_authentication_api: true });
  const named = { org_id: id, org_name: "acme" };
  expect(claimsOf(await askToken(tenant, machine, { organization: "acme" }))).toMatchObject(named);
  expect(claimsOf(await askToken(tenant, machine, { organization: id }))).toMatchObject(named);
  expect((await askToken(tenant, machine, { organization: "Acme" })).status).toBe(400);
});
