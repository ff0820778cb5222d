import { prefixed } from "../ids.ts";
import { conflict, missing } from "../management/faults.ts";
import { choice, nullable, record, text, without } from "../management/fields.ts";
import { type Body, omit, pick, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Entity, Family, Listing, Parent, Route } from "../management/tables.ts";
import { useOrganizationApplications, usesOrganizationApplications } from "./early-access.ts";
import { noOrganization } from "./organization-parent.ts";
import { permissionLink } from "./permissions.ts";

const noRole = missing("The role does not exist.");

/** https://auth0.com/docs/api/management/v2/roles/post-roles; type and owner are early access */
const fields = record(
  {
    name: text({ min: 1 }),
    description: nullable(text()),
    type: choice(["tenant", "organization"]),
    owner_id: text({ format: "organization-id" }),
  },
  { required: ["name"] },
);

const role: Entity = {
  family: "roles",
  path: "/roles",
  idField: "id",
  newId: prefixed("rol"),
  missing: noRole,
  keys: [
    { name: "name", of: (body) => textAt(body, "name"), conflict: conflict("The role already exists.").fault },
    { name: "type", of: (body) => textAt(body, "type") ?? "tenant" },
  ],
  references: [{ field: "owner_id", family: "organizations", missing: noOrganization }],
  create: { fields, status: 200 },
  update: { fields: without(fields, "type", "owner_id") },
  remove: { status: 200, body: () => ({}), repeated: 404 },
  settle: (next, { tenant }) => {
    if (next.type !== undefined) useOrganizationApplications(tenant);
    return next;
  },
  shown: ({ body }, { method, tenant }) => {
    const early = usesOrganizationApplications(tenant);
    const described = { ...(early ? { type: "tenant" } : {}), ...body };
    if (textAt(body, "description") !== undefined) return described;
    // an unset description is null or missing in the answer to its create, and empty from then on
    if (method !== "POST") return { ...described, description: "" };
    return early ? omit(described, ["description"]) : { ...described, description: null };
  },
  list: {
    items: "roles",
    style: "pages",
    checkpoint: false,
    filters: { type: choice(["tenant", "organization"]), owner_id: text({ format: "organization-id" }) },
    search: { param: "name_filter", key: "name" },
  },
};

const parents: readonly Parent[] = [{ param: "role", family: "roles", missing: noRole }];

const permissions = permissionLink("role-permissions", "/roles/:role/permissions", parents, {
  add: 201,
  remove: 204,
  body: {},
});

const holdersList: Listing = { items: "users", style: "pages", token: "time and id", tokenId: ({ scope }) => scope };

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
