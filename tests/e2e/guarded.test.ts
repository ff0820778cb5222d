import { afterAll, beforeAll, expect, test } from "vitest";
import { claimedDomainSet } from "./steps.ts";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.guarded();
  world.write("stacks/dev/customers/fresh-table.yaml", freshTable);
});

afterAll(() => world?.close());

const freshTable = `
displayName: Fresh Table
type: vendor
conditions: { vendor_kind: catering }
`;

const beta = (domains: string) => `
displayName: Beta
type: customer
conditions: { api_access: "on" }
connections:
  beta-sso:
    strategy: samlp
    signInUrl: https://login.beta.example/saml
    certificate: |
${certificate()}
    domains: [${domains}]
machines: { machine: { scopes: ["read:bookings"] } }
`;

/** The one that the checkout's SAML customer has. */
function certificate(): string {
  const entry = world.read("stacks/dev/customers/borealis.yaml");
  return /( +-----BEGIN[\s\S]+END CERTIFICATE-----)/.exec(entry)?.[1] ?? "";
}

// One story: each test stands on the one before.

test("up creates the whole program, the second preview is empty, and a refresh finds nothing", async () => {
  const done = await world.up();
  expect(done.filter((step) => !step.startsWith("create "))).toEqual([]);
  expect(done.filter((step) => step.startsWith("create auth0."))).toHaveLength(91);
  expect(await world.preview()).toEqual([]);
  const before = await world.tenant.last();
  expect(await world.up()).toEqual([]);
  expect(await world.tenant.writes(before)).toEqual([]);
  expect(await world.refresh()).toEqual([]);
});

test("nobody could sign in before the Actions were bound", async () => {
  const writes = await world.tenant.writes();
  const nth = (match: RegExp) => writes.flatMap(({ method, path }, n) => (match.test(`${method} ${path}`) ? [n] : []));
  const bound = nth(/^PATCH .*\/actions\/triggers\/.*\/bindings$/);
  expect(bound).toHaveLength(4);
  const lastBinding = Math.max(...bound);
  const doors = [
    ...nth(/^PATCH .*\/tenants\/settings$/),
    ...nth(/^PATCH .*\/connections\/[^/]+\/clients$/),
    ...nth(/^POST .*\/organizations\/[^/]+\/(enabled_)?connections$/),
  ];
  expect(doors.length).toBeGreaterThan(10);
  expect(Math.min(...doors)).toBeGreaterThan(lastBinding);
});

test("an added customer makes its own resources and changes, of what is shared, the claimed-domain set alone", async () => {
  world.prove("beta", beta("beta.example"));
  const done = await world.up();
  expect(done.filter((step) => !step.startsWith("create ")).toSorted()).toEqual(claimedDomainSet);
  expect(done.filter((step) => step.startsWith("create ")).toSorted()).toEqual([
    "create Company beta",
    "create EnterpriseConnection beta-sso",
    "create MachineAccess beta-machine",
    "create auth0.Client beta-machine",
    "create auth0.ClientCredentials beta-machine",
    "create auth0.ClientGrant beta-machine",
    "create auth0.Connection beta-sso",
    "create auth0.ConnectionClients beta-sso",
    "create auth0.Organization beta",
    "create auth0.OrganizationClientGrant beta-machine",
    "create auth0.OrganizationConnection beta-sso",
    "create auth0.OrganizationDiscoveryDomains beta",
  ]);
  expect(await world.preview()).toEqual([]);
});

test("a preview names the domain that comes, and says which company's it is", async () => {
  world.prove("beta", beta("beta.example, beta-group.example"));
  const { stdout } = await world.pulumi("preview", "--diff");
  expect(stdout).toMatch(/\+ beta-group\.example\s*: "beta"/);
  expect(stdout.match(/^\s*\+ +[\w-]{7}$/gm)).toHaveLength(3); // one hash more in each of the three Actions
});

test("a domain moves from one customer to another: one loses it before the other gets it", async () => {
  await world.up();
  const before = await world.tenant.last();
  world.prove("beta", beta("beta.example"));
  const acme = world.read("stacks/dev/customers/acme.yaml");
  world.prove("acme", acme.replace("- acme.example", "- acme.example\n      - beta-group.example"));
  const done = await world.up();
  expect(done.filter((step) => !/Gate|Action/.test(step)).toSorted()).toEqual([
    "update Company acme",
    "update Company beta",
    "update EnterpriseConnection acme-sso",
    "update EnterpriseConnection beta-sso",
    "update auth0.Connection acme-sso",
    "update auth0.Connection beta-sso",
    "update auth0.OrganizationDiscoveryDomains acme",
    "update auth0.OrganizationDiscoveryDomains beta",
  ]);
  // The set names domains, not companies: it is what it was.
  const aliases = (await world.tenant.writes(before)).flatMap(({ method, path, body }) => {
    const options = (body as { options?: { domain_aliases?: string[] } } | undefined)?.options;
    return method === "PATCH" && path.includes("/connections/") && options ? [options.domain_aliases] : [];
  });
  expect(aliases).toEqual([["beta.example"], ["acme.example", "beta-group.example"]]);
  expect(await world.preview()).toEqual([]);
});

test.each([[[]], [["--skip-preview"]]])(
  "an entry that is gone is refused by name, and nothing is written (%j)",
  async (flags) => {
    const entry = world.read("stacks/dev/customers/beta.yaml");
    world.remove("stacks/dev/customers/beta.yaml");
    const before = await world.tenant.last();
    const said = await world.refusal(...flags);
    world.prove("beta", entry);
    expect(said).toContain(
      "✖ stacks/dev/customers/beta.yaml: the entry of beta is gone; allowed: an entry whose state was retired in an earlier up",
    );
    expect(await world.tenant.writes(before)).toEqual([]);
  },
);

test("a customer leaves in two steps: retired, then removed", async () => {
  const entry = world.read("stacks/dev/customers/beta.yaml");
  world.prove("beta", `${entry}state: retired\n`);
  expect((await world.up()).toSorted()).toEqual([
    "update Company beta",
    "update EnterpriseConnection beta-sso",
    "update auth0.Organization beta",
  ]);
  world.remove("stacks/dev/customers/beta.yaml");
  const done = await world.up();
  expect(done.filter((step) => !step.startsWith("delete ")).toSorted()).toEqual(claimedDomainSet);
  expect(done.filter((step) => step.startsWith("delete "))).toHaveLength(12);
  expect(done).toContain("delete auth0.Connection beta-sso");
  expect(await world.preview()).toEqual([]);
});

const identifierFirst = async () =>
  ((await world.tenant.read("prompts")) as { identifier_first: boolean }).identifier_first;

test.each([
  ["only the logo", ["logoUrl"], "https://travel.example/new-logo.svg"],
  ["only a colour", ["primaryColor"], "#123456"],
])("after a change of %s identifier first is on, because the prompt is written again", async (_, path, value) => {
  world.edit("Pulumi.dev.yaml", ["config", "auth0-b2b:branding", ...path], value);
  const before = await world.tenant.last();
  const done = await world.up();
  expect(done).toContain("update auth0.Branding login");
  const writes = (await world.tenant.writes(before)).map(({ method, path: where }) => `${method} ${where}`);
  expect(writes).toEqual(["PATCH /api/v2/branding", "PATCH /api/v2/prompts"]);
  expect(await identifierFirst()).toBe(true);
  expect(await world.preview()).toEqual([]);
});
