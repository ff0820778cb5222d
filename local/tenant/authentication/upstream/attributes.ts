import { allowedClaims } from "../../actions/claims.ts";
import { type Body, bodyAt, isBody, type Json, omit, pick, textAt } from "../../management/json.ts";

/** What an identity provider said of a person: the claims of the ID token, and those of its userinfo endpoint where that was asked. */
export interface Said {
  readonly tokenset: Body;
  readonly userinfo: Body;
}

/** https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims, as far as they are about a person at work */
const basic = [
  ...["name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "picture"],
  ...["email", "email_verified", "locale", "zoneinfo"],
];

/** What only the tenant itself writes on an account, whatever an identity provider says. */
const own = [
  ...[
    "user_id",
    "identities",
    "app_metadata",
    "user_metadata",
    "blocked",
    "multifactor",
    "enrolledFactors",
    "password",
  ],
  ...["created_at", "updated_at", "last_login", "last_ip", "last_password_reset", "logins_count", "username"],
  ...["phone_number", "phone_verified"],
];

/**
 * The attributes of a connection's people, by its `attribute_map`:
 * https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/configure-pkce-claim-mapping-for-oidc.
 * Claims that no Action may set are not bound either, but can be mapped to another name.
 */
export function mapped(options: Body, said: Said): Body {
  const map = bodyAt(options, "attribute_map");
  const all: Body = { ...said.tokenset, ...said.userinfo };
  switch (textAt(map, "mapping_mode")) {
    case "use_map":
      return tidied(filled(bodyAt(map, "attributes"), said));
    case "basic_profile":
      return tidied(pick(all, basic));
    default:
      return tidied(allowedClaims(all, { ownApi: false }) as Body);
  }
}

/** The scopes that a connection's `attribute_map` wants of the userinfo endpoint; undefined where that is not asked. */
export function userinfoScopes(options: Body): string[] | undefined {
  const map = bodyAt(options, "attribute_map");
  const wanted = textAt(map, "userinfo_scope");
  if (wanted !== undefined) return wanted.split(" ").filter((one) => one !== "");
  return JSON.stringify(bodyAt(map, "attributes")).includes("context.userinfo.") ? [] : undefined;
}

/** An address is verified only where the provider says so with a boolean; without an address there is nothing to verify. */
export function tidied(attributes: Body): Body {
  const { email, ...rest } = omit(attributes, [...own, "email_verified"]);
  if (typeof email !== "string" || email === "") return rest;
  return { ...rest, email, email_verified: attributes.email_verified === true };
}

/** A template with the values of its places; a place without value takes its attribute away. */
function filled(template: Body, said: Said): Body {
  const entries = Object.entries(template).map(([name, value]) => [name, filledValue(value, said)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const place = /\$\{context\.(tokenset|userinfo)\.([^}]+)\}/;

function filledValue(value: Json, said: Said): Json | undefined {
  if (typeof value !== "string") return value;
  const whole = new RegExp(`^${place.source}$`).exec(value);
  if (whole) return valueAt(said, whole[1], whole[2]);
  const parts = value.split(new RegExp(place.source, "g"));
  if (parts.length === 1) return value;
  let text = parts[0] ?? "";
  for (let at = 1; at < parts.length; at += 3) {
    const found = valueAt(said, parts[at], parts[at + 1]);
    if (found === undefined) return undefined;
    text += `${typeof found === "string" ? found : JSON.stringify(found)}${parts[at + 2] ?? ""}`;
  }
  return text;
}

/** `address.country` is looked up name by name, and a claim whose own name has dots as it is. */
function valueAt(said: Said, source: string | undefined, path = ""): Json | undefined {
  const claims = source === "userinfo" ? said.userinfo : said.tokenset;
  if (Object.hasOwn(claims, path)) return claims[path];
  let found: Json | undefined = claims;
  for (const name of path.split(".")) found = isBody(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}
