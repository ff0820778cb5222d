import { expect, test } from "vitest";
import { publicOf, refreshToken, session } from "../../unit/tenant/seeded.ts";
import { collection } from "./collection.ts";
import { expectRefused, refusal } from "./refusals.ts";
import { ownClient, requests, sdk, sdkWith, seed, time } from "./tenant.ts";

const connection = "Username-Password-Authentication";
const password = "Correct-horse-1";
const { user_id: ann = "" } = await sdk.users.create({ connection, password, email: "ann@example.com" });
const { user_id: bob = "" } = await sdk.users.create({ connection, password, email: "bob@example.com" });

const stored = [1, 2, 3, 4, 5].map(() => session(ann));
const tokens = stored.map(({ id }) => refreshToken(ann, ownClient, { session_id: id })).sort(byId);
const others = [session(bob), session(bob)];
const tokensOfBob = [1, 2, 3].map(() => refreshToken(bob, ownClient, { session_id: others[0]?.id ?? "" }));
await seed((objects) => {
  for (const one of [...stored, ...others]) objects.seed("sessions", one.id, one);
  for (const one of [...tokens, ...tokensOfBob]) objects.seed("refresh-tokens", one.id, one);
});

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}

collection({
  family: "sessions",
  id: "id",
  create: (n) => sdk.sessions.get(stored[n - 1]?.id ?? ""),
  made: publicOf(stored[0] ?? {}),
  get: ({ id = "" }) => sdk.sessions.get(id),
  list: { pages: () => sdk.users.sessions.list(ann, { take: 2 }), sizes: [2, 2, 1] },
  update: {
    send: ({ id = "" }) => sdk.sessions.update(id, { session_metadata: { desk: "7" } }),
    changes: { session_metadata: { desk: "7" }, updated_at: expect.stringMatching(time) },
  },
  remove: {
    send: ({ id = "" }) => sdk.sessions.delete(id),
    gone: refusal(404, "The session does not exist."),
  },
});

collection({
  family: "refresh tokens",
  id: "id",
  create: (n) => sdk.refreshTokens.get(tokens[n - 1]?.id ?? ""),
  made: publicOf(tokens[0] ?? {}),
  get: ({ id = "" }) => sdk.refreshTokens.get(id),
  list: { pages: () => sdk.refreshTokens.list({ user_id: ann, client_id: ownClient, take: 2 }), sizes: [2, 2, 1] },
  update: {
    send: ({ id = "" }) => sdk.refreshTokens.update(id, { refresh_token_metadata: { desk: "7" } }),
    changes: { refresh_token_metadata: { desk: "7" } },
  },
  remove: {
    send: ({ id = "" }) => sdk.refreshTokens.delete(id),
    gone: refusal(404, "The refresh token does not exist."),
  },
});

test("the tokens of an account are read page by page, and are credentials of its devices", async () => {
  requests();
  const page = await sdk.users.refreshToken.list(bob, { take: 1 });
  const read = [...page.data];
  while (page.hasNextPage()) {
    await page.getNextPage();
    read.push(...page.data);
  }
  expect(read).toEqual(tokensOfBob.map(publicOf));
  const credentials = await sdk.deviceCredentials.list({ user_id: bob, type: "refresh_token" });
  expect(credentials.data.map(({ type, user_id }) => [type, user_id])).toEqual(
    tokensOfBob.map(() => ["refresh_token", bob]),
  );
  await sdk.deviceCredentials.delete(credentials.data[0]?.id ?? "");
  await expectRefused(
    sdk.refreshTokens.get(tokensOfBob[0]?.id ?? ""),
    refusal(404, "The refresh token does not exist."),
  );
});

test("tokens are revoked by name, a session with its own, and all of an account at once", async () => {
  const left = async () => (await sdk.refreshTokens.list({ user_id: bob })).data.length;
  await sdk.refreshTokens.revoke({ ids: [tokensOfBob[1]?.id ?? ""] });
  expect(await left()).toBe(1);
  await sdk.sessions.revoke(others[0]?.id ?? "");
  expect(await left()).toBe(0);
  await expectRefused(sdk.sessions.revoke(others[0]?.id ?? ""), refusal(404, "The session does not exist."));
  await sdk.users.sessions.delete(bob);
  expect((await sdk.users.sessions.list(bob)).data).toEqual([]);
  await sdk.refreshTokens.revoke({ user_id: ann, client_id: ownClient });
  await sdk.users.refreshToken.delete(ann);
  expect((await sdk.users.refreshToken.list(ann)).data).toEqual([]);
});

test("what is not there, what does not fit together and a token without the scope are refused", async () => {
  await expectRefused(sdk.users.sessions.list("auth0|nobody"), refusal(404, "User not found"));
  await expectRefused(
    sdk.refreshTokens.revoke({ ids: ["a"], user_id: ann }),
    refusal(400, "Invalid combination of parameters.", "invalid_body"),
  );
  const reader = await sdkWith("read:sessions");
  await expectRefused(
    reader.sessions.revoke(stored[1]?.id ?? ""),
    refusal(403, "Insufficient scope, expected any of: delete:sessions", "insufficient_scope"),
  );
});
