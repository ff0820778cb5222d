import { choice, flag, list, oneOf, record, type Schema, text, whole } from "../management/fields.ts";
import { isBody, omit } from "../management/json.ts";
import type { Family, Singleton } from "../management/tables.ts";

/** An address or a network in CIDR notation. Bot detection asks for one of these, the others for any of them. */
const addresses = ["ipv4", "cidr", "ipv6", "ipv6_cidr"].map((format) => text({ format }));
const address: Schema = { type: "string", anyOf: addresses };
const when = choice(["never", "when_risky", "always"]);
const method = "PATCH";

const botDetection: Singleton = {
  family: "attack-protection/bot-detection",
  path: "/attack-protection/bot-detection",
  method,
  fields: record({
    bot_detection_level: choice(["low", "medium", "high"]),
    challenge_password_policy: when,
    challenge_passwordless_policy: when,
    challenge_password_reset_policy: when,
    allowlist: list({ type: "string", ...oneOf(...addresses) }),
    monitoring_mode_enabled: flag(),
  }),
  initial: {
    challenge_password_policy: "never",
    challenge_passwordless_policy: "never",
    challenge_password_reset_policy: "never",
    allowlist: [],
    bot_detection_level: "medium",
    monitoring_mode_enabled: false,
  },
};

const stageShields = record({ shields: list(choice(["block", "admin_notification"])) });

const breachedPasswords: Singleton = {
  family: "attack-protection/breached-password-detection",
  path: "/attack-protection/breached-password-detection",
  method,
  fields: record({
    enabled: flag(),
    shields: list(choice(["block", "user_notification", "admin_notification"])),
    admin_notification_frequency: list(choice(["immediately", "daily", "weekly", "monthly"])),
    method: choice(["standard", "enhanced"]),
    stage: record({ "pre-user-registration": stageShields, "pre-change-password": stageShields }),
  }),
  initial: {
    enabled: false,
    shields: [],
    admin_notification_frequency: [],
    method: "standard",
    stage: { "pre-user-registration": { shields: [] }, "pre-change-password": { shields: [] } },
  },
  merged: ["stage", "stage.pre-user-registration", "stage.pre-change-password"],
};

const bruteForce: Singleton = {
  family: "attack-protection/brute-force-protection",
  path: "/attack-protection/brute-force-protection",
  method,
  fields: record({
    enabled: flag(),
    shields: list(choice(["block", "user_notification"])),
    allowlist: list(address),
    mode: choice(["count_per_identifier_and_ip", "count_per_identifier"]),
    max_attempts: whole({ min: 1, max: 100 }),
  }),
  initial: {
    enabled: true,
    shields: ["block", "user_notification"],
    mode: "count_per_identifier_and_ip",
    allowlist: [],
    max_attempts: 10,
  },
};

const keys = { site_key: text({ max: 100 }), secret: text({ max: 100 }) };
const keyed = record(keys, { required: ["site_key", "secret"] });

const captcha: Singleton = {
  family: "attack-protection/captcha",
  path: "/attack-protection/captcha",
  method,
  fields: record({
    active_provider_id: choice([
      ...["arkose", "auth_challenge", "friendly_captcha", "hcaptcha", "recaptcha_v2", "recaptcha_enterprise"],
      ...["simple_captcha", ""],
    ]),
    arkose: record(
      {
        ...keys,
        client_subdomain: text({ max: 100 }),
        verify_subdomain: text({ max: 100 }),
        fail_open: flag(),
      },
      { required: ["site_key", "secret"] },
    ),
    auth_challenge: record({ fail_open: flag() }, { required: ["fail_open"] }),
    hcaptcha: keyed,
    friendly_captcha: keyed,
    recaptcha_enterprise: record(
      { site_key: text({ max: 100 }), api_key: text({ max: 100 }), project_id: text({ max: 100 }) },
      { required: ["site_key", "api_key", "project_id"] },
    ),
    recaptcha_v2: keyed,
    simple_captcha: record({}, { open: true }),
  }),
  initial: {
    // https://auth0.com/docs/secure/attack-protection/bot-detection: the default response
    active_provider_id: "auth_challenge",
    simple_captcha: {},
    auth_challenge: { fail_open: false },
    recaptcha_v2: { site_key: "" },
    recaptcha_enterprise: { site_key: "", project_id: "" },
    hcaptcha: { site_key: "" },
    friendly_captcha: { site_key: "" },
    arkose: { site_key: "", client_subdomain: "client-api", verify_subdomain: "verify-api", fail_open: false },
  },
  merged: ["arkose", "auth_challenge", "hcaptcha", "friendly_captcha", "recaptcha_enterprise", "recaptcha_v2"],
  // what proves the tenant to the captcha service is kept and never shown
  shown: (body) =>
    Object.fromEntries(
      Object.entries(body).map(([name, held]) => [name, isBody(held) ? omit(held, ["secret", "api_key"]) : held]),
    ),
};

/** Attempts, and the milliseconds after which there is one more. */
function throttle(mostAttempts: number, leastRate: number): Schema {
  return record({
    max_attempts: whole({ min: 1, max: mostAttempts }),
    rate: whole({ min: leastRate, max: 86400000 }),
  });
}

const suspiciousAddresses: Singleton = {
  family: "attack-protection/suspicious-ip-throttling",
  path: "/attack-protection/suspicious-ip-throttling",
  method,
  fields: record({
    enabled: flag(),
    shields: list(choice(["block", "admin_notification"])),
    allowlist: list(address),
    stage: record({
      "pre-login": throttle(2500, 34560),
      "pre-user-registration": throttle(72000, 1200),
      "pre-custom-token-exchange": throttle(72000, 1200),
    }),
  }),
  initial: {
    enabled: true,
    shields: ["admin_notification", "block"],
    allowlist: [],
    stage: {
      "pre-login": { max_attempts: 100, rate: 864000 },
      "pre-user-registration": { max_attempts: 50, rate: 1200 },
      "pre-custom-token-exchange": { max_attempts: 10, rate: 600000 },
    },
  },
  merged: ["stage", "stage.pre-login", "stage.pre-user-registration", "stage.pre-custom-token-exchange"],
};

/** https://auth0.com/docs/secure/attack-protection */
export const attackProtection: Family = {
  singletons: [botDetection, breachedPasswords, bruteForce, captcha, suspiciousAddresses],
};
