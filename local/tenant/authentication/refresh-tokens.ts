import { randomBytes } from "node:crypto";
import { digest } from "../digest.ts";
import { isOver } from "../entities/lifetime.ts";
import { endRefreshToken } from "../entities/refresh-tokens.ts";
import { prefixed } from "../ids.ts";
import { type Body, bodiesAt, bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import type { Granted } from "./codes.ts";

const family = "refresh-tokens";

/** How a client's refresh tokens live: seconds; https://auth0.com/docs/secure/tokens/refresh-tokens/configure-refresh-token-rotation */
interface Policy {
  readonly rotating: boolean;
  /** How long a token that was exchanged is still taken. */
  readonly leeway: number;
  readonly absolute: number | undefined;
  readonly idle: number | undefined;
}

function policyOf({ body }: Stored): Policy {
  const given = bodyAt(body, "refresh_token");
  const bounded = (name: string, infinite: string) =>
    given.expiration_type !== "expiring" || given[infinite] === true ? undefined : Number(given[name]);
  return {
    rotating: given.rotation_type === "rotating",
    leeway: Number(given.leeway ?? 0),
    absolute: bounded("token_lifetime", "infinite_token_lifetime"),
    idle: bounded("idle_token_lifetime", "infinite_idle_token_lifetime"),
  };
}

/**
 * Begins a family of refresh tokens and answers its first; undefined where the client may not refresh.
 * Runs inside a transaction of the caller's.
 */
export function beginRefreshing(objects: Objects, client: Stored, granted: Granted): string | undefined {
  if (!textsAt(client.body, "grant_types").includes("refresh_token")) return undefined;
  const policy = policyOf(client);
  const token = newToken();
  const now = new Date();
  const id = prefixed("rt", 22)();
  dropOldest(objects, client.id, granted.user);
  objects.seed(family, id, {
    id,
    user_id: granted.user,
    client_id: client.id,
    session_id: granted.session,
    created_at: now.toISOString(),
    last_exchanged_at: now.toISOString(),
    rotating: policy.rotating,
    resource_servers: [{ audience: granted.audience ?? "", scopes: granted.scopes.join(" ") }],
    ...times(now, policy),
    ...(policy.absolute === undefined ? {} : { expires_at: later(now, policy.absolute) }),
    internal: { digests: [digest(token)], used: [], granted: { ...granted, scopes: [...granted.scopes] } },
  });
  return token;
}

/** What a refresh token is for, and how it may be used now. */
export interface Refreshing {
  readonly stored: Stored;
  readonly granted: Granted;
}

/**
 * What a refresh token is good for; undefined for one that is unknown or over. One that was exchanged before, longer ago than the
 * leeway, ends its whole family: https://auth0.com/docs/secure/tokens/refresh-tokens/refresh-token-rotation
 */
export function refreshingBy(objects: Objects, client: Stored, token: string): Refreshing | undefined {
  const stored = objects.store.owner(family, "digest", digest(token));
  if (!stored || textAt(stored.body, "client_id") !== client.id) return undefined;
  if (isOver(stored.body)) return undefined;
  const used = bodiesAt(bodyAt(stored.body, "internal"), "used").find((one) => one.digest === digest(token));
  const { leeway } = policyOf(client);
  if (used && Date.now() > Number(used.at) + leeway * 1000) {
    objects.store.transaction(() => endRefreshToken(objects, stored));
    return undefined;
  }
  return { stored, granted: grantedOf(stored) };
}

/**
 * Exchanges a token before anybody is asked whether it may be, so that two requests with the same one are told apart; answers the
 * next token (undefined where tokens do not rotate), and what takes the exchange back.
 */
export function exchange(objects: Objects, client: Stored, { stored }: Refreshing, token: string) {
  const policy = policyOf(client);
  const now = new Date();
  const next = policy.rotating ? newToken() : undefined;
  const internal = bodyAt(stored.body, "internal");
  const used = bodiesAt(internal, "used");
  const kept: Body = {
    ...internal,
    digests: [...textsAt(internal, "digests"), ...(next === undefined ? [] : [digest(next)])],
    used:
      next === undefined || used.some((one) => one.digest === digest(token))
        ? used
        : [...used, { digest: digest(token), at: now.getTime() }],
  };
  const body = { ...stored.body, ...times(now, policy), last_exchanged_at: now.toISOString(), internal: kept };
  const exchanged = objects.store.transaction(() => objects.rewrite(stored, body));
  return {
    next,
    /** Nothing was given for it: the token is as good as before, unless another request came in between. */
    undo: () => {
      const current = objects.store.get(family, stored.id);
      if (!current || JSON.stringify(current.body.internal) !== JSON.stringify(exchanged.body.internal)) return;
      objects.store.transaction(() => objects.rewrite(current, stored.body));
    },
  };
}

/** Ends the family of a token, whoever presents it: a code that comes twice was stolen (RFC 6749, 4.1.2). */
export function endFamily(objects: Objects, token: string): void {
  const stored = objects.store.owner(family, "digest", digest(token));
  if (stored) endRefreshToken(objects, stored);
}

/** Ends the family of a token of the client's; silent about any other: RFC 7009, 2.2. */
export function revoke(objects: Objects, client: Stored, token: string): void {
  const stored = objects.store.owner(family, "digest", digest(token));
  if (stored && textAt(stored.body, "client_id") === client.id) endRefreshToken(objects, stored);
}

/** 200 a person and app: https://auth0.com/docs/secure/tokens/refresh-tokens */
function dropOldest(objects: Objects, client: string, user: string): void {
  const own = objects.store
    .select({ family, where: [{ name: "user_id", values: [user] }] })
    .filter(({ body }) => textAt(body, "client_id") === client);
  for (const old of own.slice(0, Math.max(0, own.length - 199))) endRefreshToken(objects, old);
}

function grantedOf({ body }: Stored): Granted {
  const given = bodyAt(bodyAt(body, "internal"), "granted");
  const optional = (name: "organization" | "audience") => {
    const value = textAt(given, name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    client: textAt(given, "client") ?? "",
    user: textAt(given, "user") ?? "",
    connection: textAt(given, "connection") ?? "",
    session: textAt(given, "session") ?? "",
    scopes: textsAt(given, "scopes"),
    authenticated: Number(given.authenticated),
    ...optional("organization"),
    ...optional("audience"),
  };
}

function times(now: Date, { idle }: Policy): Body {
  return idle === undefined ? {} : { idle_expires_at: later(now, idle) };
}

function later(from: Date, seconds: number): string {
  return new Date(from.getTime() + seconds * 1000).toISOString();
}

function newToken(): string {
  return `v1.${randomBytes(45).toString("base64url")}`;
}
