import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal } from "./refusals.ts";
import { sdk } from "./tenant.ts";

collection({
  family: "resource servers",
  id: "id",
  create: (n) =>
    sdk.resourceServers.create({
      name: `API ${n}`,
      identifier: `https://api-${n}.example.com`,
      scopes: [{ value: "read", description: "read it" }],
    }),
  made: {
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    name: "API 1",
    identifier: "https://api-1.example.com",
    scopes: [{ value: "read", description: "read it" }],
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
    token_lifetime: 86400,
    token_lifetime_for_web: 7200,
    signing_alg: "RS256",
  },
  get: ({ id = "" }) => sdk.resourceServers.get(id),
  // the Management API is one more
  list: { pages: () => sdk.resourceServers.list({ per_page: 2 }), sizes: [2, 2, 2, 0] },
  update: {
    send: ({ id = "" }) => sdk.resourceServers.update(id, { token_lifetime: 600, allow_offline_access: true }),
    changes: { token_lifetime: 600, allow_offline_access: true },
  },
  conflict: {
    send: () => sdk.resourceServers.create({ identifier: "https://api-1.example.com" }),
    refused: refusal(409, "A resource server with the same identifier already exists."),
  },
  remove: {
    send: ({ id = "" }) => sdk.resourceServers.delete(id),
    gone: refusal(404, "The resource server does not exist", "inexistent_resource_server"),
  },
});
