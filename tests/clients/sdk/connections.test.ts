import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk } from "./tenant.ts";

const noConnection = refusal(404, "The connection does not exist", "inexistent_connection");

collection({
  family: "connections",
  id: "id",
  create: (n) => sdk.connections.create({ name: `database-${n}`, strategy: "auth0", metadata: { place: `${n}` } }),
  made: {
    id: expect.stringMatching(/^con_\w{16}$/),
    name: "database-1",
    strategy: "auth0",
    metadata: { place: "1" },
    realms: ["database-1"],
    enabled_clients: [],
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
    options: {
      strategy_version: 2,
      brute_force_protection: true,
      passwordPolicy: "good",
      mfa: { active: true, return_enroll_settings: true },
      authentication_methods: {
        passkey: { enabled: false },
        password: { enabled: true, api_behavior: "required", signup_behavior: "allow" },
      },
      passkey_options: {
        challenge_ui: "both",
        local_enrollment_enabled: true,
        progressive_enrollment_enabled: true,
      },
    },
  },
  get: ({ id = "" }) => sdk.connections.get(id),
  // the database that a tenant begins with and the one below are two more
  list: { pages: () => sdk.connections.list({ take: 2 }), sizes: [2, 2, 2, 1] },
  update: {
    send: ({ id = "" }) => sdk.connections.update(id, { metadata: { place: "elsewhere" }, show_as_button: true }),
    changes: { metadata: { place: "elsewhere" }, show_as_button: true },
  },
  conflict: {
    send: () => sdk.connections.create({ name: "database-1", strategy: "auth0" }),
    refused: refusal(409, "A connection with the same name already exists"),
  },
  remove: { send: ({ id = "" }) => sdk.connections.delete(id), gone: noConnection },
});

const { id: database = "" } = await sdk.connections.create({ name: "enabled", strategy: "auth0" });

collection({
  family: "enabled clients of a connection",
  id: "client_id",
  create: async (n) => {
    const { client_id = "" } = await sdk.clients.create({ name: `client ${n}` });
    await sdk.connections.clients.update(database, [{ client_id, status: true }]);
    return { client_id };
  },
  made: { client_id: expect.stringMatching(/^\w{32}$/) },
  list: { pages: () => sdk.connections.clients.get(database, { take: 2 }), sizes: [2, 2, 1] },
  absent: {
    send: () => sdk.connections.clients.update(database, [{ client_id: "0".repeat(32), status: true }]),
    refused: refusal(404, "The client does not exist", "inexistent_client"),
  },
  remove: { send: ({ client_id }) => sdk.connections.clients.update(database, [{ client_id, status: false }]) },
});
