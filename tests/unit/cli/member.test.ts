import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { companyIn, readOffline } from "../../../cli/customer/place.ts";
import { type InviteOptions, invite, wanted } from "../../../cli/member/invite.ts";
import { list } from "../../../cli/member/list.ts";
import { remove } from "../../../cli/member/remove.ts";
import { withTenant } from "../../../cli/tenant/connect.ts";
import { managementScopes } from "../../../local/tenant/entities/management-scopes.ts";
import { members } from "../../../local/tenant/entities/organization-members.ts";
import { prefixed } from "../../../local/tenant/ids.ts";
import { operators } from "../../../stacks/operators.ts";
import { neededScopes } from "../../harness/needed-scopes.ts";
import { root } from "../../harness/stack-settings.ts";
import { refreshToken } from "../tenant/seeded.ts";
import { Checkout } from "./project.ts";
import { type Sent, Tenancy } from "./tenancy.ts";

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
afterAll(() => tenancy?.close());
beforeEach(() => tenancy.reset());

const now = () => new Date();
const later = (days: number) => new Date(Date.now() + days * 86_400_000);

/** Invites somebody as the command does, with the entries of a checkout. */
async function invited(slug: string, address: string, options: InviteOptions = {}, checkout = new Checkout()) {
  const { settings } = readOffline(checkout);
  const asked = wanted(settings, companyIn(settings, slug, checkout.stack), address, options);
  const sent: Sent[] = [];
  const client = await tenancy.as("people", (request) => void sent.push(request));
  const { until, returns } = await invite(client, asked, now());
  return { until, returns, writes: sent.filter((request) => !request.startsWith("GET")) };
}

const faultsOf = (asked: Promise<unknown>) =>
  asked.then(
    () => [],
    (thrown: Error) => thrown.message.split("\n"),
  );

/** What the tenant keeps of a company's invitations. */
async function invitationsOf(company: string) {
  const admin = await tenancy.admin();
  const { data } = await admin.organizations.invitations.list(tenancy.id(company));
  return data;
}

const dune = "stacks/local/customers/dune-crafts.yaml";

test("an invitation names organization, app, connection, inviter, roles and end, and is mailed", async () => {
  const { until, returns, writes } = await invited("dune-crafts", "new@mail.example", {
    role: ["owner", "api-administrator", "owner"],
    app: "portal",
    inviter: "Nadia Nasser",
    days: "3",
  });
  const [one, ...others] = await invitationsOf("dune-crafts");
  expect(others).toEqual([]);
  expect(one).toMatchObject({
    inviter: { name: "Nadia Nasser" },
    invitee: { email: "new@mail.example" },
    client_id: tenancy.id("portal"),
    connection_id: tenancy.id("users"),
    organization_id: tenancy.id("dune-crafts"),
    roles: [tenancy.id("owner"), tenancy.id("api-administrator")],
    expires_at: until.toISOString(),
  });
  expect(Date.parse(one?.expires_at ?? "") - Date.parse(one?.created_at ?? "")).toBe(3 * 86_400_000);
  expect(returns).toBe(false);
  expect(writes).toEqual([`POST /organizations/${tenancy.id("dune-crafts")}/invitations`]);
  expect(await tenancy.mails()).toMatchObject([
    { to: "new@mail.example", kind: "user_invitation", link: expect.stringContaining("https://portal.example/login?") },
  ]);
});

test("without more it is the operator's, for the first app that admits the company, seven days, and gives no role", async () => {
  await invited("acme", "new@acme.example");
  const [one] = await invitationsOf("acme");
  expect(one).toMatchObject({
    inviter: { name: "Example Travel (local)" },
    client_id: tenancy.id("main"),
    connection_id: tenancy.id("acme-sso"),
  });
  expect(one).not.toHaveProperty("roles");
  expect(Date.parse(one?.expires_at ?? "") - Date.parse(one?.created_at ?? "")).toBe(7 * 86_400_000);
});

