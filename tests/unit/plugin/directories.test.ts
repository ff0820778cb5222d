import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/plugin/management.ts";
import type { Marked } from "../../../local/plugin/marshal.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { store } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("connection");

/** Every option of a strategy as a program writes it, as it is sent, and what an update carries along. */
const strategies: [strategy: string, written: Dict, sent: JsonObject, carried: JsonObject][] = [
  [
    "waad",
    {
      apiEnableUsers: true,
      appId: "app",
      clientId: "client",
      clientSecret: "hush",
      domain: "acme.com",
      domainAliases: ["acme.com"],
      iconUrl: "https://acme.com/i.png",
      identityApi: "microsoft-identity-platform-v2.0",
      maxGroupsToRetrieve: "50",
      nonPersistentAttrs: ["groups"],
      scopes: ["basic_profile", "ext_groups"],
      setUserRootAttributes: "on_first_login",
      shouldTrustEmailVerifiedConnection: "always_set_emails_as_verified",
      strategyVersion: 2,
      tenantDomain: "acme.onmicrosoft.com",
      upstreamParams: '{"screen_name":{"alias":"login_hint"}}',
      useWsfed: true,
      userIdAttribute: "oid",
      waadCommonEndpoint: true,
      waadProtocol: "openid-connect",
    },
    {
      api_enable_users: true,
      app_id: "app",
      basic_profile: true,
      client_id: "client",
      client_secret: "hush",
      domain: "acme.com",
      domain_aliases: ["acme.com"],
      ext_groups: true,
      icon_url: "https://acme.com/i.png",
      identity_api: "microsoft-identity-platform-v2.0",
      max_groups_to_retrieve: "50",
      non_persistent_attrs: ["groups"],
      set_user_root_attributes: "on_first_login",
      should_trust_email_verified_connection: "always_set_emails_as_verified",
      strategy_version: 2,
      tenant_domain: "acme.onmicrosoft.com",
      upstream_params: { screen_name: { alias: "login_hint" } },
      useCommonEndpoint: true,
      use_wsfed: true,
      userid_attribute: "oid",
      waad_protocol: "openid-connect",
    },
    {
      app_domain: "tenant.auth0.com",
      cert_rollover_notification: "soon",
      granted: false,
      tenantId: "0f8fad5b-d9cb-469f-a165-70867728950e",
      thumbprints: ["aa"],
    },
  ],
  [
    "google-apps",
    {
      apiEnableGroups: true,
      apiEnableUsers: true,
      clientId: "client",
      clientSecret: "hush",
      domain: "acme.com",
      domainAliases: ["acme.com"],
      iconUrl: "https://acme.com/i.png",
      mapUserIdToId: true,
      nonPersistentAttrs: ["groups"],
      scopes: ["ext_groups", "ext_is_admin"],
      setUserRootAttributes: "on_first_login",
      tenantDomain: "acme.com",
      upstreamParams: '{"screen_name":{"alias":"login_hint"}}',
    },
    {
      api_enable_groups: true,
      api_enable_users: true,
      client_id: "client",
      client_secret: "hush",
      domain: "acme.com",
      domain_aliases: ["acme.com"],
      ext_groups: true,
      ext_is_admin: true,
      icon_url: "https://acme.com/i.png",
      map_user_id_to_id: true,
      non_persistent_attrs: ["groups"],
      set_user_root_attributes: "on_first_login",
      tenant_domain: "acme.com",
      upstream_params: { screen_name: { alias: "login_hint" } },
    },
    {
      admin_access_token: "t",
      admin_access_token_expiresin: "2026",
      admin_refresh_token: "r",
      handle_login_from_social: true,
    },
  ],
  [
    "adfs",
    {
      adfsServer: "https://adfs.acme.com/metadata",
      apiEnableUsers: true,
      domainAliases: ["acme.com"],
      fedMetadataXml: "<x/>",
      iconUrl: "https://acme.com/i.png",
      nonPersistentAttrs: ["groups"],
      setUserRootAttributes: "on_first_login",
      shouldTrustEmailVerifiedConnection: "never_set_emails_as_verified",
      signInEndpoint: "https://adfs.acme.com/ls",
      strategyVersion: 2,
      tenantDomain: "acme.com",
      upstreamParams: '{"screen_name":{"alias":"login_hint"}}',
    },
    {
      adfs_server: "https://adfs.acme.com/metadata",
      api_enable_users: true,
      domain_aliases: ["acme.com"],
      fedMetadataXml: "<x/>",
      icon_url: "https://acme.com/i.png",
      non_persistent_attrs: ["groups"],
      set_user_root_attributes: "on_first_login",
      should_trust_email_verified_connection: "never_set_emails_as_verified",
      signInEndpoint: "https://adfs.acme.com/ls",
      strategy_version: 2,
      tenant_domain: "acme.com",
      upstream_params: { screen_name: { alias: "login_hint" } },
    },
    { cert_rollover_notification: "soon", entityID: "urn:adfs", prev_thumbprints: ["bb"], thumbprints: ["aa"] },
  ],
];

