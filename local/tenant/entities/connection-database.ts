import { createHash } from "node:crypto";
import { badBody } from "../management/faults.ts";
import { type Body, bodyAt, isBody, type Json, textAt } from "../management/json.ts";

const passwords: Body = { enabled: true, api_behavior: "required", signup_behavior: "allow" };
const passkeys: Body = { challenge_ui: "both", progressive_enrollment_enabled: true, local_enrollment_enabled: true };

/** The flexible password policy, part by part: https://auth0.com/docs/authenticate/database-connections/flexible-password-policy */
const flexiblePolicy: { readonly [part: string]: Body } = {
  complexity: {
    character_type_rule: "all",
    identical_characters: "allow",
    sequential_characters: "allow",
    max_length_exceeded: "error",
    min_length: 15,
    character_types: [],
  },
  profile_data: {
    active: false,
    blocked_fields: [
      ...["name", "username", "nickname", "email", "phone_number"],
      ...["user_metadata.name", "user_metadata.first", "user_metadata.last"],
    ],
  },
  history: { active: false, size: 3 },
  dictionary: { active: false, custom: [], default: "en_100k" },
};

/** What a new database has where its request says nothing; the flexible policy takes the place of the older one. */
export function newDatabase(given: Body): Body {
  return {
    mfa: { active: true, return_enroll_settings: true },
    ...(given.password_options === undefined ? { passwordPolicy: "good" } : {}),
    strategy_version: 2,
    authentication_methods: { password: passwords, passkey: { enabled: false } },
    passkey_options: passkeys,
    brute_force_protection: true,
  };
}

/** Fills in what a request for a database leaves open, and refuses what cannot be. */
export function settledDatabase(options: Body, given: Body, before?: Body): Body {
  checkAttributes(options, before);
  const methods = bodyAt(given, "authentication_methods");
  const attributes = bodyAt(options, "attributes");
  const { email } = attributes;
  const policy = bodyAt(given, "password_options");
  const configuration = Object.entries(bodyAt(options, "configuration")).map(([name, value]) => [name, sealed(value)]);
  return {
    ...options,
    ...(Object.keys(methods).length === 0 ? {} : { authentication_methods: completeMethods(methods, before) }),
    ...(isBody(email)
      ? { attributes: { ...attributes, email: { unique: true, verification_method: "link", ...email } } }
      : {}),
    ...(given.password_options === undefined ? {} : { password_options: completePolicy(policy) }),
    ...(configuration.length === 0 ? {} : { configuration: Object.fromEntries(configuration) }),
  };
}

/** A method that is not named is off: on a create each that there is, later each that the database knows already. */
function completeMethods(methods: Body, before?: Body): Body {
  const known = before ? Object.keys(bodyAt(before, "authentication_methods")) : ["passkey", "email_otp", "phone_otp"];
  const off = Object.fromEntries(known.map((name) => [name, { enabled: false }]));
  return { ...off, ...methods, password: { ...passwords, ...bodyAt(methods, "password") } };
}

function completePolicy(given: Body): Body {
  return Object.fromEntries(
    Object.entries(flexiblePolicy).map(([part, defaults]) => [part, { ...defaults, ...bodyAt(given, part) }]),
  );
}

/** Script settings never come back readable. */
function sealed(value: Json): Json {
  const text = String(value);
  return text.startsWith("sealed:") ? text : `sealed:${createHash("sha256").update(text).digest("base64")}`;
}

/** https://auth0.com/docs/authenticate/database-connections/activate-and-configure-attributes-for-flexible-identifiers */
function checkAttributes(options: Body, before?: Body): void {
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
  const { email } = bodyAt(options, "attributes");
  const hadEmail = before === undefined || bodyAt(before, "attributes").email !== undefined;
  if (isBody(email) && email.unique === false && !hadEmail) throw badBody("cannot add non-unique email attribute");
}
