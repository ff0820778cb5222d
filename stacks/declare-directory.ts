import * as pulumi from "@pulumi/pulumi";
import type { Directory, DirectoryApp } from "../access/directory.ts";
import type { AppliedConnection } from "./applied.ts";
import { type ApiName, type AppName, apps, type CatalogApp, directoryName } from "./catalog.ts";
import type { Company } from "./entries.ts";
import { allDomains, domainsOf, isDatabase } from "./entry-connections.ts";
import type { Settings } from "./load.ts";
import { mapEntries } from "./map-entries.ts";
import { connectionsOf } from "./others.ts";

export interface DirectoryNeeds {
  /** `iss` of the tenant's tokens. */
  readonly issuer: pulumi.Output<string>;
  readonly clientIds: Readonly<Record<AppName, pulumi.Output<string>>>;
  readonly identifiers: Readonly<Record<ApiName, pulumi.Output<string>>>;
  /** By slug. */
  readonly companies: Readonly<Record<string, { readonly organizationId: pulumi.Output<string> }>>;
}

/** What back ends need to know of the tenant (`kit/`). No secret goes in, so that the output is plain as a whole. */
export function directoryOf(settings: Settings, needs: DirectoryNeeds): pulumi.Output<Directory> {
  const { issuer, clientIds, identifiers, companies } = needs;
  const organizationIds = mapEntries(companies, (_, { organizationId }) => organizationId);
  const own = settings.companies.flatMap(({ entry }) => Object.entries(entry.connections ?? {}));
  const known = own.map(([name, one]) => [name, { domains: domainsOf(one), database: isDatabase(one) }] as const);
  const connections = new Map<string, KnownConnection>([...connectionsOf(settings.others), ...known]);
  return pulumi.output({ issuer, clientIds, identifiers, organizationIds }).apply(
    (known): Directory => ({
      issuer: known.issuer,
      apps: appsOf(settings, known.clientIds),
      apis: mapEntries(known.identifiers, (_, identifier) => ({ identifier })),
      organizations: Object.fromEntries(
        settings.companies.map((company) => [
          known.organizationIds[company.slug] ?? "",
          organizationOf(company, connections),
        ]),
      ),
    }),
  );
}

/** The apps by name; a registration for individuals stands in the app on whose site it is. */
function appsOf({ sites }: Settings, clientIds: Readonly<Record<AppName, string>>): Directory["apps"] {
  const registered = (Object.entries(apps) as [AppName, CatalogApp][]).map(([name, app]) => {
    const registration = { clientId: clientIds[name], url: `${sites[app.site]}${app.path}` };
    return { name, app, registration };
  });
  const personal = registered.filter(({ app }) => app.login === "individuals");
  return Object.fromEntries(
    registered
      .filter(({ app }) => app.login !== "individuals")
      .map(({ name, app, registration }): [string, DirectoryApp] => {
        const { orgTypes, orgRequires, individuals } = app.policy;
        const second = personal.find((other) => other.app.site === app.site)?.registration;
        const policy = { orgTypes, orgRequires, individuals, app: name };
        return [name, { ...registration, policy, ...(second && { individuals: second }) }];
      }),
  );
}

type KnownConnection = Pick<AppliedConnection, "domains" | "database">;

function organizationOf({ slug, entry }: Company, all: ReadonlyMap<string, KnownConnection>) {
  const { displayName, type, state, conditions, connections, guests = [] } = entry;
  const { apps, subdomains, memberRoles, limits } = entry;
  return {
    slug,
    displayName,
    type,
    state,
    conditions,
    domains: allDomains(entry),
    guests: guests.flatMap((name) => all.get(name)?.domains ?? []),
    passwords: [...Object.keys(connections ?? { [directoryName]: {} }), ...guests].some(
      (name) => name === directoryName || all.get(name)?.database,
    ),
    ...(apps && { apps }),
    ...(subdomains && { subdomains }),
    ...(memberRoles && { memberRoles }),
    ...(limits && { limits }),
  };
}
