/** What a login may read of a tenant, as plain data behind lookups; ids are the tenant's own. */
export interface Tenant {
  readonly settings: Settings;
  client(id: string): Client | undefined;
  connection(id: string): Connection | undefined;
  /** By its unique name, as the `connection` parameter gives it. */
  connectionNamed(name: string): Connection | undefined;
  /** Enterprise connections to which this domain is routed, the oldest first. */
  connectionsOf(domain: string): readonly Connection[];
  organization(id: string): Organization | undefined;
  organizationNamed(name: string): Organization | undefined;
  /** Organizations with this verified discovery domain, the oldest first. */
  organizationsOf(domain: string): readonly Organization[];
  /** Connections that are enabled on any organization, each once. */
  organizationConnections(): readonly Connection[];
  /** Organizations on which the connection is enabled, the oldest first. */
  organizationsWith(connection: string): readonly Organization[];
  user(id: string): User | undefined;
  /** Organizations that the person is a member of, in the order of joining. */
  membershipsOf(user: string): readonly Organization[];
  invitation(ticket: string): Invitation | undefined;
}

export interface Settings {
  /** The connection that is the tenant's default directory. */
  readonly defaultDirectory?: string;
  /** Whether `organization` may be a name. */
  readonly organizationNames: boolean;
  readonly identifierFirst: boolean;
}

export interface Client {
  readonly id: string;
  readonly usage: "deny" | "allow" | "require";
  readonly behaviour: "no_prompt" | "pre_login_prompt" | "post_login_prompt";
  readonly discovery: readonly ("email" | "organization_name")[];
  readonly firstParty: boolean;
  /** Ids of the connections that are enabled for it. */
  readonly connections: readonly string[];
}

/** Who keeps the accounts: the tenant itself (`database`, `passwordless`), a public provider, or a company's. */
export type ConnectionKind = "database" | "passwordless" | "social" | "enterprise";

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly kind: ConnectionKind;
  /** Lower-case; aliases, and what the strategy routes by itself. */
  readonly domains: readonly string[];
  readonly button: boolean;
  readonly signup: boolean;
  /** Usable by third-party apps. */
  readonly domainLevel: boolean;
}

export interface OrganizationConnection {
  readonly connection: string;
  readonly autoMembership: boolean;
  readonly signup: boolean;
  readonly button: boolean;
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly thirdParty: boolean;
  /** With per-application access: by client id, whether its members may use that app. Without: undefined. */
  readonly applications?: Readonly<Record<string, boolean>>;
  /** Those that are enabled. */
  readonly connections: readonly OrganizationConnection[];
}

export interface User {
  readonly id: string;
  readonly email?: string;
  readonly blocked: boolean;
}

export interface Invitation {
  readonly ticket: string;
  readonly organization: string;
  readonly client: string;
  readonly email: string;
  /** The one connection through which it may be accepted. */
  readonly connection?: string;
  readonly expired: boolean;
}
