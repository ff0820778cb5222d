import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk } from "./tenant.ts";

const api = (n: number) => `https://api-${n}.example.com`;
const { client_id = "" } = await sdk.clients.create({ name: "machine", app_type: "non_interactive" });
for (const n of [1, 2, 3, 4, 5])
  await sdk.resourceServers.create({ name: `API ${n}`, identifier: api(n), scopes: [{ value: "read" }] });

const noGrant = refusal(404, "The grant does not exist.", "inexistent_client_grant");

collection({
  family: "client grants",
  id: "id",
  create: (n) => sdk.clientGrants.create({ client_id, audience: api(n), scope: ["read"] }),
  made: {
    id: expect.stringMatching(/^cgr_\w{16}$/),
    client_id,
    audience: "https://api-1.example.com",
    scope: ["read"],
    subject_type: "client",
  },
  get: ({ id = "" }) => sdk.clientGrants.get(id),
  list: { pages: () => sdk.clientGrants.list({ client_id, take: 2 }), sizes: [2, 2, 1] },
  update: {
    send: ({ id = "" }) => sdk.clientGrants.update(id, { scope: [], organization_usage: "allow" }),
    changes: { scope: [], organization_usage: "allow" },
  },
  conflict: {
    send: () => sdk.clientGrants.create({ client_id, audience: api(1), scope: ["read"] }),
    refused: refusal(409, "A client grant already exists for this client and audience."),
  },
  remove: { send: ({ id = "" }) => sdk.clientGrants.delete(id), gone: noGrant },
});
