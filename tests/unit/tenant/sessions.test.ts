import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import type { Reply, TestTenant } from "./harness.ts";
import { makeUser, moment, publicOf, refreshToken, seeded, session, withUser } from "./seeded.ts";

const accepted: Reply = { status: 202, body: undefined };
const noSession: Reply = {
  status: 404,
  body: { statusCode: 404, error: "Not Found", message: "The session does not exist." },
};
const noUser: Reply = { status: 404, body: { statusCode: 404, error: "Not Found", message: "User not found" } };
const ofUser = (user: string) => `/users/${encodeURIComponent(user)}/sessions`;

/** A tenant with sessions of one account, in this order. */
async function withSessions(...differences: readonly Body[]) {
  const { tenant, user, client } = await withUser();
  const made = differences.map((more) => session(user, more));
  const again = await seeded(tenant, (objects) => {
    for (const one of made) objects.seed("sessions", one.id, one);
  });
  return { tenant: again, user, client, made };
}

const statuses = (tenant: TestTenant, ids: readonly { id: string }[], path = "/sessions") =>
  Promise.all(ids.map(async ({ id }) => (await tenant.call("GET", `${path}/${id}`)).status));

test("a session is answered as it was stored, without what is kept of it inside", async () => {
  const { tenant, user, made } = await withSessions({}, { clients: [], undocumented: "hidden" });
  const [one = session(user), other = session(user)] = made;
  const { undocumented: _, ...shown } = publicOf(other);
  expect(await tenant.call("GET", `/sessions/${one.id}`)).toEqual({ status: 200, body: publicOf(one) });
  expect(await tenant.call("GET", ofUser(user))).toEqual({ status: 200, body: { sessions: [publicOf(one), shown] } });
  const everything = [await tenant.call("GET", ofUser(user)), await tenant.local("GET", "/.local/requests")];
  expect(JSON.stringify(everything)).not.toMatch(/digest|hidden|internal/);
  expect(await tenant.call("GET", "/sessions/nothing")).toEqual(noSession);
  expect(await tenant.call("GET", ofUser("auth0|nobody"))).toEqual(noUser);
});

test("the sessions of an account come page by page, and nobody else's with them", async () => {
  const { tenant, user, made } = await withSessions({}, {}, {}, {}, {});
  const other = await makeUser(tenant, "bob@acme.com");
  const stranger = session(other);
  const again = await seeded(tenant, (objects) => void objects.seed("sessions", stranger.id, stranger));
  const sizes: number[] = [];
  const ids: string[] = [];
  let from = "";
  do {
    const { body } = await again.call("GET", `${ofUser(user)}?take=2&include_totals=true${from}`);
    expect(Object.keys(body).filter((name) => name !== "next")).toEqual(["sessions"]);
    sizes.push(body.sessions.length);
    ids.push(...body.sessions.map((one: Body) => one.id));
    from = body.next === undefined ? "" : `&from=${body.next}`;
  } while (from !== "");
  expect(sizes).toEqual([2, 2, 1]);
  expect(ids).toEqual(made.map(({ id }) => id));
  expect((await again.call("GET", ofUser(other))).body).toEqual({ sessions: [publicOf(stranger)] });
  expect((await again.call("GET", `${ofUser(user)}?take=101`)).body).toMatchObject({
    statusCode: 400,
    errorCode: "invalid_query_string",
  });
  expect((await again.call("GET", `${ofUser(user)}?from=x`)).status).toBe(400);
});

test("a session that one of its ends is past is there no more", async () => {
  const { tenant, user, made } = await withSessions(
    {},
    { expires_at: moment(-1) },
    { idle_expires_at: moment(-1) },
    { expires_at: null, idle_expires_at: null },
  );
  expect(await statuses(tenant, made)).toEqual([200, 404, 404, 200]);
  const past = `/sessions/${made[1]?.id}`;
  expect(await tenant.call("PATCH", past, { session_metadata: { a: "b" } })).toEqual(noSession);
  expect(await tenant.call("POST", `${past}/revoke`)).toEqual(noSession);
  const { sessions } = (await tenant.call("GET", `${ofUser(user)}?take=2`)).body;
  expect(sessions.map((one: Body) => one.id)).toEqual([made[0]?.id, made[3]?.id]);
});

