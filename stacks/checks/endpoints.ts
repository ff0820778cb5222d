import { at, type Claimed } from "../entries.ts";
import type { Environment } from "../environments.ts";
import type { Fault } from "../faults.ts";
import { plain } from "../schema/strict.ts";

/** Names that mean each machine itself: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const loopback = /(^|\.)localhost$/;

/** Names that the public DNS never has: https://www.iana.org/assignments/special-use-domain-names; .internal by ICANN's word */
const inside = /\.(internal|invalid|local|onion|test|home\.arpa)$/;

/** Where a connection names a server, and whether Auth0 calls it. The others are for browsers alone. */
const servers = { issuer: true, domain: true, metadataUrl: true, signInUrl: false, signOutUrl: false } as const;

/**
 * Servers that nobody reaches. Their form is for the schema; on a developer's machine they may be anywhere.
 * @param tenant the tenant's own domain, where it is known
 */
export function checkEndpoints(
  { localhostApps }: Environment,
  tenant: string | undefined,
  entries: readonly Claimed[],
): Fault[] {
  if (localhostApps) return [];
  return entries.flatMap((entry) =>
    Object.entries(entry.claims.connections).flatMap(([name, connection]) =>
      Object.entries(servers).flatMap(([key, called]) => {
        if (key === "domain" && connection.strategy !== "okta") return []; // of addresses
        const host = hostOf(connection[key]);
        const wrong = host === undefined ? undefined : wrongWith(host, called, tenant);
        return wrong === undefined ? [] : [at(entry, ["connections", name, key], wrong)];
      }),
    ),
  );
}

function wrongWith(host: string, called: boolean, tenant: string | undefined): string | undefined {
  if (loopback.test(host)) {
    return `${plain(host)} is each machine's name for itself; allowed: a name under which the identity provider is found`;
  }
  if (called && inside.test(host)) {
    return `${plain(host)} is known inside a network alone, and Auth0 asks from outside; allowed: a name of the public DNS`;
  }
  if (host !== tenant) return undefined;
  return `${plain(host)} is this tenant itself, and a login would go in a circle; allowed: the company's own identity provider`;
}

function hostOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const host = URL.parse(value.includes("://") ? value : `https://${value}`)?.hostname;
  return host === "" ? undefined : host;
}
