import { missing, Refusal } from "../management/faults.ts";
import { text, whole } from "../management/fields.ts";
import { type Body, pick } from "../management/json.ts";
import { fieldsQuery, narrowed } from "../management/listing.ts";
import type { Call, Family, Route } from "../management/tables.ts";
import type { Store, Stored } from "../store.ts";
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
    const take = Number(call.query.take ?? 50);
    const found: Stored[] = [];
    for (const link of holdersAfter(store, role, placeOf(call.query.from))) {
      if (link.scope.startsWith(within)) found.push(link);
      if (found.length > take) break;
    }
    const page = found.slice(0, take);
    const last = page.at(-1);
    const more = last !== undefined && found.length > take;
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

/** Whoever was given a role in whichever organization, a hundred at a time: a page reads no more than it passes by. */
function* holdersAfter(store: Store, role: string, place: number): Generator<Stored> {
  const where = [{ name: "target", values: [role] }];
  for (let after: number | undefined = place; after !== undefined; ) {
    const some: Stored[] = store.select({ family: "organization-member-roles", where, after, limit: 100 });
    yield* some;
    after = some.length === 100 ? some.at(-1)?.sequence : undefined;
  }
}

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
