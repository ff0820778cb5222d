import type { Context } from "hono";
import type { Stored } from "../store.ts";
import { provenClient } from "../tokens/client.ts";
import type { Grant } from "../tokens/endpoint.ts";
import { accessDenied, invalidGrant, invalidRequest, TokenRefusal } from "../tokens/refusal.ts";
import { sessionOf } from "./browser-session.ts";
import { accessFor, changed, holdersOf } from "./code-grant.ts";
import type { Granted } from "./codes.ts";
import type { LoginParts } from "./flow.ts";
import { issueTokens } from "./issue.ts";
import { runPostLogin } from "./post-login.ts";
import { exchange, refreshingBy } from "./refresh-tokens.ts";

const unknownToken = () => invalidGrant("Unknown or invalid refresh token.");

/**
 * New tokens for a refresh token. The Actions of post-login run again: https://auth0.com/docs/customize/actions/explore-triggers/post-login.
 * Whether membership is looked at again is not documented: switch REFRESH_AFTER_LEAVING.
 */
export function refreshToken(parts: LoginParts): Grant {
  const { tenant } = parts;
  return async (given, context) => {
    const { objects } = tenant;
    const client = await provenClient(tenant, given, "refresh_token");
    const token = given.refresh_token;
    if (!token) throw invalidRequest("Missing required parameter: refresh_token");
    const refreshing = refreshingBy(objects, client, token);
    if (!refreshing) throw unknownToken();
    const granted = narrowed(refreshing.granted, given.scope);
    const { user, organization } = holdersOf(parts, granted);
    if (organization && hasLeft(parts, granted)) throw unknownToken();
    const exchanged = exchange(objects, client, refreshing, token);
    try {
      const effects = await runActions(
        parts,
        { client, user, organization, granted, stored: refreshing.stored },
        given,
        context,
      );
      const access = changed(accessFor(parts, granted), effects.scopes);
      const custom = { idToken: effects.idToken, accessToken: effects.accessToken };
      const current = objects.store.get("users", user.id) ?? user;
      const issue = { granted, client, user: current, organization, access, custom, aged: false };
      const tokens = await issueTokens(tenant, parts.signer, issue);
      return exchanged.next === undefined ? tokens : { ...tokens, refresh_token: exchanged.next };
    } catch (thrown) {
      exchanged.undo();
      throw thrown;
    }
  };
}

interface Refreshed {
  readonly client: Stored;
  readonly user: Stored;
  readonly organization: Stored | undefined;
  readonly granted: Granted;
  readonly stored: Stored;
}

/** A refresh cannot ask the person anything: a second factor is a refusal. */
async function runActions(
  parts: LoginParts,
  refreshed: Refreshed,
  given: { readonly [name: string]: string | undefined },
  context: Context,
) {
  const { objects } = parts.tenant;
  const { client, user, organization, granted, stored } = refreshed;
  const connection = objects.store.get("connections", granted.connection);
  if (!connection) throw unknownToken();
  const { api } = accessFor(parts, granted);
  const session = sessionOf(objects, granted.session);
  const body = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const { internal: _, user_id: __, ...shown } = stored.body;
  const facts = {
    client,
    user,
    connection,
    organization,
    api,
    protocol: "oauth2-refresh-token" as const,
    methods: session?.methods ?? [],
    scopes: granted.scopes,
    session: session?.shown,
    refreshToken: shown,
    asked: {},
    came: {
      method: "POST" as const,
      query: {},
      body,
      userAgent: context.req.header("User-Agent"),
      language: context.req.header("Accept-Language"),
    },
  };
  const ended = await runPostLogin(parts.tenant, parts.runner, facts, { signal: context.req.raw.signal });
  if (ended.outcome === "denied") throw accessDenied(ended.reason);
  if (ended.outcome === "failed") throw new TokenRefusal(500, "server_error", "An Action of post-login failed");
  if (ended.outcome === "second-factor")
    throw new TokenRefusal(403, "mfa_required", "Multifactor authentication required");
  return ended.effects;
}

/** Scopes may be left out, never added: RFC 6749, 6. */
function narrowed(granted: Granted, scope: string | undefined): Granted {
  const asked = (scope ?? "").split(" ").filter((one) => one !== "");
  if (asked.length === 0) return granted;
  return { ...granted, scopes: granted.scopes.filter((one) => asked.includes(one) || one === "offline_access") };
}

function hasLeft({ tenant: { objects, switches } }: LoginParts, { user, organization }: Granted): boolean {
  if (switches.REFRESH_AFTER_LEAVING === "serves") return false;
  return organization !== undefined && !objects.store.get("organization-members", user, organization);
}
