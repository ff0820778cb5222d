import type * as auth0 from "@pulumi/auth0";
import { type Federated, federatedOptions, trustOf } from "./federated.ts";
import type { Client } from "./openid.ts";

interface EmailVerified {
  /** Whether Auth0 counts every address that comes as verified. @default never */
  readonly emailVerified?: "always" | "never" | undefined;
}

export interface Waad extends Federated, Client, EmailVerified {
  readonly strategy: "waad";
  /** The directory's id, a UUID. */
  readonly tenantId: string;
  /** The directory's own domain, which Auth0 routes by itself. @default none */
  readonly tenantDomain?: string | undefined;
  /** By which claim Auth0 knows a person. @default oid */
  readonly userId?: "oid" | "sub" | undefined;
}

export interface Adfs extends Federated, EmailVerified {
  readonly strategy: "adfs";
  /** Where AD FS publishes its federation metadata; or the metadata themselves. */
  readonly metadataUrl?: string | undefined;
  readonly metadata?: string | undefined;
}

/**
 * Microsoft Entra ID, by OpenID Connect, one directory:
 * https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/azure-active-directory/v2.
 * The provider has no field for `tenantId`; `tenant_domain` is a domain of the directory or its id, a UUID, by Auth0's own description of the API
 * (https://raw.githubusercontent.com/api-evangelist/auth0/refs/heads/main/json-schema/auth0-connectiontenantdomainazuread-schema.json).
 * An id is nobody's address: with it only the aliases route.
 */
export function waadOptions(settings: Waad, routed: boolean): auth0.types.input.ConnectionOptions {
  const { tenantId, tenantDomain } = settings;
  return {
    identityApi: "microsoft-identity-platform-v2.0",
    strategyVersion: 2,
    waadProtocol: "openid-connect",
    waadCommonEndpoint: false,
    useWsfed: false,
    apiEnableUsers: false,
    tenantDomain: routed && tenantDomain !== undefined ? tenantDomain : tenantId,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    scopes: ["basic_profile"],
    userIdAttribute: settings.userId ?? "oid",
    shouldTrustEmailVerifiedConnection: trustOf(settings.emailVerified),
    ...federatedOptions(settings, routed),
  };
}

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/adfs */
export function adfsOptions(settings: Adfs, routed: boolean): auth0.types.input.ConnectionOptions {
  const { metadataUrl, metadata } = settings;
  return {
    strategyVersion: 2,
    ...(metadataUrl !== undefined && { adfsServer: metadataUrl }),
    ...(metadata !== undefined && { fedMetadataXml: metadata }),
    apiEnableUsers: false,
    shouldTrustEmailVerifiedConnection: trustOf(settings.emailVerified),
    ...federatedOptions(settings, routed),
  };
}
