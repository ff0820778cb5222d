import { generateKeyPairSync, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { makeMachine, type Reply, TestTenant } from "./harness.ts";

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const [own, next, foreign] = [pair(), pair(), pair()];
const pemOf = ({ publicKey }: typeof own) => publicKey.export({ type: "spki", format: "pem" }).toString();
/** Claims; undefined leaves one out. */
type Claims = { readonly [name: string]: unknown };
const now = () => Math.floor(Date.now() / 1000);

const refused: Reply = {
  status: 401,
  body: { error: "invalid_client", error_description: "Failed client authentication" },
};
const unauthorized: Reply = { status: 401, body: { error: "access_denied", error_description: "Unauthorized" } };

/** A machine that proves itself with keys, and how it asks for a token. */
async function withKeys(...given: readonly object[]) {
  return keyed(await TestTenant.fresh(), given);
}

async function keyed(tenant: TestTenant, given: readonly object[]) {
  const machine = await makeMachine(tenant);
  const path = `/clients/${machine.client_id}`;
  const ids: string[] = [];
  for (const credential of given) {
    const { id } = await tenant.make(`${path}/credentials`, { credential_type: "public_key", ...credential });
    ids.push(id);
  }
  const attached = await tenant.call("PATCH", path, {
    client_authentication_methods: { private_key_jwt: { credentials: ids.map((id) => ({ id })) } },
    token_endpoint_auth_method: null,
  });
  expect(attached.status).toBe(200);
  const issuer = `https://localhost:${tenant.running.port}/`;
  const claims = (): Claims => ({
    iss: machine.client_id,
    sub: machine.client_id,
    aud: issuer,
    iat: now(),
    exp: now() + 60,
    jti: randomUUID(),
  });
  const signed = (changed: Claims = {}, key = own, alg = "RS256") =>
    new SignJWT({ ...claims(), ...changed }).setProtectedHeader({ alg }).sign(key.privateKey);
  const ask = (client_assertion: string, more: { readonly [name: string]: string } = {}) => {
    const form = {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion,
      audience: machine.audience,
      ...more,
    };
    const type = { "Content-Type": "application/x-www-form-urlencoded" };
    return tenant.local("POST", "/oauth/token", new URLSearchParams(form).toString(), type);
  };
  return { tenant, machine, issuer, signed, ask, path };
}

test("a client with a key gets a token for an assertion that it signed, with its id beside it or not", async () => {
  const { machine, signed, ask } = await withKeys({ pem: pemOf(own) });
  expect((await ask(await signed())).status).toBe(200);
  expect((await ask(await signed(), { client_id: machine.client_id })).status).toBe(200);
  expect((await ask(await signed({ iat: undefined }))).status).toBe(200);
  expect((await ask(await signed({ iat: now() + 5, exp: now() + 300 }))).status).toBe(200);
});

test("an assertion is good once", async () => {
  const { signed, ask } = await withKeys({ pem: pemOf(own) });
  const assertion = await signed();
  expect((await ask(assertion)).status).toBe(200);
  expect(await ask(assertion)).toEqual(refused);
});

test("ASSERTION_REFUSED=access_denied: it is refused as a wrong secret is", async () => {
  const tenant = await TestTenant.start(undefined, { switches: { ASSERTION_REFUSED: "access_denied" } });
  const { signed, ask } = await keyed(tenant, [{ pem: pemOf(own) }]);
  expect((await ask(await signed())).status).toBe(200);
  expect(await ask(await signed({}, foreign))).toEqual(unauthorized);
});

test("either of two keys is good, and another's is not", async () => {
  const { signed, ask } = await withKeys({ pem: pemOf(own) }, { pem: pemOf(next) });
  expect((await ask(await signed({}, own))).status).toBe(200);
  expect((await ask(await signed({}, next))).status).toBe(200);
  expect(await ask(await signed({}, foreign))).toEqual(refused);
});

test("a key that has run out is none", async () => {
  const { signed, ask } = await withKeys({ pem: pemOf(own), expires_at: "2020-01-01T00:00:00.000Z" });
  expect(await ask(await signed())).toEqual(refused);
});

test.each<[what: string, changed: (issuer: string) => Claims]>([
  ["names another issuer", () => ({ iss: "another" })],
  ["names another subject", () => ({ sub: "another" })],
  ["is for the token endpoint", (issuer) => ({ aud: `${issuer}oauth/token` })],
  ["is for the issuer without its slash", (issuer) => ({ aud: issuer.slice(0, -1) })],
  ["names the issuer in a list", (issuer) => ({ aud: [issuer] })],
  ["is over", () => ({ iat: now() - 100, exp: now() - 20 })],
  ["does not end", () => ({ exp: undefined })],
  ["lives longer than five minutes", () => ({ exp: now() + 3020 })],
  ["lives longer than five minutes and does not say since when", () => ({ iat: undefined, exp: now() + 3200 })],
  ["is of the future", () => ({ iat: now() + 3000, exp: now() + 3060 })],
  ["is not named", () => ({ jti: undefined })],
  ["has a name of more than 64 characters", () => ({ jti: "x".repeat(65) })],
])("an assertion that %s is refused", async (_, changed) => {
  const { machine, issuer, signed, ask } = await withKeys({ pem: pemOf(own) });
  expect(await ask(await signed(changed(issuer)), { client_id: machine.client_id })).toEqual(refused);
});

test("an assertion has the algorithm of its key, the documented type, and at most 2048 characters", async () => {
  const { machine, signed, ask } = await withKeys({ pem: pemOf(own), alg: "PS256" });
  expect((await ask(await signed({}, own, "PS256"))).status).toBe(200);
  expect(await ask(await signed({}, own, "RS256"))).toEqual(refused);
  expect(await ask(await signed({}, own, "PS256"), { client_assertion_type: "jwt" })).toEqual(refused);
  expect(await ask(await signed({ more: "x".repeat(2048) }, own, "PS256"))).toEqual(refused);
  expect(await ask("no assertion", { client_id: machine.client_id })).toEqual(refused);
});

test("a client with a key has no secret any more, and one with a secret no key", async () => {
  const { tenant, machine, signed, ask, path } = await withKeys({ pem: pemOf(own) });
  const { client_id, client_secret, audience } = machine;
  const bySecret = () =>
    tenant.local("POST", "/oauth/token", { grant_type: "client_credentials", client_id, client_secret, audience }, {});
  expect(await bySecret()).toEqual(unauthorized);
  const detached = { client_authentication_methods: null, token_endpoint_auth_method: "client_secret_post" };
  expect((await tenant.call("PATCH", path, detached)).status).toBe(200);
  expect((await bySecret()).status).toBe(200);
  expect(await ask(await signed())).toEqual(unauthorized);
});

test("a key is kept and never shown", async () => {
  const { tenant, path } = await withKeys({ pem: pemOf(own), name: "first" });
  const { body } = await tenant.call("GET", `${path}/credentials`);
  expect(Object.keys(body[0]).sort()).toEqual([
    "alg",
    "created_at",
    "credential_type",
    "id",
    "kid",
    "name",
    "updated_at",
  ]);
  const made = await tenant.make("/clients", {
    name: "With a key",
    client_authentication_methods: {
      private_key_jwt: { credentials: [{ credential_type: "public_key", pem: pemOf(own) }] },
    },
  });
  expect(JSON.stringify(made)).not.toContain('"jwk"');
});
