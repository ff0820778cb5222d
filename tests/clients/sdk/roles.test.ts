import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk } from "./tenant.ts";

const gone = refusal(404, "The role does not exist.");

collection({
  family: "roles",
  id: "id",
  create: (n) => sdk.roles.create({ name: `role ${n}`, description: `the role of number ${n}` }),
  made: { id: expect.stringMatching(/^rol_\w{16}$/), name: "role 1", description: "the role of number 1" },
  get: ({ id = "" }) => sdk.roles.get(id),
  // the holder of permissions below is one more
  list: { pages: () => sdk.roles.list({ per_page: 2 }), sizes: [2, 2, 2, 0] },
  update: {
    send: ({ id = "" }) => sdk.roles.update(id, { description: "another" }),
    changes: { description: "another" },
  },
  conflict: { send: () => sdk.roles.create({ name: "role 1" }), refused: refusal(409, "The role already exists.") },
  remove: { send: ({ id = "" }) => sdk.roles.delete(id), gone, again: gone },
});

const api = "https://orders.example.com";
const scopes = [1, 2, 3, 4, 5].map((n) => ({ value: `do:${n}`, description: `does number ${n}` }));
await sdk.resourceServers.create({ name: "Orders", identifier: api, scopes });
const { id: holder = "" } = await sdk.roles.create({ name: "holder" });
const permission = (name: string) => ({
  permissions: [{ permission_name: name, resource_server_identifier: api }],
});

collection({
  family: "permissions of a role",
  id: "permission_name",
  create: async (n) => {
    await sdk.roles.permissions.add(holder, permission(`do:${n}`));
    return { permission_name: `do:${n}` };
  },
  made: { permission_name: "do:1" },
  list: {
    pages: () => sdk.roles.permissions.list(holder, { per_page: 2 }),
    sizes: [2, 2, 1],
    listed: ({ permission_name }) => ({
      permission_name,
      description: permission_name.replace("do:", "does number "),
      resource_server_name: "Orders",
      resource_server_identifier: api,
    }),
  },
  absent: {
    send: () => sdk.roles.permissions.add(holder, permission("do:6")),
    refused: refusal(400, "The permission do:6 does not exist in the resource server", "invalid_body"),
  },
  remove: { send: ({ permission_name }) => sdk.roles.permissions.delete(holder, permission(permission_name)) },
});

collection({
  family: "users of a role",
  id: "user_id",
  create: async (n) => {
    const {
      user_id = "",
      picture,
      name,
      email,
    } = await sdk.users.create({
      connection: "Username-Password-Authentication",
      ...{ email: `user${n}@example.com`, password: "Correct-horse-1" },
    });
    await sdk.roles.users.assign(holder, { users: [user_id] });
    return { user_id, picture, name, email };
  },
  made: {
    user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
    email: "user1@example.com",
    name: "user1@example.com",
    picture: expect.stringMatching(/^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?/),
  },
  list: { pages: () => sdk.roles.users.list(holder, { take: 2 }), sizes: [2, 2, 1] },
  absent: {
    send: () => sdk.roles.users.assign(holder, { users: ["auth0|nobody"] }),
    refused: refusal(404, "One or more of the users do not exist."),
  },
  remove: { send: ({ user_id }) => sdk.users.roles.delete(user_id, { roles: [holder] }) },
});
