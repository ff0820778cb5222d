import { alphanumerics } from "../ids.ts";
import { missing } from "../management/faults.ts";
import { record, text } from "../management/fields.ts";
import { bodyAt, textAt } from "../management/json.ts";
import type { Entity, Family, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import { endKey } from "./lifetime.ts";
import { accepted, noUser, passingRoutes, requireLiving } from "./lifetime-endpoints.ts";
import { endSession } from "./refresh-tokens.ts";

/**
 * What the login keeps of somebody who signed in: https://auth0.com/docs/manage-users/sessions. A seed makes one; `internal`
 * (the digest of the cookie, the connection and its strategy) is shown nowhere. It goes with its account.
 */
const sessionEntity: Entity = {
  family: "sessions",
  path: "/sessions",
  idField: "id",
  newId: () => alphanumerics(32),
  missing: missing("The session does not exist."),
  readable: false,
  keys: [{ name: "digest", of: (body) => textAt(bodyAt(body, "internal"), "digest") }, endKey],
  references: [{ field: "user_id", family: "users", missing: noUser }],
};

/** https://auth0.com/docs/api/management/v2/sessions/get-session */
const fields = [
  ...["id", "user_id", "created_at", "updated_at", "authenticated_at", "idle_expires_at", "expires_at"],
  ...["last_interacted_at", "device", "clients", "authentication", "cookie", "session_metadata", "actor"],
];

/** Ends a session and its refresh tokens: https://auth0.com/docs/api/management/v2/sessions/revoke-session */
const revoke: Route = {
  method: "POST",
  path: "/sessions/:id/revoke",
  handle: (call) => {
    validate({ id: call.params.id ?? "" }, record({ id: text({ max: 50 }) }), "path");
    endSession(call.tenant.objects, requireLiving(call, sessionEntity), { tokens: true });
    return accepted;
  },
};

/** https://auth0.com/docs/manage-users/sessions/manage-user-sessions-with-auth0-management-api */
export const sessions: Family = {
  entities: [sessionEntity],
  routes: [
    ...passingRoutes({
      entity: sessionEntity,
      fields,
      metadata: "session_metadata",
      items: "sessions",
      end: (objects, session) => endSession(objects, session, { tokens: false }),
    }),
    revoke,
  ],
};
