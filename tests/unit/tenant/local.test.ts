import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

test("a reset empties the tenant to a brand-new one with ids of its own", async () => {
  const tenant = await TestTenant.fresh();
  const [before] = (await tenant.call("GET", "/connections")).body;
  await tenant.make("/organizations", { name: "acme" });
  await tenant.call("PATCH", "/tenants/settings", { friendly_name: "Acme" });
  expect(await tenant.local("POST", "/.local/reset")).toEqual({ status: 204, body: undefined });
  expect((await tenant.call("GET", "/organizations")).body).toEqual([]);
  expect((await tenant.call("GET", "/tenants/settings")).body).not.toHaveProperty("friendly_name");
  const [after] = (await tenant.call("GET", "/connections")).body;
  expect(after).toEqual({ ...before, id: expect.not.stringMatching(before.id) });
});

test("the log holds every request but its own, oldest first, without a secret", async () => {
  const tenant = await TestTenant.fresh();
  const last = (await tenant.local("GET", "/.local/requests")).body.at(-1)?.seq ?? 0;
  const client = await tenant.make("/clients", { name: "Main" });
  await tenant.call("PATCH", `/clients/${client.client_id}`, { client_secret: "hush-hush" });
  await tenant.call("GET", "/organizations?take=2");
  await tenant.call("POST", "/roles", { color: "red" });
  const { body } = await tenant.local("GET", `/.local/requests?after=${last}`);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
  const base = { time, query: {}, body: null };
  expect(body).toEqual([
    { ...base, seq: last + 1, method: "POST", path: "/api/v2/clients", status: 201, body: { name: "Main" } },
    {
      ...base,
      seq: last + 2,
      method: "PATCH",
      path: `/api/v2/clients/${client.client_id}`,
      status: 200,
      body: { client_secret: "[masked]" },
    },
    { ...base, seq: last + 3, method: "GET", path: "/api/v2/organizations", status: 200, query: { take: "2" } },
    { ...base, seq: last + 4, method: "POST", path: "/api/v2/roles", status: 400, body: { color: "red" } },
  ]);
});

test("an unknown path is 404 as the service answers it", async () => {
  const tenant = await TestTenant.fresh();
  const notFound = { status: 404, body: { statusCode: 404, error: "Not Found", message: "Not Found" } };
  expect(await tenant.local("GET", "/.local/nothing")).toEqual(notFound);
  expect(await tenant.local("GET", "/")).toEqual(notFound);
});
