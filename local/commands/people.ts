import { z } from "zod";
import { Fault } from "../engine/fault.ts";
import type { Say } from "../engine/progress.ts";
import { type Answer, call, list, type Tenant } from "./management.ts";
import { type People, type PeopleFault, type Person, placeOf, unusable } from "./people-file.ts";

/** https://auth0.com/docs/api/management/v2/organizations/post-members */
const MEMBERS_A_REQUEST = 10;

const User = z.object({
  user_id: z.string(),
  email: z.string().optional(),
  identities: z.array(z.object({ connection: z.string() })).default([]),
  app_metadata: z.record(z.string(), z.unknown()).default({}),
});
type User = z.infer<typeof User>;

const Named = z.object({ id: z.string(), name: z.string() });
const Said = z.object({ message: z.string() });

/** Name → id in the tenant. */
type Ids = ReadonlyMap<string, string>;

interface Added {
  people: number;
  stages: number;
  memberships: number;
  roles: number;
}

/**
 * Adds to a tenant what the file names and it does not have: people, their stage, memberships and roles. What is there
 * stays as it is, whatever the file says of it, and nothing is deleted. Where nothing is missing, no write is sent.
 * @throws Fault before any write where the tenant lacks a connection, organization or role; and for a refused request
 */
export async function addPeople(tenant: Tenant, file: People, say: Say): Promise<void> {
  const { organizations, roles } = await namesOf(tenant, file);
  const added: Added = { people: 0, stages: 0, memberships: 0, roles: 0 };
  const users = new Map<Person, string>();
  for (const person of file.people) {
    const id = await ensureUser(tenant, file, person, added, say);
    if (id !== undefined) users.set(person, id);
  }
  for (const [name, organization] of organizations) {
    const members = [...users].filter(([{ memberships }]) => Object.hasOwn(memberships, name)).map(([, id]) => id);
    added.memberships += await ensureMembers(tenant, organization, members);
  }
  for (const [person, id] of users) {
    const user = encodeURIComponent(id);
    added.roles += await ensureRoles(tenant, `users/${user}/roles`, idsOf(roles, person.roles));
    for (const [name, given] of Object.entries(person.memberships)) {
      const path = `organizations/${organizations.get(name)}/members/${user}/roles`;
      added.roles += await ensureRoles(tenant, path, idsOf(roles, given));
    }
  }
  say(summary(file, added));
}

function summary({ file, people }: People, added: Added): string {
  const counts = [
    count(added.people, "person", "people"),
    count(added.stages, "stage", "stages"),
    count(added.memberships, "membership", "memberships"),
    count(added.roles, "role", "roles"),
  ].filter((counted) => counted !== undefined);
  return `People of ${file} (${people.length}): ${counts.length === 0 ? "nothing was missing" : `${counts.join(", ")} added`}.`;
}

function count(number: number, one: string, many: string): string | undefined {
  return number === 0 ? undefined : `${number} ${number === 1 ? one : many}`;
}

/** The ids of everything that the file calls by name. @throws Fault with every name that the tenant does not have */
async function namesOf(tenant: Tenant, file: People): Promise<{ organizations: Ids; roles: Ids }> {
  const faults: PeopleFault[] = [];
  const connections = await call(tenant, "GET", `connections?name=${encodeURIComponent(file.connection)}`);
  if (connections.status !== 200) throw refused("GET", "connections", connections);
  if (z.array(Named).parse(connections.body).length === 0) {
    const message = `the tenant has no connection "${file.connection}"; allowed: one that it has`;
    faults.push({ path: "connection", message });
  }
  const roles = new Map(
    z
      .array(Named)
      .parse(await list(tenant, "roles", "page"))
      .map(({ id, name }) => [name, id]),
  );
  const organizations = new Map<string, string>();
  for (const name of new Set(file.people.flatMap(({ memberships }) => Object.keys(memberships)))) {
    const answer = await call(tenant, "GET", `organizations/name/${encodeURIComponent(name)}`);
    if (answer.status === 200) organizations.set(name, Named.parse(answer.body).id);
    else if (answer.status !== 404) throw refused("GET", "organizations/name", answer);
  }

  const unknownRoles = (names: readonly string[], place: readonly PropertyKey[]) => {
    for (const [index, name] of names.entries()) {
      if (roles.has(name)) continue;
      const message = `the tenant has no role "${name}"; allowed: ${[...roles.keys()].sort().join(", ")}`;
      faults.push({ path: placeOf([...place, index]), message });
    }
  };
  for (const [index, person] of file.people.entries()) {
    const place = ["people", index];
    unknownRoles(person.roles, [...place, "roles"]);
    for (const [name, given] of Object.entries(person.memberships)) {
      const here = [...place, "memberships", name];
      if (!organizations.has(name)) {
        const message = `the tenant has no organization "${name}"; allowed: the slug of a company`;
        faults.push({ path: placeOf(here), message });
      }
      unknownRoles(given, here);
    }
  }
  if (faults.length > 0) throw unusable(file.file, faults);
  return { organizations, roles };
}

