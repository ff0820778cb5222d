import { expect, test } from "vitest";
import { failure } from "../../../local/plugin/failure.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";

const held = connected();
const credential = { id: "cred_1", credential_type: "public_key", alg: "RS256", name: "one" };
const client = { client_id: "c", app_type: "regular_web" };

async function changed(written: Dict, told: Dict, before: Dict, after: Dict): Promise<string[]> {
  held.fake.answer = ({ path }) => ({
    status: 200,
    body: path.includes("/credentials") ? { ...credential } : { ...client, ...(told as typeof client) },
  });
  const type = typeOf("clientCredentials");
  const made = await type.create(held.api, { clientId: "c", ...written, ...before });
  held.fake.lines();
  await type.update(held.api, "c", plain(made.properties), { clientId: "c", ...written, ...after });
  return held.fake.lines();
}

test("another name of the same key is no other credential", async () => {
  const key = (name: string) => ({
    privateKeyJwt: { credentials: [{ credentialType: "public_key", pem: "KEY", algorithm: "RS256", name }] },
  });
  const lines = await changed(
    { authenticationMethod: "private_key_jwt" },
    { client_authentication_methods: { private_key_jwt: { credentials: [{ id: "cred_1" }] } } },
    key("one"),
    key("two"),
  );
  expect(lines).toEqual([
    "GET clients/c?fields=client_id&include_fields=true",
    "GET clients/c",
    "GET clients/c/credentials/cred_1",
  ]);
});

test("a new end of a key that signs requests is sent to its credential", async () => {
  const signed = (expiresAt: string) => ({
    signedRequestObject: { credentials: [{ credentialType: "public_key", pem: "KEY", algorithm: "RS256", expiresAt }] },
  });
  const lines = await changed(
    { authenticationMethod: "client_secret_post" },
    { signed_request_object: { credentials: [{ id: "cred_1" }] } },
    signed("2030-01-01T00:00:00Z"),
    signed("2031-01-01T00:00:00Z"),
  );
  expect(lines).toContain("PATCH clients/c/credentials/cred_1");
  expect(held.fake.requests.find(({ method, path }) => method === "PATCH" && path.includes("cred_1"))?.body).toEqual({
    expires_at: "2031-01-01T00:00:00Z",
  });
});

test("a certificate's credential without exactly one of its two forms is refused", async () => {
  held.fake.answer = () => ({ status: 200, body: client });
  const inputs = {
    clientId: "c",
    authenticationMethod: "tls_client_auth",
    tlsClientAuth: { credentials: [{ credentialType: "cert_subject_dn" }] },
  };
  await expect(typeOf("clientCredentials").create(held.api, inputs)).rejects.toMatchObject({
    cause: {
      message:
        '[tls_client_auth.credentials] Client Credentials Invalid: Exactly one of pem and subject_dn must be set when setting the authentication method as "tls_client_auth".',
    },
  });
});

test.each([
  ["private_key_jwt", 'setting the authentication method as "private_key_jwt"', {}],
  ["signed_request_object", "using JWT-secured Authorization Requests", { signedRequestObject: { credentials: [] } }],
])("a client without a credential for %s is refused", async (place, when, more) => {
  held.fake.answer = () => ({ status: 200, body: client });
  const authenticationMethod = place === "private_key_jwt" ? place : "client_secret_post";
  const made = typeOf("clientCredentials").create(held.api, { clientId: "c", authenticationMethod, ...more });
  const error: unknown = await made.catch((thrown: unknown) => thrown);
  const reason = `[${place}.credentials] Client Credentials Missing: You must define client credentials when ${when}.`;
  expect(failure(error, "creating urn").message).toBe(`creating urn: 1 error occurred:\n\t* ${reason}\n\n`);
});

test("times are read to the millisecond, and one that is not told is that of the year one", async () => {
  const told = { ...credential, expires_at: "2030-01-01T00:00:00Z", created_at: "2026-05-04T03:02:01.5Z" };
  held.fake.answer = ({ path }) => ({
    status: 200,
    body: path.includes("/credentials")
      ? told
      : { ...client, signed_request_object: { credentials: [{ id: "cred_1" }] } },
  });
  const found = await typeOf("clientCredentials").read(held.api, "c");
  const { signedRequestObject } = plain(found?.properties ?? {});
  expect(signedRequestObject).toMatchObject({
    credentials: [
      {
        expiresAt: "2030-01-01T00:00:00.000Z",
        createdAt: "2026-05-04T03:02:01.500Z",
        updatedAt: "0001-01-01T00:00:00.000Z",
      },
    ],
  });
});
