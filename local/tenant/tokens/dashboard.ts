import { managementScopes } from "../entities/management-scopes.ts";
import { managementApi } from "../management/bearer.ts";
import { textAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Signer } from "./signer.ts";

/** Seconds: https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens */
const lifetime = 86_400;

/**
 * A token for the Management API as the dashboard's API Explorer hands one out: the first one, before any client has a grant.
 * @param scope scopes apart by spaces. @default all of them
 */
export async function dashboardToken(tenant: Tenant, signer: Signer, scope = managementScopes.join(" ")) {
  const api = managementApi(tenant.objects);
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `https://${tenant.domain}/`,
    sub: "dashboard@clients",
    aud: textAt(api.body, "identifier") ?? "",
    iat: now,
    exp: now + lifetime,
    scope,
    gty: "client-credentials",
    azp: "dashboard",
  };
  return { access_token: await signer.token(claims, api.body), scope, expires_in: lifetime, token_type: "Bearer" };
}
