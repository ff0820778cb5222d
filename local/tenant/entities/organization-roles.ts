import { missing, Refusal } from "../management/faults.ts";
import { text, whole } from "../management/fields.ts";
import { type Body, pick } from "../management/json.ts";
import { fieldsQuery, narrowed } from "../management/listing.ts";
import type { Call, Family, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { noOrganization } from "./organization-parent.ts";

const noRole = missing("The role does not exist.");
const path = "/organizations/:organization/roles/:role";
const pages = { from: text({ max: 1000 }), take: whole({ min: 1, max: 100 }) };

/** The ids in the path, both checked to exist. */
function idsOf({ params, tenant: { objects } }: Call): { organization: string; role: string } {
  return {
    organization: objects.require("organizations", params.organization ?? "", noOrganization).id,
    role: objects.require("roles", params.role ?? "", noRole).id,
  };
}

/** The place after which a page begins. */
function placeOf(from: string | undefined): number {
  if (from === undefined) return 0;
  const place = Buffer.from(from, "base64url").toString();
  if (/^\d{1,15}$/.test(place)) return Number(place);
  throw new Refusal({ status: 400, message: "The 'from' parameter is not valid.", code: "invalid_query_string" });
}

/**
 * Early access: the members who were given a role in an organization, first given first.
 * https://auth0.com/docs/api/management/v2/organizations/get-organization-role-members
 */
const members: Route = {
  method: "GET",
  path: `${path}/members`,
  query: { ...pages, ...fieldsQuery },
  handle: (call) => {
    const { store } = call.tenant.objects;
    const { organization, role } = idsOf(call);
    const within = `${organization}\n`;
    const given = store
      .select({
        family: "organization-member-roles",
        where: [{ name: "target", values: [role] }],
        after: placeOf(call.query.from),
      })
      .filter(({ scope }) => scope.startsWith(within));
    const page = given.slice(0, Number(call.query.take ?? 50));
    const last = page.at(-1);
    const more = last !== undefined && given.length > page.length;
    const shown = page.map(({ scope }) => personOf(store.get("users", scope.slice(within.length))));
    return {
      status: 200,
      body: {
        members: shown.map((person) => narrowed(person, call, [])),
        ...(more ? { next: Buffer.from(String(last.sequence)).toString("base64url") } : {}),
      },
    };
  },
};

function personOf(user: Stored | undefined): Body {
  return pick(user?.body ?? {}, ["user_id", "email", "picture", "name"]);
}

/** Early access: there are no groups here, as they come from the directories of identity providers. */
const groups: Route = {
  method: "GET",
  path: `${path}/groups`,
  query: pages,
  handle: (call) => {
    idsOf(call);
    placeOf(call.query.from);
    return { status: 200, body: { groups: [] } };
  },
};

export const organizationRoles: Family = { routes: [members, groups] };
