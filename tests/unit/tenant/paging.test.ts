import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const names = (body: { name: string }[]): string[] => body.map(({ name }) => name);

async function withOrganizations(count: number): Promise<TestTenant> {
  const tenant = await TestTenant.fresh();
  for (let n = count; n > 0; n -= 1) await tenant.make("/organizations", { name: `org-${n}` });
  return tenant;
}

test("without totals a page is a bare array in order of creation, 50 at most", async () => {
  const tenant = await withOrganizations(3);
  const { body } = await tenant.call("GET", "/organizations?page=1&per_page=2");
  expect(names(body)).toEqual(["org-1"]);
  expect((await tenant.call("GET", "/organizations?page=7&per_page=2")).body).toEqual([]);
});

test("with totals it is wrapped, and limit echoes per_page", async () => {
  const tenant = await withOrganizations(3);
  const { body } = await tenant.call("GET", "/organizations?per_page=2&include_totals=true&sort=name:1");
  expect({ ...body, organizations: names(body.organizations) }).toEqual({
    organizations: ["org-1", "org-2"],
    start: 0,
    limit: 2,
    total: 3,
  });
  const past = await tenant.call("GET", "/organizations?page=4&per_page=2&include_totals=true");
  expect(past.body).toEqual({ organizations: [], start: 8, limit: 2, total: 3 });
});

test("take wins over include_totals, and next leads through every object once", async () => {
  const tenant = await withOrganizations(3);
  const first = await tenant.call("GET", "/organizations?take=2&include_totals=true");
  expect(Object.keys(first.body).sort()).toEqual(["next", "organizations"]);
  const second = await tenant.call("GET", `/organizations?take=2&from=${first.body.next}`);
  expect(names([...first.body.organizations, ...second.body.organizations])).toEqual(["org-3", "org-2", "org-1"]);
  expect(second.body).not.toHaveProperty("next");
});

test("members name a next page even after the last, and the page after that is empty", async () => {
  const tenant = await withOrganizations(1);
  const [{ id }] = (await tenant.call("GET", "/organizations")).body;
  const person = { connection: "Username-Password-Authentication", email: "ann@acme.com", password: "Secret-1" };
  const { user_id = "" } = await tenant.make("/users", person);
  await tenant.call("POST", `/organizations/${id}/members`, { members: [user_id] });
  const path = `/organizations/${id}/members?take=100&fields=user_id&include_fields=true`;
  const first = await tenant.call("GET", path);
  expect(first.body).toEqual({ members: [{ user_id }], next: expect.any(String) });
  expect((await tenant.call("GET", `${path}&from=${first.body.next}`)).body).toEqual({ members: [] });
});

test("discovery domains come in checkpoint pages only, log streams as a bare array only", async () => {
  const tenant = await withOrganizations(1);
  const [{ id }] = (await tenant.call("GET", "/organizations")).body;
  expect((await tenant.call("GET", `/organizations/${id}/discovery-domains`)).body).toEqual({ domains: [] });
  expect((await tenant.call("GET", `/organizations/${id}/discovery-domains?include_totals=true`)).body.message).toBe(
    "Query validation error: 'Additional properties not allowed: include_totals'.",
  );
  expect((await tenant.call("GET", "/log-streams")).body).toEqual([]);
});

test("lists of clients, connections and grants are selected by their filters", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/clients", { name: "Spa", app_type: "spa" });
  await tenant.make("/clients", { name: "Web", app_type: "regular_web" });
  await tenant.make("/connections", { name: "acme", strategy: "oidc" });
  await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  expect(names((await tenant.call("GET", "/clients?app_type=spa,native&is_global=false")).body)).toEqual(["Spa"]);
  expect(names((await tenant.call("GET", "/clients?is_global=true")).body)).toEqual(["All Applications"]);
  expect(names((await tenant.call("GET", "/connections?strategy=oidc")).body)).toEqual(["acme"]);
  expect(names((await tenant.call("GET", "/connections?name=staff")).body)).toEqual(["staff"]);
  await tenant.make("/roles", { name: "Main owner" });
  await tenant.make("/roles", { name: "Vendor" });
  expect(names((await tenant.call("GET", "/roles?name_filter=OWNER")).body)).toEqual(["Main owner"]);
});

test("offset pages end at the thousandth object, and paging parameters are checked", async () => {
  const tenant = await TestTenant.fresh();
  expect((await tenant.call("GET", "/organizations?page=10&per_page=100")).body).toMatchObject({
    statusCode: 400,
    errorCode: "invalid_paging",
  });
  expect((await tenant.call("GET", "/organizations?per_page=101")).body).toEqual({
    statusCode: 400,
    error: "Bad Request",
    message: "Query validation error: 'Value 101 is greater than maximum 100' on property per_page.",
    errorCode: "invalid_query_string",
  });
  expect((await tenant.call("GET", "/organizations?per_page=two")).body.message).toBe(
    "Query validation error: 'Expected type integer but found type string' on property per_page.",
  );
  expect((await tenant.call("GET", "/organizations?take=2&from=!!")).status).toBe(400);
});
