import { expect, test, vi } from "vitest";
import { endRefreshTokensOf } from "../../../local/tenant/entities/refresh-tokens.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import type { Reply, TestTenant } from "./harness.ts";
import { makeUser, moment, publicOf, refreshToken, seeded, withTokens, withUser } from "./seeded.ts";

const accepted: Reply = { status: 202, body: undefined };
const missing = (message: string): Reply => ({ status: 404, body: { statusCode: 404, error: "Not Found", message } });
const noToken = missing("The refresh token does not exist.");
const refused = (message: string): Reply => ({
  status: 400,
  body: { statusCode: 400, error: "Bad Request", message, errorCode: "invalid_body" },
});
const ofUser = (user: string) => `/users/${encodeURIComponent(user)}/refresh-tokens`;
const listOf = (user: string) => `/refresh-tokens?user_id=${encodeURIComponent(user)}`;
const revoke = (tenant: TestTenant, body: Body) => tenant.call("POST", "/refresh-tokens/revoke", body);

const statuses = (tenant: TestTenant, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await tenant.call("GET", `/refresh-tokens/${id}`)).status));

/** Every page of a checkpoint list, and how many each holds. */
async function walk(tenant: TestTenant, path: string, items: string) {
  const sizes: number[] = [];
  const ids: string[] = [];
  let from = "";
  do {
    const { body } = await tenant.call("GET", `${path}${from}`);
    expect(Object.keys(body).filter((name) => name !== "next")).toEqual([items]);
    sizes.push(body[items].length);
    ids.push(...body[items].map((one: Body) => one.id));
    from = body.next === undefined ? "" : `&from=${body.next}`;
  } while (from !== "");
  return { sizes, ids };
}

test("a refresh token is answered without the token itself and what it was granted", async () => {
  const { tenant, user, made } = await withTokens({ undocumented: "hidden" });
  const { undocumented: _, ...shown } = publicOf(made[0] ?? {});
  expect(await tenant.call("GET", `/refresh-tokens/${shown.id}`)).toEqual({ status: 200, body: shown });
  expect(await tenant.call("GET", ofUser(user))).toEqual({ status: 200, body: { tokens: [shown] } });
  expect(await tenant.call("GET", listOf(user))).toEqual({ status: 200, body: { refresh_tokens: [shown] } });
  const everything = await Promise.all([
    ...[ofUser(user), listOf(user), "/device-credentials"].map((path) => tenant.call("GET", path)),
    tenant.local("GET", "/.local/requests"),
  ]);
  expect(JSON.stringify(everything)).not.toMatch(/digest|first of|hidden|internal/);
  expect(await tenant.call("GET", "/refresh-tokens/nothing")).toEqual(noToken);
  expect(await tenant.call("GET", ofUser("auth0|nobody"))).toEqual(missing("User not found"));
});

test("the tokens of an account are listed in order of creation, all tokens by their id, each over three pages", async () => {
  const { tenant, user, token } = await withTokens({}, {}, {}, {}, {});
  expect(await walk(tenant, `${ofUser(user)}?take=2&include_totals=true`, "tokens")).toEqual({
    sizes: [2, 2, 1],
    ids: token,
  });
  const sorted = token.toSorted();
  expect(await walk(tenant, `${listOf(user)}&take=2`, "refresh_tokens")).toEqual({ sizes: [2, 2, 1], ids: sorted });
  // a place stays one when what it follows is gone
  const { next } = (await tenant.call("GET", `${listOf(user)}&take=2`)).body;
  await tenant.call("DELETE", `/refresh-tokens/${sorted[1]}`);
  const { refresh_tokens: rest } = (await tenant.call("GET", `${listOf(user)}&from=${next}`)).body;
  expect(rest.map((one: Body) => one.id)).toEqual(sorted.slice(2));
});

test("the list takes an account and may take an app; a place in it is good for a day", async () => {
  const { tenant, user, client, token, made } = await withTokens({}, {});
  const list = (query: string) => tenant.call("GET", `/refresh-tokens${query}`);
  expect(await list("")).toEqual({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message: "Missing required 'user_id' parameter." },
  });
  expect(await list("?user_id=nobody")).toEqual(missing("User not found"));
  const path = listOf(user).replace("/refresh-tokens", "");
  expect(await list(`${path}&client_id=nobody`)).toEqual(missing("The client does not exist."));
  const { client_id: other } = await tenant.make("/clients", { name: "Other" });
  expect((await list(`${path}&client_id=${other}`)).body).toEqual({ refresh_tokens: [] });
  expect((await list(`${path}&client_id=${client}`)).body.refresh_tokens).toHaveLength(2);
  const sorted = token.toSorted();
  expect((await list(`${path}&fields=id`)).body.refresh_tokens).toEqual(sorted.map((id) => ({ id })));
  const { device: _, ...rest } = publicOf(made.find(({ id }) => id === sorted[0]) ?? {});
  expect((await list(`${path}&fields=device&include_fields=false&take=1`)).body.refresh_tokens).toEqual([rest]);
  const { next } = (await list(`${path}&take=1`)).body;
  const lost = {
    statusCode: 400,
    error: "Bad Request",
    message:
      "The checkpoint ID provided in the 'from' parameter has expired or is invalid, please remove the checkpoint ID and try again",
  };
  expect((await list(`${path}&from=nonsense`)).body).toEqual(lost);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_401_000 });
  try {
    expect((await list(`${path}&from=${next}`)).body).toEqual(lost);
  } finally {
    vi.useRealTimers();
  }
});