test("who is a member, or was invited, is told; after the old invitation's end there may be another", async () => {
  await tenancy.person("nadia@mail.example");
  await tenancy.join("dune-crafts", "nadia@mail.example", "owner");
  expect(await faultsOf(invited("dune-crafts", "Nadia@mail.example"))).toEqual([
    `✖ Nadia@mail.example is a member of dune-crafts already (${tenancy.id("nadia@mail.example")})`,
  ]);
  const { until } = await invited("dune-crafts", "new@mail.example", { days: "1" });
  expect(await faultsOf(invited("dune-crafts", "New@mail.example"))).toEqual([
    `✖ New@mail.example has an invitation to dune-crafts that is open until ${until.toISOString()}; allowed: after npm run member remove dune-crafts New@mail.example`,
  ]);
  const { settings } = readOffline(new Checkout());
  const asked = wanted(settings, companyIn(settings, "dune-crafts", "local"), "new@mail.example", {});
  await invite(await tenancy.as("people"), asked, later(2));
  expect(await invitationsOf("dune-crafts")).toHaveLength(2);
});

test("members and open invitations together are as many as the entry lets in", async () => {
  const checkout = new Checkout();
  checkout.write(dune, `${checkout.read(dune)}limits:\n  members: 3\n`);
  for (const email of ["nadia@mail.example", "tarek@mail.example"]) {
    await tenancy.person(email);
    await tenancy.join("dune-crafts", email);
  }
  await invited("dune-crafts", "third@mail.example", {}, checkout);
  expect(await faultsOf(invited("dune-crafts", "fourth@mail.example", {}, checkout))).toEqual([
    `✖ dune-crafts has as many members and open invitations as it may (limits.members: 3 in ${dune})`,
  ]);
  await remove(await tenancy.as("people"), "dune-crafts", "tarek@mail.example", now());
  await invited("dune-crafts", "fourth@mail.example", {}, checkout);
  expect((await invitationsOf("dune-crafts")).map(({ invitee }) => invitee?.email).sort()).toEqual([
    "fourth@mail.example",
    "third@mail.example",
  ]);
});

test("what the tenant does not have yet is told, all of it, and nothing is sent", async () => {
  const admin = await tenancy.admin();
  await admin.clients.delete(tenancy.id("main"));
  await admin.roles.delete(tenancy.id("owner"));
  await admin.organizations.enabledConnections.delete(tenancy.id("dune-crafts"), tenancy.id("users"));
  await admin.organizations.update(tenancy.id("dune-crafts"), { metadata: { type: "customer", status: "suspended" } });
  expect(await faultsOf(invited("dune-crafts", "new@mail.example", { role: ["owner"] }))).toEqual([
    "✖ dune-crafts is not active in the tenant; allowed: after pulumi up",
    "✖ the tenant has no role owner; allowed: after pulumi up",
    "✖ the tenant has no app main; allowed: after pulumi up",
    "✖ the tenant has no connection users for dune-crafts; allowed: after pulumi up",
  ]);
  expect(await invitationsOf("dune-crafts")).toEqual([]);
  await admin.organizations.delete(tenancy.id("dune-crafts"));
  expect(await faultsOf(invited("dune-crafts", "new@mail.example"))).toEqual([
    "The tenant has no organization dune-crafts; allowed: after pulumi up, on its own tenant.",
  ]);
});

test("in a company's own database nobody signs up: the account comes first", async () => {
  const checkout = new Checkout();
  const withDatabase = `${checkout.read(dune)}connections:\n  dune-people:\n    strategy: database\n`;
  checkout.write(dune, withDatabase);
  const admin = await tenancy.admin();
  const { id: connection_id = "" } = await admin.connections.create({ name: "dune-people", strategy: "auth0" });
  await admin.organizations.enabledConnections.add(tenancy.id("dune-crafts"), { connection_id });
  await tenancy.person("new@mail.example");
  expect(await faultsOf(invited("dune-crafts", "new@mail.example", {}, checkout))).toEqual([
    "✖ new@mail.example has no account in dune-people, where nobody signs up; allowed: when it was made",
  ]);
  await tenancy.person("new@mail.example", { connection: "dune-people" });
  await invited("dune-crafts", "new@mail.example", {}, checkout);
  expect(await invitationsOf("dune-crafts")).toMatchObject([{ connection_id }]);
});

