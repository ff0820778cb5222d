import { prefixed } from "../ids.ts";
import { conflict, missing } from "../management/faults.ts";
import { nullable, record, text, without } from "../management/fields.ts";
import { type Body, pick, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Entity, Family, Listing, Parent, Route } from "../management/tables.ts";
import { permissionLink } from "./permissions.ts";

const noRole = missing("The role does not exist.");

/** https://auth0.com/docs/api/management/v2/roles/post-roles */
const fields = record({ name: text({ min: 1 }), description: nullable(text()) }, { required: ["name"] });

const role: Entity = {
  family: "roles",
  path: "/roles",
  idField: "id",
  newId: prefixed("rol"),
  missing: noRole,
  keys: [{ name: "name", of: (body) => textAt(body, "name"), conflict: conflict("The role already exists.").fault }],
  create: { fields, status: 200 },
  update: { fields: without(fields) },
  remove: { status: 200, body: () => ({}), repeated: 404 },
  // an unset description is null in the answer to its create and empty from then on
  shown: ({ body }, { method }) => ({ ...body, description: body.description ?? (method === "POST" ? null : "") }),
  list: { items: "roles", style: "pages", search: { param: "name_filter", key: "name" } },
};

const parents: readonly Parent[] = [{ param: "role", family: "roles", missing: noRole }];

const permissions = permissionLink("role-permissions", "/roles/:role/permissions", parents, {
  add: 201,
  remove: 204,
  body: {},
});

const holdersList: Listing = { items: "users", style: "pages" };

const holders: Route = {
  method: "GET",
  path: "/roles/:role/users",
  query: listQuery(holdersList),
  handle: (call) => {
    const { objects } = call.tenant;
    const { id } = objects.require("roles", call.params.role ?? "", noRole);
    const selection = { family: "user-roles", where: [{ name: "target", values: [id] }] };
    const summary = (user: Body): Body => pick(user, ["user_id", "email", "picture", "name"]);
    return listAnswer(objects.store, holdersList, selection, call, ({ scope }) => {
      const user = objects.store.get("users", scope);
      return user && summary(user.body);
    });
  },
};

export const roles: Family = { entities: [role], links: [permissions], routes: [holders] };
