import { join } from "node:path";
import { expect, test } from "vitest";
import { accountOfIdentity } from "../../../local/tenant/entities/identities-of.ts";
import { families } from "../../../local/tenant/entities/index.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import { Objects } from "../../../local/tenant/management/objects.ts";
import { Store } from "../../../local/tenant/store.ts";
import { type Reply, TestTenant } from "./harness.ts";

const first = "Username-Password-Authentication";

const refused = (statusCode: number, error: string, message: string, errorCode?: string): Reply => ({
  status: statusCode,
  body: { statusCode, error, message, ...(errorCode === undefined ? {} : { errorCode }) },
});
const bad = (message: string) => refused(400, "Bad Request", message, "invalid_body");
const noUser = refused(404, "Not Found", "The user does not exist.", "inexistent_user");

async function person(
  tenant: TestTenant,
  email: string,
  more: Body = {},
): Promise<{ id: string; own: string; path: string }> {
  const { user_id } = await tenant.make("/users", { connection: first, email, password: "Secret-1", ...more });
  const id = String(user_id);
  return { id, own: id.slice(id.indexOf("|") + 1), path: `/users/${encodeURIComponent(id)}` };
}

const identity = (user_id: string, more: Body = {}): Body => ({
  connection: first,
  user_id,
  provider: "auth0",
  isSocial: false,
  ...more,
});
const profile = (email: string): Body => ({ email, email_verified: false });

test("linking puts the second account into the first, which stays as it is but for its identities", async () => {
  const tenant = await TestTenant.fresh();
  const ann = await person(tenant, "ann@acme.com", { user_metadata: { colour: "red" } });
  const bob = await person(tenant, "bob@acme.com", {
    user_metadata: { colour: "blue" },
    app_metadata: { plan: "gold" },
    blocked: true,
    given_name: "Bob",
    nickname: "bobby",
    picture: "https://example.com/bob.png",
  });
  const before = (await tenant.call("GET", ann.path)).body;
  const linked = await tenant.call("POST", `${ann.path}/identities`, { provider: "auth0", user_id: bob.own });
  const profileData = {
    ...profile("bob@acme.com"),
    given_name: "Bob",
    nickname: "bobby",
    picture: "https://example.com/bob.png",
  };
  const second = identity(bob.own, { profileData });
  expect(linked).toEqual({
    status: 201,
    body: [identity(ann.own, { profileData: profile("ann@acme.com") }), second],
  });
  const after = (await tenant.call("GET", ann.path)).body;
  expect(after).toEqual({ ...before, identities: [identity(ann.own), second], updated_at: after.updated_at });
  expect(after.updated_at >= before.updated_at).toBe(true);
  expect(await tenant.call("GET", bob.path)).toEqual(noUser);
  expect((await tenant.call("GET", "/users?include_totals=true")).body.total).toBe(1);
  expect((await tenant.call("GET", "/users-by-email?email=bob@acme.com")).body).toEqual([]);
});

test("a linked account's memberships and roles go with it", async () => {
  const tenant = await TestTenant.fresh();
  const ann = await person(tenant, "ann@acme.com");
  const bob = await person(tenant, "bob@acme.com");
  const organization = await tenant.make("/organizations", { name: "acme" });
  const role = await tenant.make("/roles", { name: "admin" });
  await tenant.call("POST", `/organizations/${organization.id}/members`, { members: [bob.id] });
  await tenant.call("POST", `${bob.path}/roles`, { roles: [role.id] });
  await tenant.make(`${ann.path}/identities`, { provider: "auth0", user_id: bob.own });
  expect((await tenant.call("GET", `/organizations/${organization.id}/members`)).body).toEqual([]);
  expect((await tenant.call("GET", `/roles/${role.id}/users`)).body).toEqual([]);
  expect((await tenant.call("GET", `${ann.path}/roles`)).body).toEqual([]);
});

test("unlinking makes an account again of the same id and profile, without metadata", async () => {
  const tenant = await TestTenant.fresh();
  const ann = await person(tenant, "ann@acme.com");
  const bob = await person(tenant, "bob@acme.com", { given_name: "Bob", user_metadata: { colour: "blue" } });
  const before = (await tenant.call("GET", bob.path)).body;
  await tenant.make(`${ann.path}/identities`, { provider: "auth0", user_id: bob.id });
  expect(await tenant.call("DELETE", `${ann.path}/identities/auth0/${bob.own}`)).toEqual({
    status: 200,
    body: [identity(ann.own, { profileData: profile("ann@acme.com") })],
  });
  const { user_metadata: _gone, ...rest } = before;
  const after = (await tenant.call("GET", bob.path)).body;
  expect(after).toEqual({ ...rest, created_at: after.created_at, updated_at: after.updated_at });
  expect((await tenant.call("GET", ann.path)).body.identities).toEqual([identity(ann.own)]);
});

