import { alphanumerics, secret } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { flag, text } from "../management/fields.ts";
import { type Body, bodyAt, isBody, pick, textAt, textsAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Family, Listing, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { clientCredentials, createCredentials, withCredentialsInFull } from "./client-credentials.ts";
import { clientDefaults, completedTokens, refreshTokenDefaults } from "./client-defaults.ts";
import { clientFields, clientPatchFields } from "./client-fields.ts";
import { askedClients } from "./client-search.ts";

const noClient = missing("The client does not exist", "inexistent_client");

/** What a PATCH merges; anything else that it names is replaced whole. */
const merged = [
  ...["client_metadata", "jwt_configuration", "mobile", "native_social_login", "session_transfer"],
  "signed_request_object",
];

const client: Entity = {
  family: "clients",
  path: "/clients",
  idField: "client_id",
  newId: () => alphanumerics(32),
  missing: noClient,
  keys: [
    {
      name: "alias",
      of: (body) => textsAt(body, "client_aliases"),
      conflict: conflict("Another client exists with the same alias.").fault,
    },
    { name: "client_id", of: (body) => textAt(body, "client_id") },
    { name: "external_client_id", of: (body) => textAt(body, "external_client_id") },
    { name: "app_type", of: (body) => textAt(body, "app_type") },
    { name: "is_first_party", of: (body) => String(body.is_first_party === true) },
    { name: "is_global", of: (body) => String(body.global === true) },
  ],
  references: [
    {
      field: "resource_server_identifier",
      family: "resource-servers",
      by: "identifier",
      missing: badBody("The resource server does not exist").fault,
    },
  ],
  create: { fields: clientFields, status: 201 },
  update: { fields: clientPatchFields, merged },
  remove: { status: 204, repeated: 204 },
  defaults: clientDefaults,
  settle,
  afterCreate: (stored, call) => {
    createCredentials(stored, call);
    enableOnConnections(stored, call);
  },
  beforeRemove: ({ body }) => {
    if (body.global === true) throw new Refusal({ status: 400, message: "Global client cannot be deleted." });
  },
  shown,
  list: {
    items: "clients",
    style: "pages",
    leastPerPage: 0,
    filters: { is_global: flag(), is_first_party: flag(), app_type: text() },
    query: {
      parameters: { q: text(), external_client_id: text({ min: 1, max: 120 }) },
      of: (call) => askedClients(call),
    },
    fields: ["tenant"],
  },
};

function settle(next: Body, call: Call, before?: Stored): Body {
  const { objects } = call.tenant;
  const organization = textAt(bodyAt(next, "default_organization"), "organization_id");
  if (organization !== undefined && !objects.store.get("organizations", organization)) {
    throw badBody("The organization in default_organization does not exist");
  }
  refuseGrantTypes(next);
  // https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior
  const behavior = next.organization_require_behavior;
  if (next.organization_discovery_methods !== undefined && behavior !== undefined && behavior !== "pre_login_prompt") {
    throw badBody(
      "organization_discovery_methods can only be set when organization_require_behavior is pre_login_prompt",
    );
  }
  if (Object.keys(bodyAt(next, "client_metadata")).length > 10)
    throw badBody("client_metadata can have at most 10 properties");
  return completed(before ? next : completedTokens(next));
}

/** Grant types that are a word; every other one is a URI: https://auth0.com/docs/get-started/applications/application-grant-types */
const words = ["authorization_code", "implicit", "refresh_token", "client_credentials", "password"];

/** https://github.com/auth0/terraform-provider-auth0/issues/123 and, of several, https://github.com/auth0/auth0-deploy-cli/issues/45 */
function refuseGrantTypes(next: Body): void {
  const open = next.token_endpoint_auth_method === "none";
  const wrong = textsAt(next, "grant_types").filter(
    (type) => (!type.includes(":") && !words.includes(type)) || (open && type === "client_credentials"),
  );
  if (wrong.length > 0) throw new Refusal({ status: 400, message: `Invalid grant types: ${wrong.join(", ")}` });
}

/** The answer to a create also names how the client is kept, and shows its credentials in full. */
function shown(stored: Stored, call: Call): Body {
  const created = call.method === "POST" && call.params.id === undefined;
  const body = created ? { ...withCredentialsInFull(stored, call), encrypted: true } : stored.body;
  return { ...body, signing_keys: call.tenant.signingKeys };
}

/** Objects whose missing fields Auth0 fills in, and what it fills them with. */
const fillings: { readonly [field: string]: Body } = {
  session_transfer: {
    can_create_session_transfer_token: false,
    allowed_authentication_methods: [],
    enforce_device_binding: "ip",
    allow_refresh_token: false,
    enforce_cascade_revocation: true,
    enforce_online_refresh_tokens: true,
  },
};

function completed(next: Body): Body {
  const filled = Object.entries(fillings).flatMap(([field, filling]) => {
    const held = next[field];
    return isBody(held) ? [[field, { ...filling, ...held }]] : [];
  });
  const urls = bodyAt(next, "oidc_logout").backchannel_logout_urls;
  const older = urls === undefined ? {} : { oidc_backchannel_logout: { backchannel_logout_urls: urls } };
  return { ...next, ...older, ...Object.fromEntries(filled) };
}

/** With the tenant's flag on (its default) a new client may use every connection there is: https://auth0.com/docs/api/management/v2/tenants/patch-settings */
function enableOnConnections({ id }: Stored, { tenant: { objects } }: Call): void {
  if (bodyAt(objects.single("tenants/settings"), "flags").enable_client_connections === false) return;
  for (const connection of objects.store.select({ family: "connections" })) {
    objects.store.insert("connection-clients", connection.id, id, {}, []);
  }
}

const rotation: Route = {
  method: "POST",
  path: "/clients/:id/rotate-secret",
  handle: (call) => {
    const { objects } = call.tenant;
    const stored = objects.require("clients", call.params.id ?? "", noClient);
    return { status: 200, body: shown(objects.rewrite(stored, { ...stored.body, client_secret: secret() }), call) };
  },
};

/** What a client's list says of a connection: https://auth0.com/docs/api/management/v2/clients/get-client-connections */
const ofConnection = [
  ...["id", "name", "display_name", "strategy", "is_domain_connection", "realms", "metadata", "options"],
  ...["show_as_button", "provisioning_ticket_url"],
];

const connectionsOf: Listing = { items: "connections", style: "checkpoint", fields: ["id"] };

const enabledConnections: Route = {
  method: "GET",
  path: "/clients/:id/connections",
  query: listQuery(connectionsOf),
  handle: (call) => {
    const { objects } = call.tenant;
    const { id } = objects.require("clients", call.params.id ?? "", noClient);
    const selection = { family: "connection-clients", id };
    return listAnswer(objects.store, connectionsOf, selection, call, ({ scope }) => {
      const connection = objects.store.get("connections", scope);
      return (
        connection && pick(objects.entity("connections").shown?.(connection, call) ?? connection.body, ofConnection)
      );
    });
  },
};

export const clients: Family = {
  entities: [client, clientCredentials],
  routes: [rotation, enabledConnections],
  seed: ({ objects, domain }) => {
    // the client that stands for the tenant as a whole: https://auth0.com/docs/get-started/applications
    const id = alphanumerics(32);
    objects.seed("clients", id, {
      client_id: id,
      client_secret: secret(),
      tenant: domain.split(":")[0] ?? "",
      name: "All Applications",
      global: true,
      is_first_party: true,
      is_token_endpoint_ip_header_trusted: false,
      oidc_conformant: true,
      sso: false,
      sso_disabled: false,
      cross_origin_auth: false,
      cross_origin_authentication: false,
      callbacks: [],
      custom_login_page_on: true,
      jwt_configuration: { alg: "RS256" },
      grant_types: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
      refresh_token: refreshTokenDefaults({}),
    });
  },
};
