import type { ManagementClient } from "auth0";
import { plain } from "../../../stacks/schema/strict.ts";
import { isMissing } from "../../tenant/people.ts";
import { Faults } from "../asked.ts";

/** A connection of an organization, as the tenant has it. Its options may hold secrets: nothing of them is quoted. */
export interface FoundConnection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly displayName: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly assignMembership: boolean;
  readonly showAsButton: boolean | undefined;
  readonly signUp: boolean;
  /** Whether the identity provider keeps its people by SCIM. */
  readonly scim: boolean;
  /** Names of the other organizations that have it. */
  readonly others: readonly string[];
  /** The apps that it is enabled for. */
  readonly apps: readonly FoundApp[];
}

interface FoundApp {
  readonly name: string;
  /** Its name in the catalog, where the program made it. */
  readonly app: string | undefined;
}

export interface FoundOrganization {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | undefined;
  readonly branding: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly connections: readonly FoundConnection[];
  readonly discoveryDomains: readonly string[];
  /** How many clients' grants it has. */
  readonly grants: number;
}

/** The tenant as far as it is asked: `read:` of organizations, organization_connections, organization_discovery_domains, organization_client_grants, connections, scim_config, clients. */
type Tenant = Pick<ManagementClient, "organizations" | "connections" | "clients">;

/**
 * Reads an organization and its connections through the Management API: https://auth0.com/docs/api/management/v2
 * @param given its name or id
 * @throws Faults where there is none
 */
export async function readOrganization(tenant: Tenant, given: string): Promise<FoundOrganization> {
  try {
    const organization = await (given.startsWith("org_")
      ? tenant.organizations.get(given)
      : tenant.organizations.getByName(given));
    const { id = "", name = "", display_name: displayName, branding, metadata } = organization;
    const enabled = await all(tenant.organizations.enabledConnections.list(id));
    return {
      id,
      name,
      displayName,
      branding,
      metadata: Object(metadata),
      connections: enabled.length === 0 ? [] : await readConnections(tenant, id, enabled),
      discoveryDomains: (await all(tenant.organizations.discoveryDomains.list(id))).map(({ domain }) => domain),
      grants: (await all(tenant.organizations.clientGrants.list(id))).length,
    };
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Faults([`organization: the tenant has no ${plain(given)}; allowed: the name or id of one`]);
  }
}

interface Enabled {
  readonly connection_id?: string | undefined;
  readonly assign_membership_on_login?: boolean | undefined;
  readonly show_as_button?: boolean | undefined;
  readonly is_signup_enabled?: boolean | undefined;
}

async function readConnections(tenant: Tenant, own: string, enabled: readonly Enabled[]): Promise<FoundConnection[]> {
  const others = await otherOrganizations(tenant, own);
  const apps = new Map<string, FoundApp>();
  for (const client of await all(tenant.clients.list({ per_page: 100 }))) {
    const { client_id = "", name = "", app_type, client_metadata } = client;
    if (app_type === "non_interactive") continue; // nobody signs in to it
    const { app } = Object(client_metadata);
    apps.set(client_id, { name, app: typeof app === "string" ? app : undefined });
  }
  const read = enabled.map(async (one): Promise<FoundConnection> => {
    const id = one.connection_id ?? "";
    const connection = await tenant.connections.get(id);
    const clients = await all(tenant.connections.clients.get(id));
    return {
      id,
      name: connection.name ?? "",
      strategy: connection.strategy ?? "",
      displayName: connection.display_name,
      options: Object(connection.options),
      metadata: Object(connection.metadata),
      assignMembership: one.assign_membership_on_login === true,
      showAsButton: one.show_as_button,
      signUp: one.is_signup_enabled === true,
      scim: await hasScim(tenant, id),
      others: others.get(id) ?? [],
      apps: clients.flatMap(({ client_id }) => apps.get(client_id) ?? []),
    };
  });
  return Promise.all(read);
}

/** https://auth0.com/docs/api/management/v2/connections/get-scim-configuration */
async function hasScim(tenant: Tenant, connection: string): Promise<boolean> {
  try {
    await tenant.connections.scimConfiguration.get(connection);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** By connection: the names of the organizations that have it. No endpoint tells them, so each organization is asked. */
async function otherOrganizations(tenant: Tenant, own: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  for (const { id = "", name = "" } of await all(tenant.organizations.list({ take: 100 }))) {
    if (id === own) continue;
    for (const { connection_id = "" } of await all(tenant.organizations.enabledConnections.list(id)))
      names.set(connection_id, [...(names.get(connection_id) ?? []), name]);
  }
  return names;
}

async function all<Item>(pages: Promise<AsyncIterable<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of await pages) items.push(item);
  return items;
}