/** Somebody of two companies, with refresh tokens of two kinds. */
async function nadia(more: object = {}): Promise<string> {
  const id = await tenancy.person("nadia@mail.example", more);
  await tenancy.join("dune-crafts", "nadia@mail.example", "owner");
  await tenancy.join("borealis", "nadia@mail.example", "pre-customer");
  const tokens = [refreshToken(id, tenancy.id("main")), refreshToken(id, tenancy.id("main"), { rotating: true })];
  await tenancy.seed((objects) => {
    for (const token of tokens) objects.seed("refresh-tokens", token.id, token);
  });
  return id;
}

/** How somebody stands: metadata, companies, refresh tokens. */
async function standing(id: string) {
  const admin = await tenancy.admin();
  const { app_metadata } = await admin.users.get(id);
  const { data } = await admin.users.organizations.list(id);
  const tokens = await admin.users.refreshToken.list(id);
  return { app_metadata, in: data.map(({ name }) => name).sort(), tokens: tokens.data.length };
}

test("removal is `left`, then the membership, then the refresh tokens; another company's membership stays", async () => {
  const id = await nadia({ app_metadata: { stage: "owner", left: ["org_0123456789abcdef"] } });
  await invited("dune-crafts", "third@mail.example");
  const sent: Sent[] = [];
  const client = await tenancy.as("people", (request) => void sent.push(request));
  expect(await remove(client, "dune-crafts", "nadia@mail.example", now())).toEqual({
    accounts: [{ id, name: "nadia@mail.example", left: "now", tokens: 2 }],
    withdrawn: 0,
  });
  expect(sent.filter((request) => !request.startsWith("GET")).map((one) => one.replace(/dcr_\w+/, "dcr"))).toEqual([
    `PATCH /users/${encodeURIComponent(id)}`,
    `DELETE /organizations/${tenancy.id("dune-crafts")}/members`,
    "DELETE /device-credentials/dcr",
    "DELETE /device-credentials/dcr",
  ]);
  expect(await standing(id)).toEqual({
    app_metadata: { stage: "owner", left: ["org_0123456789abcdef", tenancy.id("dune-crafts")] },
    in: ["borealis"],
    tokens: 0,
  });
  expect(await invitationsOf("dune-crafts")).toHaveLength(1);
});

test.each([1, 2, 3, 4])("a removal that broke off before its write %i is done by the next one", async (broken) => {
  const id = await nadia();
  let writes = 0;
  const client = await tenancy.as("people", (request) => {
    if (!request.startsWith("GET")) writes += 1;
    if (writes === broken) throw new Error("the network is gone");
  });
  await expect(remove(client, "dune-crafts", "nadia@mail.example", now())).rejects.toThrow();
  const half = await standing(id);
  expect(half.app_metadata?.left).toEqual(broken === 1 ? undefined : [tenancy.id("dune-crafts")]);
  expect(half.in.includes("dune-crafts")).toBe(broken < 3);
  const { accounts } = await remove(await tenancy.as("people"), "dune-crafts", "nadia@mail.example", now());
  expect(accounts).toMatchObject([{ id, left: broken === 1 ? "now" : "before" }]);
  const done = { app_metadata: { left: [tenancy.id("dune-crafts")] }, in: ["borealis"], tokens: 0 };
  expect(await standing(id)).toEqual(done);
  const again = await remove(await tenancy.as("people"), "dune-crafts", id, now());
  expect(again).toEqual({ accounts: [{ id, name: "nadia@mail.example", left: "before", tokens: 0 }], withdrawn: 0 });
  expect(await standing(id)).toEqual(done);
});

test("somebody who is only invited is no more; somebody who is neither is told", async () => {
  await invited("dune-crafts", "new@mail.example");
  const client = await tenancy.as("people");
  expect(await remove(client, "dune-crafts", "NEW@mail.example", now())).toEqual({ accounts: [], withdrawn: 1 });
  expect(await invitationsOf("dune-crafts")).toEqual([]);
  await tenancy.person("other@mail.example");
  for (const who of ["new@mail.example", "other@mail.example", "oidc|acme-sso|42"])
    await expect(remove(client, "dune-crafts", who, now())).rejects.toThrow(
      `${who} is no member of dune-crafts, has not left it and has no open invitation to it.`,
    );
});

