import type { CompanyEntry } from "./schema/company.ts";
import type { ConnectionEntry } from "./schema/connection.ts";

/** A connection that the program declares. */
export type DeclaredConnection = Exclude<ConnectionEntry, { owner: "self-service" }>;

/** The domains that a connection claims: none for a database. */
export function domainsOf(connection: ConnectionEntry | undefined): readonly string[] {
  return connection && "domains" in connection ? connection.domains : [];
}

/** Whether people sign in to it with a password. */
export function isDatabase(connection: ConnectionEntry | undefined): boolean {
  return connection !== undefined && "strategy" in connection && connection.strategy === "database";
}

/** The domains of all the company's connections, whoever keeps them. */
export function allDomains({ connections = {} }: CompanyEntry): readonly string[] {
  return Object.values(connections).flatMap((one) => domainsOf(one));
}

function isSelfService(connection: ConnectionEntry): connection is Exclude<ConnectionEntry, DeclaredConnection> {
  return connection.owner === "self-service";
}

/** The connections that the program declares, by name. */
export function declaredConnections({ connections = {} }: CompanyEntry): Readonly<Record<string, DeclaredConnection>> {
  return Object.fromEntries(
    Object.entries(connections).flatMap(([name, one]) => (isSelfService(one) ? [] : [[name, one] as const])),
  );
}

/** The names of those that the company keeps by itself. */
export function selfServiceConnections({ connections = {} }: CompanyEntry): readonly string[] {
  return Object.entries(connections).flatMap(([name, one]) => (isSelfService(one) ? [name] : []));
}
