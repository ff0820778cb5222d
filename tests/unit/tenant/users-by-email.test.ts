import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const connection = "Username-Password-Authentication";

test("every account of an address is found by exactly that address, oldest first", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const one = await tenant.make("/users", { connection, email: "Ann@Acme.com", password: "Secret-1" });
  const other = await tenant.make("/users", { connection: "staff", email: "ann@acme.com", password: "Secret-1" });
  await tenant.make("/users", { connection, email: "bob@acme.com", password: "Secret-1" });
  // a database keeps addresses in lower case, whatever it was given
  expect(one).toMatchObject({ email: "ann@acme.com", name: "ann@acme.com", nickname: "ann" });
  expect(await tenant.call("GET", "/users-by-email?email=ann%40acme.com")).toEqual({ status: 200, body: [one, other] });
  expect(await tenant.call("GET", "/users-by-email?email=Ann%40Acme.com")).toEqual({ status: 200, body: [] });
  expect(await tenant.call("GET", "/users-by-email?email=nobody")).toEqual({ status: 200, body: [] });
});

test("a changed address is kept in lower case too", async () => {
  const tenant = await TestTenant.fresh();
  const { user_id } = await tenant.make("/users", { connection, email: "ann@acme.com", password: "Secret-1" });
  const path = `/users/${encodeURIComponent(String(user_id))}`;
  expect((await tenant.call("PATCH", path, { email: "Eve@Acme.com" })).body.email).toBe("eve@acme.com");
  expect((await tenant.call("GET", "/users-by-email?email=eve@acme.com&fields=user_id")).body).toEqual([{ user_id }]);
});

test("fields are narrowed, and an unknown field or a missing address is refused", async () => {
  const tenant = await TestTenant.fresh();
  const { user_id } = await tenant.make("/users", { connection, email: "ann@acme.com", password: "Secret-1" });
  const asked = async (query: string) => (await tenant.call("GET", `/users-by-email?${query}`)).body;
  expect(await asked("email=ann@acme.com&fields=user_id,email")).toEqual([{ user_id, email: "ann@acme.com" }]);
  const hidden = "identities,created_at,updated_at,picture,nickname,name";
  expect(await asked(`email=ann@acme.com&fields=${hidden}&include_fields=false`)).toEqual([
    { user_id, email: "ann@acme.com", email_verified: false },
  ]);
  expect(await asked("")).toEqual({
    statusCode: 400,
    error: "Bad Request",
    message: "Query validation error: 'Missing required property: email'.",
    errorCode: "invalid_query_string",
  });
  expect((await asked("email=ann@acme.com&fields=password")).errorCode).toBe("invalid_query_string");
});

test("nobody is blocked: blocks are empty, removing them is allowed, and whose they are must be said", async () => {
  const tenant = await TestTenant.fresh();
  const { user_id } = await tenant.make("/users", { connection, email: "ann@acme.com", password: "Secret-1" });
  const own = `/user-blocks/${encodeURIComponent(String(user_id))}`;
  for (const path of [own, "/user-blocks?identifier=ann@acme.com", `${own}?consider_brute_force_enablement=true`]) {
    expect(await tenant.call("GET", path)).toEqual({ status: 200, body: { blocked_for: [] } });
  }
  expect(await tenant.call("DELETE", own)).toEqual({ status: 204, body: undefined });
  expect(await tenant.call("DELETE", "/user-blocks?identifier=x")).toEqual({ status: 204, body: undefined });
  expect(await tenant.call("GET", "/user-blocks/auth0%7Cnobody")).toEqual({
    status: 404,
    body: { statusCode: 404, error: "Not Found", message: "The user does not exist.", errorCode: "inexistent_user" },
  });
  expect((await tenant.call("GET", "/user-blocks")).body.message).toBe(
    "Query validation error: 'Missing required property: identifier'.",
  );
});
