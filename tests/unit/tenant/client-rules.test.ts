import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = String(publicKey.export({ type: "spki", format: "pem" }));

async function patched(tenant: TestTenant, client: string, change: Body): Promise<Body> {
  const { status, body } = await tenant.call("PATCH", `/clients/${client}`, change);
  expect(status).toBe(200);
  return body;
}

test("the lifetime of tokens is filled in only where no token settings are given", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/clients", { name: "A", jwt_configuration: { alg: "RS256" } });
  expect(made.jwt_configuration).toEqual({ alg: "RS256", secret_encoded: false });
  const plain = await tenant.make("/clients", { name: "B" });
  expect(plain.jwt_configuration).toEqual({ lifetime_in_seconds: 36000, secret_encoded: false });
});

test("refresh tokens that expire have no endless lifetime, and what is not given is filled in", async () => {
  const tenant = await TestTenant.fresh();
  const refresh_token = { rotation_type: "non-rotating", expiration_type: "expiring" };
  const { refresh_token: filled } = await tenant.make("/clients", { name: "A", refresh_token });
  expect(filled).toEqual({
    rotation_type: "non-rotating",
    expiration_type: "expiring",
    leeway: 0,
    token_lifetime: 2592000,
    idle_token_lifetime: 1296000,
    infinite_token_lifetime: false,
    infinite_idle_token_lifetime: false,
  });
});

test("a third party's client is conformant, permissive, and its tokens expire", async () => {
  const tenant = await TestTenant.fresh();
  const spa = await tenant.make("/clients", { name: "A", app_type: "spa", is_first_party: false });
  expect(spa).toMatchObject({ oidc_conformant: true, third_party_security_mode: "permissive" });
  expect(spa.refresh_token).toMatchObject({ rotation_type: "rotating", expiration_type: "expiring" });
  const strict = await tenant.make("/clients", {
    name: "B",
    app_type: "regular_web",
    is_first_party: false,
    third_party_security_mode: "strict",
  });
  expect(strict).toMatchObject({
    grant_types: ["authorization_code"],
    jwt_configuration: { secret_encoded: false, alg: "RS256", lifetime_in_seconds: 3600 },
    refresh_token: { expiration_type: "expiring", infinite_token_lifetime: true, infinite_idle_token_lifetime: false },
  });
  expect(await tenant.make("/clients", { name: "C" })).not.toHaveProperty("third_party_security_mode");
});

test("a client of the integration network has no secret, and what the network needs", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/clients", { name: "A", app_type: "express_configuration" });
  expect(made).not.toHaveProperty("client_secret");
  expect(made).toMatchObject({
    callbacks: ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"],
    organization_usage: "require",
    organization_require_behavior: "pre_login_prompt",
    client_authentication_methods: { private_key_jwt: { credentials: [] } },
    grant_types: ["authorization_code", "client_credentials"],
  });
  await tenant.make("/resource-servers", { identifier: "https://a", name: "A" });
  const grant = { client_id: made.client_id, audience: "https://a", scope: [] };
  expect(await tenant.call("POST", "/client-grants", grant)).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "Client of type express_configuration cannot be used",
      errorCode: "validation_error",
    },
  });
});

test("a PATCH merges native social login and signed requests, and replaces refresh token settings", async () => {
  const tenant = await TestTenant.fresh();
  const { client_id } = await tenant.make("/clients", {
    name: "A",
    native_social_login: { apple: { enabled: true }, facebook: { enabled: true } },
    refresh_token: { rotation_type: "rotating", expiration_type: "expiring", leeway: 9 },
    signed_request_object: { required: false, credentials: [{ credential_type: "public_key", pem }] },
  });
  const body = await patched(tenant, client_id, {
    native_social_login: { facebook: { enabled: false } },
    signed_request_object: { required: true },
    refresh_token: { rotation_type: "rotating", expiration_type: "expiring" },
  });
  expect(body).toMatchObject({
    native_social_login: { apple: { enabled: true }, facebook: { enabled: false } },
    refresh_token: { rotation_type: "rotating", expiration_type: "expiring" },
  });
  expect(body.signed_request_object).toEqual({
    required: true,
    credentials: [{ id: expect.stringMatching(/^cred_[A-Za-z0-9]{22}$/) }],
  });
});

