import { prefixed } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { choice, flag, list, nullable, record, text } from "../management/fields.ts";
import { type Body, bodiesAt, omit, textAt, textsAt } from "../management/json.ts";
import type { Call, Entity, Family } from "../management/tables.ts";
import { scopeOf } from "../store.ts";

const scope = list(text({ min: 1, max: 280 }));

/** https://auth0.com/docs/api/management/v2/client-grants/post-client-grants */
const fields = record(
  {
    client_id: text(),
    audience: text({ min: 1 }),
    default_for: choice(["third_party_clients"]),
    organization_usage: choice(["deny", "allow", "require"]),
    allow_any_organization: flag(),
    scope,
    subject_type: choice(["client", "user"]),
    authorization_details_types: list(text({ min: 1, max: 255 })),
    allow_all_scopes: flag(),
  },
  { required: ["audience"] },
);

const noGrant = missing("The grant does not exist.", "inexistent_client_grant");

const clientGrant: Entity = {
  family: "client-grants",
  path: "/client-grants",
  idField: "id",
  newId: prefixed("cgr"),
  missing: noGrant,
  keys: [
    {
      name: "grant",
      of: (body) =>
        scopeOf(
          textAt(body, "client_id") ?? textAt(body, "default_for") ?? "",
          textAt(body, "audience") ?? "",
          textAt(body, "subject_type") ?? "",
        ),
      conflict: conflict("A client grant already exists for this client and audience.").fault,
    },
    { name: "subject_type", of: (body) => textAt(body, "subject_type") },
    { name: "allow_any_organization", of: (body) => String(body.allow_any_organization === true) },
    { name: "default_for", of: (body) => textAt(body, "default_for") },
  ],
  references: [
    { field: "client_id", family: "clients", missing: missing("The client does not exist", "inexistent_client") },
    {
      field: "audience",
      family: "resource-servers",
      by: "identifier",
      missing: missing("The resource server does not exist", "inexistent_resource_server"),
    },
  ],
  create: { fields, status: 201 },
  update: {
    fields: record(
      {
        scope: nullable(scope),
        organization_usage: nullable(choice(["deny", "allow", "require"])),
        allow_any_organization: nullable(flag()),
        authorization_details_types: list(text({ min: 1, max: 255 })),
        allow_all_scopes: nullable(flag()),
      },
      { min: 1 },
    ),
  },
  remove: { status: 204, repeated: 204 },
  defaults: () => ({ subject_type: "client" }),
  settle,
  list: {
    items: "client_grants",
    style: "pages",
    filters: {
      client_id: text(),
      audience: text(),
      allow_any_organization: flag(),
      subject_type: choice(["client", "user"]),
      default_for: choice(["third_party_clients"]),
    },
  },
};

function settle(given: Body, { body, tenant: { objects } }: Call): Body {
  // all scopes and a list of scopes are two ways to say it: the one takes the place of the other
  const next = body.allow_all_scopes === true && textsAt(body, "scope").length === 0 ? omit(given, ["scope"]) : given;
  if ((next.client_id === undefined) === (next.default_for === undefined)) {
    throw badBody("Payload validation error: 'Missing required property: client_id'.");
  }
  const client = objects.store.get("clients", textAt(next, "client_id") ?? "")?.body;
  if (client?.app_type === "express_configuration") throw new Refusal(expressRefused);
  const api = objects.store.owner("resource-servers", "identifier", textAt(next, "audience") ?? "");
  if (api?.body.is_system === true && next.allow_all_scopes !== undefined) {
    throw badBody("`allow_all_scopes` cannot be provided when `audience` is a system API");
  }
  if (next.allow_all_scopes === true && textsAt(next, "scope").length > 0) {
    throw badBody("`scope` cannot be provided when `allow_all_scopes` is true");
  }
  if (
    next.allow_any_organization === true &&
    !["allow", "require"].includes(textAt(next, "organization_usage") ?? "deny")
  ) {
    throw badBody("allow_any_organization requires organization_usage to be allow or require");
  }
  const known = bodiesAt(api?.body ?? {}, "scopes").map((item) => textAt(item, "value"));
  const unknown = textsAt(next, "scope").filter((value) => !known.includes(value));
  // a grant on the Management API loses, without a word, what that API does not have; on any other API it is kept:
  // https://github.com/auth0/terraform-provider-auth0/issues/1376
  if (api?.body.is_system === true)
    return { ...next, scope: textsAt(next, "scope").filter((value) => !unknown.includes(value)) };
  return next;
}

const expressRefused = {
  status: 400,
  message: "Client of type express_configuration cannot be used",
  code: "validation_error",
} as const;

export const clientGrants: Family = { entities: [clientGrant] };
