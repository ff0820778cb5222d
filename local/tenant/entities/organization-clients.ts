import { conflict, missing } from "../management/faults.ts";
import { flag, list, record, text } from "../management/fields.ts";
import { type Body, bodiesAt, pick, textAt, textsAt } from "../management/json.ts";
import type { Call, Entity, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { useOrganizationApplications } from "./early-access.ts";
import { noOrganization, organizationParent } from "./organization-parent.ts";

const noClient = missing("The client does not exist", "inexistent_client");
const path = "/organizations/:organization/clients";
const id = text({ format: "client-id" });

/** Early access: the applications that an organization's members may use. Added and removed by lists, changed one by one. */
export const organizationClient: Entity = {
  family: "organization-clients",
  path,
  parents: [organizationParent],
  idField: "client_id",
  newId: (body) => textAt(body, "client_id") ?? "",
  missing: missing("No client found by that id"),
  keys: [{ name: "client", of: (body) => textAt(body, "client_id"), within: "parent" }],
  references: [{ field: "client_id", family: "clients", missing: noClient }],
  update: { fields: record({ use_for_member_access: flag() }) },
  defaults: () => ({ use_for_member_access: false }),
  shown,
  list: { items: "clients", style: "checkpoint" },
};

/** What an answer says of the application itself. */
const summary = ["name", "app_type", "logo_uri", "is_first_party", "grant_types", "organization_usage"];

function shown({ id: client, body }: Stored, { tenant: { objects } }: Call): Body {
  return { ...body, client: pick(objects.store.get("clients", client)?.body ?? {}, summary) };
}

/** How one application is associated with an organization, as lists of organizations tell it. */
export function associationOf(organization: string, client: string, { tenant: { objects } }: Call): Body {
  const known = objects.store.get("organization-clients", client, organization);
  return known ? { client: pick(known.body, ["use_for_member_access"]) } : {};
}

function organizationOf({ params, tenant: { objects } }: Call): string {
  return objects.require("organizations", params.organization ?? "", noOrganization).id;
}

export const organizationClientRoutes: readonly Route[] = [
  {
    method: "POST",
    path,
    fields: record(
      {
        clients: list(record({ client_id: id, use_for_member_access: flag() }, { required: ["client_id"] }), {
          min: 1,
          max: 10,
        }),
      },
      { required: ["clients"] },
    ),
    handle: (call) => {
      const organization = organizationOf(call);
      const { objects } = call.tenant;
      useOrganizationApplications(call.tenant);
      const made = bodiesAt(call.body, "clients").map((given) => {
        const client = textAt(given, "client_id") ?? "";
        if (objects.store.get("organization-clients", client, organization))
          throw conflict("The client has already been added to this organization.");
        return objects.create("organization-clients", [organization], given, call);
      });
      return { status: 201, body: made.map((stored) => shown(stored, call)) };
    },
  },
  {
    method: "DELETE",
    path,
    fields: record({ clients: list(id, { min: 1, max: 10 }) }, { required: ["clients"] }),
    handle: (call) => {
      const organization = organizationOf(call);
      const { objects } = call.tenant;
      for (const client of textsAt(call.body, "clients")) {
        const known = objects.store.get("organization-clients", client, organization);
        if (known) objects.remove(known);
      }
      return { status: 204 };
    },
  },
];
