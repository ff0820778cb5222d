import { type Body, bodyAt } from "../management/json.ts";
import { withCertificate, withPingFederate } from "./connection-certificates.ts";
import { newDatabase, settledDatabase } from "./connection-database.ts";
import { withMetadata } from "./connection-endpoints.ts";
import { withFederationMetadata, withSamlMetadata } from "./connection-metadata.ts";
import { socialScope } from "./connection-social.ts";

/** What holds of a strategy in any case, or of a create by what its request names. */
type Trait = true | ((request: Body) => boolean);

/** What Auth0 does to a connection and its `options` by strategy. */
interface Strategy {
  /** Takes part in sign-in at a company: it may hide its button. */
  readonly enterprise?: true;
  /** Is displayed by its name where no display name is given. */
  readonly named?: true;
  /** Says for what its people's accounts serve: to sign in, and to be connected to. */
  readonly purposeful?: Trait;
  /** Has a page on which the other side finishes the setup. */
  readonly provisioned?: Trait;
  /** Options that a create adds where they are missing: `given` are its options, `domain` is the tenant's. */
  readonly added?: Body | ((given: Body, domain: string) => Body);
  /** Options that survive a PATCH which does not name them; every other option is replaced whole. */
  readonly kept?: readonly string[];
  /** Options that a PATCH puts back where it does not name them. */
  readonly restored?: Body;
  /** What follows from the options: `given` are those of the request, `before` those that a PATCH replaces. */
  derived?(options: Body, given: Body, before?: Body): Body;
}

const bruteForce: Body = { brute_force_protection: true };
const bindAll: Body = { mapping_mode: "bind_all" };
const basicProfile: Body = { mapping_mode: "basic_profile" };
const noPkce: Body = { pkce: "disabled" };
const somePkce: Body = { pkce: "auto" };
const google: Body = { email: true, profile: true, scope: ["email", "profile"], handle_login_from_social: true };

/** The later of Azure AD's two APIs: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/azure-active-directory/v2 */
const platform = "microsoft-identity-platform-v2.0";

/** A create that does not name the platform comes from before its time, and is answered as then. */
function namesPlatform(request: Body): boolean {
  return bodyAt(request, "options").identity_api === platform;
}

function newAzureAd(given: Body, domain: string): Body {
  return {
    identity_api: platform,
    useCommonEndpoint: false,
    should_trust_email_verified_connection: "never_set_emails_as_verified",
    waad_common_endpoint: false,
    use_wsfed: false,
    waad_protocol: "openid-connect",
    // of Microsoft's certificates, which nothing here fetches
    ...(given.identity_api === platform ? {} : { thumbprints: [], app_domain: domain }),
  };
}

/** One that is not named keeps its options as they are given. */
const strategies: { readonly [strategy: string]: Strategy } = {
  auth0: {
    purposeful: true,
    added: newDatabase,
    kept: ["authentication_methods", "passkey_options", "brute_force_protection"],
    derived: settledDatabase,
  },
  sms: { added: bruteForce },
  email: { added: bruteForce },
  oidc: {
    purposeful: true,
    enterprise: true,
    named: true,
    added: {
      type: "front_channel",
      schema_version: "oidc-V4",
      attribute_map: bindAll,
      connection_settings: somePkce,
    },
    kept: ["schema_version", "oidc_metadata"],
    restored: { type: "front_channel", attribute_map: bindAll, connection_settings: noPkce },
    derived: (options, given) => withMetadata("oidc", options, given),
  },
  okta: {
    purposeful: true,
    enterprise: true,
    named: true,
    added: {
      type: "back_channel",
      schema_version: "oidc-V4",
      attribute_map: basicProfile,
      connection_settings: somePkce,
    },
    kept: ["schema_version", "oidc_metadata"],
    restored: { type: "back_channel", attribute_map: basicProfile, connection_settings: noPkce },
    derived: (options, given) => withMetadata("okta", options, given),
  },
  samlp: {
    purposeful: true,
    enterprise: true,
    provisioned: true,
    added: { assertion_decryption_settings: { algorithm_profile: "v2026-1", algorithm_exceptions: [] } },
    kept: ["signingCert", "bindingMethod", "signInEndpoint", "signOutEndpoint"],
    derived: (options, given) => withCertificate(withSamlMetadata(options, given)),
  },
  pingfederate: {
    enterprise: true,
    provisioned: true,
    kept: ["cert", "expires", "subject", "thumbprints"],
    derived: withPingFederate,
  },
  adfs: {
    enterprise: true,
    provisioned: true,
    added: { thumbprints: [], should_trust_email_verified_connection: "always_set_emails_as_verified" },
    derived: withFederationMetadata,
  },
  ad: {
    enterprise: true,
    provisioned: true,
    added: { ips: null, ...bruteForce },
    restored: { ips: null },
  },
  waad: {
    purposeful: namesPlatform,
    enterprise: true,
    named: true,
    provisioned: (request) => !namesPlatform(request),
    added: newAzureAd,
    kept: ["waad_common_endpoint"],
  },
  "google-apps": {
    purposeful: (request) => request.display_name !== undefined,
    enterprise: true,
    provisioned: true,
    added: { map_user_id_to_id: false, ...google },
    kept: ["map_user_id_to_id", ...Object.keys(google)],
    restored: { api_enable_users: true },
  },
  "google-oauth2": { added: { email: true, profile: true }, restored: { email: true, profile: true } },
  line: { purposeful: true, added: { profile: true }, restored: { profile: true } },
  oauth2: { purposeful: true },
  linkedin: { added: { profile: true }, restored: { profile: true } },
  windowslive: { added: { signin: true }, restored: { signin: true } },
  wordpress: { added: { profile: true }, restored: { profile: true } },
};

export function isEnterprise(strategy: string): boolean {
  return strategies[strategy]?.enterprise === true;
}

export function isNamed(strategy: string): boolean {
  return strategies[strategy]?.named === true;
}

/** Whether a new connection says for what its people's accounts serve; `request` is the whole body of its create. */
export function isPurposeful(strategy: string, request: Body): boolean {
  return holds(strategies[strategy]?.purposeful, request);
}

/** Whether a new connection has a page on which the other side finishes the setup. */
export function isProvisioned(strategy: string, request: Body): boolean {
  return holds(strategies[strategy]?.provisioned, request);
}

function holds(trait: Trait | undefined, request: Body): boolean {
  return typeof trait === "function" ? trait(request) : trait === true;
}

/** The options of a new connection of the tenant at `domain`. */
export function newOptions(strategy: string, given: Body, domain: string): Body {
  const { added } = strategies[strategy] ?? {};
  const defaults = typeof added === "function" ? added(given, domain) : added;
  return settled(strategy, withDefaults(given, defaults ?? {}), given);
}

/** The options after a PATCH: replaced whole but for what the service itself keeps. */
export function patchedOptions(strategy: string, before: Body, given: Body): Body {
  const { kept = [], restored = {} } = strategies[strategy] ?? {};
  const survivors = Object.fromEntries(kept.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]]])));
  return settled(strategy, withDefaults(given, { ...restored, ...survivors }), given, before);
}

function settled(strategy: string, options: Body, given: Body, before?: Body): Body {
  const derived = strategies[strategy]?.derived?.(options, given, before) ?? options;
  return { ...derived, ...socialScope(strategy, derived) };
}

/** What is given comes first: the order of the switches is that of the scope made of them. */
function withDefaults(given: Body, defaults: Body): Body {
  return { ...given, ...Object.fromEntries(Object.entries(defaults).filter(([key]) => given[key] === undefined)) };
}
