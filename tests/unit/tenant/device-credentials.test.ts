import { join } from "node:path";
import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { Store } from "../../../local/tenant/store.ts";
import { TestTenant } from "./harness.ts";

const key = { device_name: "Phone", type: "public_key", value: "ABCD", device_id: "one" };
const id = expect.stringMatching(/^dcr_[A-Za-z0-9]{16}$/);

test("a public key is answered by its id alone, and listed without its value", async () => {
  const tenant = await TestTenant.fresh();
  const { client_id } = await tenant.make("/clients", { name: "App" });
  expect(await tenant.call("POST", "/device-credentials", { ...key, client_id })).toEqual({
    status: 201,
    body: { id },
  });
  const { value: _secret, ...shown } = { ...key, client_id, id };
  expect(await tenant.call("GET", "/device-credentials")).toEqual({ status: 200, body: [shown] });
  expect((await tenant.call("GET", "/device-credentials?fields=id,type")).body).toEqual([{ id, type: "public_key" }]);
});

test("pages are of refresh tokens unless they name another type", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/device-credentials", key);
  const listed = async (query: string) => (await tenant.call("GET", `/device-credentials?${query}`)).body;
  expect(await listed("include_totals=true")).toEqual({ device_credentials: [], start: 0, limit: 50, total: 0 });
  expect(await listed("page=0&per_page=5")).toEqual([]);
  expect(await listed("type=public_key&per_page=5&include_totals=true")).toMatchObject({ limit: 5, total: 1 });
  expect(await listed("type=public_key")).toHaveLength(1);
  expect(await listed("type=rotating_refresh_token")).toEqual([]);
  expect(await listed("type=password")).toMatchObject({ statusCode: 400, errorCode: "invalid_query_string" });
});

test("one device has one public key for one app, and the filters tell apps apart", async () => {
  const tenant = await TestTenant.fresh();
  const [one, other] = [
    await tenant.make("/clients", { name: "One" }),
    await tenant.make("/clients", { name: "Other" }),
  ];
  const add = (more: Body) => tenant.call("POST", "/device-credentials", { ...key, ...more });
  const first = await add({ client_id: one.client_id });
  expect(await add({ client_id: one.client_id })).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "A public key already exists for the device." },
  });
  expect((await add({ client_id: other.client_id })).status).toBe(201);
  expect((await add({ client_id: one.client_id, device_id: "two" })).status).toBe(201);
  const of = async (client: string) =>
    (await tenant.call("GET", `/device-credentials?client_id=${client}`)).body.length;
  expect([await of(one.client_id), await of(other.client_id), await of("nobody")]).toEqual([2, 1, 0]);
  const path = `/device-credentials/${first.body.id}`;
  expect(await tenant.call("DELETE", path)).toEqual({ status: 204, body: undefined });
  expect(await tenant.call("DELETE", path)).toEqual({ status: 204, body: undefined });
  expect(await of(one.client_id)).toBe(1);
  await tenant.call("DELETE", `/clients/${one.client_id}`);
  expect((await tenant.call("GET", "/device-credentials")).body).toHaveLength(1);
});

test("a credential for an unknown app, of another type, or with an id that is none is refused", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("POST", "/device-credentials", { ...key, client_id: "nobody" })).toEqual({
    status: 403,
    body: { statusCode: 403, error: "Forbidden", message: "Cannot create device credentials for that client." },
  });
  expect((await tenant.call("POST", "/device-credentials", { ...key, type: "refresh_token" })).body.message).toBe(
    "Payload validation error: 'No enum match for: refresh_token' on property type.",
  );
  expect((await tenant.call("DELETE", "/device-credentials/one")).body.message).toBe(
    "Path validation error: 'String does not match pattern ^dcr_[A-Za-z0-9]{16}$: one' on property id.",
  );
});

test("credentials are found by their account, and go with it", async () => {
  const tenant = await TestTenant.start();
  const { user_id } = await tenant.make("/users", {
    connection: "Username-Password-Authentication",
    email: "ann@acme.com",
    password: "Secret-1",
  });
  const user = String(user_id);
  await tenant.running.close();
  const { store } = Store.open(join(tenant.folder, "tenant.db"));
  store.transaction(() => {
    const keys = [
      { name: "user_id", value: user, unique: false },
      { name: "type", value: "refresh_token", unique: false },
    ];
    const body = { id: "dcr_abcdefghijklmnop", device_name: "Chrome", type: "refresh_token", user_id: user };
    store.insert("device-credentials", "", body.id, body, keys);
  });
  store.close();
  const again = await TestTenant.start(tenant.folder);
  const path = `/device-credentials?user_id=${encodeURIComponent(user)}&per_page=10`;
  expect((await again.call("GET", path)).body).toEqual([
    { id: "dcr_abcdefghijklmnop", device_name: "Chrome", type: "refresh_token", user_id: user },
  ]);
  await again.call("DELETE", `/users/${encodeURIComponent(user)}`);
  expect((await again.call("GET", path)).body).toEqual([]);
});
