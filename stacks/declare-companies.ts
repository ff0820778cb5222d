import type * as pulumi from "@pulumi/pulumi";
import { Company } from "../components/company/company.ts";
import { GuestAccess } from "../components/company/guest-access.ts";
import { appsFor, type ForApps, organizationFirst } from "./app-choice.ts";
import { appliedOf } from "./applied.ts";
import { type AppName, directoryName } from "./catalog.ts";
import { connectionSettings } from "./connection-settings.ts";
import type { Company as CompanySetting } from "./entries.ts";
import { allDomains, declaredConnections, selfServiceConnections } from "./entry-connections.ts";
import { movedDomains } from "./history.ts";
import type { Settings } from "./load.ts";
import { machinesIn, machinesOf, rotationOf } from "./machine-settings.ts";
import { mapEntries } from "./map-entries.ts";
import { connectionsOf } from "./others.ts";
import { claims, isOpen } from "./states.ts";

export interface CompanyNeeds {
  readonly clientIds: Readonly<Record<AppName, pulumi.Input<string>>>;
  /** The API that companies' machines use. */
  readonly audience: pulumi.Input<string>;
  readonly directoryId: pulumi.Input<string>;
  readonly afterTenant: { readonly dependsOn: pulumi.Resource };
}

/** Declares every company; `exported` is what apps and the next `up` need of each, by slug, `applied` what a change of one company needs. */
export function declareCompanies(settings: Settings, needs: CompanyNeeds) {
  const declared = new Map<string, Company>();
  const moves = movedDomains(settings.previous, settings.companies.map(holdingOf));
  const bySlug = new Map(settings.companies.map((company) => [company.slug, company]));
  const losersOf = (slug: string) => [...(moves.get(slug) ?? [])];
  const hosts = hostsOf(settings);
  // A company that gives up a domain comes before the one that gets it; that they wait in a circle is refused earlier.
  const declare = (setting: CompanySetting): Company => {
    const { slug } = setting;
    const known = declared.get(slug);
    if (known) return known;
    const losers = losersOf(slug)
      .flatMap((loser) => bySlug.get(loser) ?? [])
      .map(declare);
    const opts = { dependsOn: [needs.afterTenant.dependsOn, ...losers] };
    const company = new Company(slug, argsOf(setting, settings, hosts, needs), opts);
    declared.set(slug, company);
    return company;
  };
  for (const setting of settings.companies) declare(setting);
  declareGuests(settings, declared, needs.directoryId);

  const applied = settings.companies.map((setting) => {
    return [setting.slug, appliedOf(setting, declare(setting), losersOf(setting.slug))] as const;
  });
  const exported = Object.fromEntries(
    settings.companies.map((setting) => {
      const company = declare(setting);
      const { type, state, people, conditions } = setting.entry;
      const { domains } = holdingOf(setting);
      const { organizationId } = company;
      const machines = mapEntries(machinesIn(setting), (name, machine) => {
        return { ...company.machines[name], rotation: rotationOf(machine) };
      });
      const connections = Object.keys(declaredConnections(setting.entry));
      const selfService = selfServiceConnections(setting.entry);
      const kept = selfService.length === 0 ? {} : { selfService };
      return [
        setting.slug,
        { organizationId, type, state, people, conditions, connections, ...kept, domains, machines },
      ];
    }),
  );
  return { exported, applied: Object.fromEntries(applied) };
}

function argsOf(
  setting: CompanySetting,
  settings: Settings,
  hosts: ReadonlyMap<string, readonly ForApps[]>,
  needs: CompanyNeeds,
) {
  const { entry } = setting;
  const { guard } = settings.environment;
  return {
    ...entry,
    status: isOpen(entry.state) ? ("active" as const) : ("suspended" as const),
    routed: claims(entry.state),
    // A company that keeps its only connection by itself has no other: the shared directory is for those without any.
    connections: entry.connections && connectionSettings(entry, settings, needs.clientIds),
    machines: machinesOf(setting, settings, needs.audience),
    clientIds: (connection: string) =>
      appsFor([entry, ...(hosts.get(connection) ?? [])]).map((name) => needs.clientIds[name]),
    discoverable: organizationFirst([entry]).length > 0,
    // A guest's password and the break-glass account's are checked with the same directory.
    passwords: entry.breakGlass !== undefined && !(entry.guests ?? []).includes(directoryName),
    directoryId: needs.directoryId,
    // What is retired was announced: it may be removed.
    guard: entry.state === "retired" ? { ...guard, protect: false } : guard,
  };
}

/** The companies that have guests through each connection. */
function hostsOf({ companies, others }: Settings): Map<string, ForApps[]> {
  const hosts = new Map<string, ForApps[]>();
  for (const host of [...companies.map(({ entry }) => entry), ...Object.values(others?.companies ?? {})]) {
    for (const guest of host.guests ?? []) hosts.set(guest, [...(hosts.get(guest) ?? []), host]);
  }
  return hosts;
}

/** After all companies: two may have guests of each other. */
function declareGuests(
  { companies, others }: Settings,
  declared: ReadonlyMap<string, Company>,
  directoryId: pulumi.Input<string>,
): void {
  const own = new Map([...declared.values()].flatMap(({ connectionIds }) => Object.entries(connectionIds)));
  const elsewhere = [...connectionsOf(others)].flatMap(([name, { id }]) =>
    id === undefined ? [] : [[name, id] as const],
  );
  const connections = new Map<string, pulumi.Input<string>>([...elsewhere, ...own, [directoryName, directoryId]]);
  const declareGuest = (slug: string, organizationId: pulumi.Input<string>, guest: string) => {
    const connectionId = connections.get(guest);
    if (connectionId) new GuestAccess(`${slug}/${guest}`, { organizationId, connectionId });
  };
  for (const { slug, entry } of companies) {
    const host = declared.get(slug);
    for (const guest of entry.guests ?? []) if (host) declareGuest(slug, host.organizationId, guest);
  }
  // Of other companies what depends on a declared one: the engine takes what is not declared and does for gone.
  for (const [slug, { organizationId, guests }] of Object.entries(others?.companies ?? {})) {
    for (const guest of guests.filter((name) => own.has(name))) declareGuest(slug, organizationId, guest);
  }
}

/** The domains that are routed to a company: none while it is a pilot. */
function holdingOf({ slug, entry }: CompanySetting) {
  return { slug, domains: claims(entry.state) ? allDomains(entry) : [] };
}