test("by an account's id its open invitation goes too, and by an address the account that is spelt with other capitals", async () => {
  const asSpelt = "Ann@Acme.example";
  await invited("acme", "ann@acme.example"); // and she came in by her company's own login
  const id = "oidc|acme-sso|ann";
  await tenancy.seed((objects) => {
    objects.seed("users", id, { user_id: id, email: asSpelt });
    objects.link(members, [tenancy.id("acme")], id);
  });
  const client = await tenancy.as("people");
  const left = (how: string) => ({ accounts: [{ id, name: asSpelt, left: how, tokens: 0 }], withdrawn: 1 });
  expect(await remove(client, "acme", id, now())).toEqual(left("now"));
  expect(await invitationsOf("acme")).toEqual([]);
  await invited("acme", "ann@acme.example");
  await (await tenancy.admin()).organizations.members.create(tenancy.id("acme"), { members: [id] }); // by the next login
  expect(await remove(client, "acme", "ann@ACME.example", now())).toEqual(left("before"));
  expect(await standing(id)).toMatchObject({ in: [], app_metadata: { left: [tenancy.id("acme")] } });
});

test("a list of those who left that cannot be read keeps somebody out of everywhere, and is left as it is", async () => {
  const id = await nadia({ app_metadata: { left: "dune-crafts" } });
  const { accounts } = await remove(await tenancy.as("people"), "dune-crafts", "nadia@mail.example", now());
  expect(accounts).toMatchObject([{ left: "before" }]);
  expect(await standing(id)).toEqual({ app_metadata: { left: "dune-crafts" }, in: ["borealis"], tokens: 0 });
  expect(await faultsOf(invited("dune-crafts", "nadia@mail.example"))).toEqual([
    `✖ app_metadata.left of ${id} cannot be read; allowed: a list of organization ids`,
  ]);
});

test("who left comes back by an invitation, and what was open of the removal is done before", async () => {
  const id = await nadia();
  const [company, other] = [tenancy.id("dune-crafts"), "org_0123456789abcdef"];
  const admin = await tenancy.admin();
  await admin.users.update(id, { app_metadata: { left: [other, company], first_roles: [company], stage: "owner" } });
  const { returns, writes } = await invited("dune-crafts", "nadia@mail.example", { role: ["owner"] });
  expect(returns).toBe(true);
  expect(writes.map((one) => one.replace(/dcr_\w+/, "dcr"))).toEqual([
    `DELETE /organizations/${company}/members`,
    "DELETE /device-credentials/dcr",
    "DELETE /device-credentials/dcr",
    `PATCH /users/${encodeURIComponent(id)}`,
    `POST /organizations/${company}/invitations`,
  ]);
  expect(await standing(id)).toEqual({ app_metadata: { left: [other], stage: "owner" }, in: ["borealis"], tokens: 0 });
});

test("a list has each member's roles and way in, who was removed and is in again, and what is open", async () => {
  await tenancy.person("nadia@mail.example", { app_metadata: { left: [tenancy.id("borealis")] } });
  await tenancy.join("borealis", "nadia@mail.example", "pre-customer", "owner");
  const people = ["oidc|acme-sso|1", "samlp|borealis-sso|2", "waad|3", "samlp|4"];
  await tenancy.seed((objects) => {
    for (const user_id of people) {
      objects.seed("users", user_id, {
        user_id,
        ...(user_id === "waad|3" ? {} : { email: `${user_id.at(-1)}@x.example` }),
      });
      objects.link(members, [tenancy.id("borealis")], user_id);
    }
  });
  await invited("borealis", "new@borealis.example", { role: ["owner"] });
  const { settings } = readOffline(new Checkout());
  const listed = await list(await tenancy.as("people"), settings, companyIn(settings, "borealis", "local"), now());
  expect(listed).toEqual({
    members: [
      { id: "oidc|acme-sso|1", name: "1@x.example", roles: [], by: "acme-sso", left: false },
      { id: "samlp|borealis-sso|2", name: "2@x.example", roles: [], by: "borealis-sso", left: false },
      { id: "samlp|4", name: "4@x.example", roles: [], by: "borealis-sso", left: false },
      {
        id: tenancy.id("nadia@mail.example"),
        name: "nadia@mail.example",
        roles: ["owner", "pre-customer"],
        by: "password",
        left: true,
      },
      { id: "waad|3", name: "waad|3", roles: [], by: "waad", left: false },
    ],
    invitations: [{ email: "new@borealis.example", roles: ["owner"], until: expect.any(Date) }],
  });
});

