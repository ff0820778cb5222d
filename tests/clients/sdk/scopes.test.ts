import { ManagementClient } from "auth0";
import { expect, test } from "vitest";
import { expectRefused, refusal } from "./refusals.ts";
import { domain, ownClient, recording, requests, sdk, sdkWith } from "./tenant.ts";

test("one token serves many requests", async () => {
  requests();
  await sdk.roles.list();
  await sdk.clients.list();
  expect(requests()).toEqual([
    "POST /oauth/token",
    "GET /roles?per_page=50&page=0&include_totals=true",
    "GET /clients?page=0&per_page=50&include_totals=true",
  ]);
});

test("a token without the scope of an operation is told which it takes", async () => {
  const reader = await sdkWith("read:clients");
  await expectRefused(
    reader.roles.create({ name: "no" }),
    refusal(403, "Insufficient scope, expected any of: create:roles", "insufficient_scope"),
  );
  expect(await reader.clients.get(ownClient)).not.toHaveProperty("client_secret");
});

test("a token of somebody else's is refused", async () => {
  const other = new ManagementClient({ domain, token: "a.b.c", maxRetries: 0 });
  const { name, body } = refusal(401, "Invalid token");
  await expectRefused(other.roles.list(), { name, body: { ...body, attributes: { error: "Invalid token" } } });
});

test("a wrong secret gets no token, and no request is made without one", async () => {
  const clientSecret = "wrong";
  const stranger = new ManagementClient({ domain, clientId: ownClient, clientSecret, maxRetries: 0, fetch: recording });
  requests();
  await expect(stranger.roles.list()).rejects.toMatchObject({
    name: "ManagementError",
    statusCode: 401,
    body: { error: "access_denied", error_description: "Unauthorized" },
  });
  expect(requests()).toEqual(["POST /oauth/token"]);
});
