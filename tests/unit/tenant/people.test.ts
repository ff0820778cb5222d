import { expect, test, vi } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { type Reply, TestTenant } from "./harness.ts";

// a hundred requests take their time on a busy machine
vi.setConfig({ testTimeout: 30_000 });

const done = { status: 204, body: undefined };
const connection = "Username-Password-Authentication";

const refused = (statusCode: number, error: string, message: string, errorCode?: string): Reply => ({
  status: statusCode,
  body: { statusCode, error, message, ...(errorCode === undefined ? {} : { errorCode }) },
});
const noUser = refused(404, "Not Found", "The user does not exist.", "inexistent_user");
const noRole = refused(404, "Not Found", "The role does not exist.");
const noOrganization = refused(404, "Not Found", "No organization found by that id or name");

async function people(tenant: TestTenant, count: number): Promise<string[]> {
  const made = Array.from({ length: count }, (_, n) =>
    tenant.make("/users", { connection, email: `person${n}@acme.com`, password: "Secret-1" }),
  );
  return (await Promise.all(made)).map(({ user_id }) => String(user_id));
}

async function roles(tenant: TestTenant, count: number): Promise<string[]> {
  const made = Array.from({ length: count }, (_, n) => tenant.make("/roles", { name: `role ${n}` }));
  return (await Promise.all(made)).map(({ id }) => id);
}

const pathOf = (user: string) => `/users/${encodeURIComponent(user)}`;
const rolesOf = async (tenant: TestTenant, path: string) =>
  (await tenant.call("GET", `${path}/roles?per_page=100`)).body.map(({ id }: { id: string }) => id);

test("members are added and removed ten at a time, and twice is once", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const path = `/organizations/${id}/members`;
  const members = await people(tenant, 11);
  const tooMany = refused(
    400,
    "Bad Request",
    "Payload validation error: 'Array is too long (11), maximum 10' on property members.",
    "invalid_body",
  );
  expect(await tenant.call("POST", path, { members })).toEqual(tooMany);
  expect(await tenant.call("DELETE", path, { members })).toEqual(tooMany);
  expect(await tenant.call("POST", path, { members: members.slice(1) })).toEqual(done);
  expect(
    await tenant.call("POST", path, { members: members.slice(9, 10), note: "other fields are let through" }),
  ).toEqual(done);
  const listed = async () => (await tenant.call("GET", `${path}?per_page=100`)).body.map((one: Body) => one.user_id);
  // those that came at once go by id
  expect(await listed()).toEqual(members.slice(1).sort());
  expect(await tenant.call("DELETE", path, { members: members.slice(0, 10) })).toEqual(done);
  expect(await listed()).toEqual(members.slice(10));
});

test("an unknown person or organization is refused, and with one unknown person nobody is added", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const members = await people(tenant, 1);
  const path = `/organizations/${id}/members`;
  expect(await tenant.call("POST", path, { members: [...members, "auth0|nobody"] })).toEqual(noUser);
  expect((await tenant.call("GET", path)).body).toEqual([]);
  expect(await tenant.call("POST", "/organizations/org_abcdefghijklmnop/members", { members })).toEqual(noOrganization);
});

test("a member's roles are added by 204, twice is once, and a role or member that is not there is refused", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const [user = "", stranger = ""] = await people(tenant, 2);
  await tenant.call("POST", `/organizations/${id}/members`, { members: [user] });
  const member = `/organizations/${id}/members/${encodeURIComponent(user)}`;
  const path = `${member}/roles`;
  const [first = "", second = ""] = await roles(tenant, 2);
  expect(await tenant.call("POST", path, { roles: [first] })).toEqual(done);
  expect(await tenant.call("POST", path, { roles: [first, second] })).toEqual(done);
  expect(await rolesOf(tenant, member)).toEqual([first, second]);
  expect(await tenant.call("POST", path, { roles: ["rol_abcdefghijklmnop"] })).toEqual(noRole);
  expect(
    await tenant.call("POST", `/organizations/${id}/members/${encodeURIComponent(stranger)}/roles`, { roles: [first] }),
  ).toEqual(refused(404, "Not Found", "The user is not a member of the organization."));
  expect(
    await tenant.call("POST", `/organizations/org_abcdefghijklmnop/members/${user}/roles`, { roles: [first] }),
  ).toEqual(noOrganization);
  expect(await tenant.call("POST", path, { roles: [] })).toEqual(
    refused(
      400,
      "Bad Request",
      "Payload validation error: 'Array is too short (0), minimum 1' on property roles.",
      "invalid_body",
    ),
  );
  // outside the organization the person has none of them
  expect(await rolesOf(tenant, pathOf(user))).toEqual([]);
  expect(await tenant.call("DELETE", path, { roles: [first] })).toEqual(done);
  expect(await tenant.call("DELETE", path, { roles: [first] })).toEqual(done);
  expect(await rolesOf(tenant, member)).toEqual([second]);
});

