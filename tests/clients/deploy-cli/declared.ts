/** One resource of the stack's state, by the part of its type behind the last colon. */
export interface Resource {
  readonly kind: string;
  readonly id: string;
  /** What the program asked for, not what the tenant answered. */
  readonly inputs: Inputs;
}

interface Named {
  readonly name: string;
}

/** The inputs that are read here; each kind of resource has some of them. */
interface Inputs extends Named {
  readonly clientId: string;
  readonly enabledClients: readonly string[];
  readonly identifier: string;
  readonly resourceServerIdentifier: string;
  /** Of an API they have names, of a grant they are names. */
  readonly scopes: readonly (string | Named)[];
  readonly roleId: string;
  readonly permissions: readonly (Named & { readonly resourceServerIdentifier: string })[];
  readonly strategy: string;
  readonly audience: string;
  readonly subjectType: string;
  readonly secrets?: readonly Named[];
  readonly code: string;
  readonly trigger: string;
  readonly actions: readonly { readonly displayName: string }[];
  readonly language: string;
  readonly prompt: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly grantId: string;
  readonly discoveryDomains: readonly { readonly domain: string }[];
}

/** What the tests read of `tenant.yaml`. */
export interface Exported {
  readonly clients: readonly Named[];
  readonly resourceServers: readonly { readonly identifier: string; readonly scopes: readonly { value: string }[] }[];
  readonly roles: readonly (Named & { readonly permissions: readonly Permission[] })[];
  readonly databases: readonly Connection[];
  readonly connections: readonly Connection[];
  readonly clientGrants: readonly { client_id: string; audience: string; subject_type: string; scope: string[] }[];
  readonly actions: readonly (Named & { readonly code: string; readonly secrets: readonly Named[] })[];
  readonly triggers: Readonly<Record<string, readonly { readonly action_name: string }[]>>;
  readonly prompts: { readonly customText: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  readonly organizations: readonly Organization[];
}

interface Permission {
  readonly permission_name: string;
  readonly resource_server_identifier: string;
}

interface Connection extends Named {
  readonly strategy: string;
  readonly enabled_clients: readonly string[];
}

interface Organization extends Named {
  readonly connections: readonly Named[];
  readonly client_grants: readonly { readonly client_id: string }[];
  readonly discovery_domains: readonly { readonly domain: string }[];
}

/** Marks a secret in a state that was exported in plain; it is JSON inside. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The resources of the provider in what `pulumi stack export --show-secrets` printed. */
export function resourcesOf(state: string): Resource[] {
  const { deployment } = JSON.parse(state, (_, value) =>
    value?.[SIGNATURE] && value.plaintext !== undefined ? JSON.parse(value.plaintext) : value,
  ) as { deployment: { resources: (Resource & { type: string })[] } };
  return deployment.resources
    .filter(({ type }) => type.startsWith("auth0:"))
    .map(({ type, id, inputs }) => ({ kind: type.split(":").at(-1) ?? "", id, inputs }));
}

/** Every object of a tenant as one line, by kind. */
export type Listing = Readonly<Record<string, readonly string[]>>;

const sorted = (lists: Listing): Listing =>
  Object.fromEntries(Object.entries(lists).map(([kind, lines]) => [kind, lines.toSorted()]));

/** What the stack holds, as the names that an export uses in place of ids. */
export function declared(resources: readonly Resource[]): Listing {
  const of = (kind: string) => resources.filter((one) => one.kind === kind);
  const all = (kind: string) => of(kind).map(({ inputs }) => inputs);
  const named = ["Client", "Organization", "Connection", "Role"].flatMap(of);
  const nameOf = new Map(named.map(({ id, inputs }) => [id, inputs.name]));
  const clientOfGrant = new Map(of("ClientGrant").map(({ id, inputs }) => [id, nameOf.get(inputs.clientId)]));
  const names = (objects: readonly Named[]) => objects.map(({ name }) => name);
  const written = (scope: string | Named) => (typeof scope === "string" ? scope : scope.name);
  return sorted({
    clients: names(all("Client")),
    "resource servers": all("ResourceServer").map(({ identifier }) => identifier),
    scopes: all("ResourceServerScopes").flatMap(({ resourceServerIdentifier, scopes }) =>
      scopes.map((scope) => `${resourceServerIdentifier} ${written(scope)}`),
    ),
    roles: names(all("Role")),
    permissions: all("RolePermissions").flatMap(({ roleId, permissions }) =>
      permissions.map((one) => `${nameOf.get(roleId)} ${one.name} ${one.resourceServerIdentifier}`),
    ),
    databases: names(all("Connection").filter(({ strategy }) => strategy === "auth0")),
    connections: names(all("Connection").filter(({ strategy }) => strategy !== "auth0")),
    "clients of connections": all("ConnectionClients").flatMap(({ connectionId, enabledClients }) =>
      enabledClients.map((id) => `${nameOf.get(connectionId)} ${nameOf.get(id)}`),
    ),
    "client grants": all("ClientGrant").map(({ clientId, audience, subjectType, scopes }) =>
      [nameOf.get(clientId), audience, subjectType, ...scopes.map(written).toSorted()].join(" "),
    ),
    actions: names(all("Action")),
    "action secrets": all("Action").flatMap(({ name, secrets }) =>
      (secrets ?? []).map((secret) => `${name} ${secret.name}`),
    ),
    triggers: all("TriggerActions").flatMap(({ trigger, actions }) =>
      actions.map(({ displayName }) => `${trigger} ${displayName}`),
    ),
    "custom texts": all("PromptCustomText").map(({ language, prompt }) => `${language} ${prompt}`),
    organizations: names(all("Organization")),
    "connections of organizations": all("OrganizationConnection").map(
      ({ organizationId, connectionId }) => `${nameOf.get(organizationId)} ${nameOf.get(connectionId)}`,
    ),
    "client grants of organizations": all("OrganizationClientGrant").map(
      ({ organizationId, grantId }) => `${nameOf.get(organizationId)} ${clientOfGrant.get(grantId)}`,
    ),
    "discovery domains": all("OrganizationDiscoveryDomains").flatMap(({ organizationId, discoveryDomains }) =>
      discoveryDomains.map(({ domain }) => `${nameOf.get(organizationId)} ${domain}`),
    ),
  });
}

/** What an export holds, line by line as `declared` has it. */
export function exported(tenant: Exported): Listing {
  const { clients, resourceServers, roles, databases, connections, clientGrants, actions, organizations } = tenant;
  const names = (all: readonly Named[]) => all.map(({ name }) => name);
  return sorted({
    clients: names(clients),
    "resource servers": resourceServers.map(({ identifier }) => identifier),
    scopes: resourceServers.flatMap(({ identifier, scopes }) => scopes.map(({ value }) => `${identifier} ${value}`)),
    roles: names(roles),
    permissions: roles.flatMap(({ name, permissions }) =>
      permissions.map((one) => `${name} ${one.permission_name} ${one.resource_server_identifier}`),
    ),
    databases: names(databases),
    connections: names(connections),
    "clients of connections": [...databases, ...connections].flatMap(({ name, enabled_clients }) =>
      enabled_clients.map((client) => `${name} ${client}`),
    ),
    "client grants": clientGrants.map(({ client_id, audience, subject_type, scope }) =>
      [client_id, audience, subject_type, ...scope.toSorted()].join(" "),
    ),
    actions: names(actions),
    "action secrets": actions.flatMap(({ name, secrets }) => secrets.map((secret) => `${name} ${secret.name}`)),
    triggers: Object.entries(tenant.triggers).flatMap(([trigger, bound]) =>
      bound.map(({ action_name }) => `${trigger} ${action_name}`),
    ),
    "custom texts": Object.entries(tenant.prompts.customText).flatMap(([language, prompts]) =>
      Object.keys(prompts).map((prompt) => `${language} ${prompt}`),
    ),
    organizations: names(organizations),
    "connections of organizations": organizations.flatMap(({ name, connections: own }) =>
      own.map((connection) => `${name} ${connection.name}`),
    ),
    "client grants of organizations": organizations.flatMap(({ name, client_grants }) =>
      client_grants.map(({ client_id }) => `${name} ${client_id}`),
    ),
    "discovery domains": organizations.flatMap(({ name, discovery_domains }) =>
      discovery_domains.map(({ domain }) => `${name} ${domain}`),
    ),
  });
}
