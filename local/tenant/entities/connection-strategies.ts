import { createHash, X509Certificate } from "node:crypto";
import { badBody } from "../management/faults.ts";
import { type Body, bodyAt, isBody, type Json, omit, textAt } from "../management/json.ts";

/** What Auth0 does to the `options` of one strategy. */
interface Strategy {
  /** Options that a create adds where they are missing. */
  readonly added?: Body;
  /** Options that survive a PATCH which does not name them; every other option is replaced whole. */
  readonly kept?: readonly string[];
  /** Options that a PATCH puts back where it does not name them. */
  readonly restored?: Body;
  /** Takes part in sign-in at a company: it has a display name and may hide its button. */
  readonly enterprise?: boolean;
  /** Has a page on which the other side finishes the setup. */
  readonly provisioned?: boolean;
}

const passkeys: Body = { challenge_ui: "both", progressive_enrollment_enabled: true, local_enrollment_enabled: true };
const passwords: Body = { enabled: true, api_behavior: "required", signup_behavior: "allow" };
const google: Body = { email: true, profile: true, scope: ["email", "profile"], handle_login_from_social: true };
const oidcKept = ["oidc_metadata", "schema_version"];

/** By strategy; one that is not named keeps its options as given. */
const strategies: { readonly [strategy: string]: Strategy } = {
  auth0: {
    added: {
      mfa: { active: true, return_enroll_settings: true },
      passwordPolicy: "good",
      strategy_version: 2,
      authentication_methods: { password: passwords, passkey: { enabled: false } },
      passkey_options: passkeys,
      brute_force_protection: true,
    },
    kept: ["authentication_methods", "passkey_options"],
  },
  oidc: {
    enterprise: true,
    added: {
      schema_version: "oidc-V4",
      attribute_map: { mapping_mode: "bind_all" },
      connection_settings: { pkce: "auto" },
    },
    kept: oidcKept,
    restored: { attribute_map: { mapping_mode: "bind_all" }, connection_settings: { pkce: "disabled" } },
  },
  okta: {
    enterprise: true,
    added: {
      schema_version: "oidc-V4",
      type: "back_channel",
      attribute_map: { mapping_mode: "basic_profile" },
      connection_settings: { pkce: "auto" },
    },
    kept: oidcKept,
    restored: {
      type: "back_channel",
      attribute_map: { mapping_mode: "basic_profile" },
      connection_settings: { pkce: "disabled" },
    },
  },
  waad: { enterprise: true, provisioned: true, added: { waad_common_endpoint: false }, kept: ["waad_common_endpoint"] },
  "google-apps": {
    enterprise: true,
    provisioned: true,
    added: google,
    kept: [...Object.keys(google), "map_user_id_to_id"],
  },
  ad: { enterprise: true, provisioned: true },
  adfs: { enterprise: true, provisioned: true, added: { thumbprints: [] } },
  pingfederate: { enterprise: true, provisioned: true, kept: ["cert", "expires", "subject", "thumbprints"] },
  samlp: {
    enterprise: true,
    provisioned: true,
    kept: [
      "cert",
      "expires",
      "subject",
      "thumbprints",
      "signingCert",
      "bindingMethod",
      "signInEndpoint",
      "signOutEndpoint",
    ],
  },
};

export function isEnterprise(strategy: string): boolean {
  return strategies[strategy]?.enterprise === true;
}

export function isProvisioned(strategy: string): boolean {
  return strategies[strategy]?.provisioned === true;
}

/** The options of a new connection. */
export function newOptions(strategy: string, given: Body): Body {
  return derived(strategy, { ...strategies[strategy]?.added, ...given }, given);
}

/** The options after a PATCH: replaced whole but for what the service itself keeps. */
export function patchedOptions(strategy: string, before: Body, given: Body): Body {
  const { kept = [], restored = {} } = strategies[strategy] ?? {};
  const survivors = Object.fromEntries(kept.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]]])));
  return derived(strategy, { ...survivors, ...restored, ...given }, given);
}

function derived(strategy: string, options: Body, given: Body): Body {
  if (strategy === "auth0") return databaseOptions(options, given);
  if (strategy === "samlp" || strategy === "pingfederate")
    return { ...options, ...certificateFacts(strategy, options) };
  return options;
}

function databaseOptions(options: Body, given: Body): Body {
  checkAttributes(options);
  const methods = bodyAt(given, "authentication_methods");
  const attributes = bodyAt(options, "attributes");
  const email = attributes.email;
  const configuration = Object.entries(bodyAt(options, "configuration")).map(([name, value]) => [name, sealed(value)]);
  return {
    ...options,
    ...(Object.keys(methods).length === 0 ? {} : { authentication_methods: completeMethods(methods) }),
    ...(isBody(email)
      ? { attributes: { ...attributes, email: { unique: true, verification_method: "link", ...email } } }
      : {}),
    ...(configuration.length === 0 ? {} : { configuration: Object.fromEntries(configuration) }),
  };
}

function completeMethods(methods: Body): Body {
  const off = { passkey: { enabled: false }, email_otp: { enabled: false }, phone_otp: { enabled: false } };
  return { ...off, ...methods, password: { ...passwords, ...bodyAt(methods, "password") } };
}

/** Script settings never come back readable. */
function sealed(value: Json): Json {
  const text = String(value);
  return text.startsWith("sealed:") ? text : `sealed:${createHash("sha256").update(text).digest("base64")}`;
}

/** https://auth0.com/docs/authenticate/database-connections/activate-and-configure-attributes-for-flexible-identifiers */
function checkAttributes(options: Body): void {
  if (options.attributes === undefined) return;
  if (options.validation !== undefined) throw badBody("Cannot set both options.attributes and options.validation");
  if (options.requires_username === true)
    throw badBody("Cannot set both options.attributes and options.requires_username");
  const attributes = Object.entries(bodyAt(options, "attributes")).filter((entry): entry is [string, Body] =>
    isBody(entry[1]),
  );
  for (const [name, attribute] of attributes) {
    const inactive = textAt(bodyAt(attribute, "signup"), "status") === "inactive";
    if (attribute.profile_required === true && inactive)
      throw badBody(`attribute ${name} must also be required on signup`);
  }
  if (!attributes.some(([, attribute]) => bodyAt(attribute, "identifier").active === true)) {
    throw badBody("attributes must contain one active identifier");
  }
}

/** What Auth0 reads off the identity provider's signing certificate. */
function certificateFacts(strategy: string, options: Body): Body {
  const given = textAt(options, "signingCert");
  if (given === undefined) return {};
  const pem = given.includes("BEGIN") ? given : Buffer.from(given, "base64").toString();
  try {
    const certificate = new X509Certificate(pem);
    const kept = strategy === "samlp" ? { signingCert: given } : {};
    return {
      ...kept,
      cert: pem,
      expires: certificate.validToDate.toISOString(),
      thumbprints: [certificate.fingerprint.replaceAll(":", "").toLowerCase()],
    };
  } catch {
    throw badBody("The signing certificate is not valid");
  }
}

/** Options that a strategy takes in under another name. */
export function withoutRaw(strategy: string, options: Body): Body {
  return strategy === "pingfederate" ? omit(options, ["signingCert"]) : options;
}
