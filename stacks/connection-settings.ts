import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionSettings } from "../components/company/strategies.ts";
import { type AppName, apps } from "./catalog.ts";
import { type DeclaredConnection, declaredConnections } from "./entry-connections.ts";
import type { Settings } from "./load.ts";
import { mapEntries } from "./map-entries.ts";
import type { CompanyEntry } from "./schema/company.ts";
import { connectionSecret } from "./secrets.ts";

/** What a company's connections are declared from: its entry, with secrets in place of where they lie, and apps in place of their names. */
export function connectionSettings(
  entry: CompanyEntry,
  { secret, sites }: Pick<Settings, "secret" | "sites">,
  clientIds: Readonly<Record<AppName, pulumi.Input<string>>>,
): Record<string, ConnectionSettings> {
  return mapEntries(declaredConnections(entry), (name, { owner: _, ...declared }: DeclaredConnection) => {
    if (declared.strategy === "database") return declared;
    const connection = { ...declared, displayName: declared.displayName ?? buttonText(name, entry) };
    if ("clientSecret" in connection) {
      return { ...connection, clientSecret: connectionSecret(name, connection.clientSecret, secret) };
    }
    if (connection.strategy !== "samlp") return connection;
    const { idpInitiated, ...rest } = connection;
    if (!idpInitiated) return rest;
    const { site, path } = apps[idpInitiated.app];
    const callback = `${sites[site]}${path}/callback`;
    return { ...rest, idpInitiated: { clientId: clientIds[idpInitiated.app], callback } };
  });
}

/** The most characters of a connection's display name: https://auth0.com/docs/api/management/v2/connections/post-connections */
const longestText = 128;

interface Named {
  readonly displayName: string;
  readonly connections?: object | undefined;
}

/** What a connection's button says where its entry does not: the company, as its people know it. */
export function buttonText(name: string, { displayName, connections = {} }: Named): string {
  const text = Object.keys(connections).length > 1 ? `${displayName} (${name})` : displayName;
  return [...text].length > longestText ? name : text;
}
