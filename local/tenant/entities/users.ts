import { createHash } from "node:crypto";
import { objectId } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { list, record, text } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, omit, pick, textAt, textsAt } from "../management/json.ts";
import { addLinks } from "../management/links.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Family, Link, Listing, Parent, Route } from "../management/tables.ts";
import { type Stored, scopeOf } from "../store.ts";
import { dropAuthenticator } from "./authenticators.ts";
import { addressesOf, idOfIdentity } from "./identities-of.ts";
import { shownOrganization } from "./organization-parent.ts";
import { demandStrength, dropPassword, setPassword } from "./passwords.ts";
import { permissionLink } from "./permissions.ts";
import { refuseTogether } from "./user-changes.ts";
import { reserved, userFields, userPatchFields, writeOnly } from "./user-fields.ts";
import { userSearch } from "./user-search.ts";

const noUser = missing("The user does not exist.", "inexistent_user");
const noConnection = { status: 400, message: "The connection does not exist.", code: "inexistent_connection" } as const;
const tooDeep = {
  status: 400,
  message:
    "You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation.",
  code: "invalid_paging",
} as const;

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
    {
      name: "identity",
      of: (body) => bodiesAt(body, "identities").map(idOfIdentity),
      conflict: conflict("The user already exists.", "auth0_idp_error").fault,
    },
    { name: "email", of: (body) => textAt(body, "email") },
    { name: "folded email", of: (body) => textAt(body, "email")?.toLowerCase() },
    { name: "username", of: (body) => textAt(body, "username") },
    { name: "name", of: (body) => textAt(body, "name") },
    { name: "user_id", of: (body) => textAt(body, "user_id") },
    { name: "connection", of: connectionOf },
  ],
  // its users go with a connection: https://auth0.com/docs/api/management/v2/connections/delete-connections-by-id
  references: [{ field: "connection", family: "connections", by: "name", missing: noConnection }],
  create: { fields: userFields, status: 201 },
  update: { fields: userPatchFields, merged: ["user_metadata", "app_metadata"] },
  remove: { status: 204, repeated: 204 },
  defaults: (body) => {
    const email = textAt(body, "email")?.toLowerCase();
    return email === undefined ? {} : { email_verified: false, ...derivedFrom(email) };
  },
  settle,
  shown: ({ body }) => body,
  list: {
    items: "users",
    style: "pages",
    checkpoint: false,
    leastPerPage: 0,
    length: true,
    tooDeep,
    query: userSearch,
    fields: [],
  },
};

function providerOf(connection: string): string {
  return connection === "email" || connection === "sms" ? connection : "auth0";
}

/** The connections and addresses under which an account and the identities linked to it are unique. */
function accountsOf(body: Body): string[] {
  return addressesOf(body).map(({ connection, name, value }) => scopeOf(connection, name, value.toLowerCase()));
}

/** What an account has of its address where it is given nothing else. */
export function derivedFrom(email: string | undefined): Body {
  return email === undefined ? {} : { name: email, nickname: email.split("@")[0] ?? "", picture: gravatar(email) };
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
  const given = lowered(omit(next, writeOnly));
  if (before) {
    refuseTogether(body);
    keepPassword(objects, before.id, body, objects.store.owner("connections", "name", connectionOf(before.body)));
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
      message:
        "The connection does not support user creation through the API. It must either be a database or passwordless connection.",
      code: "operation_not_supported",
    });
  }
  const id = textAt(next, "user_id") ?? "";
  const [provider = "", ...rest] = id.split("|");
  dropPassword(objects, id);
  dropAuthenticator(objects, id);
  keepPassword(objects, id, body, known);
  return {
    ...given,
    created_at: now,
    updated_at: now,
    identities: [{ connection, user_id: rest.join("|"), provider, isSocial: false }],
  };
}

function connectionOf(body: Body): string {
  return textAt(bodiesAt(body, "identities")[0] ?? {}, "connection") ?? "";
}

/** The password that a request gives, if it gives one and the connection keeps passwords. */
function keepPassword(
  objects: Call["tenant"]["objects"],
  id: string,
  given: Body,
  connection: Stored | undefined,
): void {
  const password = textAt(given, "password");
  if (password === undefined || connection?.body.strategy !== "auth0") return;
  demandStrength(connection.body, password);
  setPassword(objects, id, password);
}

/** Auth0 keeps its own users' addresses in lower case: https://auth0.com/docs/api/management/v2/users-by-email/get-users-by-email */
function lowered(body: Body): Body {
  const email = textAt(body, "email");
  const [provider] = (textAt(body, "user_id") ?? "").split("|");
  const own = provider === "auth0" || provider === "email";
  return own && email !== undefined ? { ...body, email: email.toLowerCase() } : body;
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
  list: { items: "roles", style: "pages", checkpoint: false },
};

/** The same pairs from the other side: https://auth0.com/docs/api/management/v2/roles/post-role-users */
const roleUsers: Route = {
  method: "POST",
  path: "/roles/:role/users",
  fields: record({ users: list(text({ format: "user-id-with-max-length" })) }, { required: ["users"] }),
  handle: (call) => {
    const { objects } = call.tenant;
    const role = objects.require("roles", call.params.role ?? "", userRoles.target.missing);
    // one time for all, so by id: lists go by time and id
    for (const id of textsAt(call.body, "users").toSorted()) {
      const user = objects.require("users", id, missing("One or more of the users do not exist."));
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
  { more: { sources: [direct] }, full: "No more permissions can be assigned to this user." },
);

const organizationsList: Listing = { items: "organizations", style: "pages", checkpoint: false, mostPage: 1000 };

const organizationsOf: Route = {
  method: "GET",
  path: "/users/:user/organizations",
  query: listQuery(organizationsList),
  handle: (call) => {
    const { objects } = call.tenant;
    const { id } = objects.require("users", call.params.user ?? "", noUser);
    return listAnswer(objects.store, organizationsList, { family: "organization-members", id }, call, ({ scope }) => {
      const organization = objects.store.get("organizations", scope);
      return organization && shownOrganization(organization, call);
    });
  },
};

export const users: Family = {
  entities: [user],
  links: [userRoles, userPermissions],
  routes: [roleUsers, organizationsOf],
};
