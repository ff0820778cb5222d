import { createHash, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const identifier = "https://api.acme.com/v1";

/** The body of a 400 with this sentence. */
function refusal(message: string) {
  return { statusCode: 400, error: "Bad Request", message, errorCode: "invalid_body" };
}

test("an API has Auth0's lifetimes and lets machines in by grant only", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("POST", "/resource-servers", { name: "API", identifier })).toEqual({
    status: 201,
    body: {
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: "API",
      identifier,
      allow_offline_access: false,
      skip_consent_for_verifiable_first_party_clients: false,
      subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
      token_lifetime: 86400,
      token_lifetime_for_web: 7200,
      signing_alg: "RS256",
    },
  });
});

test("an API is found by its id, by its identifier, and by its identifier encoded twice", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/resource-servers", { identifier });
  const once = encodeURIComponent(identifier);
  const names = [made.id, once, once.replaceAll("%3A", ":"), encodeURIComponent(once)];
  for (const name of [...names, "https:%252F%252Fapi.acme.com%252Fv1"]) {
    expect(await tenant.call("GET", `/resource-servers/${name}`)).toEqual({ status: 200, body: made });
  }
  expect(await tenant.call("GET", "/resource-servers/https:%2F%2Fapi.acme.com")).toEqual({
    status: 404,
    body: {
      statusCode: 404,
      error: "Not Found",
      message: "The resource server does not exist",
      errorCode: "inexistent_resource_server",
    },
  });
});

test("an API shows of its encryption key a thumbprint only, and takes no private one", async () => {
  const tenant = await TestTenant.fresh();
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const encrypted = (pem: unknown) =>
    tenant.call("POST", "/resource-servers", {
      identifier,
      token_encryption: { format: "compact-nested-jwe", encryption_key: { alg: "RSA-OAEP-256", pem: String(pem) } },
    });
  expect((await encrypted(privateKey.export({ type: "pkcs8", format: "pem" }))).body).toEqual(
    refusal("The encryption key is not a valid PEM."),
  );
  const { e, kty, n } = publicKey.export({ format: "jwk" });
  const thumbprint_sha256 = createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
  expect((await encrypted(publicKey.export({ type: "spki", format: "pem" }))).body.token_encryption).toEqual({
    format: "compact-nested-jwe",
    encryption_key: { alg: "RSA-OAEP-256", thumbprint_sha256 },
  });
});

test("half a character is kept as the sign for an unknown one, a whole one as it is", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.call(
    "POST",
    "/resource-servers",
    '{"identifier":"\\ud800","name":"\\ud83e\\udd8a \\\\ud800"}',
  );
  expect(made).toMatchObject({ status: 201, body: { identifier: "\ufffd", name: "🦊 \\ud800" } });
  expect(await tenant.call("GET", "/resource-servers/%EF%BF%BD")).toEqual({ status: 200, body: made.body });
});

test("a list is narrowed to fields and to identifiers", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/resource-servers", { identifier });
  const query = `fields=identifier&include_fields=true&identifiers=${encodeURIComponent(identifier)}`;
  expect((await tenant.call("GET", `/resource-servers?${query}`)).body).toEqual([{ identifier }]);
});

test("the My Account API is the same whatever a request says of it, and may go again", async () => {
  const tenant = await TestTenant.fresh();
  const own = `https://localhost:${tenant.running.port}/me/`;
  const made = await tenant.make("/resource-servers", { name: "Mine", identifier: own, token_lifetime: 5 });
  expect(made).toEqual({
    id: expect.any(String),
    name: "Auth0 My Account API",
    identifier: own,
    is_system: true,
    allow_offline_access: true,
    skip_consent_for_verifiable_first_party_clients: true,
    subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "require_client_grant" } },
    token_lifetime: 600,
    token_lifetime_for_web: 600,
    signing_alg: "RS256",
    scopes: [
      { value: "create:me:connected_accounts", description: "Create Connected Accounts" },
      { value: "read:me:connected_accounts", description: "Read Connected Accounts" },
      { value: "delete:me:connected_accounts", description: "Delete Connected Accounts" },
    ],
    proof_of_possession: { mechanism: "dpop", required: false },
  });
  expect((await tenant.call("PATCH", `/resource-servers/${made.id}`, { name: "Mine" })).body).toEqual(
    refusal("Payload validation error: 'No enum match for: Mine' on property name."),
  );
  const change = { name: "Auth0 My Account API", token_lifetime: 300 };
  expect(await tenant.call("PATCH", `/resource-servers/${made.id}`, change)).toEqual({
    status: 200,
    body: { ...made, token_lifetime: 300 },
  });
  expect((await tenant.call("DELETE", `/resource-servers/${made.id}`)).status).toBe(204);
});

test("the API of express configuration has a life of five minutes and checks permissions", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/resource-servers", { identifier: "urn:auth0:express-configure" });
  expect(made).toMatchObject({
    name: "Okta OIN Express Configuration API",
    token_lifetime: 300,
    token_lifetime_for_web: 7200,
    enforce_policies: true,
    is_system: true,
    subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "allow_all" } },
  });
});

test("the Management API stays as it is, but for the life of its tokens, consent and people", async () => {
  const tenant = await TestTenant.fresh();
  const { body } = await tenant.call("GET", "/resource-servers");
  const path = `/resource-servers/${body[0].id}`;
  for (const change of [{ name: "Auth0 Management API" }, { scopes: [] }, { signing_alg: "HS256" }])
    expect((await tenant.call("PATCH", path, change)).body).toEqual(
      refusal(`Payload validation error: 'Additional properties not allowed: ${Object.keys(change)}'.`),
    );
  const client = { subject_type_authorization: { client: { policy: "deny_all" } } };
  expect((await tenant.call("PATCH", path, client)).body).toEqual(
    refusal(
      "Payload validation error: 'Additional properties not allowed: client' on property subject_type_authorization.",
    ),
  );
  const allowed = { token_lifetime: 60, skip_consent_for_verifiable_first_party_clients: true };
  expect(await tenant.call("PATCH", path, allowed)).toEqual({ status: 200, body: { ...body[0], ...allowed } });
  expect(await tenant.call("DELETE", `/resource-servers/${body[0].id}`)).toEqual({
    status: 400,
    body: refusal("System resource servers cannot be deleted."),
  });
});

test("an API shows the usual access policies no more once authorization details are done away with, but for others", async () => {
  const tenant = await TestTenant.fresh();
  const usual = await tenant.make("/resource-servers", { identifier });
  const { subject_type_authorization: policies, ...rest } = usual;
  const gone = await tenant.call("PATCH", `/resource-servers/${usual.id}`, { authorization_details: null });
  expect(gone.body).toEqual(rest);
  const subject_type_authorization = { client: { policy: "deny_all" }, user: { policy: "allow_all" } };
  const own = await tenant.make("/resource-servers", { identifier: `${identifier}/own`, subject_type_authorization });
  expect(policies).not.toEqual(subject_type_authorization);
  const kept = await tenant.call("PATCH", `/resource-servers/${own.id}`, { authorization_details: null });
  expect(kept.body).toEqual(own);
});

test("an identifier is taken once, in whatever spelling a path has it", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/resource-servers", { identifier });
  expect(await tenant.call("POST", "/resource-servers", { identifier })).toEqual({
    status: 409,
    body: {
      statusCode: 409,
      error: "Conflict",
      message: "A resource server with the same identifier already exists.",
    },
  });
});
