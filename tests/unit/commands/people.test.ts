import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { call, list, type Tenant } from "../../../local/commands/management.ts";
import { addPeople } from "../../../local/commands/people.ts";
import type { People, Person } from "../../../local/commands/people-file.ts";
import { loopbackPorts } from "../../../local/commands/port.ts";
import { startTenant, stopTenant } from "../../../local/commands/tenant-process.ts";
import { type LocalFolder, localFolder } from "../../../local/engine/folder.ts";
import { type Logged, readLog } from "../../e2e/tenant.ts";

// A tenant makes keys when it starts: on a busy machine that takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// Auth0's search follows its writes with a delay, the local tenant's does not.
const search = vi.hoisted(() => ({ lags: false }));
vi.mock(import("../../../local/commands/management.ts"), async (original) => {
  const real = await original();
  const call: typeof real.call = (on, method, path, ...rest) =>
    search.lags && path.startsWith("users?q=")
      ? Promise.resolve({ status: 200, body: [] })
      : real.call(on, method, path, ...rest);
  return { ...real, call };
});

let local: LocalFolder;
let tenant: Tenant;
let said: string[];
let seen: number;

/** Name → id of what the tenant holds before a test. */
const ids = new Map<string, string>();
const id = (name: string) => ids.get(name) ?? name;

// The tenant is the real one.
beforeAll(async () => {
  local = localFolder(mkdtempSync(join(tmpdir(), "people-")));
  const { port } = await startTenant(local, { port: await loopbackPorts.free(), data: local.data });
  tenant = { port, ca: local.ca };
});
afterAll(async () => {
  await stopTenant(local);
  rmSync(local.folder, { recursive: true });
});

// Nobody is there before a test, and the tenant holds what a stack would have declared.
beforeEach(async () => {
  for (const { user_id } of await list(tenant, "users", "page")) await sent("DELETE", `users/${user_id}`);
  if (ids.size === 0) {
    await made("connections", { name: "users", strategy: "auth0" });
    await made("connections", { name: "sso", strategy: "samlp", options: {} });
    for (const name of ["acme", "beta"]) await made("organizations", { name });
    for (const name of ["owner", "editor"]) await made("roles", { name });
  }
  said = [];
  search.lags = false;
  seen = (await readLog(local, tenant.port)).at(-1)?.seq ?? 0;
});

