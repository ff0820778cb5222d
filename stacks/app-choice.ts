import type { OrganizationType } from "../access/words.ts";
import { type AppName, apps, type CatalogApp } from "./catalog.ts";

const appByName: Readonly<Record<AppName, CatalogApp>> = apps;

/** What decides of a company which apps are for its people. */
export interface ForApps {
  readonly type: OrganizationType;
  /** @default none */
  readonly guests?: readonly string[] | undefined;
  /** @default every app whose policy names the type */
  readonly apps?: readonly string[] | undefined;
}

/** The apps whose policy names the type of one of these companies, and which that company names where it names any. */
export function appsFor(companies: readonly ForApps[]): AppName[] {
  return (Object.keys(apps) as AppName[]).filter((name) =>
    companies.some(({ type, apps: named }) => appByName[name].policy.orgTypes.includes(type) && isNamed(named, name)),
  );
}

function isNamed(named: readonly string[] | undefined, app: AppName): boolean {
  return named === undefined || named.includes(app);
}

/** Those of them that ask for the organization before anything else: only its own connections count there. */
export function organizationFirst(companies: readonly ForApps[]): AppName[] {
  return appsFor(companies).filter((name) => appByName[name].login === "members-organization-first");
}
