import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { choice, flag, nullable, record, text } from "../management/fields.ts";
import { type Body, omit, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Listing, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { noOrganization, organizationParent } from "./organization-parent.ts";

const older = {
  assign_membership_on_login: flag(),
  show_as_button: flag(),
  is_signup_enabled: flag(),
};

const settings = {
  ...older,
  organization_connection_name: nullable(text({ min: 1, max: 50, pattern: "^[^ ]*$" })),
  organization_access_level: nullable(choice(["none", "readonly", "limited", "full"])),
  is_enabled: nullable(flag()),
};

const noConnection = missing("No connection found by that id");
const named = { connection_id: text({ format: "connection-id", min: 1, max: 50 }) };

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/enable-connections */
export const organizationConnection: Entity = {
  family: "organization-connections",
  path: "/organizations/:organization/connections",
  parents: [organizationParent],
  idField: "connection_id",
  newId: (body) => textAt(body, "connection_id") ?? "",
  missing: noConnection,
  keys: [
    {
      name: "connection",
      of: (body) => textAt(body, "connection_id"),
      within: "parent",
      conflict: conflict("The organization connection already exists.").fault,
    },
    { name: "is_enabled", of: (body) => String(body.is_enabled !== false) },
  ],
  references: [{ field: "connection_id", family: "connections", missing: noConnection }],
  create: { fields: record({ ...settings, ...named }, { required: ["connection_id"] }), status: 201 },
  update: { fields: record(settings) },
  remove: { status: 204, repeated: 204 },
  defaults: () => ({
    assign_membership_on_login: false,
    show_as_button: true,
    is_signup_enabled: false,
    is_enabled: true,
    organization_access_level: "none",
  }),
  settle: (next, { tenant: { objects } }) => {
    if (next.is_signup_enabled === true && next.assign_membership_on_login !== true) throw new Refusal(noSignup);
    const connection = objects.store.get("connections", textAt(next, "connection_id") ?? "");
    if (next.is_signup_enabled === true && connection?.body.strategy !== "auth0") throw new Refusal(noSignup);
    return { organization_access_level: "none", is_enabled: true, ...next };
  },
  afterCreate: ({ scope }, { tenant: { objects } }) => {
    if (objects.store.count({ family: "organization-connections", scope }) > 10) throw new Refusal(tooMany);
  },
  shown,
  list: { items: "connections", style: "pages", checkpoint: false, filters: { is_enabled: flag() } },
};

const noSignup = badBody(
  "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.",
).fault;
const tooMany = badBody("An organization can have at most 10 enabled connections").fault;

function shown({ body }: Stored, { tenant: { objects } }: Call): Body {
  const connection = objects.store.get("connections", textAt(body, "connection_id") ?? "")?.body ?? {};
  const strategy = textAt(connection, "strategy") ?? "";
  const visible = strategy === "auth0" ? body : omit(body, ["is_signup_enabled"]);
  return { ...visible, connection: { name: textAt(connection, "name") ?? "", strategy } };
}

const listing: Listing = { items: "enabled_connections", style: "pages", checkpoint: false };
const path = "/organizations/:organization/enabled_connections";

/** The same connection as the older endpoints show it. */
export function shownOlder(stored: Stored, call: Call): Body {
  return omit(shown(stored, call), ["is_enabled", "organization_access_level", "organization_connection_name"]);
}

function find(call: Call): Stored {
  const { objects } = call.tenant;
  const organization = objects.require("organizations", call.params.organization ?? "", noOrganization);
  return objects.require("organization-connections", call.params.id ?? "", noConnection, organization.id);
}

/** The older way to the same objects: https://auth0.com/docs/api/management/v2/organizations/get-enabled-connections */
export const enabledConnectionRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    query: listQuery(listing),
    handle: (call) => {
      const { objects } = call.tenant;
      const { id } = objects.require("organizations", call.params.organization ?? "", noOrganization);
      const selection = {
        family: "organization-connections",
        scope: id,
        where: [{ name: "is_enabled", values: ["true"] }],
      };
      return listAnswer(objects.store, listing, selection, call, (stored) => shownOlder(stored, call));
    },
  },
  {
    method: "POST",
    path,
    fields: record({ ...older, ...named }, { required: ["connection_id"] }),
    handle: (call) => {
      const { objects } = call.tenant;
      const { id } = objects.require("organizations", call.params.organization ?? "", noOrganization);
      return { status: 201, body: shownOlder(objects.create("organization-connections", [id], call.body, call), call) };
    },
  },
  { method: "GET", path: `${path}/:id`, handle: (call) => ({ status: 200, body: shownOlder(find(call), call) }) },
  {
    method: "PATCH",
    path: `${path}/:id`,
    fields: record(older),
    handle: (call) => ({
      status: 200,
      body: shownOlder(call.tenant.objects.update(find(call), call.body, call), call),
    }),
  },
  {
    method: "DELETE",
    path: `${path}/:id`,
    handle: (call) => {
      const { objects } = call.tenant;
      const { id } = objects.require("organizations", call.params.organization ?? "", noOrganization);
      const stored = objects.store.get("organization-connections", call.params.id ?? "", id);
      if (stored) objects.remove(stored);
      return { status: 204 };
    },
  },
];
