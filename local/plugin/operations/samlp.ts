import { rootAttributes } from "./root-attributes.ts";
import type { Strategy } from "./strategies.ts";

/** The API writes these in camel case; the rest bear one name in both. */
const NAMES = {
  decryption_key: "decryptionKey",
  destination_url: "destinationUrl",
  digest_algorithm: "digestAlgorithm",
  disable_sign_out: "disableSignout",
  entity_id: "entityId",
  fields_map: "fieldsMap",
  idp_initiated: "idpinitiated",
  "idp_initiated.client_authorize_query": "client_authorizequery",
  metadata_url: "metadataUrl",
  metadata_xml: "metadataXml",
  protocol_binding: "protocolBinding",
  recipient_url: "recipientUrl",
  request_template: "requestTemplate",
  sign_in_endpoint: "signInEndpoint",
  sign_out_endpoint: "signOutEndpoint",
  sign_saml_request: "signSAMLRequest",
  signature_algorithm: "signatureAlgorithm",
  signing_cert: "signingCert",
} as const;

/** What the service finds out by itself. */
const FOUND_OUT = [
  "thumbprints",
  "binding_method",
  "cert_rollover_notification",
  "agentIP",
  "agentVersion",
  "agentMode",
  "ext_groups",
  "ext_profile",
];

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/saml */
export const SAMLP: Strategy = {
  enterprise: true,
  options: [
    ...Object.keys(NAMES).filter((name) => !name.includes(".")),
    "debug",
    "domain_aliases",
    "global_token_revocation_jwt_iss",
    "global_token_revocation_jwt_sub",
    "icon_url",
    "non_persistent_attrs",
    "set_user_root_attributes",
    "signing_key",
    "strategy_version",
    "tenant_domain",
    "upstream_params",
    "user_id_attribute",
  ],
  mapping: {
    names: Object.fromEntries(Object.entries(NAMES).map(([name, apiName]) => [`options.${name}`, apiName])),
    json: ["options.fields_map", "options.upstream_params"],
    evenEmpty: ["options.idp_initiated", "options.signing_key", "options.decryption_key"],
  },
  kept: ["metadata_xml"],
  ...rootAttributes,
  passedThrough: FOUND_OUT,
  unlessEmpty: ["thumbprints"],
};
