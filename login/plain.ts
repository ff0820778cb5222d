import type { Client, Connection, Invitation, Organization, Settings, Tenant, User } from "./tenant.ts";

/** A whole tenant in lists, the oldest first. */
export interface PlainTenant {
  readonly settings: Settings;
  readonly clients: readonly Client[];
  readonly connections: readonly Connection[];
  readonly organizations: readonly (Organization & {
    /** Verified domains by which it can be found. */
    readonly domains: readonly string[];
  })[];
  readonly users: readonly User[];
  /** In the order of joining. */
  readonly memberships: readonly { readonly organization: string; readonly user: string }[];
  readonly invitations: readonly Invitation[];
}

/** The lookups that `next` needs, over plain lists. */
export function tenantOf(plain: PlainTenant): Tenant {
  const { settings, clients, connections, organizations, users, memberships, invitations } = plain;
  const having = (connection: string) =>
    organizations.filter((one) => one.connections.some((link) => link.connection === connection));
  return {
    settings,
    client: (id) => clients.find((one) => one.id === id),
    connection: (id) => connections.find((one) => one.id === id),
    connectionNamed: (name) => connections.find((one) => one.name === name),
    connectionsOf: (domain) =>
      connections.filter(({ kind, domains }) => kind === "enterprise" && domains.includes(domain)),
    organization: (id) => organizations.find((one) => one.id === id),
    organizationNamed: (name) => organizations.find((one) => one.name === name),
    organizationsOf: (domain) => organizations.filter(({ domains }) => domains.includes(domain)),
    organizationConnections: () => connections.filter(({ id }) => having(id).length > 0),
    organizationsWith: having,
    user: (id) => users.find((one) => one.id === id),
    membershipsOf: (user) =>
      memberships
        .filter((one) => one.user === user)
        .flatMap((one) => organizations.find(({ id }) => id === one.organization) ?? []),
    invitation: (ticket) => invitations.find((one) => one.ticket === ticket),
  };
}
