import type { Tenant } from "../../management/tables.ts";

/** Where identity providers send people back to: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc */
export const callbackPath = "/login/callback";

export function callbackOf({ domain }: Tenant): string {
  return `https://${domain}${callbackPath}`;
}
