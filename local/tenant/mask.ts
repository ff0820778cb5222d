import type { Json } from "./management/json.ts";

const mask = "[masked]";

/** Levels kept of a masked copy; what lies deeper is left out of it. */
const deepest = 110;

/** Names of secrets, in any case and as a part of the name. */
const secretName =
  /secret|pass|token|credential|private|p12|key|connectionstring|customscripts|sumosourceaddress|authorization$|assertion$|^pem$|^configuration$|^ticket$|^invitation$|^link_with$/;

/** Names that look like a secret's and hold a setting: one of a few words, or a public address. */
const readable = new Set([
  ...[
    "token_dialect",
    "token_endpoint_auth_method",
    "token_endpoint_auth_signing_alg",
    "token_endpoint_jwtca_aud_format",
  ],
  ...["token_endpoint", "tokenendpointurl", "tokenurl", "credential_type", "passwordpolicy", "password_policy"],
  ...["challenge_password_policy", "challenge_passwordless_policy", "challenge_password_reset_policy"],
]);

/** Names that look like a secret's and hold an object of settings, which are judged one by one. */
const settings = new Set([
  ...["refresh_token", "credentials", "private_key_jwt", "token_exchange", "token_encryption"],
  ...["passkey_options", "password_options"],
]);

/** What opens something where it stands in the address of a login's request, though its name says less elsewhere. */
const parameters = new Set(["code", "ticket", "state", "invitation", "code_verifier", "id_token_hint"]);

/** Lists and maps of entries whose `value` is the secret. */
const entries = new Set(["secrets", "httpcustomheaders", "upstream_params"]);

/** What is secret where the walk stands: texts under secret names, a `value` as well, or every text. */
type Rule = "names" | "values" | "all";

/**
 * A copy in which every secret text is replaced: those under a name that says so, the userinfo of a URL, and a secret
 * parameter in the query of one. Names, numbers and booleans stay; below 110 levels a sentence stands for the rest.
 */
export function masked(value: Json, rule: Rule = "names", level = 1): Json {
  if (typeof value === "string") return rule === "all" ? mask : maskedText(value);
  if (typeof value !== "object" || value === null) return value;
  if (level > deepest) return "[nested too deeply]";
  if (Array.isArray(value)) return value.map((item) => masked(item, rule, level + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, masked(held, ruleUnder(name, held, rule), level + 1)]),
  );
}

/** The parameters of a query with the secret ones masked. */
export function maskedQuery(query: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      isSecret(name) || parameters.has(name) ? mask : maskedText(value),
    ]),
  );
}

function ruleUnder(name: string, held: Json, around: Rule): Rule {
  const field = name.toLowerCase();
  if (around === "all" || (around === "values" && field === "value")) return "all";
  const holdsObjects = [held].flat().every((item) => typeof item === "object");
  if (entries.has(field) && holdsObjects) return "values";
  if (settings.has(field) && holdsObjects) return around;
  return isSecret(name) ? "all" : around;
}

function isSecret(name: string): boolean {
  const field = name.toLowerCase();
  return !readable.has(field) && secretName.test(field);
}

/** Each pattern stops at the character that it starts with, so that a long text takes time in proportion. */
function maskedText(text: string): string {
  return text
    .replaceAll(/:\/\/[^\s/?#]*@/g, `://${mask}@`)
    .replaceAll(/([?&])([^\s?&#=]+)=[^\s?&#]+/g, (whole, mark: string, name: string) =>
      isSecret(name) ? `${mark}${name}=${mask}` : whole,
    );
}
