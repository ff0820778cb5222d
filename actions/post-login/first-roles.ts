import { fieldsOf } from "../../access/metadata.ts";
import type { Cache, Secrets } from "./event.ts";
import type { Grant } from "./grant.ts";

/** Milliseconds that one call may take: three of them stay below the 20 seconds of a whole trigger. */
const patience = 4_000;

/** The key holds at most 64 bytes, the value 4 kB; a token is ASCII. https://auth0.com/docs/customize/actions/limitations */
const cacheKey = "first-roles-token";
const cacheLength = 4_000;

/** Milliseconds: a cached token is dropped a minute before it ends, and after 24 hours at the latest. */
const margin = 60_000;
const longest = 86_400_000;

/** Why no role was assigned, in words that hold no secret. Thrown and caught in this file. */
class Unassigned extends Error {}

/** A way to the tenant, as the client that may assign roles and nothing else. */
interface Access {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly roleId: string;
}

/**
 * Assigns one first role by the Management API. Never throws: a login must not fail because of it.
 * @returns undefined once the role is assigned, else a note for the log
 */
export async function assign(grant: Grant, secrets: Secrets, cache: Cache): Promise<string | undefined> {
  try {
    const access = readSecrets(secrets, grant.role);
    const cached = cache.get(cacheKey)?.value;
    let status = await postRole(grant, access, cached ?? (await newToken(access, cache)));
    if (status === 401) cache.delete(cacheKey);
    // Only a cached token can have been withdrawn in the meantime; a fresh one that is refused stays refused.
    if (status === 401 && cached !== undefined) status = await postRole(grant, access, await newToken(access, cache));
    if (status < 200 || status > 299) throw new Unassigned(`the role call was answered ${status}`);
    return undefined;
  } catch (error) {
    return `no first role: ${error instanceof Unassigned ? error.message : "the Action failed"}`;
  }
}

function readSecrets(secrets: Secrets, role: string): Access {
  return {
    domain: secret(secrets, "DOMAIN"),
    clientId: secret(secrets, "CLIENT_ID"),
    clientSecret: secret(secrets, "CLIENT_SECRET"),
    roleId: roleIdIn(secret(secrets, "ROLE_IDS"), role),
  };
}

function secret(secrets: Secrets, name: string): string {
  const value = secrets[name];
  if (typeof value !== "string" || value === "") throw new Unassigned(`secret ${name} is missing`);
  return value;
}

function roleIdIn(text: string, role: string): string {
  const ids = fieldsOf(parse(text)) ?? {};
  const id = Object.hasOwn(ids, role) ? ids[role] : undefined;
  if (typeof id !== "string" || id === "") throw new Unassigned(`secret ROLE_IDS has no role ${role}`);
  return id;
}

/** A token of client `first-roles`, kept for later logins of this instance's trigger. */
async function newToken({ domain, clientId, clientSecret }: Access, cache: Cache): Promise<string> {
  const { status, text } = await post("token", `https://${domain}/oauth/token`, {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    audience: `https://${domain}/api/v2/`,
  });
  if (status !== 200) throw new Unassigned(`the token call was answered ${status}`);
  const { access_token: token, expires_in: seconds } = fieldsOf(parse(text)) ?? {};
  if (typeof token !== "string" || token === "") throw new Unassigned("the token call gave no token");
  const ttl = typeof seconds === "number" ? Math.min(seconds * 1_000 - margin, longest) : 0;
  if (ttl > 0 && token.length <= cacheLength) cache.set(cacheKey, token, { ttl });
  return token;
}

/** @returns the HTTP status */
async function postRole({ organizationId, userId }: Grant, { domain, roleId }: Access, token: string): Promise<number> {
  const [path, body] =
    organizationId === undefined
      ? [`roles/${encodeURIComponent(roleId)}/users`, { users: [userId] }]
      : [
          `organizations/${encodeURIComponent(organizationId)}/members/${encodeURIComponent(userId)}/roles`,
          { roles: [roleId] },
        ];
  const { status } = await post("role", `https://${domain}/api/v2/${path}`, body, token);
  return status;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** @param call which call it is, for a note: an error's own text may hold what was sent */
async function post(call: "token" | "role", url: string, body: unknown, token?: string): Promise<Answer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify(body),
      redirect: "error", // a redirect would carry the secret elsewhere
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    throw new Unassigned(`the ${call} call had no answer`);
  }
}

/** A parser's message quotes what it read, which here is a secret. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
