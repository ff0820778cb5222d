import type { Json } from "../../../local/plugin/management.ts";
import type { Dict } from "../../../local/plugin/value.ts";

/** What one resource of a kind is created with and what an update changes of it, by the kind's name in a program. */
export interface Life {
  readonly inputs: Dict;
  /** Beside the inputs; absent where every change replaces. */
  readonly changes?: Dict;
}

/** Objects that the resources below refer to, by path. */
export const present: Readonly<Record<string, Json>> = {
  "clients/c1": { client_id: "c1", app_type: "regular_web", client_secret: "s" },
  "custom-domains/cd1": { custom_domain_id: "cd1", status: "ready", origin_domain_name: "o" },
  "connections/con1": { id: "con1", name: "con", strategy: "oidc", options: {} },
  "resource-servers/https://api": { id: "ID", identifier: "https://api", name: "API" },
  "tenants/settings": { phone_consolidated_experience: true },
};

export const lives: Readonly<Record<string, Life>> = {
  action: {
    inputs: {
      name: "a",
      code: "//",
      runtime: "node22",
      deploy: true,
      supportedTriggers: { id: "post-login", version: "v3" },
    },
    changes: { code: "// 2" },
  },
  attackProtection: {
    inputs: { bruteForceProtection: { enabled: true, maxAttempts: 5 } },
    changes: { bruteForceProtection: { enabled: true, maxAttempts: 6 } },
  },
  branding: { inputs: { logoUrl: "https://l" }, changes: { logoUrl: "https://m" } },
  client: {
    inputs: { name: "app", appType: "regular_web", callbacks: ["https://c"] },
    changes: { callbacks: ["https://d"] },
  },
  clientCredentials: {
    inputs: { clientId: "c1", authenticationMethod: "client_secret_post" },
    changes: { authenticationMethod: "client_secret_basic" },
  },
  clientGrant: { inputs: { clientId: "c1", audience: "https://api", scopes: ["a"] }, changes: { scopes: ["b"] } },
  connection: {
    inputs: { name: "con", strategy: "oidc", options: { clientId: "i", issuer: "https://i", scopes: ["openid"] } },
    changes: { displayName: "Con" },
  },
  connectionClients: {
    inputs: { connectionId: "con1", enabledClients: ["c2", "c1"] },
    changes: { enabledClients: ["c1", "c3"] },
  },
  connectionScimConfiguration: {
    inputs: { connectionId: "con1" },
    changes: { userIdAttribute: "userName", mappings: [{ auth0: "username", scim: "userName" }] },
  },
  customDomain: {
    inputs: { domain: "id.a.example", type: "auth0_managed_certs", domainMetadata: { a: "1" } },
    changes: { domainMetadata: { b: "2" } },
  },
  customDomainVerification: { inputs: { customDomainId: "cd1" } },
  emailProvider: {
    inputs: {
      name: "smtp",
      defaultFromAddress: "a@b.c",
      credentials: { smtpHost: "h", smtpPort: 25, smtpUser: "u", smtpPass: "p" },
    },
    changes: { defaultFromAddress: "d@b.c" },
  },
  emailTemplate: {
    inputs: { template: "welcome_email", body: "b", from: "a@b.c", subject: "s", syntax: "liquid", enabled: true },
    changes: { subject: "t" },
  },
  guardian: { inputs: { policy: "all-applications", otp: true }, changes: { policy: "never" } },
  logStream: {
    inputs: {
      name: "audit",
      type: "eventbridge",
      sink: { awsAccountId: "123456789012", awsRegion: "eu-west-1" },
      filters: [{ type: "category", name: "auth.login.fail" }],
    },
    changes: { name: "trail" },
  },
  organization: { inputs: { name: "acme" }, changes: { displayName: "Acme" } },
  organizationClientGrant: { inputs: { organizationId: "org1", grantId: "cgr1" } },
  organizationConnection: {
    inputs: { organizationId: "org1", connectionId: "con1" },
    changes: { assignMembershipOnLogin: true },
  },
  organizationDiscoveryDomain: {
    inputs: { organizationId: "org1", domain: "a.example", status: "pending" },
    changes: { status: "verified" },
  },
  organizationDiscoveryDomains: {
    inputs: { organizationId: "org1", discoveryDomains: [{ domain: "a.example", status: "pending" }] },
    changes: { discoveryDomains: [{ domain: "b.example", status: "pending" }] },
  },
  prompt: { inputs: { identifierFirst: true }, changes: { identifierFirst: false } },
  promptCustomText: {
    inputs: { prompt: "login", language: "en", body: '{"login":{"title":"T"}}' },
    changes: { body: '{"login":{"title":"U"}}' },
  },
  resourceServer: { inputs: { identifier: "https://new", name: "New" }, changes: { name: "Newer" } },
  resourceServerScopes: {
    inputs: { resourceServerIdentifier: "https://api", scopes: [{ name: "a" }] },
    changes: { scopes: [{ name: "b" }] },
  },
  role: { inputs: { name: "r", description: "d" }, changes: { description: "e" } },
  rolePermissions: {
    inputs: {
      roleId: "rol1",
      permissions: [
        { name: "b", resourceServerIdentifier: "https://api" },
        { name: "a", resourceServerIdentifier: "https://api" },
      ],
    },
    changes: { permissions: [{ name: "c", resourceServerIdentifier: "https://api" }] },
  },
  tenant: { inputs: { friendlyName: "T", sessionLifetime: 0.5 }, changes: { friendlyName: "U" } },
  triggerActions: {
    inputs: { trigger: "post-login", actions: [{ id: "a1", displayName: "A" }] },
    changes: { actions: [{ id: "a2", displayName: "B" }] },
  },
};
