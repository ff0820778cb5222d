import { asObject, type Json, type JsonObject } from "../management.ts";
import { type Dict, dictAt, elements, isDict, text } from "../value.ts";
import { jsonText } from "./mapping.ts";

const camel = (word: string): string => word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Settings that the API writes in camel case, by add-on. */
const IN_CAMEL: Readonly<Record<string, readonly string[]>> = {
  azure_blob: ["account_name", "blob_name", "container_name", "signed_identifier", "storage_access_key"],
  azure_sb: ["entity_path", "sas_key", "sas_key_name"],
  layer: ["key_id", "private_key", "provider_id"],
  salesforce_api: ["community_name"],
  salesforce_sandbox_api: ["community_name"],
  samlp: [
    "create_upn_claim",
    "map_unknown_claims_as_is",
    "passthrough_claims_with_no_mapping",
    "map_identities",
    "signature_algorithm",
    "digest_algorithm",
    "lifetime_in_seconds",
    "sign_response",
    "name_identifier_format",
    "name_identifier_probes",
    "authn_context_class_ref",
    "typed_attributes",
    "include_attribute_name_format",
    "signing_cert",
  ],
  sap_api: ["name_identifier_format", "service_password", "token_endpoint_url", "username_attribute"],
  zendesk: ["account_name"],
};
/** Settings that the API writes as one word. */
const IN_ONE_WORD = [
  "salesforce_api.client_id",
  "salesforce_sandbox_api.client_id",
  "sap_api.client_id",
  "springcm.acs_url",
  "wams.master_key",
];

/** The API's name of each setting that has another, by its path in a client. */
export const addonNames: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.entries(IN_CAMEL).flatMap(([addon, words]) =>
    words.map((word) => [`addons.${addon}.${word}`, camel(word)] as const),
  ),
  ...IN_ONE_WORD.map((path) => [`addons.${path}`, (path.split(".")[1] ?? "").replaceAll("_", "")] as const),
]);

/** Add-ons that are on without a setting. */
export const addonsWithoutSettings = ["box", "cloudbees", "concur", "dropbox", "samlp", "wsfed"].map(
  (addon) => `addons.${addon}`,
);

const CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
/** What the provider takes a missing setting of SAML for. https://auth0.com/docs/authenticate/protocols/saml/saml-configuration */
const SAML_DEFAULTS: Dict = {
  create_upn_claim: true,
  passthrough_claims_with_no_mapping: true,
  map_identities: true,
  typed_attributes: true,
  include_attribute_name_format: true,
  lifetime_in_seconds: 3600,
  name_identifier_probes: [`${CLAIMS}/nameidentifier`, `${CLAIMS}/emailaddress`, `${CLAIMS}/name`],
  mappings: {
    user_id: `${CLAIMS}/nameidentifier`,
    email: `${CLAIMS}/emailaddress`,
    name: `${CLAIMS}/name`,
    given_name: `${CLAIMS}/givenname`,
    family_name: `${CLAIMS}/surname`,
    upn: `${CLAIMS}/upn`,
    groups: "http://schemas.xmlsoap.org/claims/Group",
  },
};

/** The add-ons of a body, SAML's mappings as the JSON that a program may write instead of plain ones. */
export function sentAddons(body: JsonObject, config: Dict): JsonObject {
  const flexible = text(dictAt(dictAt(config.addons).samlp).flexible_mappings);
  if (flexible === "") return body;
  const { mappings: _, ...rest } = asObject(body.samlp);
  const mappings = asObject(JSON.parse(flexible) as Json);
  return { ...body, samlp: Object.keys(mappings).length > 0 ? { ...rest, mappings } : rest };
}

/** The add-ons as read, SAML's filled with its defaults; mappings that are no plain texts are read as JSON. */
export function receivedAddons(read: Dict, answer: JsonObject): Dict {
  const [saml] = elements(read.samlp);
  if (!isDict(saml)) return read;
  const mappings = asObject(asObject(answer.samlp).mappings);
  const isPlain = Object.values(mappings).every((value) => typeof value === "string");
  const given = Object.entries(saml).filter(([name, value]) => value !== null && (name !== "mappings" || isPlain));
  const hasPlain = isPlain && Object.keys(mappings).length > 0;
  const flexible = hasPlain || Object.keys(mappings).length === 0 ? "" : jsonText(mappings);
  return { ...read, samlp: [{ ...SAML_DEFAULTS, ...Object.fromEntries(given), flexible_mappings: flexible }] };
}
