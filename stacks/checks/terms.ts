import { domainOf } from "../../access/address.ts";
import { type AppName, apps, type CatalogApp, directoryName } from "../catalog.ts";
import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";
import { plain } from "../schema/strict.ts";
import { connectionLimit } from "./ownership.ts";

/** A subdomain leads to one company: those that an entry names, and the slug of an entry that names none. */
export function checkSubdomains(entries: readonly Claimed[]): Fault[] {
  const owners = new Map<string, Claimed>();
  for (const entry of entries) if (entry.claims.subdomains.length === 0) owners.set(entry.slug, entry);
  return entries.flatMap((entry) =>
    entry.claims.subdomains.flatMap((label, n) => {
      if (typeof label !== "string") return []; // the schema says so
      const owner = owners.get(label);
      owners.set(label, owner ?? entry);
      if (owner === undefined || owner === entry) return []; // twice in one entry: the schema says so
      const whose = `${plain(owner.slug)} (${owner.file})`;
      return [at(entry, ["subdomains", n], `subdomain ${plain(label)} already leads to ${whose}; allowed: each once`)];
    }),
  );
}

const catalog: Readonly<Record<string, CatalogApp>> = apps satisfies Record<AppName, CatalogApp>;

/** An app that a company names and whose conditions it does not meet would admit nobody of it. */
export function checkEntryApps(entries: readonly Claimed[]): Fault[] {
  return entries.flatMap((entry) => {
    const { apps, conditions } = entry.claims;
    return apps.flatMap((name, n) => {
      const app = typeof name === "string" && Object.hasOwn(catalog, name) ? catalog[name] : undefined;
      const unmet = Object.entries(app?.policy.orgRequires ?? {}).filter(([key, value]) => {
        return Object.hasOwn(conditions, key) && conditions[key] !== value;
      });
      return unmet.map(([key, value]) =>
        at(
          entry,
          ["apps", n],
          `${plain(String(name))} asks for conditions.${key}: ${value}; allowed: an app whose conditions this company meets`,
        ),
      );
    });
  });
}

/** A password that stays at a claimed domain: at one of the company's own, in the shared directory. */
export function checkBreakGlass(entries: readonly Claimed[]): Fault[] {
  return entries.flatMap((entry) => {
    const { breakGlass, connections, guests } = entry.claims;
    const domain = domainOf(breakGlass);
    if (domain === undefined) return []; // the schema says so, or there is none
    const own = Object.values(connections);
    if (!own.some(({ domains }) => domains.includes(domain))) {
      const message = `no connection of this company has the domain ${plain(domain)}; allowed: an address at one of its domains`;
      return [at(entry, ["breakGlass"], message)];
    }
    const used = own.length + guests.length;
    if (guests.includes(directoryName) || used !== connectionLimit) return [];
    const message = `${used + 1} connections in one organization, the shared directory for this account included; allowed: ${connectionLimit}`;
    return [at(entry, ["breakGlass"], message)];
  });
}
