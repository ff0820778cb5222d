import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/plugin/management.ts";
import type { Marked } from "../../../local/plugin/marshal.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { refusal, store } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("connection");
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

const OPTIONS: Dict = {
  debug: false,
  decryptionKey: { key: "k2", cert: "c2" },
  destinationUrl: "https://tenant/destination",
  digestAlgorithm: "sha256",
  disableSignOut: false,
  domainAliases: ["acme.com"],
  entityId: "urn:acme",
  fieldsMap: '{"name":["n"]}',
  globalTokenRevocationJwtIss: "iss",
  globalTokenRevocationJwtSub: "sub",
  iconUrl: "https://acme.com/i.png",
  idpInitiated: { enabled: true, clientId: "app", clientProtocol: "oidc", clientAuthorizeQuery: "a=b" },
  nonPersistentAttrs: ["groups"],
  protocolBinding: POST,
  recipientUrl: "https://tenant/recipient",
  requestTemplate: "<x/>",
  setUserRootAttributes: "on_first_login",
  signInEndpoint: "https://idp/in",
  signOutEndpoint: "https://idp/out",
  signSamlRequest: true,
  signatureAlgorithm: "rsa-sha256",
  signingCert: CERTIFICATE,
  signingKey: { key: "k", cert: "c" },
  strategyVersion: 2,
  tenantDomain: "acme.com",
  upstreamParams: '{"screen_name":{"alias":"login_hint"}}',
  userIdAttribute: "nameid",
};
const SENT: JsonObject = {
  debug: false,
  decryptionKey: { key: "k2", cert: "c2" },
  destinationUrl: "https://tenant/destination",
  digestAlgorithm: "sha256",
  disableSignout: false,
  domain_aliases: ["acme.com"],
  entityId: "urn:acme",
  fieldsMap: { name: ["n"] },
  global_token_revocation_jwt_iss: "iss",
  global_token_revocation_jwt_sub: "sub",
  icon_url: "https://acme.com/i.png",
  idpinitiated: { enabled: true, client_id: "app", client_protocol: "oidc", client_authorizequery: "a=b" },
  non_persistent_attrs: ["groups"],
  protocolBinding: POST,
  recipientUrl: "https://tenant/recipient",
  requestTemplate: "<x/>",
  set_user_root_attributes: "on_first_login",
  signInEndpoint: "https://idp/in",
  signOutEndpoint: "https://idp/out",
  signSAMLRequest: true,
  signatureAlgorithm: "rsa-sha256",
  signingCert: CERTIFICATE,
  signing_key: { key: "k", cert: "c" },
  strategy_version: 2,
  tenant_domain: "acme.com",
  upstream_params: { screen_name: { alias: "login_hint" } },
  user_id_attribute: "nameid",
};
const samlp = (options: Dict): Dict => ({ name: "acme", strategy: "samlp", options });
const optionsOf = (properties: Record<string, Marked>): Dict => plain(properties).options as Dict;

test("every option is sent under the API's name, and read back as it was written", async () => {
  held.fake.answer = store("connections", "con_1");
  const made = await type.create(held.api, samlp(OPTIONS));
  expect(held.fake.requests.at(-2)?.body).toEqual({ name: "acme", strategy: "samlp", options: SENT });
  expect(optionsOf(made.properties)).toMatchObject(OPTIONS);
  expect([...type.diff("con_1", plain(made.properties), samlp(OPTIONS), []).changes]).toEqual([]);
});

test("metadata that is written stays in the state though the API never gives it back", async () => {
  held.fake.answer = store("connections", "con_1");
  const { properties } = await type.create(held.api, samlp({ metadataXml: "<xml/>" }));
  expect(held.fake.requests.at(-2)?.body).toMatchObject({ options: { metadataXml: "<xml/>" } });
  held.fake.answer = () => ({ status: 200, body: { id: "con_1", name: "acme", strategy: "samlp", options: {} } });
  const found = await type.read(held.api, "con_1", plain(properties));
  expect(optionsOf(found?.properties ?? {})).toMatchObject({ metadataXml: "<xml/>" });
});

test("attributes taken over at each login are what the API does by itself: left out, and read where it says nothing", async () => {
  held.fake.answer = store("connections", "con_1");
  const { properties } = await type.create(held.api, samlp({ setUserRootAttributes: "on_each_login", debug: true }));
  expect(held.fake.requests.at(-2)?.body).toMatchObject({ options: { debug: true } });
  expect(held.fake.requests.at(-2)?.body).not.toHaveProperty("options.set_user_root_attributes");
  expect(optionsOf(properties)).toMatchObject({ setUserRootAttributes: "on_each_login" });
});

test("maps that hold nothing are not sent, an object that holds nothing is", async () => {
  held.fake.answer = store("connections", "con_1");
  await type.create(held.api, samlp({ fieldsMap: "{}", upstreamParams: "{}", idpInitiated: {} }));
  expect(held.fake.requests.at(-2)?.body).toHaveProperty("options", { idpinitiated: {} });
});

test("an update carries what the service found out by itself, and nothing else that is not written", async () => {
  const present: JsonObject = {
    signInEndpoint: "https://idp/in",
    thumbprints: ["ab"],
    binding_method: "post",
    ext_groups: false,
    agentMode: null,
    cert: CERTIFICATE,
    entityId: "urn:before",
  };
  held.fake.answer = () => ({
    status: 200,
    body: { id: "con_1", name: "acme", strategy: "samlp", options: present },
  });
  const olds = samlp({ signInEndpoint: "https://idp/in" });
  held.fake.lines();
  await type.update(held.api, "con_1", olds, samlp({ signInEndpoint: "https://idp/new" }));
  expect(held.fake.lines()).toEqual(["GET connections/con_1", "PATCH connections/con_1", "GET connections/con_1"]);
  expect(held.fake.requests.at(-2)?.body).toEqual({
    options: { signInEndpoint: "https://idp/new", thumbprints: ["ab"], binding_method: "post", ext_groups: false },
  });
});

test("an update without options looks at none", async () => {
  held.fake.answer = () => ({ status: 200, body: { id: "con_1", name: "acme", strategy: "samlp" } });
  await type.update(
    held.api,
    "con_1",
    { name: "acme", strategy: "samlp" },
    { name: "acme", strategy: "samlp", displayName: "A" },
  );
  expect(held.fake.lines()).toEqual(["PATCH connections/con_1", "GET connections/con_1"]);
});

test("a failed update leaves a zero where it was to take a value out", async () => {
  held.fake.answer = () => refusal(400, "Bad Request", "no");
  const olds = { name: "acme", strategy: "samlp", showAsButton: true, displayName: "Acme" };
  const failed = await type
    .update(held.api, "con_1", olds, { name: "acme", strategy: "samlp", displayName: "New" })
    .catch((error: unknown) => error);
  expect(failed).toMatchObject({ resource: { properties: { showAsButton: false, displayName: "New" } } });
});
