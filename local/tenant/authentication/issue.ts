import type { Claims } from "../actions/protocol.ts";
import { type Body, bodyAt, textAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { areNamesAllowed } from "../tokens/organization.ts";
import type { Signer } from "../tokens/signer.ts";
import type { ApiAccess } from "./api-access.ts";
import type { Granted } from "./codes.ts";
import { profileClaims } from "./profile-claims.ts";

/** All that tokens for a person are made of. */
export interface ToIssue {
  readonly granted: Granted;
  readonly client: Stored;
  readonly user: Stored;
  readonly organization?: Stored | undefined;
  readonly access: ApiAccess;
  readonly custom: { readonly idToken: Claims; readonly accessToken: Claims };
  readonly nonce?: string | undefined;
  /** Whether the request named an age: then the ID token says when the person signed in. */
  readonly aged?: boolean;
}

/** Seconds that a token for /userinfo lives, and an ID token where the client names no time: https://auth0.com/docs/secure/tokens/id-tokens/update-id-token-lifetime */
const userinfoLifetime = 86_400;
const idTokenLifetime = 36_000;

/** The answer of the token endpoint, without a refresh token: https://auth0.com/docs/api/authentication#authorization-code-flow-with-pkce */
export async function issueTokens(tenant: Tenant, signer: Signer, issue: ToIssue): Promise<Body> {
  const { access } = issue;
  const lifetime = access.api ? Number(access.api.body.token_lifetime ?? 86_400) : userinfoLifetime;
  const claims = accessClaims(tenant, issue, lifetime);
  const openid = access.scopes.includes("openid");
  return {
    access_token: access.api ? await signer.token(claims, access.api.body) : await signer.opaque(claims),
    ...(openid ? { id_token: await signer.idToken(idClaims(tenant, issue), issue.client.body) } : {}),
    scope: access.scopes.join(" "),
    expires_in: lifetime,
    token_type: "Bearer",
  };
}

/** https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles and https://auth0.com/docs/manage-users/organizations/using-tokens */
function accessClaims(tenant: Tenant, issue: ToIssue, lifetime: number): Body {
  const { access, granted, user, client } = issue;
  const userinfo = `https://${tenant.domain}/userinfo`;
  const audience = access.api ? (textAt(access.api.body, "identifier") ?? "") : undefined;
  const both = audience !== undefined && access.scopes.includes("openid");
  const now = seconds();
  return {
    ...issue.custom.accessToken,
    iss: `https://${tenant.domain}/`,
    sub: user.id,
    aud: both ? [audience, userinfo] : (audience ?? userinfo),
    iat: now,
    exp: now + lifetime,
    ...(access.scopes.length === 0 ? {} : { scope: access.scopes.join(" ") }),
    ...organizationClaims(tenant, issue.organization),
    azp: client.id,
    ...(access.permissions ? { permissions: [...access.permissions] } : {}),
    ...(audience === undefined ? { sid: granted.session } : {}),
  };
}

/** https://auth0.com/docs/secure/tokens/id-tokens/id-token-structure */
function idClaims(tenant: Tenant, issue: ToIssue): Body {
  const { granted, client, user, access } = issue;
  const lifetime = Number(bodyAt(client.body, "jwt_configuration").lifetime_in_seconds ?? idTokenLifetime);
  const now = seconds();
  return {
    ...issue.custom.idToken,
    ...profileClaims(user.body, access.scopes),
    iss: `https://${tenant.domain}/`,
    aud: client.id,
    sub: user.id,
    iat: now,
    exp: now + lifetime,
    sid: granted.session,
    ...(issue.aged ? { auth_time: granted.authenticated } : {}),
    ...(issue.nonce === undefined ? {} : { nonce: issue.nonce }),
    ...organizationClaims(tenant, issue.organization),
  };
}

function organizationClaims({ objects }: Tenant, organization: Stored | undefined): Body {
  if (!organization) return {};
  const named = areNamesAllowed(objects) ? { org_name: textAt(organization.body, "name") ?? "" } : {};
  return { org_id: organization.id, ...named };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
