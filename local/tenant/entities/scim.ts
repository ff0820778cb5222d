import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { list, nullable, record, text } from "../management/fields.ts";
import { type Body, bodyAt, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Listing, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { isMapping, scimDefaults } from "./scim-mapping.ts";
import { scimToken, scimTokenRoutes } from "./scim-tokens.ts";
import { tenantName } from "./tenant-name.ts";

const family = "scim-configurations";
const path = "/connections/:connection/scim-configuration";

const noConnection = missing("The connection does not exist", "inexistent_connection");
const unsupported = missing(
  "This connection type does not support SCIM. Please see our documentation for the currently supported connection types: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.",
);
const noConfiguration = missing("Not Found");

const fields = record({
  user_id_attribute: text({ description: "User ID attribute for generating unique user ids" }),
  mapping: list(record({ auth0: text(), scim: text() }, { open: true })),
});

/** How an identity provider keeps a connection's people up to date: at most one for a connection, and gone with it. */
const configuration: Entity = {
  family,
  path,
  parents: [{ param: "connection", family: "connections", missing: noConnection }],
  idField: "id",
  newId: () => "scim",
  missing: noConfiguration,
  readable: false,
  keys: [
    {
      name: "connection",
      of: () => "one",
      within: "parent",
      conflict: conflict("SCIM configuration already exists for connection").fault,
    },
  ],
};

/** The connection of the path and what its strategy begins with; one without provisioning is refused as if nothing were there. */
function connectionOf({ params, tenant: { objects } }: Call) {
  const { id, body } = objects.require("connections", params.connection ?? "", noConnection);
  const defaults = scimDefaults(textAt(body, "strategy") ?? "");
  if (!defaults) throw new Refusal(unsupported);
  return { id, options: bodyAt(body, "options"), defaults };
}

/** The configuration of the path's connection, or the refusal. */
function configurationOf(call: Call): Stored {
  return call.tenant.objects.require(family, "scim", noConfiguration, connectionOf(call).id);
}

const commonEndpoint = new Refusal({
  status: 400,
  message: "SCIM cannot be enabled for this connection when the Azure AD common endpoint is used.",
});

function shown({ scope, body: { id: _, ...body } }: Stored, { tenant }: Call): Body {
  const connection = tenant.objects.store.get("connections", scope)?.body ?? {};
  return {
    connection_id: scope,
    connection_name: textAt(connection, "name") ?? "",
    strategy: textAt(connection, "strategy") ?? "",
    tenant_name: tenantName(tenant),
    ...body,
  };
}

const badMapping = badBody("Invalid mapping provided");

/** https://auth0.com/docs/api/management/v2/connections/post-scim-configuration */
const create: Route = {
  method: "POST",
  path,
  fields: nullable(fields),
  handle: (call) => {
    const { id, options, defaults } = connectionOf(call);
    if (options.useCommonEndpoint === true || options.waad_common_endpoint === true) throw commonEndpoint;
    if (!isMapping(call.body)) throw badMapping;
    const now = new Date().toISOString();
    const given = { ...defaults, ...call.body };
    const whole = { ...given, created_at: now, updated_on: now };
    return { status: 201, body: shown(call.tenant.objects.create(family, [id], whole, call), call) };
  },
};

const read: Route = {
  method: "GET",
  path,
  handle: (call) => ({ status: 200, body: shown(configurationOf(call), call) }),
};

const update: Route = {
  method: "PATCH",
  path,
  fields: { ...fields, required: ["user_id_attribute", "mapping"] },
  handle: (call) => {
    const before = configurationOf(call);
    if (!isMapping(call.body)) throw badMapping;
    const patch = { ...call.body, updated_on: new Date().toISOString() };
    return { status: 200, body: shown(call.tenant.objects.update(before, patch, call), call) };
  },
};

const remove: Route = {
  method: "DELETE",
  path,
  handle: (call) => {
    const { objects } = call.tenant;
    const stored = objects.store.get(family, "scim", connectionOf(call).id);
    if (stored) objects.remove(stored);
    return { status: 204 };
  },
};

const readDefault: Route = {
  method: "GET",
  path: `${path}/default-mapping`,
  handle: (call) => ({ status: 200, body: { mapping: connectionOf(call).defaults.mapping } }),
};

const listing: Listing = {
  items: "scim_configurations",
  style: "checkpoint",
  badFrom: { status: 400, message: "Invalid pagination cursor." },
};

/** https://auth0.com/docs/api/management/v2/connections/get-scim-configurations */
const listAll: Route = {
  method: "GET",
  path: "/connections-scim-configurations",
  query: listQuery(listing),
  handle: (call) => listAnswer(call.tenant.objects.store, listing, { family }, call, (stored) => shown(stored, call)),
};

export const scimEntities: readonly Entity[] = [configuration, scimToken(family)];
export const scimRoutes: readonly Route[] = [
  ...[create, read, update, remove, readDefault, listAll],
  ...scimTokenRoutes(`${path}/tokens`, configurationOf),
];
