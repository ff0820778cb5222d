import { randomBytes } from "node:crypto";
import { prefixed } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { choice, flag, record, text } from "../management/fields.ts";
import { textAt } from "../management/json.ts";
import type { Entity, Route } from "../management/tables.ts";
import { scopeOf } from "../store.ts";
import { noOrganization, organizationParent } from "./organization-parent.ts";

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/create-org-domains */
const fields = record(
  {
    domain: text({ min: 3, max: 255, format: "hostname-pattern" }),
    status: choice(["pending", "verified"]),
    use_for_organization_discovery: flag(),
  },
  { required: ["domain"] },
);

/** Domains by which people find their organization. The status is the tenant administrator's word: "verified" is taken as given. */
const noDomain = missing("No organization domain found by that id");

export const discoveryDomain: Entity = {
  family: "discovery-domains",
  path: "/organizations/:organization/discovery-domains",
  parents: [organizationParent],
  idField: "id",
  newId: prefixed("ord", 22),
  missing: noDomain,
  keys: [
    {
      name: "domain",
      of: (body) => textAt(body, "domain"),
      within: "parent",
      conflict: conflict(
        "An organization discovery domain with this domain is already registered to this organization.",
      ).fault,
    },
  ],
  create: { fields, status: 201 },
  update: {
    fields: record({ status: choice(["pending", "verified"]), use_for_organization_discovery: flag() }),
  },
  remove: { status: 204, repeated: 204 },
  defaults: (body, { params }) => ({
    status: "pending",
    verification_host: `_ss-verification.${params.organization}.${textAt(body, "domain")}`,
    verification_txt: randomBytes(16).toString("hex"),
    use_for_organization_discovery: true,
  }),
  afterCreate: ({ scope }, { tenant: { objects } }) => {
    if (objects.store.count({ family: "discovery-domains", scope }) > 100) throw new Refusal(tooMany);
  },
  list: { items: "domains", style: "checkpoint", token: "following id" },
};

const tooMany = badBody("An organization can have at most 100 discovery domains").fault;

/** https://auth0.com/docs/api/management/v2/organizations/get-organization-discovery-domain-by-name */
export const domainByName: Route = {
  method: "GET",
  path: "/organizations/:organization/discovery-domains/name/:name",
  handle: ({ params, tenant: { objects } }) => {
    const { id } = objects.require("organizations", params.organization ?? "", noOrganization);
    const found = objects.store.owner("discovery-domains", "domain", scopeOf(id, params.name ?? ""));
    if (!found) throw new Refusal(noDomain);
    return { status: 200, body: found.body };
  },
};