async function sent(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await call(tenant, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}`);
  return answer.body;
}

async function made(path: string, body: { readonly name: string; readonly [field: string]: unknown }): Promise<void> {
  ids.set(body.name, z.object({ id: z.string() }).parse(await sent("POST", path, body)).id);
}

const add = (people: Person[], changed: Partial<People> = {}) =>
  addPeople(tenant, { file: "people.yaml", connection: "users", password: "Let-Me-In-1", people, ...changed }, (line) =>
    said.push(line),
  );

const aPerson = (name: string, more: Partial<Person> = {}): Person => ({
  name,
  email: `${name.toLowerCase()}@mail.example`,
  roles: [],
  memberships: {},
  ...more,
});

/** Every user, by address. */
async function users(): Promise<Map<unknown, Record<string, unknown> & { user_id: string }>> {
  const all = z.array(z.looseObject({ user_id: z.string() })).parse(await list(tenant, "users", "page"));
  return new Map(all.map((user) => [user.email, user]));
}

const userAt = async (email: string) => {
  const user = (await users()).get(email);
  if (user === undefined) throw new Error(`${email} is not there`);
  return user;
};

/** Organization → address of each member → names of the roles there. */
async function memberships(): Promise<Record<string, Record<string, string[]>>> {
  const all: Record<string, Record<string, string[]>> = {};
  for (const name of ["acme", "beta"]) {
    const members: Record<string, string[]> = {};
    for (const { user_id, email } of await list(tenant, `organizations/${id(name)}/members`, "mark")) {
      members[String(email)] = await roleNames(`organizations/${id(name)}/members/${user_id}/roles`);
    }
    all[name] = members;
  }
  return all;
}

const roleNames = async (path: string) => (await list(tenant, path, "page")).map(({ name }) => String(name)).sort();

/** What was written since the test began. */
async function writes(): Promise<Logged[]> {
  return (await readLog(local, tenant.port, seen)).filter(({ method }) => method !== "GET");
}

const story = [
  aPerson("Ann", { stage: "owner", roles: ["owner"] }),
  aPerson("Bo", { stage: "lead" }),
  aPerson("Cy", { memberships: { acme: ["owner", "editor"], beta: [] } }),
  aPerson("Di", { roles: ["editor"], memberships: { beta: ["editor"] } }),
];

test("people come with stage, memberships and roles, verified and with the file's password", async () => {
  await add(story);
  const all = await users();
  const shown = [...all.values()].map(({ name, email, email_verified, identities, app_metadata }) => {
    const connections = z.array(z.object({ connection: z.string() })).parse(identities);
    return { name, email, email_verified, app_metadata, connections: connections.map(({ connection }) => connection) };
  });
  const each = { email_verified: true, app_metadata: undefined, connections: ["users"] };
  expect(shown).toEqual([
    { ...each, name: "Ann", email: "ann@mail.example", app_metadata: { stage: "owner" } },
    { ...each, name: "Bo", email: "bo@mail.example", app_metadata: { stage: "lead" } },
    { ...each, name: "Cy", email: "cy@mail.example" },
    { ...each, name: "Di", email: "di@mail.example" },
  ]);
  expect(await memberships()).toEqual({
    acme: { "cy@mail.example": ["editor", "owner"] },
    beta: { "cy@mail.example": [], "di@mail.example": ["editor"] },
  });
  const own = [...all.values()].map(({ user_id }) => roleNames(`users/${user_id}/roles`));
  expect(await Promise.all(own)).toEqual([["owner"], [], [], ["editor"]]);
  expect(said).toEqual(["People of people.yaml (4): 4 people, 3 memberships, 5 roles added."]);

  const created = (await writes()).find(({ path }) => path === "/api/v2/users");
  expect(created?.body).toEqual({
    connection: "users",
    email: "ann@mail.example",
    name: "Ann",
    password: "[masked]",
    email_verified: true,
    verify_email: false,
    app_metadata: { stage: "owner" },
  });
});

test("a second time nothing is written", async () => {
  await add(story);
  const before = await writes();
  said = [];
  await add(story);
  expect(await writes()).toEqual(before);
  expect(said).toEqual(["People of people.yaml (4): nothing was missing."]);
});

test("what somebody took away comes back, and only that is written", async () => {
  await add(story);
  const { user_id: cy } = await userAt("cy@mail.example");
  const { user_id: di } = await userAt("di@mail.example");
  const { user_id: ann } = await userAt("ann@mail.example");
  const { user_id: bo } = await userAt("bo@mail.example");
  await sent("DELETE", `organizations/${id("acme")}/members/${cy}/roles`, { roles: [id("editor")] });
  await sent("DELETE", `organizations/${id("beta")}/members`, { members: [di] });
  await sent("DELETE", `users/${ann}/roles`, { roles: [id("owner")] });
  await sent("PATCH", `users/${bo}`, { app_metadata: { stage: null, left: ["org_1"] } });
  const before = (await writes()).length;
  said = [];

  await add(story);

  const path = (user: string) => user.replace("|", "%7C");
  expect((await writes()).slice(before).map((write) => [write.method, write.path, write.body])).toEqual([
    ["PATCH", `/api/v2/users/${path(bo)}`, { app_metadata: { stage: "lead" } }],
    ["POST", `/api/v2/organizations/${id("beta")}/members`, { members: [di] }],
    ["POST", `/api/v2/users/${path(ann)}/roles`, { roles: [id("owner")] }],
    ["POST", `/api/v2/organizations/${id("acme")}/members/${path(cy)}/roles`, { roles: [id("editor")] }],
    ["POST", `/api/v2/organizations/${id("beta")}/members/${path(di)}/roles`, { roles: [id("editor")] }],
  ]);
  expect((await userAt("bo@mail.example")).app_metadata).toEqual({ left: ["org_1"], stage: "lead" });
  expect(said).toEqual(["People of people.yaml (4): 1 stage, 1 membership, 3 roles added."]);
});

test("what somebody changed or added by hand stays, and another stage is told", async () => {
  await add(story);
  const { user_id: ann } = await userAt("ann@mail.example");
  const { user_id: bo } = await userAt("bo@mail.example");
  await sent("PATCH", `users/${bo}`, { name: "Bob", blocked: true, app_metadata: { stage: "prospect" } });
  await sent("POST", `users/${ann}/roles`, { roles: [id("editor")] });
  await sent("POST", `organizations/${id("acme")}/members`, { members: [bo] });
  await sent("POST", "users", { connection: "users", email: "else@mail.example", password: "Let-Me-In-1" });
  const before = { writes: await writes(), users: await users(), memberships: await memberships() };
  said = [];

  await add(story);

  expect({ writes: await writes(), users: await users(), memberships: await memberships() }).toEqual(before);
  expect(said).toEqual([
    'bo@mail.example is at stage "prospect", not lead as in people.yaml: left as it is.',
    "People of people.yaml (4): nothing was missing.",
  ]);
});

test("the same address in another connection is somebody else", async () => {
  const elsewhere = {
    connection: "Username-Password-Authentication",
    email: "ann@mail.example",
    password: "Let-Me-In-1",
  };
  await sent("POST", "users", elsewhere);
  await add([aPerson("Ann")]);
  expect(await list(tenant, "users", "page")).toHaveLength(2);
  expect(said).toEqual(["People of people.yaml (1): 1 person added."]);
});

test("an address in other letters is the same account", async () => {
  await sent("POST", "users", { connection: "users", email: "ANN@mail.example", password: "Let-Me-In-1" });
  await add([aPerson("Ann", { memberships: { acme: ["owner"] } })]);
  expect(await memberships()).toEqual({ acme: { "ann@mail.example": ["owner"] }, beta: {} });
  expect(said).toEqual(["People of people.yaml (1): 1 membership, 1 role added."]);
});

test("an account that the search does not find, as a linked one, is left alone, and the others are added", async () => {
  await sent("POST", "users", { connection: "users", email: "ann@mail.example", password: "Let-Me-In-1" });
  search.lags = true;
  await add([
    aPerson("Ann", { memberships: { acme: ["owner"] } }),
    aPerson("Bo", { memberships: { acme: ["owner"] } }),
  ]);
  expect([...(await users()).keys()]).toEqual(["ann@mail.example", "bo@mail.example"]);
  expect(await memberships()).toEqual({ acme: { "bo@mail.example": ["owner"] }, beta: {} });
  expect(said).toEqual([
    "ann@mail.example has an account already, under a user of another address: left as it is.",
    "People of people.yaml (2): 1 person, 1 membership, 1 role added.",
  ]);
});

test("no request carries more members than Auth0 takes", async () => {
  await add(Array.from({ length: 23 }, (_, index) => aPerson(`P${index}`, { memberships: { acme: [] } })));
  const sizes = (await writes())
    .filter(({ path }) => path.endsWith("/members"))
    .map(({ body }) => z.object({ members: z.array(z.string()) }).parse(body).members.length);
  expect(sizes).toEqual([10, 10, 3]);
  expect(Object.keys((await memberships()).acme ?? {})).toHaveLength(23);
});

test("every name that the tenant does not have is told at its place, before anything is written", async () => {
  const people = [
    aPerson("Ann", { roles: ["owner", "king"], memberships: { acme: ["owner", "queen"], gone: ["owner"] } }),
    aPerson("Bo", { memberships: { gone: [] } }),
  ];
  await expect(add(people, { connection: "nobody" })).rejects.toMatchObject({
    name: "Fault",
    message: [
      "The people of stack local cannot be added: 5 faults. Nobody was added.",
      '✖ people.yaml: connection: the tenant has no connection "nobody"; allowed: one that it has',
      '✖ people.yaml: people[0].roles[1]: the tenant has no role "king"; allowed: editor, owner',
      '✖ people.yaml: people[0].memberships.acme[1]: the tenant has no role "queen"; allowed: editor, owner',
      '✖ people.yaml: people[0].memberships.gone: the tenant has no organization "gone"; allowed: the slug of a company',
      '✖ people.yaml: people[1].memberships.gone: the tenant has no organization "gone"; allowed: the slug of a company',
    ].join("\n"),
  });
  expect(await writes()).toEqual([]);
  expect(said).toEqual([]);
});

test("a request that the tenant refuses is one sentence with its answer", async () => {
  await expect(add([aPerson("Ann")], { connection: "sso" })).rejects.toMatchObject({
    name: "Fault",
    message:
      "The people of stack local are not all there: POST users answered 400: The connection does not support user creation through the API. It must either be a database or passwordless connection.",
  });
});

test("people go with their connection, so that a destroyed stack leaves nobody, and come back with the next", async () => {
  await add(story);
  await sent("DELETE", `connections/${id("users")}`);
  expect([...(await users()).keys()]).toEqual([]);
  expect(await memberships()).toEqual({ acme: {}, beta: {} });
  await made("connections", { name: "users", strategy: "auth0" });
  said = [];
  await add(story);
  expect(said).toEqual(["People of people.yaml (4): 4 people, 3 memberships, 5 roles added."]);
});
