import { alphanumerics } from "../ids.ts";
import { missing } from "../management/faults.ts";
import { bodyAt, textAt } from "../management/json.ts";
import type { Entity, Family } from "../management/tables.ts";

const noUser = missing("The user does not exist.", "inexistent_user");

/**
 * What the login keeps of somebody who signed in: https://auth0.com/docs/manage-users/sessions. A seed makes one; `internal`
 * (the digest of the cookie, the connection and its strategy) is shown nowhere. It goes with its account.
 */
export const sessionEntity: Entity = {
  family: "sessions",
  path: "/sessions",
  idField: "id",
  newId: () => alphanumerics(32),
  missing: missing("The session does not exist."),
  readable: false,
  keys: [{ name: "digest", of: (body) => textAt(bodyAt(body, "internal"), "digest") }],
  references: [{ field: "user_id", family: "users", missing: noUser }],
};

export const sessions: Family = { entities: [sessionEntity] };
