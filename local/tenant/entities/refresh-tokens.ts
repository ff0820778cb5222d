import { derivedId, prefixed } from "../ids.ts";
import { missing } from "../management/faults.ts";
import { type Body, bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Entity } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { endKey } from "./lifetime.ts";

const family = "refresh-tokens";

/**
 * What the login gave an app to come back with: https://auth0.com/docs/secure/tokens/refresh-tokens. A seed makes one;
 * `internal` (the digests of the tokens, what was granted) is shown nowhere. It goes with its account and its app; the end
 * of its session it outlives.
 */
export const refreshTokenEntity: Entity = {
  family,
  path: "/refresh-tokens",
  idField: "id",
  newId: prefixed("rt", 22),
  missing: missing("The refresh token does not exist."),
  readable: false,
  keys: [
    { name: "digest", of: (body) => textsAt(bodyAt(body, "internal"), "digests") },
    { name: "session_id", of: (body) => textAt(body, "session_id") },
    { name: "credential", of: (body) => credentialOf(body).id },
    { name: "type", of: (body) => credentialOf(body).type },
    endKey,
  ],
  references: [
    { field: "user_id", family: "users", missing: missing("The user does not exist.", "inexistent_user") },
    { field: "client_id", family: "clients", missing: missing("The client does not exist", "inexistent_client") },
  ],
};

/** As which it is a device credential as well: https://auth0.com/docs/api/management/v2/device-credentials/get-device-credentials */
export function credentialOf(token: Body): { readonly id: string; readonly type: string } {
  const type = token.rotating === true ? "rotating_refresh_token" : "refresh_token";
  return { id: derivedId("dcr", textAt(token, "id") ?? ""), type };
}

/** Ends one refresh token. Runs inside a transaction of the caller's, as the others here do. */
export function endRefreshToken(objects: Objects, token: Stored): void {
  objects.remove(token);
}

/** Whose tokens: those of which everything named is true. */
export interface TokensOf {
  readonly session?: string | undefined;
  readonly user?: string | undefined;
  readonly client?: string | undefined;
}

/** The tokens of a session, an account, an app, or of several of these together; named nothing, there are none. */
export function tokensOf(objects: Objects, { session, user, client }: TokensOf): Stored[] {
  const named = Object.entries({ session_id: session, user_id: user, client_id: client });
  const where = named.flatMap(([name, value]) => (value === undefined ? [] : [{ name, values: [value] }]));
  return where.length === 0 ? [] : objects.store.select({ family, where });
}

/** Ends these tokens. */
export function endRefreshTokensOf(objects: Objects, whose: TokensOf): void {
  for (const token of tokensOf(objects, whose)) endRefreshToken(objects, token);
}

/** Ends a session, and with `tokens` the refresh tokens that were given in it. */
export function endSession(objects: Objects, session: Stored, { tokens }: { readonly tokens: boolean }): void {
  if (tokens) endRefreshTokensOf(objects, { session: session.id });
  objects.remove(session);
}