test("credentials come in full with the answer to a create, and by id from then on", async () => {
  const tenant = await TestTenant.fresh();
  const credentials = [{ credential_type: "public_key", name: "Main", pem }];
  const made = await tenant.make("/clients", {
    name: "A",
    client_authentication_methods: { private_key_jwt: { credentials } },
  });
  const time = expect.stringMatching(/^\d{4}-.*Z$/);
  const { e, n } = publicKey.export({ format: "jwk" });
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`{"e":"${e}","kty":"RSA","n":"${n}"}`));
  const kid = Buffer.from(digest).toString("base64url");
  const full = { id: expect.any(String), credential_type: "public_key", name: "Main", kid, alg: "RS256" };
  expect(made.client_authentication_methods).toEqual({
    private_key_jwt: { credentials: [{ ...full, created_at: time, updated_at: time }] },
  });
  const { body } = await tenant.call("GET", `/clients/${made.client_id}`);
  const [{ id }] = (await tenant.call("GET", `/clients/${made.client_id}/credentials`)).body;
  expect(body.client_authentication_methods).toEqual({ private_key_jwt: { credentials: [{ id }] } });
  expect(body).not.toHaveProperty("encrypted");
});

test("each way to prove itself takes its own credentials, and a client has one way", async () => {
  const tenant = await TestTenant.fresh();
  const message = async (client_authentication_methods: Body) =>
    (await tenant.call("POST", "/clients", { name: "A", client_authentication_methods })).body.message;
  const wrong = { credentials: [{ credential_type: "x509_cert", pem }] };
  expect(await message({ private_key_jwt: wrong })).toBe(
    "Payload validation error: 'No enum match for: x509_cert' on property client_authentication_methods.private_key_jwt.credentials[0].credential_type.",
  );
  const none = { credentials: [] };
  expect(await message({ private_key_jwt: none, tls_client_auth: none })).toBe(
    "Payload validation error: 'Too many properties defined (2), maximum 1' on property client_authentication_methods.",
  );
});

test("a grant type is one of Auth0's words or a URI, and none is there twice", async () => {
  const tenant = await TestTenant.fresh();
  const { client_id } = await tenant.make("/clients", { name: "A" });
  const refused = async (grant_types: string[], more: Body = {}) =>
    (await tenant.call("PATCH", `/clients/${client_id}`, { grant_types, ...more })).body;
  const bad = { statusCode: 400, error: "Bad Request" };
  expect(await refused(["passwordless_otp", "implicit", "sms"])).toEqual({
    ...bad,
    message: "Invalid grant types: passwordless_otp, sms",
  });
  expect(await refused(["client_credentials", "implicit"], { token_endpoint_auth_method: "none" })).toEqual({
    ...bad,
    message: "Invalid grant types: client_credentials",
  });
  expect(await refused(["password", "implicit", "implicit"])).toEqual({
    ...bad,
    message:
      "Payload validation error: 'Array items are not unique (indexes 1 and 2)' on property grant_types (A set of grant types that the client is authorized to use).",
    errorCode: "invalid_body",
  });
  const every = ["password", "http://auth0.com/oauth/grant-type/mfa-otp", "urn:openid:params:grant-type:ciba"];
  expect(await patched(tenant, client_id, { grant_types: every })).toMatchObject({ grant_types: every });
});

test("an expiry is told to the millisecond in universal time", async () => {
  const tenant = await TestTenant.fresh();
  const { client_id } = await tenant.make("/clients", { name: "A" });
  const given = { credential_type: "public_key", pem, expires_at: "2096-05-13T11:33:13+02:00" };
  expect((await tenant.make(`/clients/${client_id}/credentials`, given)).expires_at).toBe("2096-05-13T09:33:13.000Z");
});

test("an expiry that no clock reaches is refused", async () => {
  const tenant = await TestTenant.fresh();
  const { client_id } = await tenant.make("/clients", { name: "A" });
  for (const expires_at of ["2016-12-31T23:59:60Z", "2027-02-30T00:00:00Z", "2027-01-01T24:00:01Z", "2027-01-01"]) {
    const given = { credential_type: "public_key", pem, expires_at };
    expect((await tenant.call("POST", `/clients/${client_id}/credentials`, given)).body).toEqual({
      statusCode: 400,
      error: "Bad Request",
      message: `Payload validation error: 'Object didn't pass validation for format date-time: ${expires_at}' on property expires_at.`,
      errorCode: "invalid_body",
    });
  }
});

