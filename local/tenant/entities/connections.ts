import { alphanumerics, prefixed } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { flag, list, record, text } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, isBody, omit, textAt, textsAt } from "../management/json.ts";
import type { Call, Entity, Family, Link, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { connectionFields, connectionPatchFields } from "./connection-fields.ts";
import {
  isEnterprise,
  isNamed,
  isProvisioned,
  isPurposeful,
  newOptions,
  patchedOptions,
} from "./connection-strategies.ts";
import { scimEntities, scimRoutes } from "./scim.ts";

const noConnection = missing("The connection does not exist", "inexistent_connection");

const connection: Entity = {
  family: "connections",
  path: "/connections",
  idField: "id",
  newId: prefixed("con"),
  missing: noConnection,
  keys: [
    {
      name: "name",
      of: (body) => textAt(body, "name"),
      conflict: conflict("A connection with the same name already exists").fault,
    },
    { name: "strategy", of: (body) => textAt(body, "strategy") },
  ],
  create: { fields: connectionFields, status: 201 },
  update: { fields: connectionPatchFields },
  // the deletion itself goes on in the background; once it is over there is nothing left to tell
  remove: { status: 202, body: () => ({ deleted_at: new Date().toISOString() }), repeated: 204 },
  defaults: (body, { tenant }) => {
    const strategy = textAt(body, "strategy") ?? "";
    const name = textAt(body, "name") ?? "";
    return {
      is_domain_connection: false,
      ...(isPurposeful(strategy, body)
        ? { authentication: { active: true }, connected_accounts: { active: false } }
        : {}),
      realms: [name],
      ...(isEnterprise(strategy) ? { show_as_button: false } : {}),
      ...(isNamed(strategy) ? { display_name: name } : {}),
      ...(isProvisioned(strategy, body)
        ? { provisioning_ticket_url: `https://${tenant.domain}/p/${strategy}/${alphanumerics(8)}` }
        : {}),
    };
  },
  settle,
  afterCreate: ({ id, body }, call) => enable(id, textsAt(body, "enabled_clients"), call),
  shown: ({ id, body }, { method, tenant: { objects } }) => ({
    ...body,
    options: method === "GET" ? withoutUnused(bodyAt(body, "options")) : bodyAt(body, "options"),
    enabled_clients: objects.store.select({ family: "connection-clients", scope: id }).map((link) => link.id),
  }),
  list: {
    items: "connections",
    style: "pages",
    nextIfMore: true,
    filters: ["strategy", "name"],
    fields: ["id", "is_domain_connection", "authentication", "connected_accounts"],
  },
};

function settle(next: Body, call: Call, before?: Stored): Body {
  const strategy = textAt(next, "strategy") ?? "";
  if (isBody(next.cross_app_access_requesting_app) && !requestingApps.includes(strategy)) throw noRequestingApp;
  if (!before) return { ...next, options: newOptions(strategy, bodyAt(next, "options"), call.tenant.domain) };
  if (call.body.enabled_clients !== undefined) replaceClients(before.id, textsAt(call.body, "enabled_clients"), call);
  const options =
    call.body.options === undefined
      ? bodyAt(before.body, "options")
      : patchedOptions(strategy, bodyAt(before.body, "options"), bodyAt(call.body, "options"));
  // a display name that a PATCH does not repeat falls back to the name
  const named = isNamed(strategy) && call.body.display_name === undefined;
  return { ...next, options, ...(named ? { display_name: next.name ?? "" } : {}) };
}

/** Strategies whose people may take part in Cross App Access: https://auth0.com/docs/ai-agents-mcp/cross-app-access */
const requestingApps = ["oidc", "okta", "samlp"];

const noRequestingApp = new Refusal({
  status: 400,
  message: "Cross App Access Requesting App is not supported for this connection.",
  code: "operation_not_supported",
});

/** An endpoint that a strategy of its own has no use for is told back once, as null, and then forgotten. */
function withoutUnused(options: Body): Body {
  return omit(
    options,
    ["authorizationURL", "tokenURL"].filter((name) => options[name] === null),
  );
}

function enable(connection: string, clients: readonly string[], { tenant: { objects } }: Call): void {
  for (const client of clients) {
    if (!objects.store.get("clients", client)) throw badBody(`Client ${client} does not exist`);
    objects.link(connectionClients, [connection], client);
  }
}

function replaceClients(connection: string, clients: readonly string[], call: Call): void {
  const { objects } = call.tenant;
  for (const link of objects.store.select({ family: "connection-clients", scope: connection })) {
    if (!clients.includes(link.id)) objects.remove(link);
  }
  enable(connection, clients, call);
}

const connectionClients: Link = {
  family: "connection-clients",
  path: "/connections/:connection/clients",
  parents: [{ param: "connection", family: "connections", missing: noConnection }],
  listed: "clients",
  item: text(),
  idOf: String,
  target: { family: "clients", of: String, missing: missing("The client does not exist", "inexistent_client") },
  statuses: { add: 204, remove: 204 },
  writable: false,
  shown: ({ id }) => ({ client_id: id }),
  list: { items: "clients", style: "checkpoint" },
};

/** Changes the named clients and leaves the others: https://auth0.com/docs/api/management/v2/connections/patch-clients */
const patchClients: Route = {
  method: "PATCH",
  path: "/connections/:connection/clients",
  fields: list(
    record({ client_id: text({ format: "client-id" }), status: flag() }, { required: ["client_id", "status"] }),
    {
      min: 1,
      max: 50,
    },
  ),
  handle: (call) => {
    const { objects } = call.tenant;
    const { id } = objects.require("connections", call.params.connection ?? "", noConnection);
    for (const change of bodiesAt(call.body, "items")) {
      const client = textAt(change, "client_id") ?? "";
      if (change.status === true) {
        if (!objects.store.get("clients", client)) throw new Refusal(connectionClients.target.missing);
        objects.link(connectionClients, [id], client);
      } else {
        const link = objects.store.get("connection-clients", client, id);
        if (link) objects.remove(link);
      }
    }
    return { status: 204 };
  },
};

/** The database that Auth0 makes with a tenant: https://auth0.com/docs/authenticate/database-connections */
const firstDatabase = "Username-Password-Authentication";

export const connections: Family = {
  entities: [connection, ...scimEntities],
  links: [connectionClients],
  routes: [patchClients, ...scimRoutes],
  seed: ({ objects, domain }) => {
    const id = prefixed("con")();
    objects.seed("connections", id, {
      id,
      name: firstDatabase,
      strategy: "auth0",
      options: newOptions("auth0", {}, domain),
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
      realms: [firstDatabase],
    });
  },
};