/**
 * The id of the person's user; who is not there yet is added, and so is a stage where there is none.
 * Undefined for an account that is there and not found: somebody linked it to a user of another address.
 */
async function ensureUser(
  tenant: Tenant,
  file: People,
  person: Person,
  added: Added,
  say: Say,
): Promise<string | undefined> {
  const { name, email, stage } = person;
  const { connection, password } = file;
  const known = await userAt(tenant, connection, email);
  const metadata = stage === undefined ? {} : { app_metadata: { stage } };
  if (known === undefined) {
    const verified = { email_verified: true, verify_email: false }; // no mail is sent to them
    const body = { connection, email, name, password, ...verified, ...metadata };
    const answer = await call(tenant, "POST", "users", body);
    if (answer.status === 409) {
      say(`${email} has an account already, under a user of another address: left as it is.`);
      return undefined;
    }
    if (answer.status !== 201) throw refused("POST", "users", answer);
    added.people += 1;
    return User.parse(answer.body).user_id;
  }
  const { user_id: id, app_metadata: kept } = known;
  if (stage !== undefined && kept.stage === undefined) {
    await write(tenant, "PATCH", `users/${encodeURIComponent(id)}`, metadata); // merges: other metadata stays
    added.stages += 1;
  } else if (stage !== undefined && kept.stage !== stage) {
    say(`${email} is at stage ${JSON.stringify(kept.stage)}, not ${stage} as in ${file.file}: left as it is.`);
  }
  return id;
}

/** The user of that address in that connection: the same address may also have come through another one. */
async function userAt(tenant: Tenant, connection: string, email: string): Promise<User | undefined> {
  const query = encodeURIComponent(`email:"${email}"`);
  const answer = await call(tenant, "GET", `users?q=${query}&search_engine=v3`);
  if (answer.status !== 200) throw refused("GET", "users", answer);
  const found = z.array(User).parse(answer.body);
  return found.find(({ identities }) => identities.some((identity) => identity.connection === connection));
}

/** Adds those who are no members yet: how many. */
async function ensureMembers(tenant: Tenant, organization: string, users: readonly string[]): Promise<number> {
  const path = `organizations/${organization}/members`;
  const there = new Set((await list(tenant, path, "mark")).map(({ user_id }) => user_id));
  const missing = users.filter((id) => !there.has(id));
  for (let at = 0; at < missing.length; at += MEMBERS_A_REQUEST) {
    await write(tenant, "POST", path, { members: missing.slice(at, at + MEMBERS_A_REQUEST) });
  }
  return missing.length;
}

/** Adds the roles that are not given yet, those of a user or of a membership: how many. */
async function ensureRoles(tenant: Tenant, path: string, roles: readonly string[]): Promise<number> {
  if (roles.length === 0) return 0;
  const there = new Set((await list(tenant, path, "page")).map(({ id }) => id));
  const missing = roles.filter((id) => !there.has(id));
  if (missing.length > 0) await write(tenant, "POST", path, { roles: missing });
  return missing.length;
}

function idsOf(ids: Ids, names: readonly string[]): string[] {
  return names.flatMap((name) => ids.get(name) ?? []);
}

async function write(tenant: Tenant, method: string, path: string, body: object): Promise<void> {
  const answer = await call(tenant, method, path, body);
  if (answer.status >= 300) throw refused(method, path, answer);
}

function refused(method: string, path: string, { status, body }: Answer): Fault {
  const said = Said.safeParse(body).data?.message ?? "without a word";
  return new Fault(`The people of stack local are not all there: ${method} ${path} answered ${status}: ${said}`);
}
