import { digest } from "../digest.ts";
import { provenClient } from "../tokens/client.ts";
import type { Grant } from "../tokens/endpoint.ts";
import { invalidGrant, invalidRequest, TokenRefusal } from "../tokens/refusal.ts";
import { type ApiAccess, apiAccess } from "./api-access.ts";
import type { Code, Granted } from "./codes.ts";
import type { LoginParts } from "./flow.ts";
import { issueTokens } from "./issue.ts";
import { beginRefreshing, endFamily } from "./refresh-tokens.ts";
import { AppRefusal } from "./refusals.ts";

/** https://auth0.com/docs/api/authentication/authorization-code-flow-with-pkce/get-token-pkce */
export function authorizationCode(parts: LoginParts): Grant {
  return async (given) => {
    const { objects } = parts.tenant;
    const client = await provenClient(parts.tenant, given, "authorization_code");
    if (!given.code) throw invalidRequest("Missing required parameter: code");
    const code = parts.codes.use(given.code);
    if (!code) throw invalidGrant("Invalid authorization code");
    if ("again" in code) {
      const { again } = code;
      if (again !== undefined) objects.store.transaction(() => endFamily(objects, again));
      throw invalidGrant("Invalid authorization code");
    }
    check(code, client.id, given);
    const { granted } = code;
    const { user, organization } = holdersOf(parts, granted);
    const access = changed(accessFor(parts, granted), code.changed);
    const issue = {
      granted,
      client,
      user,
      organization,
      access,
      custom: code.custom,
      nonce: code.nonce,
      aged: code.aged,
    };
    const tokens = await issueTokens(parts.tenant, parts.signer, issue);
    if (!access.scopes.includes("offline_access")) return tokens;
    const refresh = objects.store.transaction(() =>
      beginRefreshing(objects, client, { ...granted, scopes: access.scopes }),
    );
    if (refresh === undefined) return tokens;
    parts.codes.gave(given.code, refresh);
    return { ...tokens, refresh_token: refresh };
  };
}

function check(
  { granted, redirectUri, challenge }: Code,
  client: string,
  given: { readonly [name: string]: string | undefined },
): void {
  if (granted.client !== client) throw invalidGrant("Invalid authorization code");
  if (given.redirect_uri !== redirectUri) {
    const [sent, expected] = [given.redirect_uri, redirectUri].map(originOf);
    throw invalidGrant(`The redirect URI is wrong. You sent ${sent}, and we expected ${expected}`);
  }
  if (challenge === undefined && given.code_verifier !== undefined)
    throw invalidGrant("Failed to verify code verifier");
  if (challenge === undefined) return;
  if (!given.code_verifier) throw invalidRequest("Missing required parameter: code_verifier");
  const proof = digest(given.code_verifier);
  if (proof !== challenge) throw invalidGrant("Failed to verify code verifier");
}

function originOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : "null";
}

/** The person and the organization that tokens are for; refuses where one is gone. */
export function holdersOf({ tenant: { objects } }: LoginParts, { user: id, organization: into }: Granted) {
  const user = objects.store.get("users", id);
  const organization = into === undefined ? undefined : objects.store.get("organizations", into);
  if (!user || user.body.blocked === true || (into !== undefined && !organization))
    throw invalidGrant("Unknown or invalid refresh token.");
  return { user, organization };
}

/** What the API and the person's roles give at this moment. */
export function accessFor({ tenant: { objects } }: LoginParts, granted: Granted): ApiAccess {
  const client = objects.store.get("clients", granted.client);
  if (!client) throw invalidGrant("Unknown client");
  try {
    return apiAccess(objects, { ...granted, client });
  } catch (thrown) {
    if (thrown instanceof AppRefusal) throw new TokenRefusal(403, thrown.wrong.error, thrown.wrong.description);
    throw thrown;
  }
}

/** Scopes as Actions changed them: https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis */
export function changed(access: ApiAccess, { added, removed }: Code["changed"]): ApiAccess {
  const scopes = [...new Set([...access.scopes, ...added])].filter((scope) => !removed.includes(scope));
  return { ...access, scopes };
}
