import type { Metadata } from "./metadata.ts";

/** What a company's entry sets for its own people, beyond type and conditions; what is left out is no rule. */
export interface Terms {
  /** Names of the roles that its members may hold. */
  readonly memberRoles?: readonly string[] | undefined;
  readonly limits?: Limits | undefined;
}

/** How much a company may make by itself. */
export interface Limits {
  /** API clients of its own, beside those of the entry. @default none */
  readonly credentials?: number | undefined;
  /** Members at a time. @default any number */
  readonly members?: number | undefined;
}

/** The same as organization metadata. Auth0 removes a key whose value is empty, so what is not set is left out. */
export function writeTerms({ memberRoles, limits = {} }: Terms): Record<string, string> {
  return {
    ...(memberRoles && { member_roles: written(memberRoles) }),
    ...(limits.credentials !== undefined && { limit_credentials: `${limits.credentials}` }),
    ...(limits.members !== undefined && { limit_members: `${limits.members}` }),
  };
}

/** Whether an organization's members may hold a role, by its name. A list that cannot be read holds none. */
export function mayHold({ member_roles: roles }: Metadata, role: string): boolean {
  return roles === undefined || holds(roles, role);
}

function written(names: readonly string[]): string {
  return [...names].sort().join(",");
}

function holds(list: unknown, name: string): boolean {
  return typeof list === "string" && list.split(",").includes(name);
}
