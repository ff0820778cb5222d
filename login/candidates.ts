import type { Context } from "./organization.ts";
import { error } from "./organization.ts";
import type { LoginError } from "./request.ts";
import type { Situation } from "./situation.ts";
import type { Connection, Organization } from "./tenant.ts";

/** The connections that a login may use where it stands. */
export interface Candidates {
  /** Those that the parameter `connection`, a button or an address may lead to. */
  readonly usable: readonly Connection[];
  /** Those that an address may lead to. */
  readonly routed: readonly Connection[];
  /** Those that are shown. */
  readonly buttons: readonly Connection[];
  /** The one database that a password is checked with. */
  readonly database?: Connection;
  /** Whether a person may make an account in that database. */
  readonly signup: boolean;
}

/** By id: a tenant may make the same connection anew at each look. */
export function holds(connections: readonly Connection[], { id }: Connection): boolean {
  return connections.some((one) => one.id === id);
}

/** https://auth0.com/docs/manage-users/organizations/login-flows-for-organizations */
export function candidatesOf(situation: Situation, { organization, open }: Context): Candidates | LoginError {
  const found = organization ? ofOrganization(situation, organization) : ofApp(situation, open);
  if (situation.client.firstParty) return found;
  const domainLevel = (all: readonly Connection[]) => all.filter((one) => one.domainLevel);
  const { database, ...rest } = found;
  const usable = domainLevel(rest.usable);
  if (usable.length === 0) {
    situation.trace.note("third-party-apps", "no connection is on domain level, as a third-party app needs");
    return error("access_denied", "no connection enabled for the client");
  }
  return {
    ...rest,
    usable,
    routed: domainLevel(rest.routed),
    buttons: domainLevel(rest.buttons),
    ...(database?.domainLevel ? { database } : {}),
  };
}

/**
 * Sign-up is the organization's to allow; for an invitation that of the connection is enough:
 * https://support.auth0.com/center/s/article/organization-invitation-flow-and-auto-membership-requirements
 */
function ofOrganization({ tenant, client, request, switches }: Situation, organization: Organization): Candidates {
  const both = switches.ORGANIZATION_CONNECTIONS === "organization-and-app";
  const enabled = organization.connections.flatMap((link) => {
    const connection = tenant.connection(link.connection);
    return connection && (!both || client.connections.includes(connection.id)) ? [{ link, connection }] : [];
  });
  const database = enabled.find(({ connection }) => connection.kind === "database");
  const reachable = enabled.filter(({ link }) => link.button || switches.HIDDEN_CONNECTIONS === "routed");
  return {
    usable: enabled.map(({ connection }) => connection),
    routed: reachable.map(({ connection }) => connection).filter(({ kind }) => kind === "enterprise"),
    buttons: enabled
      .filter(
        ({ link, connection }) => connection.kind === "social" || (connection.kind === "enterprise" && link.button),
      )
      .map(({ connection }) => connection),
    ...(database ? { database: database.connection } : {}),
    signup: database?.link.signup || (request.invitation !== undefined && database?.connection.signup) || false,
  };
}

/** `open`: Prompt for Credentials, where enterprise connections of every organization take part, and the default directory counts. */
function ofApp({ tenant, client, trace }: Situation, open = false): Candidates {
  const own = client.connections.flatMap((id) => tenant.connection(id) ?? []);
  const shared = open ? tenant.organizationConnections().filter(({ kind }) => kind === "enterprise") : [];
  const { defaultDirectory } = tenant.settings;
  const fallback = open && defaultDirectory !== undefined ? tenant.connection(defaultDirectory) : undefined;
  if (fallback) trace.note("default-directory", `passwords are those of ${fallback.name}`);
  const database = fallback ?? own.find(({ kind }) => kind === "database");
  const usable = [...own, ...shared, ...(fallback ? [fallback] : [])];
  return {
    usable,
    routed: usable.filter(({ kind }) => kind === "enterprise"),
    buttons: own.filter(({ kind, button }) => kind === "social" || (kind === "enterprise" && button)),
    ...(database ? { database } : {}),
    signup: database?.signup ?? false,
  };
}
