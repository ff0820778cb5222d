import { organizationTypes } from "../../access/words.ts";
import { organizationFirst } from "../app-choice.ts";
import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";

/** The most discovery domains of one organization: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy */
const limit = 100;

/**
 * Where an app asks for the organization first, Auth0 finds it by the domains that the program writes for it: all of the company's
 * declared connections. They are counted in a pilot too, which is to go live.
 */
export function checkDiscovery(entries: readonly Claimed[]): Fault[] {
  return entries.flatMap((entry) => {
    const { connections } = entry.claims;
    const apps = organizationFirst(companyOf(entry));
    const declared = Object.values(connections).filter(({ owner }) => owner !== "self-service");
    const count = declared.reduce((sum, { domains }) => sum + domains.length, 0);
    const tooMany = declared.some(({ domains }) => domains.length > 1000); // the schema says so
    if (apps.length === 0 || count <= limit || tooMany) return [];
    const message = `${count} domains, and ${apps.join(", ")} asks for the company by its domain, of which Auth0 knows ${limit} a company; allowed: ${limit} in all connections, or apps without ${apps.join(", ")}`;
    return [at(entry, ["connections"], message)];
  });
}

/** Nothing where the entry says no type that there is: the schema says so. */
function companyOf({ claims: { type, apps } }: Claimed) {
  const known = organizationTypes.filter((one) => one === type);
  const named = apps.filter((app) => typeof app === "string");
  return known.map((one) => ({ type: one, apps: named.length === 0 ? undefined : named }));
}
