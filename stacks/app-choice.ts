import type { OrganizationType } from "../access/words.ts";
import { type AppName, apps, type CatalogApp } from "./catalog.ts";

const appByName: Readonly<Record<AppName, CatalogApp>> = apps;

/** The apps whose policy names one of these types of organization. */
export function appsFor(types: readonly OrganizationType[]): AppName[] {
  return (Object.keys(apps) as AppName[]).filter((name) =>
    appByName[name].policy.orgTypes.some((type) => types.includes(type)),
  );
}

/** Those of them that ask for the organization before anything else: only its own connections count there. */
export function organizationFirst(types: readonly OrganizationType[]): AppName[] {
  return appsFor(types).filter((name) => appByName[name].login === "members-organization-first");
}
