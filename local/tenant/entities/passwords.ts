import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { Refusal } from "../management/faults.ts";
import { type Body, bodyAt, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";

const family = "passwords";

/** Enough for a file on a developer's machine, and quick enough for a thousand accounts. */
const cost = { N: 4096, r: 8, p: 1 };

function hashed(password: string, salt: string): string {
  return scryptSync(password.normalize("NFKC"), salt, 32, cost).toString("base64url");
}

/**
 * Keeps what an identity's password can be checked with, and never the password. `user` is the identity's id (`auth0|…`): a linked
 * account's password stays with it.
 */
export function setPassword({ store }: Objects, user: string, password: string): void {
  const salt = randomBytes(16).toString("base64url");
  const body: Body = { salt, hash: hashed(password, salt) };
  const known = store.get(family, user);
  if (known) store.update(known, body, []);
  else store.insert(family, "", user, body, []);
}

/** False too where the account has no password. As slow for an account that is not there. */
export function isPassword({ store }: Objects, user: string | undefined, password: string): boolean {
  const body = (user === undefined ? undefined : store.get(family, user)?.body) ?? {};
  const [salt, hash] = [textAt(body, "salt"), textAt(body, "hash")];
  const given = hashed(password, salt ?? "nobody");
  return hash !== undefined && timingSafeEqual(Buffer.from(given), Buffer.from(hash));
}

/** An account that is made without a password has none, whatever an earlier one of its id had. */
export function dropPassword({ store }: Objects, user: string): void {
  const known = store.get(family, user);
  if (known) store.remove(known);
}

const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];

/**
 * What a connection's policy misses in a password, as a sentence; undefined where it is strong enough.
 * https://auth0.com/docs/authenticate/database-connections/password-strength
 */
export function weakness(connection: Body, password: string): string | undefined {
  const options = bodyAt(connection, "options");
  const policy = textAt(options, "passwordPolicy") ?? "good";
  const own = bodyAt(options, "password_complexity_options").min_length;
  const least = typeof own === "number" ? own : (lengths[policy] ?? 1);
  if ([...password].length < least) return `The password must have ${least} characters or more`;
  const found = kinds.filter((kind) => kind.test(password)).length;
  const wanted = policy === "none" || policy === "low" ? 0 : 3;
  if (found < wanted || (policy === "fair" && !kinds.slice(0, 3).every((kind) => kind.test(password))))
    return "The password must have at least three of: lower case letters, upper case letters, digits, special characters";
  if (policy === "excellent" && /(.)\1\1/.test(password))
    return "The password must not have the same character three times in a row";
  return undefined;
}

/** Refuses a password that the connection's policy does not allow. */
export function demandStrength(connection: Body, password: string): void {
  if (weakness(connection, password) === undefined) return;
  throw new Refusal({ status: 400, message: "PasswordStrengthError: Password is too weak" });
}

const lengths: { readonly [policy: string]: number } = { none: 1, low: 6, fair: 8, good: 8, excellent: 10 };
