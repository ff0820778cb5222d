import { expect, test } from "vitest";
import { asObject, type JsonObject } from "../../../local/plugin/management.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { store } from "./fake-management-api.ts";

const held = connected();

async function sent(inputs: JsonObject): Promise<unknown> {
  held.fake.answer = store("clients", "client_1", {}, "client_id");
  await typeOf("client").create(held.api, { name: "app", ...inputs });
  return asObject(held.fake.requests.at(-2)?.body).addons;
}

test("an add-on's settings are sent in the API's own spelling", async () => {
  expect(
    await sent({
      addons: {
        azureBlob: { accountName: "a", blobRead: true, storageAccessKey: "k" },
        salesforceApi: { clientId: "i", communityName: "c", communityUrlSection: "u" },
        sapApi: { clientId: "i", tokenEndpointUrl: "https://t" },
        springcm: { acsUrl: "https://s" },
        wams: { masterKey: "m" },
        samlp: { createUpnClaim: false, signingCert: "c" },
      },
    }),
  ).toEqual({
    azure_blob: { accountName: "a", blob_read: true, storageAccessKey: "k" },
    salesforce_api: { clientid: "i", communityName: "c", community_url_section: "u" },
    sap_api: { clientid: "i", tokenEndpointUrl: "https://t" },
    springcm: { acsurl: "https://s" },
    wams: { masterkey: "m" },
    samlp: { createUpnClaim: false, signingCert: "c" },
  });
});

test("SAML without a setting is sent as one that is on, its mappings as plain texts or as JSON", async () => {
  expect(await sent({ addons: { samlp: {} } })).toEqual({ samlp: {} });
  expect(await sent({ addons: { samlp: { mappings: { a: "b" } } } })).toEqual({ samlp: { mappings: { a: "b" } } });
  expect(await sent({ addons: { samlp: { flexibleMappings: '{"a":["b"]}' } } })).toEqual({
    samlp: { mappings: { a: ["b"] } },
  });
});

test("SAML is read with its defaults, and with mappings that are no plain texts as JSON", async () => {
  held.fake.answer = () => ({
    status: 200,
    body: { client_id: "c", name: "app", addons: { samlp: { mapIdentities: false, mappings: { a: ["b"] } } } },
  });
  const read = await typeOf("client").read(held.api, "c", { name: "app" });
  expect(plain(read?.properties ?? {}).addons).toMatchObject({
    samlp: {
      createUpnClaim: true,
      mapIdentities: false,
      lifetimeInSeconds: 3600,
      flexibleMappings: '{"a":["b"]}',
      mappings: { upn: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn" },
    },
  });
});

test("a lifetime below an hour goes in minutes, any other in whole hours", async () => {
  held.fake.answer = () => ({ status: 200, body: {} });
  await typeOf("tenant").create(held.api, { sessionLifetime: 0.5, idleSessionLifetime: 1.6, friendlyName: "T" });
  expect(held.fake.requests.at(-3)?.body).toEqual({
    friendly_name: "T",
    session_lifetime_in_minutes: 30,
    idle_session_lifetime: 2,
  });
});

test("a transfer of sessions that only allows refresh tokens is taken out before it is sent", async () => {
  held.fake.answer = store("clients", "client_1", {}, "client_id");
  const type = typeOf("client");
  const made = await type.create(held.api, { name: "app" });
  held.fake.requests.length = 0;
  const inputs = { name: "app", sessionTransfer: { allowRefreshToken: true } };
  await type.update(held.api, "client_1", plain(made.properties), inputs);
  expect(held.fake.requests.map(({ body }) => body)).toEqual([
    { session_transfer: null },
    {
      name: "app",
      session_transfer: {
        allow_refresh_token: true,
        enforce_cascade_revocation: true,
        enforce_online_refresh_tokens: true,
      },
    },
    null,
  ]);
});

test("permissions are sent in the order in which the provider's SDK walks them", async () => {
  const of = (name: string) => ({ name, resourceServerIdentifier: "https://api" });
  held.fake.answer = () => ({ status: 200, body: { permissions: [], start: 0, limit: 100, total: 0 } });
  await typeOf("rolePermissions").create(held.api, { roleId: "r", permissions: [of("a"), of("b")] });
  expect(held.fake.requests.at(-2)?.body).toEqual({
    permissions: [
      { permission_name: "b", resource_server_identifier: "https://api" },
      { permission_name: "a", resource_server_identifier: "https://api" },
    ],
  });
});
