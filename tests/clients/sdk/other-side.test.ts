import { expect, test } from "vitest";
import { expectRefused, refusal } from "./refusals.ts";
import { requests, sdk } from "./tenant.ts";

/** Lists that show pairs from their other side: what was linked elsewhere, over three pages of the SDK's pager. */
async function listed(pager: PromiseLike<AsyncIterable<object>>, field: string): Promise<unknown[]> {
  requests();
  const found: unknown[] = [];
  for await (const item of await pager) found.push(Reflect.get(item, field));
  expect(requests()).toHaveLength(3);
  return found;
}

const five = [1, 2, 3, 4, 5];
const { client_id = "" } = await sdk.clients.create({ name: "machine", app_type: "non_interactive" });

test("a client's connections are those that it is enabled on", async () => {
  await sdk.tenants.settings.update({ flags: { enable_client_connections: false } });
  const { client_id: portal = "" } = await sdk.clients.create({ name: "portal" });
  const ids: unknown[] = [];
  for (const n of five) {
    const { id } = await sdk.connections.create({
      ...{ name: `database-${n}`, strategy: "auth0" as const },
      enabled_clients: [portal],
    });
    ids.push(id);
  }
  expect(await listed(sdk.clients.connections.get(portal, { take: 2 }), "id")).toEqual(ids);
  await expectRefused(
    sdk.clients.connections.get("0".repeat(32)),
    refusal(404, "The client does not exist", "inexistent_client"),
  );
});

test("a grant's organizations are those that were given it", async () => {
  const audience = "https://orders.example.com";
  await sdk.resourceServers.create({ identifier: audience });
  const { id: grant = "" } = await sdk.clientGrants.create({
    ...{ client_id, audience, scope: [] },
    organization_usage: "allow",
  });
  const ids: unknown[] = [];
  for (const n of five) {
    const { id = "" } = await sdk.organizations.create({ name: `granted-${n}` });
    await sdk.organizations.clientGrants.create(id, { grant_id: grant });
    ids.push(id);
  }
  expect(await listed(sdk.clientGrants.organizations.list(grant, { take: 2 }), "id")).toEqual(ids);
  await expectRefused(
    sdk.clientGrants.organizations.list("cgr_0000000000000000"),
    refusal(404, "The grant does not exist.", "inexistent_client_grant"),
  );
});

test("a role's members in an organization are those who were given it there", async () => {
  const { id: acme = "" } = await sdk.organizations.create({ name: "acme" });
  const { id: role = "" } = await sdk.roles.create({ name: "buyer" });
  const ids: string[] = [];
  for (const n of five) {
    const { user_id = "" } = await sdk.users.create({
      connection: "Username-Password-Authentication",
      ...{ email: `buyer${n}@example.com`, password: "Correct-horse-1" },
    });
    await sdk.organizations.members.create(acme, { members: [user_id] });
    await sdk.organizations.members.roles.assign(acme, user_id, { roles: [role] });
    ids.push(user_id);
  }
  expect(await listed(sdk.organizations.roles.members.list(acme, role, { take: 2 }), "user_id")).toEqual(ids);
  expect((await sdk.organizations.roles.groups.list(acme, role)).data).toEqual([]);
});

test("an organization and its domains are found by name", async () => {
  const { id = "" } = await sdk.organizations.create({ name: "named" });
  const domain = await sdk.organizations.discoveryDomains.create(id, { domain: "named.example.com" });
  expect(await sdk.organizations.getByName("named")).toEqual({ id, name: "named" });
  expect(await sdk.organizations.discoveryDomains.getByName(id, "named.example.com")).toEqual(domain);
  await expectRefused(sdk.organizations.getByName("nobody"), refusal(404, "No organization found by that id or name"));
});

test("an organization is given applications, as early access has it", async () => {
  const { id = "" } = await sdk.organizations.create({ name: "apps" });
  const { clients } = sdk.organizations;
  const ids: string[] = [];
  for (const n of five) {
    const { client_id: app = "" } = await sdk.clients.create({ name: `app ${n}` });
    await clients.create(id, { clients: [{ client_id: app, use_for_member_access: false }] });
    ids.push(app);
  }
  expect(await listed(clients.list(id, { take: 2 }), "client_id")).toEqual(ids);
  const [first = ""] = ids;
  expect(await clients.update(id, first, { use_for_member_access: true })).toMatchObject({
    ...{ client_id: first, use_for_member_access: true },
    client: { name: "app 1" },
  });
  expect(await clients.get(id, first)).toMatchObject({ use_for_member_access: true });
  await clients.delete(id, { clients: [first] });
  await expectRefused(clients.get(id, first), refusal(404, "No client found by that id"));
});
