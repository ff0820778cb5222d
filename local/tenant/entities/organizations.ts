import { prefixed } from "../ids.ts";
import { badBody, conflict, Refusal } from "../management/faults.ts";
import {
  choice,
  extended,
  flag,
  freeRecord,
  list,
  nullable,
  record,
  text,
  whole,
  without,
} from "../management/fields.ts";
import { type Body, bodiesAt, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Family, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { useOrganizationApplications } from "./early-access.ts";
import { invitationRoutes, organizationInvitation } from "./invitations.ts";
import { associationOf, organizationClient, organizationClientRoutes } from "./organization-clients.ts";
import { enabledConnectionRoutes, organizationConnection, shownOlder } from "./organization-connections.ts";
import { discoveryDomain, domainByName } from "./organization-domains.ts";
import { grantRoutes, organizationGrant } from "./organization-grants.ts";
import { memberRoles, members } from "./organization-members.ts";
import { noOrganization, shownOrganization } from "./organization-parent.ts";

const quota = whole({ min: 1, max: 2147483647 });
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
    // early access: shown where it was set
    third_party_client_access: choice(["allow", "block"]),
    is_app_entitlement_active: flag(),
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
  settle: (next, { tenant }, before) => {
    if (next.is_app_entitlement_active !== undefined) useOrganizationApplications(tenant);
    const created_at = before?.body.created_at ?? new Date().toISOString();
    const kept: Body = { ...omit(next, ["enabled_connections"]), created_at };
    const metadata = Object.entries(kept.metadata ?? {}).filter(([, value]) => value !== null);
    return metadata.length === 0 ? omit(kept, ["metadata"]) : { ...kept, metadata: Object.fromEntries(metadata) };
  },
  afterCreate: enableGiven,
  shown,
  list: {
    items: "organizations",
    style: "pages",
    mostPage: 1000,
    token: "time and id",
    sort: ["name", "display_name", "created_at"],
    query: { parameters: { include_client_association_for: text({ format: "client-id" }) }, of: () => ({}) },
  },
};

/** The answer to a create also shows the connections that came with it; a list, how a client is associated. */
function shown(stored: Stored, call: Call): Body {
  const body = shownOrganization(stored, call);
  const client = call.query.include_client_association_for;
  if (client !== undefined) return { ...body, ...associationOf(stored.id, client, call) };
  if (call.method !== "POST" || call.body.enabled_connections === undefined) return body;
  const enabled = call.tenant.objects.store.select({ family: "organization-connections", scope: stored.id });
  return { ...body, enabled_connections: enabled.map((connection) => shownOlder(connection, call)) };
}

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
  handle: (call) => {
    const found = call.tenant.objects.store.owner("organizations", "name", call.params.name ?? "");
    if (!found) throw new Refusal(noOrganization);
    return { status: 200, body: shownOrganization(found, call) };
  },
};

export const organizations: Family = {
  entities: [
    organization,
    organizationConnection,
    discoveryDomain,
    organizationGrant,
    organizationClient,
    organizationInvitation,
  ],
  links: [members, memberRoles],
  routes: [
    byName,
    domainByName,
    ...enabledConnectionRoutes,
    ...grantRoutes,
    ...organizationClientRoutes,
    ...invitationRoutes,
  ],
};
