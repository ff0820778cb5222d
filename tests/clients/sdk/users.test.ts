import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk, time } from "./tenant.ts";

const connection = "Username-Password-Authentication";
const password = "Correct-horse-1";

collection({
  family: "users",
  id: "user_id",
  create: (n) => sdk.users.create({ connection, password, email: `user${n}@example.com`, app_metadata: { seat: n } }),
  made: {
    user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
    email: "user1@example.com",
    email_verified: false,
    name: "user1@example.com",
    nickname: "user1",
    picture: expect.stringMatching(/^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?/),
    app_metadata: { seat: 1 },
    identities: [{ connection, provider: "auth0", user_id: expect.stringMatching(/^[0-9a-f]{24}$/), isSocial: false }],
    created_at: expect.stringMatching(time),
    updated_at: expect.stringMatching(time),
  },
  get: ({ user_id = "" }) => sdk.users.get(user_id),
  // the one whom the tables below are about is one more
  list: { pages: () => sdk.users.list({ per_page: 2 }), sizes: [2, 2, 2, 0] },
  update: {
    send: ({ user_id = "" }) => sdk.users.update(user_id, { app_metadata: { desk: 7 }, nickname: "first" }),
    changes: { app_metadata: { seat: 1, desk: 7 }, nickname: "first", updated_at: expect.stringMatching(time) },
  },
  conflict: {
    send: () => sdk.users.create({ connection, password, email: "user1@example.com" }),
    refused: refusal(409, "The user already exists.", "auth0_idp_error"),
  },
  remove: {
    send: ({ user_id = "" }) => sdk.users.delete(user_id),
    gone: refusal(404, "The user does not exist.", "inexistent_user"),
  },
});

const { user_id: ann = "" } = await sdk.users.create({ connection, password, email: "ann@example.com" });

collection({
  family: "roles of a user",
  id: "id",
  create: async (n) => {
    const { id = "", name, description } = await sdk.roles.create({ name: `role ${n}`, description: "of a user" });
    await sdk.users.roles.assign(ann, { roles: [id] });
    return { id, name, description };
  },
  made: { id: expect.stringMatching(/^rol_\w{16}$/), name: "role 1", description: "of a user" },
  list: { pages: () => sdk.users.roles.list(ann, { per_page: 2 }), sizes: [2, 2, 1] },
  absent: {
    send: () => sdk.users.roles.assign(ann, { roles: ["rol_0000000000000000"] }),
    refused: refusal(404, "The role does not exist."),
  },
  remove: { send: ({ id }) => sdk.users.roles.delete(ann, { roles: [id] }) },
});

const api = "https://orders.example.com";
const scopes = [1, 2, 3, 4, 5].map((n) => ({ value: `do:${n}`, description: `does number ${n}` }));
await sdk.resourceServers.create({ name: "Orders", identifier: api, scopes });
const permission = (name: string) => ({
  permissions: [{ permission_name: name, resource_server_identifier: api }],
});

collection({
  family: "permissions of a user",
  id: "permission_name",
  create: async (n) => {
    await sdk.users.permissions.create(ann, permission(`do:${n}`));
    return { permission_name: `do:${n}` };
  },
  made: { permission_name: "do:1" },
  list: {
    pages: () => sdk.users.permissions.list(ann, { per_page: 2 }),
    sizes: [2, 2, 1],
    listed: ({ permission_name }) => ({
      permission_name,
      description: permission_name.replace("do:", "does number "),
      resource_server_name: "Orders",
      resource_server_identifier: api,
      sources: [{ source_id: "", source_name: "", source_type: "DIRECT" }],
    }),
  },
  absent: {
    send: () => sdk.users.permissions.create(ann, permission("do:6")),
    refused: refusal(400, "The permission do:6 does not exist in the resource server", "invalid_body"),
  },
  remove: { send: ({ permission_name }) => sdk.users.permissions.delete(ann, permission(permission_name)) },
});

collection({
  family: "organizations of a user",
  id: "id",
  create: async (n) => {
    const organization = await sdk.organizations.create({ name: `org-${n}` });
    await sdk.organizations.members.create(organization.id ?? "", { members: [ann] });
    return organization;
  },
  made: { id: expect.stringMatching(/^org_\w{16}$/), name: "org-1" },
  list: { pages: () => sdk.users.organizations.list(ann, { per_page: 2 }), sizes: [2, 2, 1] },
  remove: { send: ({ id = "" }) => sdk.organizations.members.delete(id, { members: [ann] }) },
});
