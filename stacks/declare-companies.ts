import type * as pulumi from "@pulumi/pulumi";
import { Company } from "../components/company/company.ts";
import { GuestAccess } from "../components/company/guest-access.ts";
import { appsFor, organizationFirst } from "./app-choice.ts";
import { type AppName, directoryName } from "./catalog.ts";
import { connectionSettings } from "./connection-settings.ts";
import type { Company as CompanySetting } from "./entries.ts";
import { allDomains, declaredConnections, selfServiceConnections } from "./entry-connections.ts";
import { movedDomains } from "./history.ts";
import type { Settings } from "./load.ts";
import { machinesIn, machinesOf, rotationOf } from "./machine-settings.ts";
import { mapEntries } from "./map-entries.ts";
import type { CompanyEntry } from "./schema/company.ts";
import { claims, isOpen } from "./states.ts";

export interface CompanyNeeds {
  readonly clientIds: Readonly<Record<AppName, pulumi.Input<string>>>;
  /** The API that companies' machines use. */
  readonly audience: pulumi.Input<string>;
  readonly directoryId: pulumi.Input<string>;
  readonly behindGates: { readonly dependsOn: readonly pulumi.Resource[] };
}

/** Declares every company, and returns what apps and the next `up` need of each, by slug. */
export function declareCompanies(settings: Settings, needs: CompanyNeeds) {
  const declared = new Map<string, Company>();
  const moves = movedDomains(settings.previous, settings.companies.map(holdingOf));
  const bySlug = new Map(settings.companies.map((company) => [company.slug, company]));
  const hosts = hostsOf(settings);
  // A company that gives up a domain comes before the one that gets it; that they wait in a circle is refused earlier.
  const declare = (setting: CompanySetting): Company => {
    const { slug } = setting;
    const known = declared.get(slug);
    if (known) return known;
    const losers = [...(moves.get(slug) ?? [])].flatMap((loser) => bySlug.get(loser) ?? []).map(declare);
    const opts = { dependsOn: [...needs.behindGates.dependsOn, ...losers] };
    const company = new Company(slug, argsOf(setting, settings, hosts, needs), opts);
    declared.set(slug, company);
    return company;
  };
  for (const setting of settings.companies) declare(setting);
  declareGuests(settings, declared, needs.directoryId);

  return Object.fromEntries(
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
}

function argsOf(
  setting: CompanySetting,
  settings: Settings,
  hosts: ReadonlyMap<string, readonly CompanyEntry[]>,
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
function hostsOf({ companies }: Settings): Map<string, CompanyEntry[]> {
  const hosts = new Map<string, CompanyEntry[]>();
  for (const { entry } of companies) {
    for (const guest of entry.guests ?? []) hosts.set(guest, [...(hosts.get(guest) ?? []), entry]);
  }
  return hosts;
}

/** After all companies: two may have guests of each other. */
function declareGuests(
  { companies }: Settings,
  declared: ReadonlyMap<string, Company>,
  directoryId: pulumi.Input<string>,
): void {
  const enterprise = [...declared.values()].flatMap(({ connectionIds }) => Object.entries(connectionIds));
  const connections = new Map<string, pulumi.Input<string>>([...enterprise, [directoryName, directoryId]]);
  for (const { slug, entry } of companies) {
    const host = declared.get(slug);
    for (const guest of entry.guests ?? []) {
      const connectionId = connections.get(guest);
      if (host && connectionId) {
        new GuestAccess(`${slug}/${guest}`, { organizationId: host.organizationId, connectionId });
      }
    }
  }
}

/** The domains that are routed to a company: none while it is a pilot. */
function holdingOf({ slug, entry }: CompanySetting) {
  return { slug, domains: claims(entry.state) ? allDomains(entry) : [] };
}
