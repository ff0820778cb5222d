import { fieldsOf, textsOf } from "../../access/metadata.ts";

/** One first role, on a membership or, without an organization, on the person. */
export interface Grant {
  readonly userId: string;
  readonly organizationId: string | undefined;
  /** The role's name. */
  readonly role: string;
  /** `app_metadata.first_roles` once the role is assigned: the levels that have had theirs, so that none is given again. */
  readonly marker: readonly string[];
}

/** What is known of a person's roles at the level of this login. */
export interface Person {
  readonly userId: unknown;
  readonly appMetadata: unknown;
  /** `event.authorization.roles`: names, in an organization login those of the membership. */
  readonly roles: unknown;
}

/** Keeps `first_roles` far below what a profile may hold. */
const most = 100;

/**
 * Whether a login is the first of its level: a grant, nothing, or a note that says why there can be none.
 * Who had the first role once and has none now was deprived of it, and is given nothing.
 */
export function grantOf(person: Person, role: string, organizationId: string | undefined): Grant | string | undefined {
  const { userId } = person;
  const roles = person.roles ?? [];
  if (!Array.isArray(roles)) return "roles is no list: no first role";
  if (roles.length > 0) return undefined;
  const given = levelsOf(person.appMetadata);
  if (!given || given.length >= most) return "first_roles is damaged or full: no first role";
  const level = organizationId ?? "individual";
  if (given.includes(level)) return undefined;
  if (typeof userId !== "string" || userId === "") return "user_id is missing: no first role";
  return { userId, organizationId, role, marker: [...given, level] };
}

/** The levels that have had their first role; none where nothing is written, undefined where it cannot be read. */
function levelsOf(appMetadata: unknown): readonly string[] | undefined {
  const fields = fieldsOf(appMetadata ?? {});
  if (!fields) return undefined;
  return fields.first_roles === undefined ? [] : textsOf(fields.first_roles);
}
