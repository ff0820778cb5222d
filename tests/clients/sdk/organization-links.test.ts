import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal, untyped } from "./refusals.ts";
import { sdk } from "./tenant.ts";

const { id: acme = "" } = await sdk.organizations.create({ name: "acme" });
const connection = "Username-Password-Authentication";
const user = (name: string) =>
  sdk.users.create({ connection, email: `${name}@example.com`, password: "Correct-horse-1" });
const { user_id: lead = "" } = await user("lead");
const api = "https://orders.example.com";
await sdk.resourceServers.create({ name: "Orders", identifier: api, scopes: [{ value: "read" }] });

collection({
  family: "connections of an organization",
  id: "connection_id",
  create: async (n) => {
    const { id = "" } = await sdk.connections.create({ name: `database-${n}`, strategy: "auth0" });
    return sdk.organizations.connections.create(acme, { connection_id: id, assign_membership_on_login: true });
  },
  made: {
    connection_id: expect.stringMatching(/^con_\w{16}$/),
    assign_membership_on_login: true,
    show_as_button: true,
    is_signup_enabled: false,
    is_enabled: true,
    organization_access_level: "none",
    connection: { name: "database-1", strategy: "auth0" },
  },
  get: ({ connection_id = "" }) => sdk.organizations.connections.get(acme, connection_id),
  list: { pages: () => sdk.organizations.connections.list(acme, { per_page: 2 }), sizes: [2, 2, 1] },
  update: {
    send: ({ connection_id = "" }) =>
      sdk.organizations.connections.update(acme, connection_id, { is_signup_enabled: true }),
    changes: { is_signup_enabled: true },
  },
  conflict: {
    send: ({ connection_id = "" }) => sdk.organizations.connections.create(acme, { connection_id }),
    refused: refusal(409, "The organization connection already exists."),
  },
  remove: {
    send: ({ connection_id = "" }) => sdk.organizations.connections.delete(acme, connection_id),
    gone: refusal(404, "No connection found by that id"),
  },
});

const { id: partner = "" } = await sdk.organizations.create({ name: "partner" });

collection({
  family: "enabled connections of an organization",
  id: "connection_id",
  create: async (n) => {
    const { id = "" } = await sdk.connections.create({ name: `partner-${n}`, strategy: "auth0" });
    return sdk.organizations.enabledConnections.add(partner, { connection_id: id });
  },
  made: {
    connection_id: expect.stringMatching(/^con_\w{16}$/),
    assign_membership_on_login: false,
    show_as_button: true,
    is_signup_enabled: false,
    connection: { name: "partner-1", strategy: "auth0" },
  },
  get: ({ connection_id = "" }) => sdk.organizations.enabledConnections.get(partner, connection_id),
  list: { pages: () => sdk.organizations.enabledConnections.list(partner, { per_page: 2 }), sizes: [2, 2, 1] },
  update: {
    send: ({ connection_id = "" }) =>
      sdk.organizations.enabledConnections.update(partner, connection_id, { show_as_button: false }),
    changes: { show_as_button: false },
  },
  conflict: {
    send: ({ connection_id = "" }) => sdk.organizations.enabledConnections.add(partner, { connection_id }),
    refused: refusal(409, "The organization connection already exists."),
  },
  remove: {
    send: ({ connection_id = "" }) => sdk.organizations.enabledConnections.delete(partner, connection_id),
    gone: refusal(404, "No connection found by that id"),
  },
});

collection({
  family: "members of an organization",
  id: "user_id",
  create: async (n) => {
    const { user_id = "", picture, name, email } = await user(`member${n}`);
    await sdk.organizations.members.create(acme, { members: [user_id] });
    return { user_id, picture, name, email };
  },
  made: {
    user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
    email: "member1@example.com",
    name: "member1@example.com",
    picture: expect.stringMatching(/^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?/),
  },
  // a page of members names the next one as long as it holds anybody
  list: { pages: () => sdk.organizations.members.list(acme, { take: 2 }), sizes: [2, 2, 1, 0] },
  absent: {
    send: () => sdk.organizations.members.create(acme, { members: ["auth0|nobody"] }),
    refused: untyped(refusal(404, "The user does not exist.", "inexistent_user")),
  },
  remove: { send: ({ user_id }) => sdk.organizations.members.delete(acme, { members: [user_id] }) },
});

await sdk.organizations.members.create(partner, { members: [lead] });

collection({
  family: "roles of a member",
  id: "id",
  create: async (n) => {
    const { id = "", name, description } = await sdk.roles.create({ name: `role ${n}`, description: "of a member" });
    await sdk.organizations.members.roles.assign(partner, lead, { roles: [id] });
    return { id, name, description };
  },
  made: { id: expect.stringMatching(/^rol_\w{16}$/), name: "role 1", description: "of a member" },
  list: { pages: () => sdk.organizations.members.roles.list(partner, lead, { per_page: 2 }), sizes: [2, 2, 1] },
  absent: {
    send: () => sdk.organizations.members.roles.assign(partner, "auth0|nobody", { roles: ["rol_0000000000000000"] }),
    refused: untyped(refusal(404, "The user is not a member of the organization.")),
  },
  remove: { send: ({ id }) => sdk.organizations.members.roles.delete(partner, lead, { roles: [id] }) },
});

collection({
  family: "client grants of an organization",
  id: "id",
  create: async (n) => {
    const { client_id = "" } = await sdk.clients.create({ name: `machine ${n}`, app_type: "non_interactive" });
    const grant = await sdk.clientGrants.create({
      ...{ client_id, audience: api, scope: ["read"] },
      ...{ organization_usage: "allow", allow_any_organization: false },
    });
    await sdk.organizations.clientGrants.create(acme, { grant_id: grant.id ?? "" });
    return grant;
  },
  made: {
    id: expect.stringMatching(/^cgr_\w{16}$/),
    client_id: expect.stringMatching(/^\w{32}$/),
    audience: api,
    scope: ["read"],
    subject_type: "client",
    organization_usage: "allow",
    allow_any_organization: false,
  },
  list: { pages: () => sdk.organizations.clientGrants.list(acme, { per_page: 2 }), sizes: [2, 2, 1] },
  conflict: {
    send: ({ id = "" }) => sdk.organizations.clientGrants.create(acme, { grant_id: id }),
    refused: refusal(409, "The client grant has already been added to this organization."),
  },
  remove: { send: ({ id = "" }) => sdk.organizations.clientGrants.delete(acme, id) },
});
