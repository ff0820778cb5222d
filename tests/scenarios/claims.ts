import type { JWTPayload } from "jose";
import type { Tokens } from "./app.ts";
import type { Hands } from "./hands.ts";
import type { Claims } from "./scenario.ts";

const namespace = "https://travel.example/claims/";

/** What tokens say that is either checked where they are verified, or says nothing of access. */
const ordinary = new Set([
  ...["iss", "aud", "sub", "iat", "exp", "azp", "sid", "nonce", "auth_time", "jti", "gty"],
  ...["name", "nickname", "picture", "updated_at", "given_name", "family_name", "email_verified"],
  ...["preferred_username", "locale", "zoneinfo"],
]);

const ofAccess = ["org_id", "org_name", `${namespace}org_type`, `${namespace}stage`];

/**
 * What the tokens of a login say, in the words of the cases.
 * @throws where the ID and the access token differ, where a claim is there that no case knows, and where the scope is not what roles allow
 */
export async function claimsOf({ id, access }: Tokens, requested: string, hands: Hands): Promise<Claims> {
  for (const name of ofAccess) {
    if (id[name] !== access[name])
      throw new Error(`${name}: ${id[name]} in the ID token, ${access[name]} in the access token`);
  }
  nothingElse(id, ["email", `${namespace}renew`]);
  nothingElse(access, ["permissions", "scope"]);
  const permissions = textsOf(access.permissions);
  const wanted = requested.split(" ");
  const scope = String(access.scope).split(" ");
  const fits = wanted.filter((one) => !one.includes(":") || permissions.includes(one));
  if (fits.sort().join() !== scope.sort().join()) throw new Error(`scope ${scope} for ${permissions}`);
  return {
    ...(await common(access, hands)),
    ...(typeof id.email === "string" ? { as: id.email } : {}),
    ...(id[`${namespace}renew`] === undefined ? {} : { renew: true as const }),
    may: permissions,
  };
}

/** What a machine's token says: its scopes are what it may do. */
export async function machineClaims(access: JWTPayload, hands: Hands): Promise<Claims> {
  nothingElse(access, ["scope"]);
  return { ...(await common(access, hands)), may: String(access.scope).split(" ").sort() };
}

async function common(access: JWTPayload, hands: Hands): Promise<Omit<Claims, "may">> {
  const of = (name: string): string | undefined => (typeof access[name] === "string" ? access[name] : undefined);
  const [organization, named] = [of("org_id"), of("org_name")];
  const [type, stage] = [of(`${namespace}org_type`), of(`${namespace}stage`)];
  return {
    ...(organization === undefined ? {} : { organization: await hands.slugOf(organization) }),
    ...(named === undefined ? {} : { named }),
    ...(type === undefined ? {} : { type }),
    ...(stage === undefined ? {} : { stage }),
  };
}

function nothingElse(token: JWTPayload, own: readonly string[]): void {
  const known = new Set([...ordinary, ...ofAccess, ...own]);
  const strange = Object.keys(token).filter((name) => !known.has(name));
  if (strange.length > 0) throw new Error(`the token says more: ${strange.join(", ")}`);
}

function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) throw new Error("the access token lists no permissions");
  return value.map(String).sort();
}
