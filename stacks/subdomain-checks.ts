import { at } from "./cross-checks.ts";
import type { Claimed } from "./entries.ts";
import type { Fault } from "./faults.ts";
import { plain } from "./schema/strict.ts";

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
