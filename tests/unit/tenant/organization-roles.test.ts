import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

async function organization(tenant: TestTenant, name: string, users: readonly string[], role: string): Promise<string> {
  const { id } = await tenant.make("/organizations", { name });
  if (users.length > 0) await tenant.call("POST", `/organizations/${id}/members`, { members: [...users] });
  for (const user of users)
    await tenant.call("POST", `/organizations/${id}/members/${encodeURIComponent(user)}/roles`, { roles: [role] });
  return id;
}

async function person(tenant: TestTenant, name: string): Promise<string> {
  const connection = "Username-Password-Authentication";
  const made = await tenant.make("/users", { connection, email: `${name}@acme.com`, password: "Long-enough-1" });
  return String(made.user_id);
}

test("the members with a role in an organization are listed page by page, those of another are not", async () => {
  const tenant = await TestTenant.fresh();
  const role = (await tenant.make("/roles", { name: "owner" })).id;
  const [ann, ben, cleo] = [await person(tenant, "ann"), await person(tenant, "ben"), await person(tenant, "cleo")];
  await organization(tenant, "other", [ann], role);
  const id = await organization(tenant, "acme", [ann, ben, cleo], role);
  const path = `/organizations/${id}/roles/${role}/members`;
  const names = async (query: string): Promise<{ names: string[]; next: string | undefined }> => {
    const { status, body } = await tenant.call("GET", `${path}?fields=email&include_fields=true&${query}`);
    expect(status).toBe(200);
    return { names: body.members.map(({ email }: { email: string }) => email), next: body.next };
  };
  const first = await names("take=2");
  expect(first).toEqual({ names: ["ann@acme.com", "ben@acme.com"], next: expect.any(String) });
  expect(await names(`take=2&from=${first.next}`)).toEqual({ names: ["cleo@acme.com"], next: undefined });
  const known = (await tenant.call("GET", `/organizations/${id}/members`)).body;
  const byId = (one: { user_id: string }, other: { user_id: string }) => (one.user_id < other.user_id ? -1 : 1);
  expect((await tenant.call("GET", path)).body.members.sort(byId)).toEqual(known.sort(byId));
});

test("the members of a large organization are walked to the end, past those of another", async () => {
  const tenant = await TestTenant.fresh();
  const role = (await tenant.make("/roles", { name: "owner" })).id;
  const [other, acme] = [await organization(tenant, "other", [], role), await organization(tenant, "acme", [], role)];
  const given: string[] = [];
  for (let n = 0; n < 60; n += 1) {
    const user = await person(tenant, `p${n}`);
    for (const id of [other, acme]) {
      await tenant.call("POST", `/organizations/${id}/members`, { members: [user] });
      await tenant.call("POST", `/organizations/${id}/members/${encodeURIComponent(user)}/roles`, { roles: [role] });
    }
    given.push(user);
  }
  const walked: string[] = [];
  let from = "";
  do {
    const { body } = await tenant.call("GET", `/organizations/${acme}/roles/${role}/members?take=25${from}`);
    walked.push(...body.members.map(({ user_id }: { user_id: string }) => user_id));
    from = body.next === undefined ? "" : `&from=${body.next}`;
  } while (from !== "");
  expect(walked).toEqual(given);
});

test("no group has a role, and an unknown organization, role or place is refused", async () => {
  const tenant = await TestTenant.fresh();
  const role = (await tenant.make("/roles", { name: "owner" })).id;
  const { id } = await tenant.make("/organizations", { name: "acme" });
  expect(await tenant.call("GET", `/organizations/${id}/roles/${role}/groups?take=50`)).toEqual({
    status: 200,
    body: { groups: [] },
  });
  for (const kind of ["groups", "members"]) {
    const message = async (path: string) => (await tenant.call("GET", path)).body.message;
    expect(await message(`/organizations/org_0000000000000000/roles/${role}/${kind}`)).toBe(
      "No organization found by that id or name",
    );
    expect(await message(`/organizations/${id}/roles/rol_0000000000000000/${kind}`)).toBe("The role does not exist.");
    expect(await message(`/organizations/${id}/roles/${role}/${kind}?from=x`)).toBe(
      "The 'from' parameter is not valid.",
    );
  }
});