test("more members and invitations than a page holds are all listed, each once, whatever a thousand ended long ago", async () => {
  const organization = tenancy.id("dune-crafts");
  const many = Array.from({ length: 201 }, (_, n) => `auth0|${String(n).padStart(24, "0")}`);
  const invitation = (n: number, age = 0) => ({
    id: prefixed("uinv")(),
    ticket_id: `ticket-${n}`,
    organization_id: organization,
    invitee: { email: `invited-${n}@mail.example` },
    inviter: { name: "Nadia" },
    client_id: tenancy.id("main"),
    created_at: later(-age).toISOString(),
    expires_at: later(1 - age).toISOString(),
  });
  // Auth0 keeps them, and lists the newest thousand: https://auth0.com/docs/api/management/v2/organizations/get-invitations
  const ended = Array.from({ length: 1000 }, (_, n) => invitation(1000 + n, 40));
  await tenancy.seed((objects) => {
    for (const [n, user_id] of many.entries()) {
      objects.seed("users", user_id, { user_id, email: `member-${n}@mail.example` });
      objects.link(members, [organization], user_id);
    }
    for (const made of [...ended, ...many.map((_, n) => invitation(n))])
      objects.store.insert("organization-invitations", organization, made.id, made, []);
  });
  const { settings } = readOffline(new Checkout());
  const company = companyIn(settings, "dune-crafts", "local");
  const listed = await list(await tenancy.as("people"), settings, company, now());
  expect(new Set(listed.members.map(({ id }) => id))).toEqual(new Set(many));
  expect(listed.members).toHaveLength(201);
  expect(new Set(listed.invitations.map(({ email }) => email)).size).toBe(201);
  expect(listed.invitations).toHaveLength(201);
});

test("where more have left than a search tells, who signed in last is told first", async () => {
  const company = tenancy.id("borealis");
  const id = (n: number) => `samlp|borealis-sso|${n}`;
  await tenancy.seed((objects) => {
    for (let n = 0; n < 1001; n += 1) {
      const signedIn = { created_at: later(0).toISOString(), last_login: later(n - 2000).toISOString() };
      objects.seed("users", id(n), { user_id: id(n), app_metadata: { left: [company] }, ...signedIn });
    }
    for (const n of [1, 1000]) objects.link(members, [company], id(n));
  });
  const { settings } = readOffline(new Checkout());
  const listed = await list(await tenancy.as("people"), settings, companyIn(settings, "borealis", "local"), now());
  expect(listed.members.map(({ id, left }) => [id, left])).toEqual([
    [id(1), true],
    [id(1000), true],
  ]);
});

test("the command says what it did, and faults in its own words on the other stream", async () => {
  for (const email of ["nadia@mail.example", "tarek@mail.example"]) {
    await tenancy.person(email);
    await tenancy.join(email === "nadia@mail.example" ? "dune-crafts" : "borealis", email, "owner");
  }
  const { root: folder } = new Checkout();
  const run = (environment: Readonly<Record<string, string>>, ...args: string[]) =>
    tenancy.run(join(root, "cli/member/main.ts"), ["--root", folder, ...args], environment);
  const token = { AUTH0_DOMAIN: tenancy.domain, AUTH0_API_TOKEN: await tenancy.token(managementScopes) };
  const [listed, left, refused] = await Promise.all([
    run(token, "list", "dune-crafts"),
    run(token, "remove", "borealis", "tarek@mail.example"),
    run({ ...token, AUTH0_API_TOKEN: await tenancy.token(["read:users"]) }, "list", "acme"),
  ]);
  expect(listed).toEqual({
    status: 0,
    stdout: "dune-crafts: members 1, open invitations 0.\n  nadia@mail.example: owner; password\n",
    stderr: "",
  });
  expect(left).toEqual({
    status: 0,
    stdout: `tarek@mail.example (${tenancy.id("tarek@mail.example")}) leaves borealis; refresh tokens ended: 0.
The last access token ends within 3600 s (service), 1800 s (vendor). Elsewhere: one new login.
`,
    stderr: "",
  });
  expect(refused).toEqual({
    status: 1,
    stdout: "",
    stderr: `Tenant ${tenancy.domain}: answered 403, Insufficient scope, expected any of: read:organizations\n`,
  });
});

