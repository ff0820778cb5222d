import { domainOf } from "../../access/address.ts";
import { directoryName } from "../../stacks/catalog.ts";
import type { Company } from "../../stacks/entries.ts";
import { allDomains, domainsOf, isDatabase } from "../../stacks/entry-connections.ts";
import type { Settings } from "../../stacks/load.ts";
import { claims } from "../../stacks/states.ts";

/** The connection through which somebody with an address signs in to a company. */
export interface WayIn {
  readonly connection: string;
  /** `somebody`: the account has to be there, since nobody signs up. `anybody`: the first login makes it. */
  readonly for: "anybody" | "somebody";
}

type Companies = Pick<Settings, "companies">;

/** The way in for an address, or why there is none, with what is allowed. */
export function wayIn({ companies }: Companies, company: Company, address: string): WayIn | { readonly fault: string } {
  const { entry, file } = company;
  const { connections = {}, guests = [], breakGlass } = entry;
  const domain = domainOf(address) ?? "";
  if (breakGlass === address.toLowerCase()) return { connection: directoryName, for: "somebody" };
  const own = Object.entries(connections).find(([, one]) => domainsOf(one).includes(domain));
  if (own) return { connection: own[0], for: "anybody" };

  const others = companies.filter((other) => other !== company);
  const theirs = others
    .flatMap((other) => Object.entries(other.entry.connections ?? {}))
    .filter(([, one]) => domainsOf(one).includes(domain));
  const guest = theirs.find(([name]) => guests.includes(name));
  if (guest) return { connection: guest[0], for: "anybody" };
  const owner = others.find((other) => claims(other.entry.state) && allDomains(other.entry).includes(domain));
  if (owner) {
    const names = theirs.map(([name]) => name).join(", ");
    return {
      fault: `is at ${domain}, a domain of ${owner.slug}; allowed: an address at no other company's domain, or ${names} among guests of ${file}`,
    };
  }

  const database = Object.entries(connections).find(([, one]) => isDatabase(one));
  if (database) return { connection: database[0], for: "somebody" };
  if (entry.connections === undefined || guests.includes(directoryName))
    return { connection: directoryName, for: "anybody" };
  const domains = allDomains(entry).join(", ");
  return {
    fault: `is at no domain of ${company.slug}, whose people sign in by single sign-on; allowed: an address at ${domains}, or ${directoryName} among guests of ${file}`,
  };
}
