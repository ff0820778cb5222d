import { createHash } from "node:crypto";
import { objectId } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { flag, freeRecord, list, nullable, record, text, without } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, omit, pick, textAt, textsAt } from "../management/json.ts";
import { addLinks } from "../management/links.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Family, Link, Listing, Parent, Route } from "../management/tables.ts";
import { type Stored, scopeOf } from "../store.ts";
import { permissionLink } from "./permissions.ts";

const noUser = missing("The user does not exist.", "inexistent_user");
const noConnection = { status: 400, message: "The connection does not exist.", code: "inexistent_connection" } as const;
const nameLike = text({ min: 1, max: 150 });

/** https://auth0.com/docs/api/management/v2/users/post-users */
const fields = record(
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
    user_id: text({ max: 255 }),
    connection: text({ min: 1 }),
    password: text({ min: 1 }),
    verify_email: flag(),
    verify_phone: flag(),
    username: text({ min: 1, max: 128 }),
    custom_domain_header: text(),
  },
  { required: ["connection"] },
);

const patchFields = record(
  Object.fromEntries(
    Object.entries(without(fields, "user_id").properties ?? {}).map(([name, schema]) => [
      name,
      name === "connection" ? schema : nullable(schema),
    ]),
  ),
);

/** Names that app_metadata may not use: https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data */
const reserved = new Set([
  ...["__tenant", "_id", "blocked", "clientID", "created_at", "email", "email_verified", "globalClientID"],
  ...["global_client_id", "identities", "lastIP", "lastLogin", "loginsCount", "metadata", "multifactor"],
  ...["multifactor_last_modified", "updated_at", "user_id"],
]);

/** Given with a write, never part of the profile. */
const writeOnly = ["connection", "password", "verify_email", "verify_phone", "custom_domain_header"];

const user: Entity = {
  family: "users",
  path: "/users",
  idField: "user_id",
  newId: (body) => {
    const connection = textAt(body, "connection") ?? "";
    return `${providerOf(connection)}|${textAt(body, "user_id") ?? objectId()}`;
  },
  missing: noUser,
  keys: [
    {
      name: "account",
      of: (body) => accountsOf(body),
      conflict: conflict("The user already exists.", "auth0_idp_error").fault,
    },
    { name: "email", of: (body) => textAt(body, "email") },
    { name: "username", of: (body) => textAt(body, "username") },
    { name: "name", of: (body) => textAt(body, "name") },
    { name: "user_id", of: (body) => textAt(body, "user_id") },
    { name: "connection", of: (body) => textAt(bodiesAt(body, "identities")[0] ?? {}, "connection") },
  ],
  // its users go with a connection: https://auth0.com/docs/api/management/v2/connections/delete-connections-by-id
  references: [{ field: "connection", family: "connections", by: "name", missing: noConnection }],
  create: { fields, status: 201 },
  update: { fields: patchFields, merged: ["user_metadata", "app_metadata"] },
  remove: { status: 204, repeated: 204 },
  defaults: (body) => {
    const email = textAt(body, "email");
    return {
      ...(email === undefined
        ? {}
        : { email_verified: false, name: email, nickname: email.split("@")[0] ?? "", picture: gravatar(email) }),
    };
  },
  settle,
  shown: ({ body }) => body,
  list: {
    items: "users",
    style: "pages",
    questions: ["email", "username", "name", "user_id"],
    fields: [],
  },
};

function providerOf(connection: string): string {
  return connection === "email" || connection === "sms" ? connection : "auth0";
}

/** The connection and address under which an account is unique. */
function accountsOf(body: Body): string[] {
  const [identity] = bodiesAt(body, "identities");
  const connection = identity ? (textAt(identity, "connection") ?? "") : "";
  return ["email", "username", "phone_number"].flatMap((name) => {
    const value = textAt(body, name);
    return value === undefined ? [] : [scopeOf(connection, name, value.toLowerCase())];
  });
}

