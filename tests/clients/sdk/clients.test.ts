import { generateKeyPairSync } from "node:crypto";
import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk, time } from "./tenant.ts";

const noClient = refusal(404, "The client does not exist", "inexistent_client");

collection({
  family: "clients",
  id: "client_id",
  create: (n) =>
    sdk.clients.create({ name: `client ${n}`, app_type: "regular_web", client_aliases: [`https://${n}.example.com`] }),
  made: {
    client_id: expect.stringMatching(/^\w{32}$/),
    client_secret: expect.stringMatching(/^[\w-]{64}$/),
    tenant: "localhost",
    name: "client 1",
    app_type: "regular_web",
    client_aliases: ["https://1.example.com"],
    global: false,
    is_first_party: true,
    is_token_endpoint_ip_header_trusted: false,
    oidc_conformant: false,
    sso_disabled: false,
    cross_origin_auth: false,
    cross_origin_authentication: false,
    callback_url_template: false,
    custom_login_page_on: true,
    encrypted: true,
    grant_types: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
    jwt_configuration: { lifetime_in_seconds: 36000, secret_encoded: false },
    refresh_token: {
      expiration_type: "non-expiring",
      rotation_type: "non-rotating",
      leeway: 0,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
      token_lifetime: 2592000,
      idle_token_lifetime: 1296000,
    },
    signing_keys: [{ cert: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/), subject: "/CN=localhost" }],
  },
  // only the answer to the create says so
  read: (made) => ({ ...made, encrypted: undefined }),
  get: ({ client_id = "" }) => sdk.clients.get(client_id),
  list: { pages: () => sdk.clients.list({ app_type: "regular_web", per_page: 2 }), sizes: [2, 2, 1] },
  update: {
    send: ({ client_id = "" }) =>
      sdk.clients.update(client_id, { description: "the first", client_metadata: { tier: "gold" } }),
    changes: { description: "the first", client_metadata: { tier: "gold" } },
  },
  conflict: {
    send: () => sdk.clients.create({ name: "another", client_aliases: ["https://1.example.com"] }),
    refused: refusal(409, "Another client exists with the same alias."),
  },
  remove: { send: ({ client_id = "" }) => sdk.clients.delete(client_id), gone: noClient },
});

const { client_id: signer = "" } = await sdk.clients.create({ name: "signer", app_type: "non_interactive" });

function pem(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

collection({
  family: "credentials of a client",
  id: "id",
  create: (n) =>
    sdk.clients.credentials.create(signer, { credential_type: "public_key", name: `key ${n}`, pem: pem() }),
  made: {
    id: expect.stringMatching(/^cred_\w{22}$/),
    credential_type: "public_key",
    name: "key 1",
    alg: "RS256",
    kid: expect.stringMatching(/^[\w-]{43}$/),
    created_at: expect.stringMatching(time),
    updated_at: expect.stringMatching(time),
  },
  get: ({ id = "" }) => sdk.clients.credentials.get(signer, id),
  list: { whole: () => sdk.clients.credentials.list(signer) },
  update: {
    send: ({ id = "" }) => sdk.clients.credentials.update(signer, id, { expires_at: "2040-01-01T00:00:00.000Z" }),
    changes: { expires_at: "2040-01-01T00:00:00.000Z", updated_at: expect.stringMatching(time) },
  },
  remove: {
    send: ({ id = "" }) => sdk.clients.credentials.delete(signer, id),
    gone: refusal(404, "The credential does not exist", "inexistent_credential"),
  },
});
