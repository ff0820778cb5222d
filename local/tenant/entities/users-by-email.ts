import { flag, record, text } from "../management/fields.ts";
import { narrowed } from "../management/listing.ts";
import type { Family, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";

const names = [
  ...["phone_number", "email", "email_verified", "picture", "username", "user_id", "name", "nickname", "created_at"],
  ...["identities", "app_metadata", "user_metadata", "last_ip", "last_login", "logins_count", "updated_at", "blocked"],
  ...["family_name", "given_name"],
];
const one = names.map((name) => `(${name})`).join("|");

const query = { email: text(), fields: text({ pattern: `^(${one})(,(${one}))*$` }), include_fields: flag() };

/** Every account of exactly this address, in whatever connection: https://auth0.com/docs/api/management/v2/users-by-email/get-users-by-email */
const byEmail: Route = {
  method: "GET",
  path: "/users-by-email",
  query,
  handle: (call) => {
    const { email } = call.query;
    validate(email === undefined ? {} : { email }, record({ email: text() }, { required: ["email"] }), "query");
    const where = [{ name: "email", values: [email ?? ""] }];
    const found = call.tenant.objects.store.select({ family: "users", where });
    return { status: 200, body: found.map(({ body }) => narrowed(body, call, [])) };
  },
};

export const usersByEmail: Family = { routes: [byEmail] };
