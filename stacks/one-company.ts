import * as pulumi from "@pulumi/pulumi";
import type { Directory } from "../access/directory.ts";
import { type Applied, applied, connectionDigest, firstWhole, sameDomains } from "./applied.ts";
import type { ConnectedTenant } from "./connected-tenant.ts";
import { gatesDigest } from "./declare-gates.ts";
import { at, type Company, noEntry } from "./entries.ts";
import { allDomains } from "./entry-connections.ts";
import { type Fault, refusal } from "./faults.ts";
import type { LastUp } from "./history.ts";
import type { Settings } from "./load.ts";
import { besideOthers, type Outputs } from "./outputs.ts";
import { plain } from "./schema/strict.ts";
import { claims } from "./states.ts";

/** What a run is about. */
export interface Scope {
  readonly settings: Settings;
  /** What the stack exports after it. */
  readonly outputs: (declared: Outputs) => Outputs;
}

interface Run {
  readonly stack: string;
  readonly tenant: ConnectedTenant;
  readonly last: LastUp;
  /** The one company that it is about. @default all of the stack */
  readonly slug: string | undefined;
}

/**
 * The scope of a run. One that is about a single company declares it alone: what is shared is told of the others what the last `up` made of
 * them, whatever their entries say by now.
 * @throws pulumi.RunError where the change is one of more than this company: with every reason at once
 */
export async function scopeOf(whole: Settings, { stack, tenant, last, slug }: Run): Promise<Scope> {
  if (slug === undefined) return { settings: whole, outputs: (declared) => declared };
  const company = whole.companies.find((one) => one.slug === slug);
  if (!company) throw new pulumi.RunError(noEntry(stack, slug));
  const { exported } = last;
  const { data } = applied.safeParse(last.applied);
  if (!data) throw new pulumi.RunError(firstWhole(stack));

  const faults = [
    ...movedFaults(company, whole.companies, data),
    ...hostFaults(company, data),
    ...waitFaults(company, data),
    ...awsFaults(whole, company, data, exported.aws),
    ...(await gateFaults(company, data, () => gatesDigest(whole, tenant.domain))),
  ].map((fault) => ({
    ...fault,
    message: `${fault.message}; allowed: pulumi preview and pulumi up of the whole stack`,
  }));
  if (faults.length > 0) throw refusal(stack, faults);

  const { [slug]: _, ...companies } = data.companies;
  const claimed = Object.entries(companies).flatMap(([other, one]) => one.claimed.map((domain) => [domain, other]));
  const { [slug]: before } = whole.previous;
  const settings = {
    ...whole,
    companies: [company],
    previous: before ? { [slug]: before } : {},
    others: { claimed: Object.fromEntries(claimed), companies, directory: exported.directory as Directory },
  };
  return { settings, outputs: (declared) => besideOthers(declared, slug, exported) };
}

/** A domain that changes hands must be lost by the one before the other gets it, which is one change of both. */
function movedFaults(company: Company, companies: readonly Company[], last: Applied): Fault[] {
  const holders = new Map(
    Object.entries(last.companies).flatMap(([slug, { claimed }]) => claimed.map((domain) => [domain, slug])),
  );
  const getters = new Map(companies.flatMap((one) => domainsOf(one).map((domain) => [domain, one.slug])));
  return [...new Set([...domainsOf(company), ...domainsBefore(last, company.slug)])].flatMap((domain) => {
    const [from, to] = [holders.get(domain), getters.get(domain)];
    if (from === undefined || to === undefined || from === to) return [];
    return [at(company, ["connections"], `domain ${domain} goes from ${plain(from)} to ${plain(to)}`)];
  });
}

/** Where others have guests through a connection, they are told of its domains, and their access goes with it. */
function hostFaults(company: Company, last: Applied): Fault[] {
  const before = last.companies[company.slug]?.connections ?? {};
  const now = company.entry.connections ?? {};
  return Object.keys({ ...before, ...now }).flatMap((name) => {
    const connection = now[name];
    if (connection && before[name]?.digest === connectionDigest(connection)) return [];
    const [host] = Object.entries(last.companies).find(([, { guests }]) => guests.includes(name)) ?? [];
    if (host === undefined) return [];
    return [at(company, ["connections", name], `${plain(host)} has guests through it, so both change`)];
  });
}

/** What is of AWS and no company's own: it must be there, and must not have to change. */
function awsFaults({ aws }: Settings, company: Company, last: Applied, exported: unknown): Fault[] {
  const parts = ["auditTrail", "credentials", "appSettings"] as const;
  const made: Readonly<Record<string, unknown>> = Object(exported);
  const moved = parts.filter((part) => (aws?.[part] === undefined) !== (made[part] === undefined));
  const watched = company.entry.breakGlass === last.companies[company.slug]?.breakGlass;
  return [
    ...moved.map((part) => at(company, [], `aws.${part} came or went in the settings since the last up`)),
    ...(aws?.loginDomain?.domain === made.loginDomain
      ? []
      : [at(company, [], "aws.loginDomain changed in the settings since the last up, and with it the issuer")]),
    ...(aws?.auditTrail === undefined || watched
      ? []
      : [at(company, ["breakGlass"], "the audit trail watches all such accounts together")]),
  ];
}

/** What got a domain of this company's in the last `up` stands behind it in the state, until an `up` writes that anew. */
function waitFaults(company: Company, { companies }: Applied): Fault[] {
  return Object.entries(companies).flatMap(([slug, { after }]) => {
    if (!after.includes(company.slug)) return [];
    return [at(company, [], `${plain(slug)} got a domain of it in the last up, and still waits for it`)];
  });
}

/** Where its domains change, the Actions are written: nothing else may come along. */
async function gateFaults(company: Company, last: Applied, gates: () => Promise<string>): Promise<Fault[]> {
  if (sameDomains(domainsOf(company), domainsBefore(last, company.slug)) || (await gates()) === last.gates) return [];
  return [
    at(company, [], "its domains change, and the Actions that hold them changed by themselves since the last up"),
  ];
}

/** The domains of a company that the Actions are to know. */
function domainsOf({ entry }: Company): readonly string[] {
  return claims(entry.state) ? allDomains(entry) : [];
}

function domainsBefore(last: Applied, slug: string): readonly string[] {
  return last.companies[slug]?.claimed ?? [];
}
