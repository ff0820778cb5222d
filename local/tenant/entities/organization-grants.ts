import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { record, text } from "../management/fields.ts";
import { type Body, pick, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Listing, Route } from "../management/tables.ts";
import { noOrganization, organizationParent, shownOrganization } from "./organization-parent.ts";

const noGrant = missing("The grant does not exist.");
const tooMany = conflict("Quota exceeded; cannot add more than 100 client grants to a single organization").fault;
const copied = ["client_id", "audience", "scope", "organization_usage", "allow_any_organization"];

function grantOf(body: Body, { tenant: { objects } }: Call): Body {
  return objects.store.get("client-grants", textAt(body, "grant_id") ?? "")?.body ?? {};
}

/** https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications/configure-your-application-for-m2m-access */
export const organizationGrant: Entity = {
  family: "organization-grants",
  path: "/organizations/:organization/client-grants",
  parents: [organizationParent],
  idField: "grant_id",
  newId: (body) => textAt(body, "grant_id") ?? "",
  missing: noGrant,
  readable: false,
  keys: [
    {
      name: "grant",
      of: (body) => textAt(body, "grant_id"),
      within: "parent",
      conflict: conflict("The client grant has already been added to this organization.").fault,
    },
    { name: "client_id", of: (body) => textAt(body, "client_id") },
    { name: "audience", of: (body) => textAt(body, "audience") },
  ],
  references: [{ field: "grant_id", family: "client-grants", missing: noGrant }],
  create: {
    fields: record({ grant_id: text({ format: "client-grant-id" }) }, { required: ["grant_id"] }),
    status: 201,
  },
  remove: { status: 204, repeated: 204 },
  settle: (next, call) => {
    const usage = textAt(grantOf(next, call), "organization_usage") ?? "deny";
    const known = call.tenant.objects.store.get("client-grants", textAt(next, "grant_id") ?? "");
    if (known && usage === "deny") throw badBody("The client grant does not allow to be used with organizations");
    // what never changes of a grant, for lists to be selected by
    return { ...next, ...pick(known?.body ?? {}, ["client_id", "audience"]) };
  },
  afterCreate: ({ scope }, { tenant: { objects } }) => {
    if (objects.store.count({ family: "organization-grants", scope }) > 100) throw new Refusal(tooMany);
  },
  shown: ({ id, body }, call) => ({ grant_id: id, ...pick(grantOf(body, call), copied) }),
};

const listing: Listing = {
  items: "client_grants",
  style: "pages",
  checkpoint: false,
  filters: { audience: text({ max: 600 }), client_id: text({ format: "client-id" }) },
};

const listRoute: Route = {
  method: "GET",
  path: "/organizations/:organization/client-grants",
  query: { ...listQuery(listing), grant_ids: text() },
  handle: (call) => {
    const { objects } = call.tenant;
    const { id } = objects.require("organizations", call.params.organization ?? "", noOrganization);
    const ids = call.query.grant_ids?.split(",");
    const where = ids ? [{ name: "grant_id", values: ids }] : [];
    return listAnswer(objects.store, listing, { family: "organization-grants", scope: id, where }, call, ({ body }) =>
      grantOf(body, call),
    );
  },
};

const organizationsOfGrant: Listing = { items: "organizations", style: "pages" };

/** The same pairs from the other side: https://auth0.com/docs/api/management/v2/client-grants/get-client-grant-organizations */
const organizationsRoute: Route = {
  method: "GET",
  path: "/client-grants/:grant/organizations",
  query: listQuery(organizationsOfGrant),
  handle: (call) => {
    const { objects } = call.tenant;
    const { id } = objects.require(
      "client-grants",
      call.params.grant ?? "",
      missing(noGrant.message, "inexistent_client_grant"),
    );
    const selection = { family: "organization-grants", id };
    return listAnswer(objects.store, organizationsOfGrant, selection, call, ({ scope }) => {
      const organization = objects.store.get("organizations", scope);
      return organization && shownOrganization(organization, call);
    });
  },
};

export const grantRoutes: readonly Route[] = [listRoute, organizationsRoute];