function gravatar(email: string): string {
  const hash = createHash("md5").update(email.trim().toLowerCase()).digest("hex");
  const letters = email.slice(0, 2).toLowerCase();
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${letters}.png`);
  return `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=${fallback}`;
}

function settle(next: Body, { tenant: { objects }, body }: Call, before?: Stored): Body {
  const now = new Date().toISOString();
  for (const name of ["user_metadata", "app_metadata"]) {
    if (Object.keys(next[name] ?? {}).some((key) => /[.$]/.test(key)))
      throw badBody(`${name} property names must not contain . or $`);
  }
  const taken = Object.keys(bodyAt(next, "app_metadata")).find((key) => reserved.has(key));
  if (taken !== undefined) throw badBody(`app_metadata must not contain ${taken}`);
  const given = omit(next, writeOnly);
  if (before) {
    // an empty object empties the metadata: the user's stays as an empty one, the app's goes
    const empties = (name: string): boolean => JSON.stringify(body[name]) === "{}";
    const own = empties("user_metadata") ? { user_metadata: {} } : {};
    return { ...omit(given, empties("app_metadata") ? ["app_metadata"] : []), ...own, updated_at: now };
  }
  const connection = textAt(next, "connection") ?? "";
  const known = objects.store.owner("connections", "name", connection);
  if (!known) throw new Refusal(noConnection);
  if (!["auth0", "email", "sms"].includes(textAt(known.body, "strategy") ?? "")) {
    throw new Refusal({
      status: 400,
      message: "The connection does not support user creation through the API.",
      code: "operation_not_supported",
    });
  }
  const [provider = "", ...rest] = (textAt(next, "user_id") ?? "").split("|");
  return {
    ...given,
    created_at: now,
    updated_at: now,
    identities: [{ connection, user_id: rest.join("|"), provider, isSocial: false }],
  };
}

const parents: readonly Parent[] = [{ param: "user", family: "users", missing: noUser }];

const userRoles: Link = {
  family: "user-roles",
  path: "/users/:user/roles",
  parents,
  listed: "roles",
  item: text({ format: "role-id" }),
  idOf: String,
  target: { family: "roles", of: String, missing: missing("The role does not exist.") },
  limit: { most: 50, fault: conflict("No more roles can be assigned to this user.").fault },
  statuses: { add: 204, remove: 204 },
  shown: (_, { body }) => ({ ...pick(body, ["id", "name"]), description: textAt(body, "description") ?? "" }),
  list: { items: "roles", style: "pages" },
};

/** The same pairs from the other side: https://auth0.com/docs/api/management/v2/roles/post-role-users */
const roleUsers: Route = {
  method: "POST",
  path: "/roles/:role/users",
  fields: record({ users: list(text({ format: "user-id-with-max-length" })) }, { required: ["users"] }),
  handle: (call) => {
    const { objects } = call.tenant;
    const role = objects.require("roles", call.params.role ?? "", userRoles.target.missing);
    for (const id of textsAt(call.body, "users")) {
      const user = objects.require("users", id, noUser);
      addLinks(userRoles, [user.id], [role.id], call);
    }
    return { status: 200, body: {} };
  },
};

/** A permission of the user's own, as opposed to one that a role gives. */
const direct: Body = { source_id: "", source_name: "", source_type: "DIRECT" };

const userPermissions = permissionLink(
  "user-permissions",
  "/users/:user/permissions",
  parents,
  { add: 201, remove: 204, body: {} },
  { sources: [direct] },
);

const organizationsList: Listing = { items: "organizations", style: "pages" };

const organizationsOf: Route = {
  method: "GET",
  path: "/users/:user/organizations",
  query: listQuery(organizationsList),
  handle: (call) => {
    const { objects } = call.tenant;
    const { id } = objects.require("users", call.params.user ?? "", noUser);
    return listAnswer(objects.store, organizationsList, { family: "organization-members", id }, call, ({ scope }) => {
      return objects.store.get("organizations", scope)?.body;
    });
  },
};

export const users: Family = {
  entities: [user],
  links: [userRoles, userPermissions],
  routes: [roleUsers, organizationsOf],
};
