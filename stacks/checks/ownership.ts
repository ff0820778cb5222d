import { domainsOverflow } from "../../access/connection-domains.ts";
import { directoryName } from "../catalog.ts";
import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";
import { plain, said } from "../schema/strict.ts";
import { connectionName } from "../schema/values.ts";

/** The most connections of one organization: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy */
export const connectionLimit = 10;

/** So many that each Action has room for them beside its own text, of which 100 kB are allowed. */
const claimedDomainLimit = 8_000;

/** What no entry can know by itself: slugs, connection names, domains and names of machines belong to one company each. */
export function checkOwnership(entries: readonly Claimed[]): Fault[] {
  const slugs = new Owners("slug");
  const names = new Owners("connection name", new Map([[directoryName, "the shared directory"]]));
  const domains = new Owners("domain");
  const machines = new Owners("machine");
  return entries.flatMap((entry) => [
    ...slugs.claim(entry.slug, entry, []),
    ...Object.entries(entry.claims.connections).flatMap(([name, connection]) => [
      ...names.claim(name, entry, ["connections", name]),
      ...connection.domains.flatMap((domain, n) =>
        typeof domain === "string" ? domains.claim(domain, entry, ["connections", name, "domains", n]) : [],
      ),
    ]),
    // Two companies' machines could come to one name: eu-x of acme, and x of acme-eu.
    ...Object.keys(entry.claims.machines).flatMap((name) =>
      machines.claim(`${entry.slug}-${name}`, entry, ["machines", name]),
    ),
  ]);
}

class Owners {
  private readonly what: string;
  private readonly owners: Map<string, string>;

  constructor(what: string, owners = new Map<string, string>()) {
    this.what = what;
    this.owners = owners;
  }

  claim(value: string, entry: Claimed, place: readonly PropertyKey[]): Fault[] {
    const owner = this.owners.get(value);
    if (owner !== undefined) {
      return [at(entry, place, `${this.what} ${plain(value)} already belongs to ${owner}; allowed: each once`)];
    }
    this.owners.set(value, `${plain(entry.slug)} (${entry.file})`);
    return [];
  }
}

/** Stages that the entries name must be on the environment's list. */
export function checkStages(stages: readonly string[], entries: readonly Claimed[]): Fault[] {
  return entries.flatMap((entry) => {
    const { stage } = entry.claims;
    if (stage === undefined || stages.includes(stage)) return [];
    return [at(entry, ["stage"], said(stage, stages.join(", ")))];
  });
}

/**
 * Guests come through a connection that another company has, or with a password through the shared directory; an
 * organization has at most ten connections in all.
 */
export function checkGuests(entries: readonly Claimed[]): Fault[] {
  const owners = new Map(
    entries.flatMap(({ slug, claims }) => Object.keys(claims.connections).map((name) => [name, slug])),
  );
  return entries.flatMap((entry) => {
    const { guests, connections } = entry.claims;
    const unknown = guests.flatMap((name, n) => {
      if (typeof name !== "string" || !connectionName.safeParse(name).success) return []; // the schema says so
      const wrong = wrongGuest(name, owners.get(name), entry);
      if (wrong === undefined) return [];
      return [at(entry, ["guests", n], `${wrong}; allowed: a connection of another company, or ${directoryName}`)];
    });
    const own = Object.keys(connections).length;
    const tooManyAlone = own > connectionLimit || guests.length >= connectionLimit; // the schema says so
    if (own + guests.length <= connectionLimit || tooManyAlone) return unknown;
    const message = `${own + guests.length} connections in one organization; allowed: ${connectionLimit}, guests included`;
    return [...unknown, at(entry, ["guests"], message)];
  });
}

function wrongGuest(name: string, owner: string | undefined, { slug, claims }: Claimed): string | undefined {
  const own = name === directoryName ? Object.keys(claims.connections).length === 0 : owner === slug;
  if (own) return "this company's own connection";
  return owner === undefined && name !== directoryName ? "no company has this connection" : undefined;
}

/** Domains must fit where the Actions read them: beside their connection, and all together. */
export function checkDomains(entries: readonly Claimed[]): Fault[] {
  let all = 0;
  const faults = entries.flatMap((entry) =>
    Object.entries(entry.claims.connections).flatMap(([name, connection]) => {
      const domains = connection.domains.filter((domain) => typeof domain === "string");
      all += domains.length;
      const over = domains.length > 1000 ? 0 : domainsOverflow(domains).length; // more than 1000: the schema says so
      if (over === 0) return [];
      const message = `${over} more than a connection's metadata holds; allowed: about 2,200 characters in all`;
      return [at(entry, ["connections", name, "domains"], message)];
    }),
  );
  const [first] = entries;
  if (all <= claimedDomainLimit || first === undefined) return faults;
  const message = `${all} domains of all companies; allowed: ${claimedDomainLimit}, so that the Actions can hold them`;
  return [...faults, { file: first.file, path: "", message }];
}