test("a token that one of its ends is past is there no more", async () => {
  const { tenant, user, token } = await withTokens(
    {},
    { expires_at: moment(-1) },
    { idle_expires_at: moment(-1) },
    { expires_at: null, idle_expires_at: null },
  );
  expect(await statuses(tenant, token)).toEqual([200, 404, 404, 200]);
  expect(await tenant.call("PATCH", `/refresh-tokens/${token[1]}`, { refresh_token_metadata: {} })).toEqual(noToken);
  const { tokens } = (await tenant.call("GET", ofUser(user))).body;
  expect(tokens.map((one: Body) => one.id)).toEqual([token[0], token[3]]);
  expect((await tenant.call("GET", listOf(user))).body.refresh_tokens).toHaveLength(2);
});

test("a PATCH replaces the metadata, and null or nothing takes them away", async () => {
  const { tenant, made } = await withTokens({});
  const shown = publicOf(made[0] ?? {});
  const path = `/refresh-tokens/${shown.id}`;
  const patch = (refresh_token_metadata: Body | null) => tenant.call("PATCH", path, { refresh_token_metadata });
  const answer = (more: Body) => ({ status: 200, body: { ...shown, ...more } });
  expect(await patch({ device: "phone", desk: "7" })).toEqual(
    answer({ refresh_token_metadata: { device: "phone", desk: "7" } }),
  );
  expect(await patch({ desk: "8" })).toEqual(answer({ refresh_token_metadata: { desk: "8" } }));
  expect(await tenant.call("GET", path)).toEqual(answer({ refresh_token_metadata: { desk: "8" } }));
  expect(await patch(null)).toEqual(answer({}));
  expect(await patch({ desk: "9" })).toEqual(answer({ refresh_token_metadata: { desk: "9" } }));
  expect(await patch({})).toEqual(answer({}));
  expect(await tenant.call("PATCH", path, {})).toEqual(
    refused("Payload validation error: 'Too few properties defined (0), minimum 1'."),
  );
  expect(await tenant.call("PATCH", path, { rotating: true })).toEqual(
    refused("Payload validation error: 'Additional properties not allowed: rotating'."),
  );
});

test("a delete is accepted whether or not the token is there, one by one and all of an account", async () => {
  const { tenant, user, token } = await withTokens({}, {}, {});
  const path = `/refresh-tokens/${token[0]}`;
  for (const target of [path, path, "/refresh-tokens/nothing"])
    expect(await tenant.call("DELETE", target)).toEqual(accepted);
  expect(await statuses(tenant, token)).toEqual([404, 200, 200]);
  expect(await tenant.call("DELETE", ofUser("auth0|nobody"))).toEqual(missing("User not found"));
  for (const target of [ofUser(user), ofUser(user)]) expect(await tenant.call("DELETE", target)).toEqual(accepted);
  expect(await statuses(tenant, token)).toEqual([404, 404, 404]);
});

