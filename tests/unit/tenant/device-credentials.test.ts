import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";
import { withTokens } from "./seeded.ts";

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

test("refresh tokens are credentials of their kind, and deleting one ends the token", async () => {
  const { tenant, user, client, token } = await withTokens({ rotating: false }, { rotating: true });
  const [plain, rotating] = token;
  const shown = (type: string) => ({ id, type, user_id: user, client_id: client, device_name: "Firefox" });
  const listed = async (query: string) => (await tenant.call("GET", `/device-credentials?${query}`)).body;
  expect(await listed("per_page=10")).toEqual([shown("refresh_token")]);
  expect(await listed("type=refresh_token")).toEqual([shown("refresh_token")]);
  expect(await listed(`type=rotating_refresh_token&include_totals=true&user_id=${encodeURIComponent(user)}`)).toEqual({
    device_credentials: [shown("rotating_refresh_token")],
    start: 0,
    limit: 50,
    total: 1,
  });
  await tenant.make("/device-credentials", key);
  const all = await listed("");
  expect(all.map((one: Body) => one.type)).toEqual(["public_key", "refresh_token", "rotating_refresh_token"]);
  expect(await listed("client_id=nobody")).toEqual([]);
  const path = `/device-credentials/${all[1].id}`;
  expect((await tenant.call("GET", `/refresh-tokens/${plain}`)).status).toBe(200);
  expect(await tenant.call("DELETE", path)).toEqual({ status: 204, body: undefined });
  expect(await tenant.call("DELETE", path)).toEqual({ status: 204, body: undefined });
  expect((await tenant.call("GET", `/refresh-tokens/${plain}`)).status).toBe(404);
  expect((await tenant.call("GET", `/refresh-tokens/${rotating}`)).status).toBe(200);
  expect(await listed("fields=id,type")).toEqual([all[0], all[2]].map(({ id: own, type }) => ({ id: own, type })));
});

test("credentials go with their account, and a token that is over is none", async () => {
  const past = new Date(Date.now() - 1000).toISOString();
  const { tenant, user } = await withTokens({}, { expires_at: past }, { idle_expires_at: past });
  const path = `/device-credentials?user_id=${encodeURIComponent(user)}&per_page=10`;
  expect((await tenant.call("GET", path)).body).toHaveLength(1);
  await tenant.call("DELETE", `/users/${encodeURIComponent(user)}`);
  expect((await tenant.call("GET", path)).body).toEqual([]);
});
