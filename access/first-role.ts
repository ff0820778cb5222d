import type { OrganizationType } from "./words.ts";

/** Names of roles: the one for most, and the ones for who is at a certain stage. */
interface RoleChoice {
  readonly default: string;
  readonly byStage: Readonly<Record<string, string>>;
}

/** The role that a person gets at the first login, without an administrator's hand: on the user, or on the membership. */
export type FirstRoles = Readonly<Record<"individual" | OrganizationType, RoleChoice>>;

/** @param stage the login's stage, undefined where it has none or an unknown one */
export function firstRole(roles: FirstRoles, level: keyof FirstRoles, stage: string | undefined): string {
  const choice = roles[level];
  const staged = stage !== undefined && Object.hasOwn(choice.byStage, stage) ? choice.byStage[stage] : undefined;
  return staged ?? choice.default;
}