test("a credential is the public half of an RSA key, which its algorithms are of", async () => {
  const tenant = await TestTenant.fresh();
  const { client_id } = await tenant.make("/clients", { name: "A" });
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" });
  for (const other of [String(privateKey.export({ type: "pkcs8", format: "pem" })), String(curve), "no key"]) {
    const given = { credential_type: "public_key", pem: other };
    expect(await tenant.call("POST", `/clients/${client_id}/credentials`, given)).toEqual({
      status: 400,
      body: {
        statusCode: 400,
        error: "Bad Request",
        message: "The pem is not a valid key or certificate",
        errorCode: "invalid_body",
      },
    });
  }
  expect((await tenant.call("GET", `/clients/${client_id}/credentials`)).body).toEqual([]);
});

test("a rotated secret comes with the whole client", async () => {
  const tenant = await TestTenant.fresh();
  const { encrypted: _onlyOnCreate, client_secret: before, ...rest } = await tenant.make("/clients", { name: "A" });
  const { status, body } = await tenant.call("POST", `/clients/${rest.client_id}/rotate-secret`);
  expect(status).toBe(200);
  expect(body).toEqual({ ...rest, client_secret: expect.stringMatching(/^[\w-]{64}$/) });
  expect(body.client_secret).not.toBe(before);
});

test("clients are found by the organizations that their grants are for, page by page only", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/resource-servers", { identifier: "https://a", name: "A" });
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const [one, two] = [await tenant.make("/clients", { name: "One" }), await tenant.make("/clients", { name: "Two" })];
  const base = { audience: "https://a", scope: [], organization_usage: "allow" };
  const grant = await tenant.make("/client-grants", { ...base, client_id: one.client_id });
  await tenant.make("/client-grants", { ...base, client_id: two.client_id, allow_any_organization: true });
  await tenant.make(`/organizations/${id}/client-grants`, { grant_id: grant.id });
  const names = async (q: string) =>
    (await tenant.call("GET", `/clients?take=50&q=${q}`)).body.clients.map((client: Body) => client.name);
  expect(await names(`client_grant.organization_id:${id}`)).toEqual(["One"]);
  expect(await names("client_grant.allow_any_organization:true")).toEqual(["Two"]);
  expect((await tenant.call("GET", "/clients?q=client_grant.allow_any_organization:true")).status).toBe(400);
  expect((await tenant.call("GET", "/clients?take=1&q=name:One")).status).toBe(400);

  const organizations = await tenant.call("GET", `/client-grants/${grant.id}/organizations?include_totals=true`);
  expect(organizations.body).toEqual({ organizations: [{ id, name: "acme" }], start: 0, limit: 50, total: 1 });
});

test("all scopes take the place of a grant's list of scopes", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/resource-servers", { identifier: "https://a", name: "A", scopes: [{ value: "read:it" }] });
  const { client_id } = await tenant.make("/clients", { name: "One" });
  const { id } = await tenant.make("/client-grants", { client_id, audience: "https://a", scope: ["read:it"] });
  const expected = { id, client_id, audience: "https://a", subject_type: "client", allow_all_scopes: true };
  const change = { allow_all_scopes: true };
  expect(await tenant.call("PATCH", `/client-grants/${id}`, change)).toEqual({ status: 200, body: expected });
  expect((await tenant.call("GET", `/client-grants/${id}`)).body).toEqual(expected);
});

// Since June 2026: https://github.com/auth0/docs-v2/pull/1389
test("a third party's client can be used by organizations, which decide about it themselves", async () => {
  const tenant = await TestTenant.fresh();
  const usage = { organization_usage: "allow", organization_require_behavior: "post_login_prompt" };
  const given = { name: "A", is_first_party: false, oidc_conformant: true, ...usage };
  const { client_id } = await tenant.make("/clients", given);
  expect((await tenant.call("GET", `/clients/${client_id}`)).body).toMatchObject(given);
});

test("the client that stands for the tenant cannot be deleted", async () => {
  const tenant = await TestTenant.fresh();
  const [{ client_id }] = (await tenant.call("GET", "/clients?is_global=true")).body;
  expect(await tenant.call("DELETE", `/clients/${client_id}`)).toEqual({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message: "Global client cannot be deleted." },
  });
});
