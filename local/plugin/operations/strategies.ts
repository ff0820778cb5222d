import { asObject, type JsonObject } from "../management.ts";
import { type Dict, dictAt, elements } from "../value.ts";
import { ADFS, GOOGLE_APPS, WAAD } from "./directories.ts";
import type { Mapping } from "./mapping.ts";
import { SAMLP } from "./samlp.ts";

/** What is particular to the connections of one strategy. */
export interface Strategy {
  /** True for an identity provider of a customer: only those have a button of their own. */
  readonly enterprise: boolean;
  /** The options this strategy takes, in the provider's names. */
  readonly options: readonly string[];
  readonly mapping: Mapping;
  /** True when the set of scopes is sent as one text. */
  readonly scopes?: true;
  /** Where each scope is a switch of its own: scope → the API's name of it. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Options that only a creation sends. */
  readonly once?: readonly string[];
  /** True where a connection without any scope is refused. */
  readonly needsScopes?: true;
  /** Options in the API's names that an update carries as they stand: it replaces all, and no program writes these. */
  readonly passedThrough?: readonly string[];
  /** Lists among them that are left behind while they hold nothing. */
  readonly unlessEmpty?: readonly string[];
  /** Options that the API never gives back as they were written. */
  readonly kept?: readonly string[];
  /** Changes a body where no mapping can say it. */
  readonly sent?: (body: JsonObject) => JsonObject;
  /** Adds to an answer the objects that the provider counts as there. */
  readonly told?: (options: JsonObject) => JsonObject;
  /** Fills in what the provider takes a missing answer for. */
  readonly received?: (options: Dict) => Dict;
}

/** What a database asks of its people; each part is one object to the API. */
const ATTRIBUTES = [
  "",
  ...[".email", ".email.identifier", ".email.signup", ".email.signup.verification"],
  ...[".phone_number", ".phone_number.identifier", ".phone_number.signup", ".phone_number.signup.verification"],
  ...[".username", ".username.identifier", ".username.signup"],
  ...[".username.validation", ".username.validation.allowed_types"],
].map((part) => `options.attributes${part}`);

const AUTH0: Strategy = {
  enterprise: false,
  options: [
    "attributes",
    "authentication_methods",
    "brute_force_protection",
    "configuration",
    "custom_password_hash",
    "custom_scripts",
    "disable_self_service_change_password",
    "disable_signup",
    "enable_script_context",
    "enabled_database_customization",
    "import_mode",
    "mfa",
    "non_persistent_attrs",
    "passkey_options",
    "password_complexity_options",
    "password_dictionary",
    "password_history",
    "password_no_personal_info",
    "password_options",
    "password_policy",
    "precedence",
    "realm_fallback",
    "requires_username",
    "set_user_root_attributes",
    "strategy_version",
    "upstream_params",
    "validation",
  ],
  mapping: {
    names: {
      "options.password_policy": "passwordPolicy",
      "options.enabled_database_customization": "enabledDatabaseCustomization",
      "options.custom_scripts": "customScripts",
    },
    single: ["options.authentication_methods", "options.password_history", ...ATTRIBUTES],
    json: ["options.upstream_params"],
    unlessEmpty: ["options.precedence"],
    evenEmpty: [
      ...ATTRIBUTES,
      ...["", ".email_otp", ".passkey", ".password", ".phone_otp"].map((one) => `options.authentication_methods${one}`),
      "options.passkey_options",
      "options.custom_password_hash",
      ...["", ".complexity", ".dictionary", ".history", ".profile_data"].map((one) => `options.password_options${one}`),
    ],
  },
  kept: ["configuration"],
  told: passwordOptions,
  received: (options) => allowedTypes(passwordBehaviour(options)),
};

/** A password's rules always have all their parts. */
function passwordOptions(options: JsonObject): JsonObject {
  if (!options.password_options) return options;
  const parts = { complexity: {}, dictionary: {}, history: {}, profile_data: {} };
  return { ...options, password_options: { ...parts, ...asObject(options.password_options) } };
}

/** A username's rules always say which addresses may be usernames. */
function allowedTypes(options: Dict): Dict {
  const attributes = dictAt(options.attributes);
  const [username] = elements(attributes.username);
  const [validation] = elements(dictAt(attributes.username).validation);
  if (!username || !validation) return options;
  const rules = dictAt(dictAt(attributes.username).validation);
  const { email = null, phone_number = null } = dictAt(rules.allowed_types);
  const allowed = [{ email: email ?? false, phone_number: phone_number ?? false }];
  const filled = { ...dictAt(attributes.username), validation: [{ ...rules, allowed_types: allowed }] };
  return { ...options, attributes: [{ ...attributes, username: [filled] }] };
}

/** A database that says nothing of its password method requires one and lets people sign up. */
function passwordBehaviour(options: Dict): Dict {
  const methods = dictAt(options.authentication_methods);
  const [password] = elements(methods.password);
  if (!password) return options;
  const filled = {
    ...dictAt(methods.password),
    api_behavior: dictAt(methods.password).api_behavior || "required",
    signup_behavior: dictAt(methods.password).signup_behavior || "allow",
  };
  return { ...options, authentication_methods: [{ ...methods, password: [filled] }] };
}

const OPENID = [
  "attribute_map",
  "authorization_endpoint",
  "client_id",
  "client_secret",
  "connection_settings",
  "domain_aliases",
  "dpop_signing_alg",
  "icon_url",
  "id_token_session_expiry_supported",
  "id_token_signed_response_algs",
  "issuer",
  "jwks_uri",
  "non_persistent_attrs",
  "send_back_channel_nonce",
  "set_user_root_attributes",
  "token_endpoint",
  "token_endpoint_auth_method",
  "token_endpoint_auth_signing_alg",
  "token_endpoint_jwtca_aud_format",
  "type",
  "upstream_params",
  "userinfo_endpoint",
];

/** Sent as null where they are not set, so that a change of provider leaves nothing of the old one. */
const ENDPOINTS = ["authorization_endpoint", "issuer", "jwks_uri", "userinfo_endpoint", "token_endpoint"].map(
  (name) => `options.${name}`,
);

const OPENID_MAPPING: Mapping = {
  json: ["options.upstream_params", "options.attribute_map.attributes"],
  always: ENDPOINTS,
  unlessEmpty: ["options.id_token_signed_response_algs"],
  evenEmpty: ["options.attribute_map", "options.connection_settings"],
};

const OIDC: Strategy = {
  enterprise: true,
  options: [...OPENID, "discovery_url", "federated_connections_access_tokens", "tenant_domain"],
  mapping: {
    ...OPENID_MAPPING,
    always: ["options.discovery_url", ...ENDPOINTS],
    evenEmpty: ["options.attribute_map", "options.connection_settings", "options.federated_connections_access_tokens"],
  },
  scopes: true,
};

/** An OpenID provider that Auth0 knows by its domain. */
const OKTA: Strategy = {
  enterprise: true,
  options: [...OPENID, "domain"],
  mapping: OPENID_MAPPING,
  scopes: true,
  needsScopes: true,
};

/** By the name Auth0 gives a strategy: https://auth0.com/docs/authenticate/identity-providers */
export const strategies: Readonly<Record<string, Strategy>> = {
  auth0: AUTH0,
  oidc: OIDC,
  okta: OKTA,
  samlp: SAMLP,
  waad: WAAD,
  "google-apps": GOOGLE_APPS,
  adfs: ADFS,
};