test("an account that others were linked to brings them along", async () => {
  const tenant = await TestTenant.fresh();
  const [ann, bob, eve] = [
    await person(tenant, "ann@acme.com"),
    await person(tenant, "bob@acme.com"),
    await person(tenant, "eve@acme.com"),
  ];
  await tenant.make(`${bob.path}/identities`, { provider: "auth0", user_id: eve.own });
  const { body } = await tenant.call("POST", `${ann.path}/identities`, { provider: "auth0", user_id: bob.own });
  expect(body.map((one: Body) => one.user_id)).toEqual([ann.own, bob.own, eve.own]);
});

test("a link to what is not there, to itself, or to what is linked already is refused", async () => {
  const tenant = await TestTenant.fresh();
  const [ann, bob, eve] = [
    await person(tenant, "ann@acme.com"),
    await person(tenant, "bob@acme.com"),
    await person(tenant, "eve@acme.com"),
  ];
  const staff = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const link = (of: { path: string }, body: Body) => tenant.call("POST", `${of.path}/identities`, body);
  const named = (user_id: string, more: Body = {}) => ({ provider: "auth0", user_id, ...more });
  expect(await link(ann, named(ann.own))).toEqual(bad("Main identity and the new one are the same."));
  expect(await link(ann, named("nobody"))).toEqual(bad("Linking to an inexistent identity requires a connection."));
  const inexistent = bad("Linking to an inexistent identity is not allowed.");
  expect(await link(ann, named("nobody", { connection_id: staff.id }))).toEqual(inexistent);
  expect(await link(ann, named(bob.own, { connection_id: staff.id }))).toEqual(inexistent);
  expect(await link(ann, named(bob.own, { connection_id: "con_abcdefghijklmnop" }))).toEqual(
    bad("The provider/connection is not configured."),
  );
  expect(await link(ann, { link_with: "a.b.c" })).toEqual(bad("Invalid token (link_with)."));
  expect(await link(ann, { provider: "auth0" })).toEqual(
    bad("Payload validation error: 'Missing required property: user_id'."),
  );
  expect(await link({ path: "/users/auth0%7Cnobody" }, named(bob.own))).toEqual(noUser);
  await tenant.make(`${ann.path}/identities`, named(bob.own));
  const taken = refused(409, "Conflict", "Specified identity already exists.");
  expect(await link(ann, named(bob.own))).toEqual(taken);
  expect(await link(eve, named(bob.own))).toEqual(taken);
});

test("the first identity cannot be unlinked, nor one that is not there, nor one of no known provider", async () => {
  const tenant = await TestTenant.fresh();
  const ann = await person(tenant, "ann@acme.com");
  const unlink = (rest: string) => tenant.call("DELETE", `${ann.path}/identities/${rest}`);
  expect(await unlink(`auth0/${ann.own}`)).toEqual(bad("Main identity cannot be removed."));
  expect(await unlink("auth0/nobody")).toEqual(bad("The user exists, but does not contain the given identity."));
  expect(await unlink("myspace/1")).toEqual(
    refused(
      400,
      "Bad Request",
      "Path validation error: 'No enum match for: myspace' on property provider.",
      "invalid_uri",
    ),
  );
});

test("a linked address is still taken in its database, and its identity leads to the first account", async () => {
  const tenant = await TestTenant.start();
  const ann = await person(tenant, "ann@acme.com");
  const bob = await person(tenant, "bob@acme.com");
  await tenant.make(`${ann.path}/identities`, { provider: "auth0", user_id: bob.own });
  const taken = refused(409, "Conflict", "The user already exists.", "auth0_idp_error");
  const again = { connection: first, email: "Bob@acme.com", password: "Secret-1" };
  expect(await tenant.call("POST", "/users", again)).toEqual(taken);
  expect(await tenant.call("POST", "/users", { ...again, email: "new@acme.com", user_id: bob.own })).toEqual(taken);
  await tenant.running.close();
  const { store } = Store.open(join(tenant.folder, "tenant.db"));
  const objects = new Objects(store, families);
  const found = [bob.id, ann.id, "auth0|nobody"].map((id) => accountOfIdentity(objects, id)?.id);
  store.close();
  expect(found).toEqual([ann.id, ann.id, undefined]);
});

test("what an identity of another kind than a database was given stays in its profile, its name too", async () => {
  const tenant = await TestTenant.fresh();
  const ann = await person(tenant, "ann@acme.com");
  await tenant.make("/connections", { name: "sms", strategy: "sms" });
  const phone = { connection: "sms", phone_number: "+14258831929", phone_verified: true, name: "+14258831929" };
  const { user_id } = await tenant.make("/users", phone);
  const own = String(user_id).slice("sms|".length);
  const { body } = await tenant.call("POST", `${ann.path}/identities`, { provider: "sms", user_id: own });
  const { connection, ...profileData } = phone;
  expect(body[1]).toEqual({ connection, user_id: own, provider: "sms", isSocial: false, profileData });
});
