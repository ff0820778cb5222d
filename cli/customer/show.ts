import { readClaimed, writeClaimed } from "../../access/claimed-domains.ts";
import { defaultAnswers } from "../../login/switches.ts";
import { type AppName, apps, directoryName, firstRoles } from "../../stacks/catalog.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { claimedDomains } from "../../stacks/declare-gates.ts";
import type { Company } from "../../stacks/entries.ts";
import { declaredConnections, domainsOf } from "../../stacks/entry-connections.ts";
import type { Settings } from "../../stacks/load.ts";
import { connectedTenant, type Declared, declare } from "../declared/declare.ts";
import { type DeclaredWorld, type End, endsOf } from "../declared/ends.ts";
import { declaredTenant, type Visitor } from "../declared/logins.ts";

/** What an entry comes to. */
export interface Shown {
  /** `auth0:index/organization:Organization acme`, in the order in which they are declared. */
  readonly resources: readonly string[];
  /** Somebody who signs in, and where that ends, app by app. */
  readonly logins: readonly { readonly who: string; readonly ends: readonly AppEnds[] }[];
}

interface AppEnds {
  readonly app: AppName;
  readonly ends: readonly End[];
}

/**
 * Declares the whole stack with nothing behind it, and works out the logins of one person at each of the company's domains, or of the
 * address that is asked about, by the rules of `login/` and the Action's own. Nobody is a member of anything yet.
 */
export async function show(settings: Settings, company: Company, address: string | undefined): Promise<Shown> {
  const declared = await declare(() => declareTenant(settings, connectedTenant));
  const visitors = address === undefined ? visitorsOf(company) : [visitorFor(company, address)];
  const world: DeclaredWorld = {
    declared,
    tenant: declaredTenant(declared, visitors),
    settings: { ...settings, firstRoles },
    claimed: readClaimed(writeClaimed(Object.keys(claimedDomains(settings)))),
    answers: defaultAnswers,
  };
  const names = Object.keys(apps) as AppName[];
  return {
    resources: resourcesOf(declared, company.slug),
    logins: visitors.map((visitor) => ({
      who: visitor.email,
      ends: names.map((app) => ({ app, ends: endsOf(world, app, visitor) })),
    })),
  };
}

/** The company's component and what stands below it. */
function resourcesOf(declared: readonly Declared[], slug: string): string[] {
  const below = new Set([`auth0-b2b:company:Company::${slug}`]);
  const own: string[] = [];
  for (const { type, name, parent } of declared) {
    const id = `${type}::${name}`;
    if (parent !== undefined && below.has(parent)) below.add(id);
    if (below.has(id)) own.push(`${type} ${name}`);
  }
  return own;
}

function visitorsOf({ entry }: Company): Visitor[] {
  return Object.entries(declaredConnections(entry)).flatMap(([connection, one]) =>
    domainsOf(one).map((domain) => somebody(`somebody@${domain}`, connection)),
  );
}

/** Somebody of the company where the address is at one of its domains, else somebody with a password. */
function visitorFor(company: Company, address: string): Visitor {
  const domain = address.split("@").at(-1)?.toLowerCase() ?? "";
  const found = Object.entries(declaredConnections(company.entry)).find(([, one]) => domainsOf(one).includes(domain));
  return somebody(address, found?.[0] ?? directoryName);
}

function somebody(email: string, connection: string): Visitor {
  return { id: email, email, connection, memberships: [] };
}

/** As a person reads it. @param why whether each end comes with the rules that led there */
export function linesOf({ resources, logins }: Shown, why: boolean): string[] {
  return [
    `${resources.length} resources:`,
    ...resources.map((one) => `  ${one}`),
    ...logins.flatMap(({ who, ends }) => [
      `${who}, where the app names no company:`,
      ...ends.flatMap(({ app, ends }) =>
        ends.flatMap((end) => [
          `  ${app}: ${told(end)}`,
          ...(why ? end.trace.map(({ says, source }) => `    - ${says} (${source})`) : []),
        ]),
      ),
    ]),
  ];
}

function told(end: End): string {
  switch (end.kind) {
    case "in": {
      const within = end.organization === undefined ? "as an individual" : `with ${end.organization}`;
      return `in ${within}${end.secondFactor ? ", second factor" : ""}`;
    }
    case "refused":
      return `${end.code}${end.organization === undefined ? "" : ` with ${end.organization}`}: ${end.sentence}`;
    case "error":
      return `${end.error}: ${end.description}`;
    default:
      return end.kind;
  }
}