test("a member, and a person, may have 50 roles", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const [user = ""] = await people(tenant, 1);
  await tenant.call("POST", `/organizations/${id}/members`, { members: [user] });
  const all = await roles(tenant, 51);
  const member = `/organizations/${id}/members/${encodeURIComponent(user)}`;
  expect(await tenant.call("POST", `${member}/roles`, { roles: all.slice(1) })).toEqual(done);
  expect(await tenant.call("POST", `${member}/roles`, { roles: all.slice(0, 1) })).toEqual(
    refused(409, "Conflict", "No more roles can be assigned to this organization member."),
  );
  expect(await rolesOf(tenant, member)).toEqual(all.slice(1));
  expect(await tenant.call("POST", `${pathOf(user)}/roles`, { roles: all.slice(1) })).toEqual(done);
  expect(await tenant.call("POST", `/roles/${all[0]}/users`, { users: [user] })).toEqual(
    refused(409, "Conflict", "No more roles can be assigned to this user."),
  );
  expect(await rolesOf(tenant, pathOf(user))).toEqual(all.slice(1));
});

test("a role is given to persons by its own path, twice is once, and one unknown person stops all", async () => {
  const tenant = await TestTenant.fresh();
  const [role = ""] = await roles(tenant, 1);
  const [one = "", two = ""] = await people(tenant, 2);
  const path = `/roles/${role}/users`;
  expect(await tenant.call("POST", path, { users: [one] })).toEqual({ status: 200, body: {} });
  expect(await tenant.call("POST", path, { users: [two, "auth0|nobody"] })).toEqual(
    refused(404, "Not Found", "One or more of the users do not exist."),
  );
  expect(await rolesOf(tenant, pathOf(two))).toEqual([]);
  expect(await tenant.call("POST", path, { users: [one, two] })).toEqual({ status: 200, body: {} });
  expect((await tenant.call("GET", path)).body.map((user: Body) => user.user_id)).toEqual([one, two]);
  expect(await rolesOf(tenant, pathOf(one))).toEqual([role]);
  expect(await tenant.call("POST", "/roles/rol_abcdefghijklmnop/users", { users: [one] })).toEqual(noRole);
  expect(await tenant.call("POST", path, { roles: [one] })).toEqual(
    refused(
      400,
      "Bad Request",
      "Payload validation error: 'Additional properties not allowed: roles'.",
      "invalid_body",
    ),
  );
  expect(await tenant.call("DELETE", `${pathOf(one)}/roles`, { roles: [role] })).toEqual(done);
  expect((await tenant.call("GET", path)).body.map((user: Body) => user.user_id)).toEqual([two]);
});

test("app_metadata keeps the keys that a PATCH does not name, replaces whole what it names, and loses a key by null", async () => {
  const tenant = await TestTenant.fresh();
  const app_metadata = { stage: "lead", first_roles: ["individual"], deep: { a: 1, b: 2 } };
  const made = await tenant.make("/users", { connection, email: "ann@acme.com", password: "Secret-1", app_metadata });
  const path = pathOf(String(made.user_id));
  expect(made.app_metadata).toEqual(app_metadata);
  const patched = async (patch: Body) => {
    const { status, body } = await tenant.call("PATCH", path, { app_metadata: patch });
    expect(status).toBe(200);
    expect((await tenant.call("GET", path)).body).toEqual(body);
    return body.app_metadata;
  };
  expect(await patched({ stage: "owner" })).toEqual({ ...app_metadata, stage: "owner" });
  expect(await patched({ deep: { c: 3 }, first_roles: ["individual", "org_1"] })).toEqual({
    stage: "owner",
    first_roles: ["individual", "org_1"],
    deep: { c: 3 },
  });
  expect(await patched({ deep: null, first_roles: null })).toEqual({ stage: "owner" });
  expect(await tenant.call("PATCH", "/users/auth0%7Cnobody", { app_metadata })).toEqual(noUser);
});

test.each(["email", "user_id", "blocked", "identities", "__tenant"])(
  "app_metadata may not hide the root field %s",
  async (name) => {
    const tenant = await TestTenant.fresh();
    const refusal = refused(400, "Bad Request", `app_metadata must not contain ${name}`, "invalid_body");
    const app_metadata = { [name]: "x" };
    expect(await tenant.call("POST", "/users", { connection, email: "ann@acme.com", app_metadata })).toEqual(refusal);
    const made = await tenant.make("/users", { connection, email: "ann@acme.com" });
    expect(await tenant.call("PATCH", pathOf(String(made.user_id)), { app_metadata })).toEqual(refusal);
  },
);

test("an id given with an account has no space in it", async () => {
  const tenant = await TestTenant.fresh();
  const given = { connection: "Username-Password-Authentication", email: "ann@acme.com", password: "Secret-123" };
  expect((await tenant.call("POST", "/users", { ...given, user_id: "a b" })).body).toEqual({
    statusCode: 400,
    error: "Bad Request",
    message: "Payload validation error: 'String does not match pattern ^\\S*$: a b' on property user_id.",
    errorCode: "invalid_body",
  });
  expect(await tenant.make("/users", { ...given, user_id: "a-b" })).toMatchObject({ user_id: "auth0|a-b" });
});
