import { afterAll, beforeAll, expect, test } from "vitest";
import { findSecrets } from "../harness/secret-search.ts";
import { Spy } from "./spy.ts";
import { claimedDomainSet } from "./steps.ts";
import { World } from "./world.ts";

let world: World;
let spy: Spy;

beforeAll(async () => {
  world = await World.create();
  await world.up();
  spy = new Spy(world);
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
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
}

/** What a state says but for where and when the program said it. */
function valuesOf(state: State | undefined) {
  const { id, parent, inputs, outputs, dependencies = [], propertyDependencies = {}, protect } = state ?? {};
  // In no order of their own.
  const behind = Object.entries(propertyDependencies).map(([name, urns]) => [name, urns.toSorted()]);
  return { id, parent, inputs, outputs, dependencies: dependencies.toSorted(), behind, protect };
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
      const values = [oldState, newState].map(valuesOf);
      return { op, urn, detailedDiff, diffReasons, replaceReasons, values };
    })
    .toSorted((a, b) => (`${a.urn} ${a.op}` < `${b.urn} ${b.op}` ? -1 : 1));

const stateFile = ".local/state/.pulumi/stacks/auth0-b2b/local.json";

/** The URNs of a state but for the stack's look at its own last outputs. */
const urnsIn = (text: string) =>
  [...new Set(text.match(/(?<="urn": ?")[^"]+/g))].filter((urn) => !urn.includes("StackReference")).sort();

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

test("a preview looks in this company's part of the state, which is gone after it with all its secrets", async () => {
  const before = world.read(stateFile);
  const { clients } = (await world.tenant.contents()) as { clients: { name: string; client_secret?: string }[] };
  const secrets = Object.fromEntries(clients.flatMap(({ name, client_secret: one }) => (one ? [[name, one]] : [])));
  expect(Object.keys(secrets).length).toBeGreaterThan(5);
  spy.taken();
  expect(await ofOne("beta")).toEqual([]);
  const [seen, ...more] = spy.taken();
  expect(more).toEqual([]);
  expect(seen).toMatchObject({ mode: 0o700, backend: expect.stringMatching(/^file:\/\/\/.+\/state$/) });
  const others = /company:(Company.*::(?!beta)|GuestAccess)/;
  expect(urnsIn(seen?.state ?? "")).toEqual(urnsIn(before).filter((urn) => !others.test(urn)));
  expect(findSecrets(secrets, { "while it ran": seen?.all ?? "" })).toEqual([]);
  expect(spy.left()).toEqual([]);
  expect(world.read(stateFile)).toBe(before);
});

test("nothing is left either where the program refuses what an entry says", async () => {
  world.edit(file("cedar"), ["type"], "friend");
  const { status, stdout, stderr } = await world.customer("preview", "beta");
  expect(status).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain("stacks/local/customers/cedar.yaml: type");
  expect(spy.taken()).toHaveLength(1);
  expect(spy.left()).toEqual([]);
  world.edit(file("cedar"), ["type"], "customer");
});

test("another name, another connection with more domains, another machine: shown as by a full preview, and nothing of an entry that changed beside it", async () => {
  world.write(file("beta"), beta("Beta Travel", "beta-login", "beta.example, beta-group.example"));
  const all = await whole();
  expect(new Set(all.map(({ op }) => op))).toEqual(new Set(["create", "update", "delete"]));
  world.edit(file("cedar"), ["displayName"], "Cedar Travel");
  world.edit(file("cedar"), ["connections", "cedar-sso", "domains"], ["cedar.example", "cedar-group.example"]);
  expect(shown(await ofOne("beta"))).toEqual(shown(all));
});

test("the same is shown where the CLI exports the state, and where the preview looks in the whole of it", async () => {
  const part = shown(await ofOne("beta"));
  const usual = world.env;
  spy.taken();
  world.env = { ...usual, PULUMI_BACKEND_URL: "file://./.local/state" };
  expect(shown(await ofOne("beta"))).toEqual(part);
  expect(spy.taken()).toMatchObject([{ backend: expect.stringMatching(/^file:\/\/\/.+\/state$/) }]);
  world.env = usual;

  const before = world.read(stateFile);
  const state = JSON.parse(before);
  const { latest } = state.checkpoint;
  const broken = latest.resources.find(({ urn }: { urn: string }) => urn.endsWith("::acme-machine"));
  latest.pending_operations = [{ resource: broken, type: "updating" }];
  world.write(stateFile, JSON.stringify(state));
  expect(shown(await ofOne("beta"))).toEqual(part);
  expect(spy.taken()).toMatchObject([{ backend: usual.PULUMI_BACKEND_URL, state: undefined }]);
  world.write(stateFile, before);
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
  spy.taken();
  const planned = await ofOne("acme");
  // What the other company has of it, that company itself, and nothing else of any.
  const kept = spy.taken().flatMap(({ state = "" }) => urnsIn(state).map((urn) => urn.split("::").slice(2).join(" ")));
  expect(kept.filter((name) => name.includes("company:") && !name.includes(" acme"))).toEqual([
    "auth0-b2b:company:Company$auth0:index/organization:Organization borealis",
    "auth0-b2b:company:Company borealis",
    "auth0-b2b:company:GuestAccess$auth0:index/organizationConnection:OrganizationConnection borealis/acme-sso",
    "auth0-b2b:company:GuestAccess borealis/acme-sso",
  ]);
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
