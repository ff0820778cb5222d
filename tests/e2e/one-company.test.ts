import { afterAll, beforeAll, expect, test } from "vitest";
import { claimedDomainSet } from "./steps.ts";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.create();
  await world.up();
});

afterAll(() => world?.close());

/** One step of a preview, with all that makes it what it is. */
interface Planned {
  readonly op: string;
  readonly urn: string;
  readonly detailedDiff?: unknown;
  readonly diffReasons?: unknown;
  readonly replaceReasons?: unknown;
  readonly newState?: State;
  readonly oldState?: State;
}

interface State {
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

function plannedIn(printed: string): Planned[] {
  const { steps } = JSON.parse(printed) as { steps: Planned[] };
  return steps.filter(({ op, urn }) => op !== "same" && !urn.includes("StackReference"));
}

async function whole(): Promise<Planned[]> {
  const { status, stdout, stderr } = await world.pulumi("preview", "--json");
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  return plannedIn(stdout);
}

async function ofOne(slug: string): Promise<Planned[]> {
  const { status, stdout, stderr } = await world.customer("preview", slug, "--json");
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  return plannedIn(stdout);
}

const shown = (steps: readonly Planned[]) =>
  steps
    .map(({ op, urn, detailedDiff, diffReasons, replaceReasons, newState, oldState }) => {
      const inputs = [oldState?.inputs, newState?.inputs];
      return { op, urn, detailedDiff, diffReasons, replaceReasons, inputs };
    })
    .toSorted((a, b) => (`${a.urn} ${a.op}` < `${b.urn} ${b.op}` ? -1 : 1));

const file = (slug: string) => `stacks/local/customers/${slug}.yaml`;
const names = (steps: readonly Planned[]) => steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`).sort();

/** Changes a company by `npm run customer up`; which objects of the tenant it wrote to. */
async function changeOne(slug: string): Promise<string[]> {
  const before = await world.tenant.last();
  const { status, stdout, stderr } = await world.customer("up", slug, "--yes");
  expect(`${stderr}${stdout}`).not.toMatch(/error/i);
  expect(status).toBe(0);
  const writes = await world.tenant.writes(before);
  return [...new Set(writes.map(({ method, path }) => `${method} ${path.split("/")[3]}`))].sort();
}

const beta = (name: string, connection: string, domains: string) => `
displayName: ${name}
type: customer
conditions: { api_access: "on" }
connections:
  ${connection}:
    strategy: oidc
    issuer: https://login.beta.example/
    clientId: travel
    clientSecret: { config: acme-sso-secret }
    domains: [${domains}]
machines: { ${connection}: { scopes: ["read:bookings"] } }
`;

// One story: each test stands on the one before.

test("a new company is shown as a full preview shows it, and made without a write to any other", async () => {
  world.write(file("beta"), beta("Beta", "beta-sso", "beta.example"));
  const all = await whole();
  expect(all).toHaveLength(12 + claimedDomainSet.length);
  expect(shown(await ofOne("beta"))).toEqual(shown(all));
  expect(await changeOne("beta")).toEqual([
    "PATCH actions",
    "PATCH clients",
    "PATCH connections",
    "POST actions",
    "POST client-grants",
    "POST clients",
    "POST connections",
    "POST organizations",
  ]);
  expect(await whole()).toEqual([]);
});

test("another name, another connection with more domains, another machine: shown as by a full preview, and nothing of an entry that changed beside it", async () => {
  world.write(file("beta"), beta("Beta Travel", "beta-login", "beta.example, beta-group.example"));
  const all = await whole();
  expect(new Set(all.map(({ op }) => op))).toEqual(new Set(["create", "update", "delete"]));
  world.edit(file("cedar"), ["displayName"], "Cedar Travel");
  world.edit(file("cedar"), ["connections", "cedar-sso", "domains"], ["cedar.example", "cedar-group.example"]);
  expect(shown(await ofOne("beta"))).toEqual(shown(all));
});

test("after its up a full preview shows what changed beside it, and that alone", async () => {
  await changeOne("beta");
  const rest = await whole();
  expect(names(rest)).toEqual(
    [
      "update cedar",
      "update cedar",
      "update cedar",
      "update cedar-sso",
      "update cedar-sso",
      ...claimedDomainSet.map((step) => step.replace(/^update \S+ /, "update ")).sort(),
    ].sort(),
  );
  const claimed = rest.flatMap(({ urn, oldState, newState }) =>
    urn.endsWith("Gate::post-login") ? [oldState?.inputs?.claimedDomains, newState?.inputs?.claimedDomains] : [],
  );
  const before = {
    "acme.example": "acme",
    "beta-group.example": "beta",
    "beta.example": "beta",
    "borealis-group.example": "borealis",
    "borealis.example": "borealis",
    "cedar.example": "cedar",
  };
  expect(claimed).toEqual([before, { ...before, "cedar-group.example": "cedar" }]);
});

test("a company whose people are guests elsewhere is changed alone too, and its guests' access stays", async () => {
  world.edit(file("acme"), ["displayName"], "Acme Travel");
  world.edit(file("acme"), ["state"], "suspended");
  const planned = await ofOne("acme");
  const changed = ["acme", "acme", "acme-machine", "acme-machine", "acme-sso", "acme-sso"];
  expect(names(planned)).toEqual(changed.map((name) => `update ${name}`));
  const all = await whole();
  const own = new Set(planned.map(({ urn }) => urn));
  expect(shown(planned)).toEqual(shown(all.filter(({ urn }) => own.has(urn))));
  expect(await changeOne("acme")).toEqual(["PATCH clients", "PATCH connections", "PATCH organizations"]);
  const left = all.filter(({ urn }) => !own.has(urn));
  expect(shown(await whole())).toEqual(shown(left));
});

test("what the last up made of the others is still exported, secrets as secrets", async () => {
  const { companies, directory, applied } = JSON.parse((await world.pulumi("stack", "output", "--json")).stdout);
  const slugs = ["acme", "beta", "borealis", "cedar", "dune-crafts", "fresh-table", "wheelhouse"];
  expect(Object.keys(companies).sort()).toEqual(slugs);
  expect(Object.keys(applied.companies).sort()).toEqual(slugs);
  const organizations = Object.values(directory.organizations) as { slug: string; displayName: string }[];
  expect(organizations.map(({ slug }) => slug).sort()).toEqual(slugs);
  expect(organizations.find(({ slug }) => slug === "cedar")?.displayName).toBe("Cedar");
  for (const [slug, name] of [
    ["acme", "machine"],
    ["beta", "beta-login"],
    ["dune-crafts", "machine"],
  ] as const) {
    expect(companies[slug].machines[name].clientSecret).toBe("[secret]");
  }
});

test("a shell that has kept the variable changes nothing", async () => {
  const before = await world.tenant.last();
  world.env = { ...world.env, AUTH0_B2B_CUSTOMER: "acme" };
  expect(await world.refusal("--skip-preview")).toContain(
    "AUTH0_B2B_CUSTOMER is set, and not by npm run customer; allowed: unset AUTH0_B2B_CUSTOMER, then the same again.",
  );
  expect(await world.tenant.writes(before)).toEqual([]);
});
