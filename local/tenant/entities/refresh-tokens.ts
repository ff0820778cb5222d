import { derivedId, prefixed } from "../ids.ts";
import { missing } from "../management/faults.ts";
import { bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Entity, Family } from "../management/tables.ts";
import type { Stored } from "../store.ts";

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
    // the id under which it is a device credential as well
    { name: "credential", of: (body) => derivedId("dcr", textAt(body, "id") ?? "") },
    { name: "type", of: (body) => (body.rotating === true ? "rotating_refresh_token" : "refresh_token") },
  ],
  references: [
    { field: "user_id", family: "users", missing: missing("The user does not exist.", "inexistent_user") },
    { field: "client_id", family: "clients", missing: missing("The client does not exist", "inexistent_client") },
  ],
};

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

/** Ends the refresh tokens of a session, an account, an app, or of several of these together; named nothing, it ends none. */
export function endRefreshTokensOf(objects: Objects, { session, user, client }: TokensOf): void {
  const named = Object.entries({ session_id: session, user_id: user, client_id: client });
  const where = named.flatMap(([name, value]) => (value === undefined ? [] : [{ name, values: [value] }]));
  if (where.length === 0) return;
  for (const token of objects.store.select({ family, where })) endRefreshToken(objects, token);
}

/** Ends a session, and with `tokens` the refresh tokens that were given in it. */
export function endSession(objects: Objects, session: Stored, { tokens }: { readonly tokens: boolean }): void {
  if (tokens) endRefreshTokensOf(objects, { session: session.id });
  objects.remove(session);
}

export const refreshTokens: Family = { entities: [refreshTokenEntity] };
