import type { Context, Hono } from "hono";
import type { ActionRunner } from "../actions/runner.ts";
import { type Body, textAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import { type Access, accessOf } from "./access.ts";
import { provenClient } from "./client.ts";
import { exchangeClaims } from "./exchange.ts";
import { areNamesAllowed } from "./organization.ts";
import { type Parameters, parametersOf } from "./parameters.ts";
import { invalidRequest, TokenRefusal } from "./refusal.ts";
import type { Signer } from "./signer.ts";

/** Makes the tokens of one grant; throws a TokenRefusal. */
export type Grant = (given: Parameters, context: Context) => Promise<Body>;

/** What a token is made with. */
export interface TokenParts {
  readonly tenant: Tenant;
  readonly runner: ActionRunner;
  readonly signer: Signer;
}

/**
 * The token endpoint, with credentials in a form, in JSON or as Basic, and one way to tokens for each grant; others are refused.
 * https://auth0.com/docs/api/authentication/client-credential-flow/get-token
 */
export function mountTokenEndpoint(app: Hono, parts: TokenParts, grants: { readonly [type: string]: Grant }): void {
  app.get("/.well-known/jwks.json", (context) => context.json(parts.signer.keys));
  app.post("/oauth/token", async (context) => {
    try {
      const given = await parametersOf(context);
      const { grant_type } = given;
      if (grant_type === undefined) throw invalidRequest("Missing required parameter: grant_type");
      const grant = Object.hasOwn(grants, grant_type) ? grants[grant_type] : undefined;
      if (!grant) throw new TokenRefusal(400, "unsupported_grant_type", `Unsupported grant type: ${grant_type}`);
      return context.json(await grant(given, context), 200, { "Cache-Control": "no-store" });
    } catch (thrown) {
      return refusedToken(context, thrown);
    }
  });
}

/** Answers a TokenRefusal; anything else goes on. */
export function refusedToken(context: Context, thrown: unknown): Response {
  if (!(thrown instanceof TokenRefusal)) throw thrown;
  const { error, message, uri, status } = thrown;
  return context.json({ error, error_description: message, ...(uri === undefined ? {} : { error_uri: uri }) }, status);
}

/** Tokens for machines: https://auth0.com/docs/api/authentication/client-credential-flow/get-token */
export function clientCredentials({ tenant, runner, signer }: TokenParts): Grant {
  return async (parameters, { req }) => {
    const client = await provenClient(tenant, parameters, "client_credentials");
    const access = accessOf(tenant.objects, client, parameters);
    const custom = await exchangeClaims(tenant, runner, access, {
      parameters,
      userAgent: req.header("User-Agent"),
      language: req.header("Accept-Language"),
      signal: req.raw.signal,
    });
    const lifetime = Number(access.api.body.token_lifetime ?? 86_400);
    const token = await signer.token({ ...custom, ...claimsOf(tenant, access, lifetime) }, access.api.body);
    return { access_token: token, ...scopeOf(access), expires_in: lifetime, token_type: "Bearer" };
  };
}

function scopeOf({ scopes }: Access): { scope?: string } {
  return scopes.length === 0 ? {} : { scope: scopes.join(" ") };
}

/** https://auth0.com/docs/manage-users/organizations/using-tokens; `lifetime` in seconds */
function claimsOf({ domain, objects }: Tenant, access: Access, lifetime: number): Body {
  const { client, api, organization } = access;
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: `https://${domain}/`,
    sub: `${client.id}@clients`,
    aud: textAt(api.body, "identifier") ?? "",
    iat: now,
    exp: now + lifetime,
    ...scopeOf(access),
    ...(organization ? { org_id: organization.id } : {}),
    ...(organization && areNamesAllowed(objects) ? { org_name: textAt(organization.body, "name") ?? "" } : {}),
    gty: "client-credentials",
    azp: client.id,
  };
}
