import { textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import { type Stored, scopeOf } from "../store.ts";

/** Whose roles count: a person's own, or those of one membership. */
export interface Level {
  readonly user: string;
  readonly organization?: string | undefined;
}

/**
 * The roles of a login. Those on the user count without an organization only, those on the membership with it only:
 * https://auth0.com/docs/manage-users/access-control/rbac and https://community.auth0.com/t/organization-permissions-claim-empty/99135
 */
export function rolesOf({ store }: Objects, { user, organization }: Level): Stored[] {
  const links =
    organization === undefined
      ? store.select({ family: "user-roles", scope: user })
      : store.select({ family: "organization-member-roles", scope: scopeOf(organization, user) });
  return links.flatMap(({ id }) => store.get("roles", id) ?? []);
}

/** The permissions of a login for one API: those of its roles and, without an organization, those given to the person directly. */
export function permissionsOf(objects: Objects, level: Level, audience: string): string[] {
  const { store } = objects;
  const links = [
    ...rolesOf(objects, level).flatMap(({ id }) => store.select({ family: "role-permissions", scope: id })),
    ...(level.organization === undefined ? store.select({ family: "user-permissions", scope: level.user }) : []),
  ];
  const names = links
    .filter(({ body }) => body.resource_server_identifier === audience)
    .flatMap(({ body }) => textAt(body, "permission_name") ?? []);
  return [...new Set(names)].sort();
}
