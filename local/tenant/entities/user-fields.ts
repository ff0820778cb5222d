import { extended, flag, freeRecord, nullable, record, text, without } from "../management/fields.ts";

const nameLike = text({ min: 1, max: 150 });

/** https://auth0.com/docs/api/management/v2/users/post-users */
export const userFields = record(
  {
    email: text({ format: "email-or-empty" }),
    phone_number: text({ pattern: "^\\+[0-9]{1,15}$" }),
    user_metadata: freeRecord(),
    blocked: flag(),
    email_verified: flag(),
    phone_verified: flag(),
    app_metadata: freeRecord(),
    given_name: nameLike,
    family_name: nameLike,
    name: text({ min: 1, max: 300 }),
    nickname: text({ min: 1, max: 300 }),
    picture: text({ format: "absolute-uri-or-empty" }),
    user_id: text({ max: 255, pattern: "^\\S*$" }),
    connection: text({ min: 1 }),
    password: text({ min: 1 }),
    verify_email: flag(),
    verify_phone: flag(),
    username: text({ min: 1, max: 128 }),
    custom_domain_header: text(),
  },
  { required: ["connection"] },
);

/** What a PATCH can take away. */
const removable = [
  "email",
  "phone_number",
  "given_name",
  "family_name",
  "name",
  "nickname",
  "picture",
  "password",
  "username",
];

export const userPatchFields = extended(without({ ...userFields, required: [] }, "user_id"), {
  ...Object.fromEntries(removable.map((name) => [name, nullable(userFields.properties?.[name] ?? {})])),
  verify_phone_number: flag(),
  client_id: text({ min: 1 }),
});

/** Names that app_metadata may not use: https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data */
export const reserved = new Set([
  ...["__tenant", "_id", "blocked", "clientID", "created_at", "email", "email_verified", "globalClientID"],
  ...["global_client_id", "identities", "lastIP", "lastLogin", "loginsCount", "metadata", "multifactor"],
  ...["multifactor_last_modified", "updated_at", "user_id"],
]);

/** Given with a write, never part of the profile. */
export const writeOnly = [
  ...["connection", "password", "verify_email", "verify_phone", "verify_phone_number", "client_id"],
  "custom_domain_header",
];
