import { alphanumerics, secret } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { type Body, bodyAt, isBody, pick, textAt, textsAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Family, Listing, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { clientCredentials, createCredentials } from "./client-credentials.ts";
import { clientFields, clientPatchFields } from "./client-fields.ts";

const noClient = missing("The client does not exist", "inexistent_client");

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
  update: { fields: clientPatchFields, merged: ["jwt_configuration", "client_metadata", "mobile", "session_transfer"] },
  remove: { status: 204, repeated: 204 },
  defaults,
  settle,
  afterCreate: (stored, call) => {
    createCredentials(stored, call);
    enableOnConnections(stored, call);
  },
  beforeRemove: ({ body }) => {
    if (body.global === true)
      throw new Refusal({
        status: 403,
        message: "The global client cannot be deleted",
        code: "operation_not_supported",
      });
  },
  shown: ({ body }, call) => ({ ...body, signing_keys: call.tenant.signingKeys }),
  list: {
    items: "clients",
    style: "pages",
    filters: ["is_global", "is_first_party", "app_type"],
    fields: ["tenant"],
  },
};

/** Lifetimes in seconds; those of confidential apps are the longer ones. */
const refreshTokens = {
  short: { token_lifetime: 2592000, idle_token_lifetime: 1296000 },
  long: { token_lifetime: 31557600, idle_token_lifetime: 2592000 },
};

function defaults(body: Body, { tenant }: Call): Body {
  const type = textAt(body, "app_type") ?? "";
  // an app without a type counts as confidential once it declares how it proves itself
  const proving =
    type === "" &&
    ["client_secret_post", "client_secret_basic"].includes(textAt(body, "token_endpoint_auth_method") ?? "");
  const lifetimes =
    proving || ["regular_web", "non_interactive"].includes(type) ? refreshTokens.long : refreshTokens.short;
  const conformant = ["resource_server", "express_configuration"].includes(type) || body.is_first_party === false;
  const expiring = body.is_first_party === false;
  return {
    tenant: tenant.domain.split(":")[0] ?? "",
    global: false,
    is_token_endpoint_ip_header_trusted: false,
    is_first_party: true,
    oidc_conformant: conformant,
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    ...(type === "express_configuration" ? {} : { client_secret: secret() }),
    grant_types: grantTypes(type, body),
    refresh_token: {
      expiration_type: expiring ? "expiring" : "non-expiring",
      rotation_type: expiring && type === "spa" ? "rotating" : "non-rotating",
      leeway: 0,
      infinite_token_lifetime: !(expiring && type === "spa"),
      infinite_idle_token_lifetime: !expiring,
      ...lifetimes,
    },
  };
}

function grantTypes(type: string, body: Body): string[] {
  if (type === "resource_server") return [];
  if (type === "express_configuration") return ["authorization_code", "client_credentials"];
  if (body.third_party_security_mode === "strict") return ["authorization_code"];
  const all = ["authorization_code", "implicit", "refresh_token", "client_credentials"];
  return ["native", "spa"].includes(type) || body.token_endpoint_auth_method === "none" ? all.slice(0, 3) : all;
}

function settle(next: Body, call: Call, before?: Stored): Body {
  const { objects } = call.tenant;
  const organization = textAt(bodyAt(next, "default_organization"), "organization_id");
  if (organization !== undefined && !objects.store.get("organizations", organization)) {
    throw badBody("The organization in default_organization does not exist");
  }
  if (next.token_endpoint_auth_method === "none" && textsAt(next, "grant_types").includes("client_credentials")) {
    throw new Refusal({ status: 400, message: "Invalid grant types: client_credentials" });
  }
  // https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior
  const behavior = next.organization_require_behavior;
  if (next.organization_discovery_methods !== undefined && behavior !== undefined && behavior !== "pre_login_prompt") {
    throw badBody(
      "organization_discovery_methods can only be set when organization_require_behavior is pre_login_prompt",
    );
  }
  if (Object.keys(bodyAt(next, "client_metadata")).length > 10)
    throw badBody("client_metadata can have at most 10 properties");
  if (before) return completed(next);
  const type = textAt(next, "app_type") ?? "";
  const fixed = ["resource_server", "express_configuration"].includes(type);
  const conformant = fixed
    ? { secret_encoded: false, alg: "RS256" }
    : { lifetime_in_seconds: 36000, secret_encoded: false };
  const strict = next.third_party_security_mode === "strict" ? { lifetime_in_seconds: 3600, alg: "RS256" } : {};
  return completed({ ...next, jwt_configuration: { ...conformant, ...strict, ...bodyAt(next, "jwt_configuration") } });
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
  native_social_login: { apple: { enabled: false }, facebook: { enabled: false }, google: { enabled: false } },
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
    return { status: 200, body: objects.rewrite(stored, { ...stored.body, client_secret: secret() }).body };
  },
};

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
        connection &&
        pick(connection.body, ["id", "name", "display_name", "strategy", "is_domain_connection", "realms", "metadata"])
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
      refresh_token: {
        expiration_type: "non-expiring",
        rotation_type: "non-rotating",
        leeway: 0,
        infinite_token_lifetime: true,
        infinite_idle_token_lifetime: true,
        ...refreshTokens.short,
      },
    });
  },
};
