import { flag, freeRecord, list, nullable, oneOf, record, text, whole } from "../management/fields.ts";

/** Settings of the single sign-on integrations: https://auth0.com/docs/api/management/v2/clients/post-clients (addons) */
export const addons = record({
  aws: record(
    {
      principal: text(),
      role: text(),
      lifetime_in_seconds: whole({ min: 900, max: 43200 }),
    },
    { open: true },
  ),
  azure_blob: record(
    {
      accountName: text({ pattern: "^([a-z0-9]){3,24}$" }),
      storageAccessKey: text({ pattern: "^([A-Za-z0-9+/]){86}==$" }),
      containerName: text({ pattern: "^([a-z0-9]){1}([a-z0-9-]){2,62}$" }),
      blobName: text({ pattern: "^(.){1,1024}$" }),
      expiration: whole({ min: 0 }),
      signedIdentifier: text(),
      blob_read: flag(),
      blob_write: flag(),
      blob_delete: flag(),
      container_read: flag(),
      container_write: flag(),
      container_delete: flag(),
      container_list: flag(),
    },
    { open: true },
  ),
  azure_sb: record(
    {
      namespace: text(),
      sasKeyName: text(),
      sasKey: text(),
      entityPath: text(),
      expiration: whole(),
    },
    { open: true },
  ),
  rms: record(
    {
      url: text({ format: "url" }),
    },
    { required: ["url"], open: true },
  ),
  mscrm: record(
    {
      url: text({ format: "url" }),
    },
    { required: ["url"], open: true },
  ),
  slack: record(
    {
      team: text(),
    },
    { required: ["team"], open: true },
  ),
  sentry: record(
    {
      org_slug: text(),
      base_url: text(),
    },
    { open: true },
  ),
  box: freeRecord(),
  cloudbees: freeRecord(),
  concur: freeRecord(),
  dropbox: freeRecord(),
  echosign: record(
    {
      domain: text(),
    },
    { open: true },
  ),
  egnyte: record(
    {
      domain: text(),
    },
    { open: true },
  ),
  firebase: record(
    {
      secret: text(),
      private_key_id: text(),
      private_key: text(),
      client_email: text(),
      lifetime_in_seconds: whole(),
    },
    { open: true },
  ),
  newrelic: record(
    {
      account: text(),
    },
    { open: true },
  ),
  office365: record(
    {
      domain: text(),
      connection: text(),
    },
    { open: true },
  ),
  salesforce: record(
    {
      entity_id: text({ format: "url" }),
    },
    { open: true },
  ),
  salesforce_api: record(
    {
      clientid: text(),
      principal: text(),
      communityName: text(),
      community_url_section: text(),
    },
    { open: true },
  ),
  salesforce_sandbox_api: record(
    {
      clientid: text(),
      principal: text(),
      communityName: text(),
      community_url_section: text(),
    },
    { open: true },
  ),
  samlp: record(
    {
      mappings: freeRecord(),
      audience: text(),
      recipient: text(),
      createUpnClaim: flag(),
      mapUnknownClaimsAsIs: flag(),
      passthroughClaimsWithNoMapping: flag(),
      mapIdentities: flag(),
      signatureAlgorithm: text(),
      digestAlgorithm: text(),
      issuer: text(),
      destination: text(),
      lifetimeInSeconds: whole(),
      signResponse: flag(),
      nameIdentifierFormat: text(),
      nameIdentifierProbes: list(text({ min: 1 })),
      authnContextClassRef: text(),
    },
    { open: true },
  ),
  layer: record(
    {
      providerId: text(),
      keyId: text(),
      privateKey: text(),
      principal: text(),
      expiration: whole({ min: 0 }),
    },
    { required: ["providerId", "keyId", "privateKey"], open: true },
  ),
  sap_api: record(
    {
      clientid: text(),
      usernameAttribute: text(),
      tokenEndpointUrl: text({ format: "url" }),
      scope: text(),
      servicePassword: text(),
      nameIdentifierFormat: text(),
    },
    { open: true },
  ),
  sharepoint: record(
    {
      url: text(),
      external_url: oneOf(list(text()), text()),
    },
    { open: true },
  ),
  springcm: record(
    {
      acsurl: text(),
    },
    { open: true },
  ),
  wams: record(
    {
      masterkey: text(),
    },
    { open: true },
  ),
  wsfed: freeRecord(),
  zendesk: record(
    {
      accountName: text(),
    },
    { open: true },
  ),
  zoom: record(
    {
      account: text(),
    },
    { open: true },
  ),
  sso_integration: record(
    {
      name: text(),
      version: text(),
    },
    { open: true },
  ),
  oag: nullable(freeRecord()),
});
