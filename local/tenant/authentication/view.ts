import type {
  Client,
  Connection,
  ConnectionKind,
  Invitation,
  Organization,
  OrganizationConnection,
  Tenant,
  User,
} from "../../../login/tenant.ts";
import { isEnterprise } from "../entities/connection-strategies.ts";
import { invitationOf } from "../entities/invitations-accept.ts";
import { type Body, bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";

/** What the login rules may read of the tenant, straight from its objects. */
export function tenantView(objects: Objects): Tenant {
  const { store } = objects;
  const organizationOf = (stored: Stored | undefined) => stored && organization(objects, stored);
  const organizationsAt = (scopes: readonly string[]) =>
    scopes.flatMap((id) => organizationOf(store.get("organizations", id)) ?? []);
  const linked = (connection: string) =>
    store.everywhere("organization-connections", connection).filter(({ body }) => body.is_enabled !== false);
  return {
    settings: settings(objects),
    client: (id) => {
      const stored = store.get("clients", id);
      return stored && client(objects, stored);
    },
    connection: (id) => connectionOf(store.get("connections", id)),
    connectionNamed: (name) => connectionOf(store.owner("connections", "name", name)),
    connectionsOf: (domain) =>
      store
        .select({ family: "connections" })
        .flatMap((stored) => connectionOf(stored) ?? [])
        .filter(({ kind, domains }) => kind === "enterprise" && domains.includes(domain)),
    organization: (id) => organizationOf(store.get("organizations", id)),
    organizationNamed: (name) => organizationOf(store.owner("organizations", "name", name)),
    organizationsOf: (domain) =>
      organizationsAt(
        store
          .select({ family: "discovery-domains" })
          .filter(({ body }) => body.domain === domain && isDiscovered(body))
          .map(({ scope }) => scope),
      ),
    organizationConnections: () => {
      const enabled = store
        .select({ family: "organization-connections" })
        .filter(({ body }) => body.is_enabled !== false);
      const ids = new Set(enabled.map(({ id }) => id));
      return [...ids].flatMap((id) => connectionOf(store.get("connections", id)) ?? []);
    },
    organizationsWith: (connection) => organizationsAt(linked(connection).map(({ scope }) => scope)),
    user: (id) => user(store.get("users", id)),
    membershipsOf: (id) => organizationsAt(store.everywhere("organization-members", id).map(({ scope }) => scope)),
    invitation: (ticket) => invitation(invitationOf(objects, ticket)),
  };
}

function settings(objects: Objects): Tenant["settings"] {
  const { default_directory, allow_organization_name_in_authentication_api } = objects.single("tenants/settings");
  const directory =
    typeof default_directory === "string" ? objects.store.owner("connections", "name", default_directory) : undefined;
  return {
    ...(directory ? { defaultDirectory: directory.id } : {}),
    organizationNames: allow_organization_name_in_authentication_api === true,
    identifierFirst: objects.single("prompts").identifier_first === true,
  };
}

/** Defaults: https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior */
function client({ store }: Objects, { id, body }: Stored): Client {
  const usage = textAt(body, "organization_usage");
  const behaviour = textAt(body, "organization_require_behavior");
  const discovery = textsAt(body, "organization_discovery_methods");
  return {
    id,
    usage: usage === "allow" || usage === "require" ? usage : "deny",
    behaviour: behaviour === "pre_login_prompt" || behaviour === "post_login_prompt" ? behaviour : "no_prompt",
    discovery: discoveries.filter((one) => (discovery.length === 0 ? one === "email" : discovery.includes(one))),
    firstParty: body.is_first_party !== false,
    connections: store.everywhere("connection-clients", id).map(({ scope }) => scope),
  };
}

const discoveries = ["email", "organization_name"] as const;

function kindOf(strategy: string): ConnectionKind {
  if (strategy === "auth0") return "database";
  if (strategy === "email" || strategy === "sms") return "passwordless";
  return isEnterprise(strategy) ? "enterprise" : "social";
}

function connectionOf(stored: Stored | undefined): Connection | undefined {
  if (!stored) return undefined;
  const { id, body } = stored;
  const options = bodyAt(body, "options");
  const strategy = textAt(body, "strategy") ?? "";
  // the domain of an Azure AD connection is routed without being an alias: https://community.auth0.com/t/azure-ad-enterprise-connection-disable-hrd-on-domain/169644
  const own = strategy === "waad" ? [textAt(options, "tenant_domain") ?? textAt(options, "domain") ?? ""] : [];
  const domains = [...textsAt(options, "domain_aliases"), ...own].filter((domain) => domain !== "");
  return {
    id,
    name: textAt(body, "name") ?? "",
    kind: kindOf(strategy),
    domains: domains.map((domain) => domain.toLowerCase()),
    button: body.show_as_button === true,
    signup: strategy === "auth0" && options.disable_signup !== true,
    domainLevel: body.is_domain_connection === true,
  };
}

function organization({ store }: Objects, { id, body }: Stored): Organization {
  const links = store.select({ family: "organization-connections", scope: id });
  const listed = body.is_app_entitlement_active === true;
  return {
    id,
    name: textAt(body, "name") ?? "",
    thirdParty: body.third_party_client_access === "allow",
    ...(listed ? { applications: applicationsOf(store.select({ family: "organization-clients", scope: id })) } : {}),
    connections: links.filter((link) => link.body.is_enabled !== false).map(organizationConnection),
  };
}

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/grant-application-access */
function applicationsOf(listed: readonly Stored[]): { readonly [client: string]: boolean } {
  return Object.fromEntries(listed.map(({ id, body }) => [id, body.use_for_member_access === true]));
}

function organizationConnection({ id, body }: Stored): OrganizationConnection {
  return {
    connection: id,
    autoMembership: body.assign_membership_on_login === true,
    signup: body.is_signup_enabled === true,
    button: body.show_as_button !== false,
  };
}

function invitation(stored: Stored | undefined): Invitation | undefined {
  if (!stored) return undefined;
  const { body, scope } = stored;
  const connection = textAt(body, "connection_id");
  return {
    ticket: textAt(body, "ticket_id") ?? "",
    organization: scope,
    client: textAt(body, "client_id") ?? "",
    email: textAt(bodyAt(body, "invitee"), "email") ?? "",
    ...(connection === undefined ? {} : { connection }),
    expired: Date.parse(textAt(body, "expires_at") ?? "") <= Date.now(),
  };
}

const isDiscovered = (body: Body): boolean =>
  body.status === "verified" && body.use_for_organization_discovery !== false;

function user(stored: Stored | undefined): User | undefined {
  if (!stored) return undefined;
  const email = textAt(stored.body, "email");
  return { id: stored.id, ...(email === undefined ? {} : { email }), blocked: stored.body.blocked === true };
}
