import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ended, run } from "../../local/engine/program.ts";
import { World } from "./world.ts";

/** Every kind of resource that the program has in any stack, and how many of it the stack of this test has. */
const kinds = {
  Action: 4,
  AttackProtection: 1,
  Branding: 1,
  Client: 11,
  ClientCredentials: 11,
  ClientGrant: 11,
  Connection: 4,
  ConnectionClients: 4,
  EmailProvider: 1,
  EmailTemplate: 3,
  Guardian: 1,
  Organization: 5,
  OrganizationClientGrant: 2,
  OrganizationConnection: 7,
  OrganizationDiscoveryDomains: 3,
  Prompt: 1,
  PromptCustomText: 2,
  ResourceServer: 2,
  ResourceServerScopes: 2,
  Role: 4,
  RolePermissions: 4,
  Tenant: 1,
  TriggerActions: 4,
};
const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);

/** What an import cannot bring in, by `Kind.property`, with the reason. */
const lost = {
  "Action.deploy": "a wish of the program's: the API tells what is deployed, not that it should be",
  "Action.secrets": "the API tells the names of an Action's secrets only, and the provider takes none of them",
  "EmailProvider.credentials.smtpPass": "the API never gives it back",
};

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface Event {
  readonly resOutputsEvent?: { readonly metadata: { readonly op: string; readonly type: string } };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

let world: World;
/** A program of its own that declares nothing: what it holds is what was imported. */
let folder: string;

beforeAll(async () => {
  world = await World.guarded();
  await world.up();
  folder = join(world.folder, "imported");
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), "name: imported\nruntime: nodejs\n");
  expect((await pulumi("stack", "init")).status).toBe(0);
});

afterAll(() => world?.close());

function pulumi(...args: string[]): Promise<Ended> {
  const all = [...args, "--non-interactive", "--color", "never", "--stack", "imported"];
  return run("pulumi", all, { cwd: folder, env: world.env });
}

const kindOf = (type: string): string => type.split(":").at(-1) ?? "";
const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

function provided({ stdout }: Ended): Resource[] {
  const { deployment } = JSON.parse(stdout) as { deployment: { resources: Resource[] } };
  return deployment.resources.filter(({ type }) => type.startsWith("auth0:"));
}

function counted(types: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of types.map(kindOf).toSorted()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const eventsOf = ({ stdout }: Ended): Event[] =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith('{"sequence"'))
    .map((line) => JSON.parse(line) as Event);

const complaints = (events: readonly Event[]): string[] =>
  events.flatMap(({ diagnosticEvent: told }) => (told && /warning|error/.test(told.severity) ? told.message : []));

/** Marks a secret in a state that was exported in plain. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Values with their secrets in plain; those are JSON inside. */
function open(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { [SIGNATURE]: isSecret, plaintext } = value as { [SIGNATURE]?: string; plaintext?: string };
  if (isSecret && plaintext !== undefined) return open(JSON.parse(plaintext));
  if (Array.isArray(value)) return value.map(open);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, open(item)]));
}

/** Nothing, an empty list, text or object, zero and false are one to a provider. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return !value;
  return Object.values(value).every(isEmpty);
}

/** Paths of what one state holds and another has empty. */
function missing(held: unknown, found: unknown, path: string): string[] {
  if (isEmpty(held)) return [];
  if (isEmpty(found)) return [path];
  if (typeof held !== "object" || typeof found !== "object" || held === null || found === null) return [];
  const others = found as Readonly<Record<string, unknown>>;
  return Object.entries(held).flatMap(([name, value]) => missing(value, others[name], `${path}.${name}`));
}

// One story: each test stands on the one before.

test("every kind of resource of the program is imported, all of its resources, without a write", async () => {
  const resources = provided(await world.pulumi("stack", "export")).map(({ urn, type, id }) => ({
    type,
    name: nameOf(urn),
    id,
  }));
  expect(counted(resources.map(({ type }) => type))).toEqual(kinds);
  writeFileSync(join(folder, "import.json"), JSON.stringify({ resources }));

  const before = await world.tenant.last();
  const flags = ["--generate-code=false", "--protect=false", "--skip-preview", "--yes", "--json"];
  const ended = await pulumi("import", "--file", "import.json", ...flags);
  const events = eventsOf(ended);
  expect(complaints(events)).toEqual([]);
  expect(ended.status).toBe(0);
  const imported = events.flatMap(({ resOutputsEvent: done }) => (done?.metadata.op === "import" ? done.metadata : []));
  expect(counted(imported.map(({ type }) => type))).toEqual(kinds);
  expect(imported).toHaveLength(total);
  expect(await world.tenant.writes(before)).toEqual([]);
});

test("what was imported is what the program made, but for what no API tells", async () => {
  const [made, found] = [
    provided(await world.pulumi("stack", "export", "--show-secrets")),
    provided(await pulumi("stack", "export", "--show-secrets")),
  ];
  const keyOf = ({ type, urn }: Resource) => `${type} ${nameOf(urn)}`;
  const byKey = new Map(found.map((resource) => [keyOf(resource), resource]));
  const gone = made.flatMap((resource) => {
    const { __meta, __pulumi_raw_state_delta, ...outputs } = resource.outputs;
    return missing(open(outputs), open(byKey.get(keyOf(resource))?.outputs ?? {}), kindOf(resource.type));
  });
  expect(byKey.size).toBe(total);
  expect([...new Set(gone)].toSorted()).toEqual(Object.keys(lost));
});

test("a refresh of what was imported finds nothing changed, and writes nothing", async () => {
  const before = await world.tenant.last();
  const ended = await pulumi("refresh", "--skip-preview", "--yes", "--json");
  const events = eventsOf(ended);
  expect(complaints(events)).toEqual([]);
  const ops = events.flatMap(({ resOutputsEvent: done }) =>
    done?.metadata.type.startsWith("auth0:") ? done.metadata.op : [],
  );
  expect([ops.length, ...new Set(ops)]).toEqual([total, "same"]);
  expect(await world.tenant.writes(before)).toEqual([]);
});
