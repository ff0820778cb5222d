import { prefixed } from "../ids.ts";
import { badBody, conflict, Refusal } from "../management/faults.ts";
import {
  choice,
  decimal,
  extended,
  flag,
  freeRecord,
  list,
  nullable,
  record,
  text,
  without,
} from "../management/fields.ts";
import { bodiesAt, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Family, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { enabledConnectionRoutes, organizationConnection } from "./organization-connections.ts";
import { discoveryDomain } from "./organization-domains.ts";
import { grantRoutes, organizationGrant } from "./organization-grants.ts";
import { memberRoles, members } from "./organization-members.ts";
import { noOrganization } from "./organization-parent.ts";

const quota = decimal({ min: 1, max: 2147483647 });
const color = text({ format: "html-color" });

/** https://auth0.com/docs/api/management/v2/organizations/post-organizations */
const fields = record(
  {
    name: text({ min: 1, max: 50, format: "organization-name" }),
    display_name: text({ min: 1, max: 255 }),
    branding: record({
      logo_url: text({ format: "strict-https-uri-or-null" }),
      colors: record({ primary: color, page_background: color }, { required: ["primary", "page_background"] }),
    }),
    metadata: freeRecord({ max: 25, values: nullable(text({ max: 255 })) }),
    enabled_connections: list(
      record(
        {
          connection_id: text(),
          assign_membership_on_login: flag(),
          show_as_button: flag(),
          is_signup_enabled: flag(),
        },
        { required: ["connection_id"] },
      ),
      { max: 10 },
    ),
    token_quota: record(
      { client_credentials: record({ enforce: flag(), per_day: quota, per_hour: quota }, { min: 1 }) },
      { required: ["client_credentials"] },
    ),
    third_party_client_access: choice(["allow", "block"]),
  },
  { required: ["name"] },
);

const organization: Entity = {
  family: "organizations",
  path: "/organizations",
  idField: "id",
  newId: prefixed("org"),
  missing: noOrganization,
  keys: [
    {
      name: "name",
      of: (body) => textAt(body, "name"),
      conflict: conflict("An organization with this name already exists.", "organization_conflict").fault,
    },
    { name: "display_name", of: (body) => textAt(body, "display_name") },
  ],
  create: { fields, status: 201 },
  update: {
    fields: extended(without(fields, "enabled_connections"), {
      token_quota: nullable(fields.properties?.token_quota ?? {}),
    }),
  },
  remove: { status: 204, repeated: 404 },
  settle: (next) => {
    const kept = omit(next, ["enabled_connections"]);
    const metadata = Object.entries(kept.metadata ?? {}).filter(([, value]) => value !== null);
    return metadata.length === 0 ? omit(kept, ["metadata"]) : { ...kept, metadata: Object.fromEntries(metadata) };
  },
  afterCreate: enableGiven,
  list: { items: "organizations", style: "pages", sort: ["name", "display_name", "created_at"] },
};

function enableGiven({ id }: Stored, call: Call): void {
  const { objects } = call.tenant;
  for (const given of bodiesAt(call.body, "enabled_connections")) {
    const connection = textAt(given, "connection_id") ?? "";
    if (!objects.store.get("connections", connection)) throw badBody(`Connections: ${connection} not found.`);
    objects.create("organization-connections", [id], given, call);
  }
}

const byName: Route = {
  method: "GET",
  path: "/organizations/name/:name",
  handle: ({ tenant: { objects }, params }) => {
    const found = objects.store.owner("organizations", "name", params.name ?? "");
    if (!found) throw new Refusal(noOrganization);
    return { status: 200, body: found.body };
  },
};

export const organizations: Family = {
  entities: [organization, organizationConnection, discoveryDomain, organizationGrant],
  links: [members, memberRoles],
  routes: [byName, ...enabledConnectionRoutes, ...grantRoutes],
};
