import { conflict, missing, Refusal } from "../management/faults.ts";
import { text } from "../management/fields.ts";
import { pick, textAt } from "../management/json.ts";
import type { Call, Found, Link } from "../management/tables.ts";
import { scopeOf } from "../store.ts";
import { organizationParent } from "./organization-parent.ts";

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/assign-members */
export const members: Link = {
  family: "organization-members",
  path: "/organizations/:organization/members",
  parents: [organizationParent],
  listed: "members",
  mostAtOnce: 10,
  open: true,
  item: text({ format: "user-id-with-max-length" }),
  idOf: String,
  target: { family: "users", of: String, missing: missing("The user does not exist.", "inexistent_user") },
  statuses: { add: 204, remove: 204 },
  shown: ({ scope, id }, { body }, { query, tenant: { objects } }) => {
    const summary = pick(body, ["user_id", "email", "picture", "name"]);
    if (!asksForRoles(query)) return summary;
    const links = objects.store.select({ family: "organization-member-roles", scope: scopeOf(scope, id) });
    const roles = links.map((link) => objects.store.get("roles", link.id)?.body ?? {});
    return { ...summary, roles: roles.map((role) => pick(role, ["id", "name"])) };
  },
  list: {
    items: "members",
    style: "pages",
    mostPage: 1000,
    token: "time and id",
    since: ({ params, tenant: { objects } }) => {
      const organization = objects.store.get("organizations", params.organization ?? "");
      return organization && textAt(organization.body, "created_at");
    },
    nextAlways: true,
    fields: [],
    query: { parameters: {}, of: demandRolesScope },
  },
};

function asksForRoles({ fields, include_fields }: Call["query"]): boolean {
  return include_fields !== "false" && fields?.split(",").includes("roles") === true;
}

/** Roles are told only with their own scope: https://auth0.com/docs/api/management/v2/organizations/get-members */
function demandRolesScope({ query, scopes }: Call): Found {
  const scope = "read:organization_member_roles";
  if (!asksForRoles(query) || scopes === "all" || scopes.has(scope)) return {};
  const message = `Insufficient scope, expected any of: ${scope}`;
  throw new Refusal({ status: 403, message, code: "insufficient_scope" });
}

/** Roles that a member has only inside the organization: https://auth0.com/docs/manage-users/organizations/configure-organizations/assign-members */
export const memberRoles: Link = {
  family: "organization-member-roles",
  path: "/organizations/:organization/members/:user/roles",
  parents: [
    organizationParent,
    {
      param: "user",
      family: "organization-members",
      missing: missing("The user is not a member of the organization."),
    },
  ],
  listed: "roles",
  item: text({ format: "role-id" }),
  idOf: String,
  target: { family: "roles", of: String, missing: missing("The role does not exist.") },
  limit: { most: 50, fault: conflict("No more roles can be assigned to this organization member.").fault },
  statuses: { add: 204, remove: 204 },
  shown: (_, { body }) => ({ ...pick(body, ["id", "name"]), description: textAt(body, "description") ?? "" }),
  list: { items: "roles", style: "pages", checkpoint: false, mostPage: 1000 },
};
