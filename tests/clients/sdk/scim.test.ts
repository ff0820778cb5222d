import { expect, test } from "vitest";
import { collection } from "./collection.ts";
import { expectRefused, refusal, untyped } from "./refusals.ts";
import { sdk, sdkWith, time } from "./tenant.ts";

const { scimConfiguration } = sdk.connections;
const gone = refusal(404, "Not Found");
const connected = (n: number | string) => sdk.connections.create({ name: `sso-${n}`, strategy: "okta" });

collection({
  family: "SCIM configurations",
  id: "connection_id",
  create: async (n) => {
    const { id = "" } = await connected(n);
    return scimConfiguration.create(id, { user_id_attribute: "externalId", mapping: [{ scim: "a", auth0: "b" }] });
  },
  made: {
    connection_id: expect.stringMatching(/^con_\w{16}$/),
    connection_name: "sso-1",
    strategy: "okta",
    tenant_name: "localhost",
    user_id_attribute: "externalId",
    mapping: [{ scim: "a", auth0: "b" }],
    created_at: expect.stringMatching(time),
    updated_on: expect.stringMatching(time),
  },
  get: ({ connection_id }) => scimConfiguration.get(connection_id),
  // the one with the tokens below is one more
  list: { pages: () => scimConfiguration.list({ take: 2 }), sizes: [2, 2, 2, 0] },
  update: {
    send: ({ connection_id }) =>
      scimConfiguration.update(connection_id, { user_id_attribute: "userName", mapping: [{ scim: "c", auth0: "d" }] }),
    changes: {
      user_id_attribute: "userName",
      mapping: [{ scim: "c", auth0: "d" }],
      updated_on: expect.stringMatching(time),
    },
  },
  conflict: {
    send: ({ connection_id }) => scimConfiguration.create(connection_id),
    refused: refusal(409, "SCIM configuration already exists for connection"),
  },
  absent: {
    send: () => scimConfiguration.create("con_0000000000000000"),
    refused: refusal(404, "The connection does not exist", "inexistent_connection"),
  },
  remove: { send: ({ connection_id }) => scimConfiguration.delete(connection_id), gone },
});

const { id: provisioned = "" } = await connected("provisioned");
await scimConfiguration.create(provisioned);

test("a configuration begins with the mapping of its strategy", async () => {
  const { mapping } = await scimConfiguration.getDefaultMapping(provisioned);
  expect(mapping).toContainEqual({ scim: "emails[primary eq true].value", auth0: "email" });
  expect(await scimConfiguration.get(provisioned)).toMatchObject({ mapping });
});

test("tokens are made, listed without what they are, and taken away", async () => {
  const { tokens } = scimConfiguration;
  expect(await tokens.get(provisioned)).toEqual([]);
  const { token, ...made } = await tokens.create(provisioned, { scopes: ["get:users"], token_lifetime: 3600 });
  expect(token).toMatch(new RegExp(`^${made.token_id}\\.[0-9a-f]{64}$`));
  const second = await tokens.create(provisioned);
  expect(await tokens.get(provisioned)).toEqual([made, { ...second, token: undefined }]);
  await expectRefused(
    tokens.create(provisioned),
    refusal(409, "Maximum of 2 tokens already issued for this connection"),
  );
  await tokens.delete(provisioned, made.token_id ?? "");
  expect(await tokens.get(provisioned)).toEqual([{ ...second, token: undefined }]);
  await tokens.delete(provisioned, made.token_id ?? "");
});

test("a database is not provisioned, and a token without the scope opens nothing", async () => {
  const { id = "" } = await sdk.connections.create({ name: "people", strategy: "auth0" });
  const unsupported =
    "This connection type does not support SCIM. Please see our documentation for the currently supported connection types: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.";
  await expectRefused(scimConfiguration.create(id), refusal(404, unsupported));
  const reader = await sdkWith("read:scim_config");
  expect((await reader.connections.scimConfiguration.get(provisioned)).connection_id).toBe(provisioned);
  await expectRefused(
    reader.connections.scimConfiguration.tokens.get(provisioned),
    untyped(refusal(403, "Insufficient scope, expected any of: read:scim_token", "insufficient_scope")),
  );
});
