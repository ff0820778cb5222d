import type * as auth0 from "@pulumi/auth0";
import { type Federated, federatedOptions } from "./federated.ts";
import type { Client } from "./openid.ts";

export interface GoogleApps extends Federated, Client {
  readonly strategy: "google-apps";
  /** The Workspace's primary domain. */
  readonly domain: string;
  /** By which claim Auth0 knows a person. @default id: it survives another address */
  readonly userId?: "id" | "email" | undefined;
}

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/google-apps */
export function googleAppsOptions(settings: GoogleApps, routed: boolean): auth0.types.input.ConnectionOptions {
  return {
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    domain: settings.domain,
    tenantDomain: settings.domain,
    apiEnableUsers: false,
    mapUserIdToId: settings.userId !== "email",
    ...federatedOptions(settings, routed),
  };
}
