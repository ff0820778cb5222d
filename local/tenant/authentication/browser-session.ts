import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Known } from "../../../login/request.ts";
import { digest } from "../digest.ts";
import { isOver } from "../entities/lifetime.ts";
import { endSession } from "../entities/refresh-tokens.ts";
import { alphanumerics } from "../ids.ts";
import { type Body, bodiesAt, bodyAt, omit, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import { cookie } from "./cookies.ts";
import type { Method } from "./underway.ts";

const family = "sessions";

/** Holds the session's key: https://auth0.com/docs/manage-users/cookies/authentication-api-cookies */
const sessionCookie = "auth0";

/** Who just proved who they are. */
export interface Proof {
  readonly user: string;
  readonly connection: string;
  readonly method: Method["name"];
  /** The session that the browser had. */
  readonly before: string | undefined;
}

/** The session of the browser that sends a request; undefined without one, or where it is over. */
export function knownSession(
  context: Context,
  objects: Objects,
): { readonly id: string; readonly known: NonNullable<Known["session"]> } | undefined {
  const key = getCookie(context, sessionCookie);
  const found = key === undefined ? undefined : objects.store.owner(family, "digest", digest(key));
  if (!found || isOver(found.body)) return undefined;
  const { body, id } = found;
  const age = Math.floor((Date.now() - Date.parse(textAt(body, "authenticated_at") ?? "")) / 1000);
  const connection = textAt(bodyAt(body, "internal"), "connection") ?? "";
  return { id, known: { user: textAt(body, "user_id") ?? "", connection, age } };
}

/**
 * Begins the browser's session, or goes on with the one that it has of the same person; the cookie is a new one each time, so that
 * one that was planted is worth nothing. Somebody else's session ends. Runs inside a transaction of the caller's.
 */
export function startSession(context: Context, objects: Objects, { user, connection, method, before }: Proof): string {
  const { store } = objects;
  const key = randomBytes(32).toString("base64url");
  const now = new Date();
  const earlier = before === undefined ? undefined : store.get(family, before);
  const own = earlier && textAt(earlier.body, "user_id") === user && !isOver(earlier.body) ? earlier : undefined;
  if (earlier && !own) endSession(objects, earlier, { tokens: false });
  const done: Body = { name: method, timestamp: now.toISOString() };
  const methods = bodiesAt(bodyAt(own?.body ?? {}, "authentication"), "methods").filter(({ name }) => name !== method);
  const { absolute, idle, mode } = lifetimes(objects);
  const agent = context.req.header("User-Agent") ?? "";
  const { initial_user_agent = agent, initial_ip = "127.0.0.1" } = bodyAt(own?.body ?? {}, "device");
  const body: Body = {
    ...(own?.body ?? { created_at: now.toISOString(), clients: [] }),
    user_id: user,
    updated_at: now.toISOString(),
    authenticated_at: now.toISOString(),
    authentication: { methods: [...methods, done] },
    idle_expires_at: later(now, idle),
    expires_at: later(now, absolute),
    device: { initial_user_agent, initial_ip, last_user_agent: agent, last_ip: "127.0.0.1" },
    cookie: { mode },
    internal: { digest: digest(key), connection },
  };
  const lasting = mode === "persistent" ? { maxAge: absolute * 3600 } : {};
  setCookie(context, sessionCookie, key, { ...cookie, ...lasting });
  if (own) return objects.rewrite(own, body).id;
  const id = alphanumerics(32);
  return objects.seed(family, id, { id, ...body }).id;
}

/** What a login needs of a session; undefined where it is over. */
export function sessionOf({ store }: Objects, id: string | undefined) {
  const found = id === undefined ? undefined : store.get(family, id);
  if (!found || isOver(found.body)) return undefined;
  const { body } = found;
  const methods = bodiesAt(bodyAt(body, "authentication"), "methods");
  return {
    id: found.id,
    /** In the order in which the person used them. */
    methods: methods.map(({ name, timestamp }): Method => ({ name: methodOf(name), timestamp: String(timestamp) })),
    /** As Actions see it. */
    shown: omit(body, ["internal", "cookie", "user_id", "authentication"]),
    /** When the person proved who they are: seconds since 1970. */
    authenticated: Math.floor(Date.parse(textAt(body, "authenticated_at") ?? "") / 1000),
  };
}

/** Adds a second factor to what a session's person proved. Runs inside a transaction of the caller's. */
export function provedFactor(objects: Objects, id: string): void {
  const found = objects.store.get(family, id);
  if (!found) return;
  const methods = bodiesAt(bodyAt(found.body, "authentication"), "methods").filter(({ name }) => name !== "mfa");
  const done: Body = { name: "mfa", timestamp: new Date().toISOString() };
  objects.rewrite(found, { ...found.body, authentication: { methods: [...methods, done] } });
}

/** Notes that an app used the session, which keeps it alive. Runs inside a transaction of the caller's. */
export function touch(objects: Objects, id: string, client: string): void {
  const found = objects.store.get(family, id);
  if (!found) return;
  const now = new Date();
  const clients = bodiesAt(found.body, "clients").filter(({ client_id }) => client_id !== client);
  objects.rewrite(found, {
    ...found.body,
    updated_at: now.toISOString(),
    idle_expires_at: later(now, lifetimes(objects).idle),
    clients: [...clients, { client_id: client }],
  });
}

/** Takes the session's cookie out of the browser; answers the session that it named. */
export function forgetSession(context: Context, { store }: Objects): Stored | undefined {
  const key = getCookie(context, sessionCookie);
  deleteCookie(context, sessionCookie, cookie);
  return key === undefined ? undefined : store.owner(family, "digest", digest(key));
}

function methodOf(name: unknown): Method["name"] {
  return name === "federated" || name === "mfa" ? name : "pwd";
}

/** Hours: https://auth0.com/docs/manage-users/sessions/session-lifetime */
function lifetimes(objects: Objects) {
  const settings = objects.single("tenants/settings");
  const mode =
    textAt(bodyAt(settings, "session_cookie"), "mode") === "non-persistent" ? "non-persistent" : "persistent";
  return {
    absolute: Number(settings.session_lifetime ?? 168),
    idle: Number(settings.idle_session_lifetime ?? 72),
    mode,
  } as const;
}

function later(from: Date, hours: number): string {
  return new Date(from.getTime() + hours * 3_600_000).toISOString();
}
