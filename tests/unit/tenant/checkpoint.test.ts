import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const decoded = (token: string): string => Buffer.from(token, "base64url").toString();
const encoded = (place: string): string => Buffer.from(place).toString("base64url");
const password = "Secret-1";

/** An organization with members that were added one request each, in this order. */
async function withMembers(count: number): Promise<{ tenant: TestTenant; path: string; members: string[] }> {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const path = `/organizations/${id}/members`;
  const members: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const person = { connection: "Username-Password-Authentication", email: `p${n}@acme.com`, password };
    const { user_id } = await tenant.make("/users", person);
    await tenant.call("POST", path, { members: [String(user_id)] });
    members.push(String(user_id));
  }
  return { tenant, path, members };
}

const ids = (body: { members: { user_id: string }[] }): string[] => body.members.map(({ user_id }) => user_id);

test("a members token holds the time and the id of the page's last member", async () => {
  const { tenant, path, members } = await withMembers(3);
  const { body } = await tenant.call("GET", `${path}?take=2`);
  expect(ids(body)).toEqual(members.slice(0, 2));
  expect(decoded(body.next)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}000UTC,/);
  expect(decoded(body.next).split(",")[1]).toBe(members[1]);
  expect(ids((await tenant.call("GET", `${path}?take=2&from=${body.next}`)).body)).toEqual(members.slice(2));
});

test("a token of this form is a place in time, whoever gave it, unless the organization is younger", async () => {
  const { tenant, path, members } = await withMembers(3);
  const at = async (place: string) => (await tenant.call("GET", `${path}?take=100&from=${encoded(place)}`)).body;
  const first = decoded((await tenant.call("GET", `${path}?take=1`)).body.next).split("UTC,")[0];
  expect(ids(await at(`${first}UTC,auth0|`))).toEqual(members);
  expect(await at("2999-04-23 07:40:02.480000UTC,auth0|69e9cca2736517c851ec9369")).toEqual({ members: [] });
  expect(await at("2020-04-23 07:40:02.480000UTC,auth0|69e9cca2736517c851ec9369")).toEqual({ members: [] });
});

test("a token outlives its member: the page begins after where the member was", async () => {
  const { tenant, path, members } = await withMembers(5);
  const { body } = await tenant.call("GET", `${path}?take=3`);
  await tenant.call("DELETE", path, { members: members.slice(2, 3) });
  expect(ids((await tenant.call("GET", `${path}?take=3&from=${body.next}`)).body)).toEqual(members.slice(3));
});

test("members that came at once have one time and go by id, and pages cut between them", async () => {
  const { tenant, path, members } = await withMembers(6);
  await tenant.call("DELETE", path, { members });
  await tenant.call("POST", path, { members });
  const first = await tenant.call("GET", `${path}?take=3`);
  expect(ids(first.body)).toEqual(members.toSorted().slice(0, 3));
  await tenant.call("DELETE", path, { members: members.toSorted().slice(2, 3) });
  const second = await tenant.call("GET", `${path}?take=3&from=${first.body.next}`);
  expect(ids(second.body)).toEqual(members.toSorted().slice(3));
});

test("organizations and the holders of a role have tokens of the same form, and none after a page that is not full", async () => {
  const { tenant, members } = await withMembers(3);
  const made = [];
  for (const name of ["b", "c"]) made.push((await tenant.make("/organizations", { name })).id);
  const { body } = await tenant.call("GET", "/organizations?take=2");
  expect(decoded(body.next).split("UTC,")[1]).toBe(made[0]);
  const rest = await tenant.call("GET", `/organizations?take=2&from=${body.next}`);
  expect(rest.body).toEqual({ organizations: [{ id: made[1], name: "c" }] });

  const role = await tenant.make("/roles", { name: "Admin" });
  await tenant.call("POST", `/roles/${role.id}/users`, { users: members });
  const holders = await tenant.call("GET", `/roles/${role.id}/users?take=2`);
  expect(decoded(holders.body.next).split("UTC,")[1]).toBe(members.toSorted()[1]);
  const last = await tenant.call("GET", `/roles/${role.id}/users?take=2&from=${holders.body.next}`);
  expect(last.body.users.map((user: { user_id: string }) => user.user_id)).toEqual(members.toSorted().slice(2));
  expect(Object.keys(last.body)).toEqual(["users"]);
});

test("a token of discovery domains holds the id that the next page begins with, and is there only when there is one", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const path = `/organizations/${id}/discovery-domains`;
  const domains: string[] = [];
  for (const domain of ["a.com", "b.com", "c.com", "d.com"]) domains.push((await tenant.make(path, { domain })).id);
  const first = await tenant.call("GET", `${path}?take=2`);
  expect(decoded(first.body.next)).toBe(domains[2]);
  const second = await tenant.call("GET", `${path}?take=2&from=${first.body.next}`);
  expect(second.body.domains.map((domain: { id: string }) => domain.id)).toEqual(domains.slice(2));
  expect(Object.keys(second.body)).toEqual(["domains"]);
});

test("a token that is none of these is refused, and so are checkpoints where a list has none", async () => {
  const { tenant, path } = await withMembers(1);
  const refusal = (message: string) => ({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message, errorCode: "invalid_query_string" },
  });
  for (const from of ["!!", encoded("7"), encoded("2026-04-23,auth0|x")])
    expect(await tenant.call("GET", `${path}?from=${from}`)).toEqual(refusal("The 'from' parameter is not valid."));
  for (const list of ["/roles", "/users"])
    expect(await tenant.call("GET", `${list}?take=2`)).toEqual(
      refusal("Query validation error: 'Additional properties not allowed: take'."),
    );
});

test("a page holds at least one object where the list does not take an empty one", async () => {
  const tenant = await TestTenant.fresh();
  for (const path of ["/clients", "/users"]) expect((await tenant.call("GET", `${path}?per_page=0`)).body).toEqual([]);
  for (const path of ["/organizations", "/roles", "/client-grants"])
    expect((await tenant.call("GET", `${path}?per_page=0`)).body.message).toBe(
      "Query validation error: 'Value 0 is less than minimum 1' on property per_page.",
    );
  expect((await tenant.call("GET", "/organizations?page=1001&per_page=1")).body.message).toBe(
    "Query validation error: 'Value 1001 is greater than maximum 1000' on property page.",
  );
});

test("offset paging past the thousandth object is refused in the words of the list", async () => {
  const tenant = await TestTenant.fresh();
  const refusal = (message: string) => ({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message, errorCode: "invalid_paging" },
  });
  expect(await tenant.call("GET", "/organizations?page=10&per_page=100")).toEqual(
    refusal("Requesting page exceeds the allowed maximum of 1000 records"),
  );
  expect(await tenant.call("GET", "/users?page=10&per_page=100")).toEqual(
    refusal(
      "You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation.",
    ),
  );
});