test("many are revoked by their ids, their account, their app, or several of these, and none beside them", async () => {
  const { tenant, user: ann, client: app } = await withUser();
  const bob = await makeUser(tenant, "bob@acme.com");
  const { client_id: other } = await tenant.make("/clients", { name: "Other" });
  const orders = { resource_servers: [{ audience: "https://orders.example.com", scopes: "read:it" }] };
  const made = [
    refreshToken(ann, app),
    refreshToken(ann, app, orders),
    refreshToken(ann, other),
    refreshToken(bob, app),
    refreshToken(bob, other),
    refreshToken(bob, other, { session_id: "a" }),
  ];
  const ids = made.map(({ id }) => id);
  const again = await seeded(tenant, (objects) => {
    for (const token of made) objects.seed("refresh-tokens", token.id, token);
  });
  const alive = async () => (await statuses(again, ids)).map((status) => (status === 200 ? 1 : 0)).join("");
  const done = async (body: Body) => {
    expect(await revoke(again, body)).toEqual(accepted);
    return alive();
  };
  expect(await alive()).toBe("111111");
  expect(await done({ ids: [ids[5] ?? "", ids[5] ?? "", "rt_of_nobody"] })).toBe("111110");
  const audience = "https://orders.example.com";
  expect(await done({ user_id: ann, client_id: app, audience })).toBe("101110");
  expect(await done({ user_id: ann, client_id: app, audience })).toBe("101110");
  expect(await done({ user_id: ann, client_id: other })).toBe("100110");
  expect(await done({ client_id: app })).toBe("000010");
  expect(await done({ user_id: bob })).toBe("000000");

  const mixed = refused("Invalid combination of parameters.");
  for (const body of [{}, { audience }, { user_id: ann, audience }, { client_id: app, audience }] as Body[])
    expect(await revoke(again, body)).toEqual(mixed);
  for (const more of [{ user_id: ann }, { client_id: app }, { audience }] as Body[])
    expect(await revoke(again, { ids, ...more })).toEqual(mixed);
  expect(await revoke(again, { user_id: "auth0|nobody" })).toEqual(refused("User not found."));
  expect(await revoke(again, { client_id: "nobody" })).toEqual(refused("Client not found."));
  expect(await revoke(again, { ids: Array.from({ length: 101 }, (_, n) => `rt_${n}`) })).toEqual(
    refused(
      "Payload validation error: 'Array is too long (101), maximum 100' on property ids (Array of refresh token IDs to revoke. Limited to 100 at a time.).",
    ),
  );
});

test("tokens go with their account and with their app, and stay when their session ends", async () => {
  const { tenant, user, client, token } = await withTokens({}, {});
  const { client_id: other } = await tenant.make("/clients", { name: "Other" });
  const bob = await makeUser(tenant, "bob@acme.com");
  const more = [refreshToken(user, other), refreshToken(bob, client), refreshToken(bob, other)];
  const again = await seeded(tenant, (objects) => {
    for (const one of more) objects.seed("refresh-tokens", one.id, one);
  });
  const ids = [...token, ...more.map(({ id }) => id)];
  expect(await statuses(again, ids)).toEqual([200, 200, 200, 200, 200]);
  await again.call("DELETE", `/clients/${client}`);
  expect(await statuses(again, ids)).toEqual([404, 404, 200, 404, 200]);
  await again.call("DELETE", `/users/${encodeURIComponent(user)}`);
  expect(await statuses(again, ids)).toEqual([404, 404, 404, 404, 200]);
});

test("each digest finds its token, and the tokens of a session, an account or an app end together", async () => {
  const { tenant, user, client } = await withUser();
  const made = ["a", "a", "b"].map((session_id) => refreshToken(user, client, { session_id }));
  await seeded(tenant, (objects) => {
    const seed = () => made.map((one) => objects.seed("refresh-tokens", one.id, one));
    const left = () => objects.store.select({ family: "refresh-tokens" }).map(({ body }) => body.session_id);
    const [first] = seed();
    for (const digest of [`first of ${first?.id}`, `second of ${first?.id}`])
      expect(objects.store.owner("refresh-tokens", "digest", digest)?.id).toBe(first?.id);
    endRefreshTokensOf(objects, {});
    endRefreshTokensOf(objects, { session: "a", user: "nobody" });
    expect(left()).toEqual(["a", "a", "b"]);
    endRefreshTokensOf(objects, { session: "a" });
    expect(left()).toEqual(["b"]);
    endRefreshTokensOf(objects, { user, client });
    expect(left()).toEqual([]);
  });
});

test("with scopes on, each operation takes its own", async () => {
  const { tenant, user, client } = await withUser();
  const one = refreshToken(user, client);
  const strict = await seeded(tenant, (objects) => void objects.seed("refresh-tokens", one.id, one), {
    switches: { SCOPES: "on" },
  });
  const path = `/refresh-tokens/${one.id}`;
  for (const [method, target, scope, status] of [
    ["GET", path, "read:refresh_tokens", 200],
    ["GET", ofUser(user), "read:refresh_tokens", 200],
    ["GET", listOf(user), "read:refresh_tokens", 200],
    ["PATCH", path, "update:refresh_tokens", 200],
    ["POST", "/refresh-tokens/revoke", "delete:refresh_tokens", 202],
    ["DELETE", path, "delete:refresh_tokens", 202],
    ["DELETE", ofUser(user), "delete:refresh_tokens", 202],
  ] as const) {
    const bodies: { [method: string]: Body } = { PATCH: { refresh_token_metadata: { a: "b" } }, POST: { ids: ["a"] } };
    const as = async (given: string) => {
      const { access_token: token } = (await strict.local("POST", `/.local/token?scope=${given}`)).body;
      return strict.call(method, target, bodies[method], { Authorization: `Bearer ${token}` });
    };
    expect((await as("read:users")).body).toMatchObject({
      statusCode: 403,
      message: `Insufficient scope, expected any of: ${scope}`,
      errorCode: "insufficient_scope",
    });
    expect((await as(scope)).status).toBe(status);
  }
});
