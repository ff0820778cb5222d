import { afterAll, beforeAll, expect, test } from "vitest";
import { claimedDomainSet } from "./steps.ts";
import { World } from "./world.ts";

let world: World;
let brandNew: Record<string, unknown[]>;

beforeAll(async () => {
  world = await World.create();
  brandNew = await world.tenant.contents();
});

afterAll(() => world?.close());

// One story: each test stands on the one before.

test("up creates every resource of the program, each once", async () => {
  const planned = await world.preview();
  const done = await world.up();
  expect(done.every((step) => step.startsWith("create "))).toBe(true);
  expect(done.toSorted()).toEqual(planned.toSorted());
  expect(new Set(done).size).toBe(done.length);
  expect(done.filter((step) => step.startsWith("create auth0."))).toHaveLength(87);
});

test("a second preview is empty, and a second up sends no write", async () => {
  const before = await world.tenant.last();
  expect(await world.preview()).toEqual([]);
  expect(await world.up()).toEqual([]);
  expect(await world.tenant.writes(before)).toEqual([]);
});

test("a refresh finds nothing changed, and the preview after it is empty", async () => {
  expect(await world.refresh()).toEqual([]);
  expect(await world.preview()).toEqual([]);
});

test("a refresh finds what somebody changed by hand, and the next up puts it back", async () => {
  const { organizations } = await world.tenant.contents();
  const { id } = (organizations as { id: string; name: string }[]).find(({ name }) => name === "acme") ?? { id: "" };
  await world.tenant.send("PATCH", `organizations/${id}`, { display_name: "Somebody's" });
  expect(await world.refresh()).toEqual(["update auth0.Organization acme"]);
  expect(await world.up()).toEqual(["update auth0.Organization acme"]);
  expect((await world.tenant.contents()).organizations).toEqual(organizations);
});

const beta = `
displayName: Beta
type: customer
conditions: { api_access: "off" }
connections:
  beta-sso:
    strategy: oidc
    issuer: https://login.beta.example/
    clientId: travel
    clientSecret: { config: beta-sso-secret }
    domains: [beta.example]
`;

test("one more entry creates exactly its own resources, and claims its domains", async () => {
  const set = await world.pulumi("config", "set", "--secret", "beta-sso-secret", "hush");
  expect(set.status).toBe(0);
  world.write("stacks/local/customers/beta.yaml", beta);
  expect((await world.up()).toSorted()).toEqual([
    "create Company beta",
    "create EnterpriseConnection beta-sso",
    "create auth0.Connection beta-sso",
    "create auth0.ConnectionClients beta-sso",
    "create auth0.Organization beta",
    "create auth0.OrganizationConnection beta-sso",
    "create auth0.OrganizationDiscoveryDomains beta",
    ...claimedDomainSet,
  ]);
  expect(await world.preview()).toEqual([]);
});

test("a changed display name is updated in place, on the organization and on the connection's button", async () => {
  const before = await world.tenant.last();
  world.edit("stacks/local/customers/beta.yaml", ["displayName"], "Beta Travel");
  const steps = [
    "update Company beta",
    "update EnterpriseConnection beta-sso",
    "update auth0.Connection beta-sso",
    "update auth0.Organization beta",
  ];
  expect((await world.preview()).toSorted()).toEqual(steps);
  expect((await world.up()).toSorted()).toEqual(steps);
  const writes = await world.tenant.writes(before);
  expect(writes.map(({ method, status }) => [method, status])).toEqual([
    ["PATCH", 200],
    ["PATCH", 200],
  ]);
  expect(await world.preview()).toEqual([]);
});

test("an organization whose connection changes gets it by replacement, never by an update", async () => {
  const before = await world.tenant.last();
  world.write(
    "stacks/local/customers/beta.yaml",
    beta.replace("strategy: oidc", "strategy: okta").replace(/issuer: .*/, "domain: beta.okta.example"),
  );
  const done = await world.up();
  expect(done.toSorted()).toEqual([
    "create-replacement auth0.Connection beta-sso",
    "create-replacement auth0.ConnectionClients beta-sso",
    "create-replacement auth0.OrganizationConnection beta-sso",
    "delete-replaced auth0.Connection beta-sso",
    "delete-replaced auth0.ConnectionClients beta-sso",
    "delete-replaced auth0.OrganizationConnection beta-sso",
    "replace auth0.Connection beta-sso",
    "replace auth0.ConnectionClients beta-sso",
    "replace auth0.OrganizationConnection beta-sso",
    "update Company beta",
    "update EnterpriseConnection beta-sso",
    "update auth0.Organization beta",
  ]);
  const onOrganizations = (await world.tenant.writes(before)).filter(({ path }) =>
    /organizations\/.*connections/.test(path),
  );
  expect(onOrganizations.map(({ method }) => method)).toEqual(["DELETE", "POST"]);
  expect(await world.preview()).toEqual([]);
});

test("an entry that leaves takes exactly its own resources along, and its claims", async () => {
  world.remove("stacks/local/customers/beta.yaml");
  await world.pulumi("config", "rm", "beta-sso-secret");
  expect((await world.up()).toSorted()).toEqual([
    "delete Company beta",
    "delete EnterpriseConnection beta-sso",
    "delete auth0.Connection beta-sso",
    "delete auth0.ConnectionClients beta-sso",
    "delete auth0.Organization beta",
    "delete auth0.OrganizationConnection beta-sso",
    "delete auth0.OrganizationDiscoveryDomains beta",
    ...claimedDomainSet,
  ]);
});

test("no secret stands in plain in the state, in what the CLI prints, or in the tenant's log", async () => {
  const exported = (await world.pulumi("stack", "export")).stdout;
  const shown = (await world.pulumi("preview", "--diff")).stdout;
  const log = JSON.stringify(await world.tenant.writes());
  for (const text of [exported, shown, log]) expect(text).not.toMatch(/hush|local-(acme|cedar)-secret/);
  const { clients } = await world.tenant.contents();
  const secrets = (clients as { client_secret?: string }[]).flatMap(({ client_secret }) => client_secret ?? []);
  expect(secrets).not.toEqual([]);
  for (const secret of secrets) expect(exported).not.toContain(secret);
});

test("destroy leaves no object in any listed family", async () => {
  const done = await world.destroy();
  expect(done.filter((step) => !step.startsWith("delete "))).toEqual([]);
  expect(await world.tenant.contents()).toEqual(brandNew);
});
