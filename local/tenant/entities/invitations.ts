import { alphanumerics, prefixed } from "../ids.ts";
import { parentIds } from "../management/collection.ts";
import { badBody, missing, Refusal } from "../management/faults.ts";
import { flag, freeRecord, list, record, text, whole } from "../management/fields.ts";
import { type Body, bodyAt, omit, textAt, textsAt } from "../management/json.ts";
import { listAnswer, listQuery, narrowed } from "../management/listing.ts";
import type { Call, Entity, Listing, Route } from "../management/tables.ts";
import { invitationUrl } from "./invitations-url.ts";
import { post } from "./mail.ts";
import { organizationParent } from "./organization-parent.ts";

const family = "organization-invitations";
const path = "/organizations/:organization/invitations";
const noInvitation = missing("The invitation does not exist.", "inexistent_invitation");
const noClient = badBody("The specified client_id does not exist.").fault;
const noConnection = badBody("The specified connection does not exist.").fault;

/** Seconds: https://auth0.com/docs/api/management/v2/organizations/post-invitations */
const lifetime = { unspecified: 604_800, most: 2_592_000 };

const fields = record(
  {
    inviter: record({ name: text({ min: 1, max: 300, description: "The inviter's name." }) }, { required: ["name"] }),
    invitee: record({ email: text({ format: "email", description: "The invitee's email." }) }, { required: ["email"] }),
    client_id: text({ format: "client-id" }),
    connection_id: text({ format: "connection-id" }),
    app_metadata: freeRecord(),
    user_metadata: freeRecord(),
    ttl_sec: whole({ min: 0, max: lifetime.most }),
    roles: list(text({ format: "role-id" }), { min: 1 }),
    send_invitation_email: flag(),
  },
  { required: ["inviter", "invitee", "client_id"] },
);

/** What a request may ask to be shown, and not. */
const shownNames = [
  ...["app_metadata", "user_metadata", "client_id", "connection_id", "created_at", "expires_at", "id"],
  ...["invitation_url", "invitee", "inviter", "organization_id", "roles"],
];
const one = shownNames.map((name) => `(${name})`).join("|");
const narrowing = { fields: text({ pattern: `^(${one})(,(${one}))*$` }), include_fields: flag() };

const listing: Listing = {
  items: "invitations",
  style: "pages",
  checkpoint: false,
  sort: ["created_at"],
  fields: [],
};

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members */
export const organizationInvitation: Entity = {
  family,
  path,
  parents: [organizationParent],
  idField: "id",
  newId: prefixed("uinv"),
  missing: noInvitation,
  readable: false,
  keys: [{ name: "ticket_id", of: (body) => textAt(body, "ticket_id") }],
  references: [
    { field: "client_id", family: "clients", missing: noClient },
    { field: "connection_id", family: "connections", missing: noConnection },
  ],
  create: { fields, status: 201 },
  remove: { status: 204, repeated: 204 },
  settle: completed,
  afterCreate: ({ body }, { body: given, tenant: { objects } }) => {
    if (given.send_invitation_email === false) return;
    const to = textAt(bodyAt(body, "invitee"), "email") ?? "";
    post(objects, { to, kind: "user_invitation", link: textAt(body, "invitation_url") ?? "" });
  },
};

/** Refuses what nobody could accept, and adds what Auth0 makes up: the ticket, its link and its end. */
function completed(given: Body, { params, tenant: { objects } }: Call): Body {
  const organization = objects.store.get("organizations", params.organization ?? "")?.body ?? {};
  const client = objects.require("clients", textAt(given, "client_id") ?? "", noClient);
  if ((textAt(client.body, "organization_usage") ?? "deny") === "deny")
    throw badBody(`The specified client_id (${client.id}) does not allow organizations.`);
  demandConnection(given, textAt(organization, "id") ?? "", objects);
  const unknown = textsAt(given, "roles").filter((role) => !objects.store.get("roles", role));
  if (unknown.length > 0) throw badBody(`One or more of the specified roles do not exist: ${unknown.join(", ")}`);
  const ticket = alphanumerics(32);
  const settings = objects.single("tenants/settings");
  const url = invitationUrl({ client: client.body, organization, settings, ticket });
  if (url === undefined) throw badBody(noRoute);
  const seconds = Number(given.ttl_sec ?? 0) || lifetime.unspecified;
  const now = Date.now();
  return {
    ...omit(given, ["ttl_sec", "send_invitation_email"]),
    invitation_url: url,
    ticket_id: ticket,
    created_at: new Date(now).toISOString(),
    expires_at: new Date(now + seconds * 1000).toISOString(),
    organization_id: textAt(organization, "id") ?? "",
  };
}

const noRoute =
  "A default login route is required to generate the invitation url. For more information, see https://auth0.com/docs/universal-login/configure-default-login-routes";

function demandConnection(given: Body, organization: string, { store }: Call["tenant"]["objects"]): void {
  const id = textAt(given, "connection_id");
  if (id === undefined) return;
  const connection = store.get("connections", id);
  if (!connection) throw new Refusal(noConnection);
  if (["email", "sms"].includes(textAt(connection.body, "strategy") ?? ""))
    throw badBody("Passwordless connections are not supported.");
  const enabled = store.get("organization-connections", id, organization);
  if (enabled?.body.is_enabled !== true)
    throw badBody(`The specified connection (${id}) is not enabled for the organization`);
}

/** Newest first unless asked otherwise; with totals it tells how many the page holds, and no total. */
const listInvitations: Route = {
  method: "GET",
  path,
  query: { ...listQuery(listing), ...narrowing, sort: text({ pattern: "^((created_at))\\:(1|-1)$" }) },
  handle: (call) => {
    const [scope = ""] = parentIds([organizationParent], call);
    const selection = { family, scope, ...(call.query.sort === undefined ? { sort: { descending: true } } : {}) };
    const { include_totals: totals, ...query } = call.query;
    const bare = { ...call, query };
    const { body } = listAnswer(call.tenant.objects.store, listing, selection, bare, (stored) => stored.body);
    const invitations = Array.isArray(body) ? body : [];
    if (totals !== "true") return { status: 200, body: invitations };
    const start = Number(call.query.page ?? 0) * Number(call.query.per_page ?? 50);
    return { status: 200, body: { invitations, start, limit: invitations.length } };
  },
};

const readInvitation: Route = {
  method: "GET",
  path: `${path}/:id`,
  query: narrowing,
  handle: (call) => {
    const [scope] = parentIds([organizationParent], call);
    const { body } = call.tenant.objects.require(family, call.params.id ?? "", noInvitation, scope);
    return { status: 200, body: narrowed(body, call, []) };
  },
};

export const invitationRoutes: readonly Route[] = [listInvitations, readInvitation];