test("what an identity provider writes into a name neither moves the cursor nor begins a line", async () => {
  const [id, email] = ["oidc|acme-sso|\u001b]0;x\u0007", "ann\u001b[2K\rbob\nmallory\u202e@acme.example"];
  await tenancy.seed((objects) => {
    objects.seed("users", id, { user_id: id, email });
    objects.link(members, [tenancy.id("acme")], id);
  });
  const { root: folder } = new Checkout();
  const token = { AUTH0_DOMAIN: tenancy.domain, AUTH0_API_TOKEN: await tenancy.token(managementScopes) };
  const run = (...args: string[]) => tenancy.run(join(root, "cli/member/main.ts"), ["--root", folder, ...args], token);
  expect((await run("list", "acme")).stdout).toBe(`acme: members 1, open invitations 0.
  ann\\u{1b}[2K\\u{d}bob\\u{a}mallory\\u{202e}@acme.example: none; acme-sso
`);
  const { stdout } = await run("remove", "acme", id);
  expect(stdout.split("\n")[0]).toBe(
    "ann\\u{1b}[2K\\u{d}bob\\u{a}mallory\\u{202e}@acme.example (oidc|acme-sso|\\u{1b}]0;x\\u{7}) leaves acme; refresh tokens ended: 0.",
  );
  expect((await run("remove", "acme", "oidc|acme-sso|\u001b[2K")).stderr).toBe(
    "oidc|acme-sso|\\u{1b}[2K is no member of acme, has not left it and has no open invitation to it.\n",
  );
});

test("a tenant is reached where it is said which one, and as whom", async () => {
  const asked = (domain: string | undefined, environment: Readonly<Record<string, string>>) => {
    for (const name of ["AUTH0_DOMAIN", "AUTH0_API_TOKEN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"])
      vi.stubEnv(name, environment[name]);
    return faultsOf(withTenant({ stack: "dev", domain }, (client) => client.organizations.getByName("acme")));
  };
  onTestFinished(() => void vi.unstubAllEnvs());
  const AUTH0_DOMAIN = tenancy.domain;
  expect(await asked(undefined, {})).toEqual([
    "✖ AUTH0_DOMAIN: missing; allowed: the tenant's domain, such as travel.eu.auth0.com",
  ]);
  expect(await asked("dev.eu.auth0.com", { AUTH0_DOMAIN })).toEqual([
    `✖ AUTH0_DOMAIN: ${AUTH0_DOMAIN} is not the tenant of stack dev; allowed: dev.eu.auth0.com, or leave it out`,
  ]);
  const unnamed = [
    "✖ AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET: missing; allowed: those of the operator's client for this (stack output operators), or AUTH0_API_TOKEN",
  ];
  expect(await asked(undefined, { AUTH0_DOMAIN, AUTH0_CLIENT_ID: "id" })).toEqual(unnamed);
  expect(await asked(AUTH0_DOMAIN, { AUTH0_CLIENT_SECRET: "hush" })).toEqual(unnamed);
  const credentials = { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "hush" };
  expect(await asked(AUTH0_DOMAIN, credentials)).toEqual([`Tenant ${AUTH0_DOMAIN}: answered 401, Unauthorized`]);
  expect(await asked("localhost:1", { AUTH0_API_TOKEN: "any" })).toEqual([
    "Tenant localhost:1: no answer (fetch failed)",
  ]);
  const token = await tenancy.token(["read:organizations"]);
  expect(await asked(undefined, { AUTH0_DOMAIN, AUTH0_API_TOKEN: token })).toEqual([]);
});

test("the operator's client has every scope that these tests needed, and no other", () => {
  // the Action's note alone is written, and roles of members are a field with a scope of its own
  const needed = neededScopes(tenancy.asked).map((one) => (one === "update:users" ? "update:users_app_metadata" : one));
  expect([...needed, "read:organization_member_roles"].sort()).toEqual([...operators.people.managementScopes].sort());
});