test("a PATCH replaces the metadata, and null or nothing takes them away", async () => {
  const { tenant, made } = await withSessions({ updated_at: moment(-60) });
  const [stored = session("nobody")] = made;
  const path = `/sessions/${stored.id}`;
  const patch = (session_metadata: Body | null) => tenant.call("PATCH", path, { session_metadata });
  const updated_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const answer = (more: Body) => ({ status: 200, body: { ...publicOf(stored), updated_at, ...more } });
  expect(await patch({ desk: "7", floor: "2" })).toEqual(answer({ session_metadata: { desk: "7", floor: "2" } }));
  const second = await patch({ desk: "8" });
  expect(second).toEqual(answer({ session_metadata: { desk: "8" } }));
  expect(Date.parse(second.body.updated_at)).toBeGreaterThan(Date.parse(String(stored.updated_at)) + 50_000);
  expect(await tenant.call("GET", path)).toEqual(second);
  expect(await patch({})).toEqual(answer({}));
  expect(await patch({ desk: "9" })).toEqual(answer({ session_metadata: { desk: "9" } }));
  expect(await patch(null)).toEqual(answer({}));
  const refused = async (body: Body) => (await tenant.call("PATCH", path, body)).body.message;
  expect(await refused({})).toBe("Payload validation error: 'Too few properties defined (0), minimum 1'.");
  expect(await refused({ user_id: "b" })).toBe(
    "Payload validation error: 'Additional properties not allowed: user_id'.",
  );
  expect(await refused({ session_metadata: { a: "x".repeat(256) } })).toContain("String is too long (256 chars)");
  const many = Object.fromEntries(Array.from({ length: 26 }, (_, n) => [`n${n}`, "x"]));
  expect(await refused({ session_metadata: many })).toContain("Too many properties defined (26), maximum 25");
  expect(await tenant.call("PATCH", "/sessions/nothing", { session_metadata: {} })).toEqual(noSession);
});

test("a delete is accepted whether or not the session is there, and leaves its refresh tokens", async () => {
  const { tenant, user, client, made } = await withSessions({}, {}, {});
  const [one = session(user), other = session(user), third = session(user)] = made;
  const tokens = [one, other, third].map(({ id }) => refreshToken(user, client, { session_id: id }));
  const again = await seeded(tenant, (objects) => {
    for (const token of tokens) objects.seed("refresh-tokens", token.id, token);
  });
  for (const path of [`/sessions/${one.id}`, `/sessions/${one.id}`, "/sessions/nothing"])
    expect(await again.call("DELETE", path)).toEqual(accepted);
  expect(await statuses(again, made)).toEqual([404, 200, 200]);
  expect(await statuses(again, tokens, "/refresh-tokens")).toEqual([200, 200, 200]);
  expect((await again.call("GET", `/refresh-tokens/${tokens[0]?.id}`)).body.session_id).toBe(one.id);
  // to revoke one ends its tokens as well
  expect(await again.call("POST", `/sessions/${other.id}/revoke`)).toEqual(accepted);
  expect(await again.call("POST", `/sessions/${other.id}/revoke`)).toEqual(noSession);
  expect((await again.call("POST", `/sessions/${"x".repeat(51)}/revoke`)).body).toMatchObject({
    statusCode: 400,
    errorCode: "invalid_uri",
  });
  expect(await statuses(again, made)).toEqual([404, 404, 200]);
  expect(await statuses(again, tokens, "/refresh-tokens")).toEqual([200, 404, 200]);
  expect([await again.call("DELETE", ofUser(user)), await again.call("DELETE", ofUser(user))]).toEqual([
    accepted,
    accepted,
  ]);
  expect(await again.call("DELETE", ofUser("auth0|nobody"))).toEqual(noUser);
  expect(await statuses(again, made)).toEqual([404, 404, 404]);
  expect(await statuses(again, tokens, "/refresh-tokens")).toEqual([200, 404, 200]);
});

test("sessions go with their account, and with its connection", async () => {
  const { tenant, user, made } = await withSessions({});
  const other = session(await makeUser(tenant, "bob@acme.com"));
  const again = await seeded(tenant, (objects) => void objects.seed("sessions", other.id, other));
  const all = [...made, other];
  expect(await statuses(again, all)).toEqual([200, 200]);
  await again.call("DELETE", `/users/${encodeURIComponent(user)}`);
  expect(await statuses(again, all)).toEqual([404, 200]);
  const [connection] = (await again.call("GET", "/connections")).body;
  await again.call("DELETE", `/connections/${connection.id}`);
  expect(await statuses(again, all)).toEqual([404, 404]);
});

test("with scopes on, each operation takes its own", async () => {
  const { tenant, user } = await withUser();
  const one = session(user);
  const strict = await seeded(tenant, (objects) => void objects.seed("sessions", one.id, one), {
    switches: { SCOPES: "on" },
  });
  const path = `/sessions/${one.id}`;
  for (const [method, target, scope, status] of [
    ["GET", path, "read:sessions", 200],
    ["GET", ofUser(user), "read:sessions", 200],
    ["PATCH", path, "update:sessions", 200],
    ["POST", `${path}/revoke`, "delete:sessions", 202],
    ["DELETE", path, "delete:sessions", 202],
    ["DELETE", ofUser(user), "delete:sessions", 202],
  ] as const) {
    const body = method === "PATCH" ? { session_metadata: { a: "b" } } : undefined;
    const as = async (given: string) => {
      const { access_token: token } = (await strict.local("POST", `/.local/token?scope=${given}`)).body;
      return strict.call(method, target, body, { Authorization: `Bearer ${token}` });
    };
    expect((await as("read:users")).body).toMatchObject({
      statusCode: 403,
      message: `Insufficient scope, expected any of: ${scope}`,
      errorCode: "insufficient_scope",
    });
    expect((await as(scope)).status).toBe(status);
  }
});