const inputsOf = (strategy: string, options: Dict): Dict => ({ name: "acme", strategy, options });
const optionsOf = (properties: Record<string, Marked>): Dict => plain(properties).options as Dict;

test.each(strategies)(
  "every option of %s is sent under the API's name, and read back as it was written",
  async (strategy, written, sent) => {
    held.fake.answer = store("connections", "con_1");
    const made = await type.create(held.api, inputsOf(strategy, written));
    expect(held.fake.requests.at(-2)?.body).toEqual({ name: "acme", strategy, options: sent });
    expect(optionsOf(made.properties)).toMatchObject(written);
    expect([...type.diff("con_1", plain(made.properties), inputsOf(strategy, written), []).changes]).toEqual([]);
  },
);

test.each(strategies)(
  "an update of %s carries along what Auth0 and its dashboard wrote",
  async (strategy, written, sent, carried) => {
    held.fake.answer = store("connections", "con_1");
    const made = await type.create(held.api, inputsOf(strategy, written));
    const current = { id: "con_1", name: "acme", strategy, options: { ...sent, ...carried } };
    held.fake.answer = ({ method, body }) =>
      method === "PATCH"
        ? { status: 200, body: { ...current, ...(body as JsonObject) } }
        : { status: 200, body: current };
    const changed = inputsOf(strategy, { ...written, iconUrl: "https://acme.com/j.png" });
    await type.update(held.api, "con_1", plain(made.properties), changed);
    const { map_user_id_to_id: _, ...again } = sent; // Google's is sent once
    const patched = held.fake.requests.findLast(({ method }) => method === "PATCH");
    expect(patched?.body).toEqual({ options: { ...again, ...carried, icon_url: "https://acme.com/j.png" } });
  },
);

test.each(["adfs", "waad"])("an empty list that Auth0 wrote for %s is carried along too", async (strategy) => {
  const current = { id: "con_1", name: "acme", strategy, options: { thumbprints: [] } };
  held.fake.answer = () => ({ status: 200, body: current });
  const iconUrl = "https://acme.com/i.png";
  await type.update(held.api, "con_1", inputsOf(strategy, {}), inputsOf(strategy, { iconUrl }));
  const patched = held.fake.requests.findLast(({ method }) => method === "PATCH");
  expect(patched?.body).toEqual({ options: { icon_url: iconUrl, thumbprints: [] } });
});

test("a scope that goes is switched off, and one that never was is not sent", async () => {
  held.fake.answer = store("connections", "con_1");
  const made = await type.create(held.api, inputsOf("waad", { scopes: ["basic_profile", "ext_groups"] }));
  const fewer = inputsOf("waad", { scopes: ["basic_profile"] });
  await type.update(held.api, "con_1", plain(made.properties), fewer);
  const patched = held.fake.requests.findLast(({ method }) => method === "PATCH");
  expect(patched?.body).toEqual({ options: { basic_profile: true, ext_groups: false } });
});
