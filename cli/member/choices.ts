import { appsFor } from "../../stacks/app-choice.ts";
import { type AppName, apps, type CatalogApp, roles } from "../../stacks/catalog.ts";
import type { CompanyEntry } from "../../stacks/schema/company.ts";

/** The apps that a company's people may enter: by type, by what each asks of the company, and by those that the entry names. */
export function appsOf(entry: CompanyEntry): AppName[] {
  const conditions: Readonly<Record<string, string>> = entry.conditions;
  return appsFor([entry]).filter((name) => {
    const { policy }: CatalogApp = apps[name];
    return Object.entries(policy.orgRequires).every(([key, value]) => conditions[key] === value);
  });
}

/** The roles that its members may hold. */
export function rolesFor({ memberRoles }: CompanyEntry): readonly string[] {
  return memberRoles ?? Object.keys(roles);
}
