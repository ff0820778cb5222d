import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { companyIn, readOffline } from "../../../cli/customer/place.ts";
import { moveCompany, swapMembers } from "../../../cli/stage/company.ts";
import { wrongMove } from "../../../cli/stage/moves.ts";
import { movePerson } from "../../../cli/stage/person.ts";
import { managementScopes } from "../../../local/tenant/entities/management-scopes.ts";
import { operators } from "../../../stacks/operators.ts";
import { neededScopes } from "../../harness/needed-scopes.ts";
import { root } from "../../harness/stack-settings.ts";
import { Checkout } from "./project.ts";
import { type Sent, Tenancy } from "./tenancy.ts";

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
afterAll(() => tenancy?.close());
beforeEach(() => tenancy.reset());

const stages = ["lead", "prospect", "prospect-demo", "owner"];
const back = false;

test.each<[unknown, string, boolean, string | undefined]>([
  ["lead", "prospect", false, undefined],
  ["lead", "owner", false, undefined], // over several
  ["owner", "owner", false, undefined],
  [undefined, "prospect", false, undefined],
  ["emperor", "lead", false, undefined],
  ["owner", "lead", true, undefined],
  [
    "prospect",
    "lead",
    false,
    "lead comes before prospect; allowed: a later one (prospect-demo, owner), or lead with --back",
  ],
  ["owner", "lead", false, "lead comes before owner; allowed: a later one (none), or lead with --back"],
  ["lead", "emperor", true, '"emperor" cannot be used; allowed: lead, prospect, prospect-demo, owner'],
])("from %s to %s, back: %s", (from, to, backward, wrong) => {
  expect(wrongMove({ stages, from, to, back: backward })).toBe(wrong);
});

const pavel = "pavel@mail.example";

/** Somebody before purchase: in a company with a stage of its own, in one without, and as an individual. */
async function aPerson(stage: string | undefined = "prospect", role = "pre-customer"): Promise<string> {
  const id = await tenancy.person(pavel, stage === undefined ? {} : { app_metadata: { stage } });
  const admin = await tenancy.admin();
  await admin.organizations.update(tenancy.id("acme"), {
    metadata: { type: "customer", status: "active", stage: "prospect" },
  });
  await tenancy.join("acme", pavel, role);
  await tenancy.join("dune-crafts", pavel, role);
  await admin.users.roles.assign(id, { roles: [tenancy.id(role)] });
  return id;
}

/** Stage and roles as the tenant has them. */
async function standing(id: string) {
  const admin = await tenancy.admin();
  const inside = async (company: string) => {
    const { data } = await admin.organizations.members.roles.list(tenancy.id(company), id);
    return data.map(({ name }) => name);
  };
  const { app_metadata } = await admin.users.get(id);
  const own = await admin.users.roles.list(id);
  return {
    stage: app_metadata?.stage,
    own: own.data.map(({ name }) => name),
    acme: await inside("acme"),
    dune: await inside("dune-crafts"),
  };
}

test("a person's roles are swapped where their own stage counts, and the stage is written last", async () => {
  const id = await aPerson();
  const sent: Sent[] = [];
  const client = await tenancy.as("sales", (request) => void sent.push(request));
  expect(await movePerson(client, pavel, { stages, to: "owner", back })).toEqual({
    id,
    from: "prospect",
    to: "owner",
    swaps: [
      { from: "pre-customer", to: "owner", company: undefined },
      { from: "pre-customer", to: "owner", company: "dune-crafts" },
    ],
    barred: [],
    elsewhere: ["acme"],
  });
  expect(await standing(id)).toEqual({ stage: "owner", own: ["owner"], acme: ["pre-customer"], dune: ["owner"] });
  const [own, inside] = [`/users/${encodeURIComponent(id)}`, `/organizations/${tenancy.id("dune-crafts")}/members`];
  expect(sent.filter((request) => !request.startsWith("GET"))).toEqual([
    `POST ${own}/roles`,
    `DELETE ${own}/roles`,
    `POST ${inside}/${encodeURIComponent(id)}/roles`,
    `DELETE ${inside}/${encodeURIComponent(id)}/roles`,
    `PATCH ${own}`,
  ]);
});

test.each([1, 2, 3, 4, 5])("a move that broke off before its write %i is done by the next one", async (broken) => {
  const id = await aPerson();
  let writes = 0;
  const client = await tenancy.as("sales", (request) => {
    if (!request.startsWith("GET")) writes += 1;
    if (writes === broken) throw new Error("the network is gone");
  });
  const move = { stages, to: "owner", back };
  await expect(movePerson(client, pavel, move)).rejects.toThrow();
  expect((await standing(id)).stage).toBe("prospect");
  await movePerson(await tenancy.as("sales"), pavel, move);
  expect(await standing(id)).toEqual({ stage: "owner", own: ["owner"], acme: ["pre-customer"], dune: ["owner"] });
});

test("stages that may do the same swap nothing; back swaps back; a role that somebody lacks is not given", async () => {
  const id = await aPerson();
  const client = await tenancy.as("sales");
  expect(await movePerson(client, pavel, { stages, to: "prospect-demo", back })).toMatchObject({ swaps: [] });
  expect(await movePerson(client, id, { stages, to: "owner", back })).toMatchObject({ swaps: [{}, {}] });
  expect(await movePerson(client, id, { stages, to: "owner", back })).toMatchObject({ from: "owner", swaps: [] });
  await expect(movePerson(client, id, { stages, to: "lead", back })).rejects.toThrow(
    "✖ stage: lead comes before owner",
  );
  expect(await movePerson(client, id, { stages, to: "lead", back: true })).toMatchObject({ swaps: [{}, {}] });
  expect(await standing(id)).toMatchObject({ stage: "lead", own: ["pre-customer"], dune: ["pre-customer"] });
  const other = await tenancy.person("lena@mail.example");
  expect(await movePerson(client, "lena@mail.example", { stages, to: "owner", back })).toEqual({
    id: other,
    from: undefined,
    to: "owner",
    swaps: [],
    barred: [],
    elsewhere: [],
  });
  expect((await (await tenancy.admin()).users.roles.list(other)).data).toEqual([]);
});

test("a stage that was written by hand is caught up with by naming the role", async () => {
  const id = await aPerson("owner");
  const client = await tenancy.as("sales");
  await movePerson(client, id, { stages, to: "owner", back, swap: "pre-customer" });
  expect(await standing(id)).toEqual({ stage: "owner", own: ["owner"], acme: ["pre-customer"], dune: ["owner"] });
  await expect(movePerson(client, id, { stages, to: "emperor", back, swap: "boss" })).rejects.toThrow(
    [
      '✖ stage: "emperor" cannot be used; allowed: lead, prospect, prospect-demo, owner',
      '✖ --swap: "boss" cannot be used; allowed: owner, pre-customer, vendor-editor, api-administrator',
    ].join("\n"),
  );
});

test("a company's members hold no role that its entry does not list", async () => {
  const id = await aPerson();
  const admin = await tenancy.admin();
  const metadata = { type: "customer", status: "active", member_roles: "api-administrator,pre-customer" };
  await admin.organizations.update(tenancy.id("dune-crafts"), { metadata });
  expect(await movePerson(await tenancy.as("sales"), pavel, { stages, to: "owner", back })).toMatchObject({
    swaps: [{ company: undefined }],
    barred: ["dune-crafts"],
  });
  expect(await standing(id)).toMatchObject({ own: ["owner"], dune: ["pre-customer"] });
});

test("nobody, and somebody with two accounts, is told", async () => {
  const client = await tenancy.as("sales");
  const move = { stages, to: "owner", back };
  await expect(movePerson(client, pavel, move)).rejects.toThrow(`Nobody in the tenant goes by ${pavel}.`);
  const id = await aPerson();
  await tenancy.seed((objects) =>
    objects.seed("users", "oidc|acme-sso|1", { user_id: "oidc|acme-sso|1", email: pavel }),
  );
  await expect(movePerson(await tenancy.as("sales"), pavel, move)).rejects.toThrow(
    `✖ ${pavel} has 2 accounts; allowed: one of ${id}, oidc|acme-sso|1`,
  );
});

test("whose address was never verified is moved by the account's id alone", async () => {
  const id = await aPerson();
  const admin = await tenancy.admin();
  await admin.users.update(id, { email_verified: false });
  const client = await tenancy.as("sales");
  const move = { stages, to: "owner", back };
  await expect(movePerson(client, pavel, move)).rejects.toThrow(
    `✖ ${pavel} was never verified for ${id}; allowed: once it is, or ${id} in its place`,
  );
  expect(await standing(id)).toMatchObject({ stage: "prospect", own: ["pre-customer"] });
  expect(await movePerson(client, id, move)).toMatchObject({ id, from: "prospect", to: "owner" });
});

const borealis = "stacks/local/customers/borealis.yaml";
const dune = "stacks/local/customers/dune-crafts.yaml";

function entryOf(slug: string, checkout: Checkout) {
  const { settings } = readOffline(checkout);
  return companyIn(settings, slug, "local");
}

test("a company's stage is written into its entry, and nothing else of it changes", () => {
  const checkout = new Checkout();
  const before = checkout.read(borealis).replace("stage: prospect-demo", "stage: prospect-demo # since May");
  checkout.write(borealis, before);
  expect(moveCompany(checkout, entryOf("borealis", checkout), { stages, to: "owner", back })).toEqual({
    file: borealis,
    from: "prospect-demo",
    to: "owner",
    there: false,
    swap: { from: "pre-customer", to: "owner" },
  });
  expect(checkout.read(borealis)).toBe(before.replace("stage: prospect-demo", "stage: owner"));
  const again = moveCompany(checkout, entryOf("borealis", checkout), { stages, to: "owner", back });
  expect(again).toMatchObject({ there: true, swap: undefined });
  expect(() => moveCompany(checkout, entryOf("borealis", checkout), { stages, to: "lead", back })).toThrow(
    "✖ stage: lead comes before owner; allowed: a later one (none), or lead with --back",
  );
  // an entry without a stage gets one, also in the stack's own file
  const vendor = moveCompany(checkout, entryOf("fresh-table", checkout), { stages, to: "owner", back });
  expect(vendor).toEqual({ file: "Pulumi.local.yaml", from: undefined, to: "owner", there: false, swap: undefined });
  expect(checkout.read("Pulumi.local.yaml")).toContain("        vendor_kind: catering\n      stage: owner\n");
  expect(entryOf("fresh-table", checkout).entry.stage).toBe("owner");
});

test("members are given the role of the stage once it is up: those who hold the one that is named", async () => {
  const checkout = new Checkout(); // dune-crafts is at owner there
  const way = { stages, to: "owner", back };
  for (const [email, ...roles] of [
    ["nadia@mail.example", "owner"],
    ["pavel@mail.example", "pre-customer", "api-administrator"],
    ["tarek@mail.example", "api-administrator"],
  ] as const) {
    await tenancy.person(email);
    await tenancy.join("dune-crafts", email, ...roles);
  }
  const client = await tenancy.as("sales");
  await expect(swapMembers(client, entryOf("dune-crafts", checkout), way, "pre-customer")).rejects.toThrow(
    "✖ dune-crafts is at no stage in the tenant; allowed: after pulumi up",
  );
  const admin = await tenancy.admin();
  const metadata = { type: "customer", status: "active", stage: "owner" };
  await admin.organizations.update(tenancy.id("dune-crafts"), { metadata });
  const swapped = await swapMembers(client, entryOf("dune-crafts", checkout), way, "pre-customer");
  expect(swapped).toEqual({ from: "pre-customer", to: "owner", members: [pavel] });
  const { data } = await admin.organizations.members.roles.list(tenancy.id("dune-crafts"), tenancy.id(pavel));
  expect(data.map(({ name }) => name).sort()).toEqual(["api-administrator", "owner"]);
  expect(await swapMembers(client, entryOf("dune-crafts", checkout), way, "pre-customer")).toMatchObject({
    members: [],
  });

  checkout.write(dune, `${checkout.read(dune)}memberRoles:\n  - pre-customer\n`);
  await expect(swapMembers(client, entryOf("dune-crafts", checkout), { ...way, to: "owner" }, "boss")).rejects.toThrow(
    [
      '✖ --swap: "boss" cannot be used; allowed: pre-customer, vendor-editor, api-administrator',
      `✖ owner is not among memberRoles of ${dune}; allowed: pre-customer`,
    ].join("\n"),
  );
  await expect(
    swapMembers(client, entryOf("borealis", checkout), { ...way, to: "owner" }, "pre-customer"),
  ).rejects.toThrow(`✖ borealis is at prospect-demo in ${borealis}; allowed: --swap once owner stands there`);
});

test("the command says what is next, and when apps see it", async () => {
  const id = await aPerson();
  const checkout = new Checkout();
  const run = (...args: string[]) =>
    tenancy.run(join(root, "cli/stage/main.ts"), ["--root", checkout.root, ...args], token);
  const token = { AUTH0_DOMAIN: tenancy.domain, AUTH0_API_TOKEN: await tenancy.token(managementScopes) };
  const seen =
    "Apps see it at the next login or renewal; an access token that is out says the old until it ends, within 3600 s (service).\n";
  const [person, company] = await Promise.all([run(pavel, "owner"), run("borealis", "owner")]);
  expect(person).toEqual({
    status: 0,
    stdout: `Moved: ${pavel} (${id}), prospect → owner.
  role pre-customer → owner, as an individual
  role pre-customer → owner, dune-crafts
  the company's own stage counts at acme
${seen}`,
    stderr: "",
  });
  expect(company).toEqual({
    status: 0,
    stdout: `Written: ${borealis}, stage prospect-demo → owner. Next:
  pulumi up --stack local
  npm run stage borealis owner -- --swap pre-customer --env local   (members: pre-customer → owner)
${seen}`,
    stderr: "",
  });
});

test("the operator's client has every scope that these tests needed, and no other", () => {
  // a person's stage alone is written, and roles by the scopes that are theirs alone
  const needed = neededScopes(tenancy.asked).map((one) => (one === "update:users" ? "update:users_app_metadata" : one));
  expect([...new Set([...needed, "create:role_members", "delete:role_members"])].sort()).toEqual(
    [...operators.sales.managementScopes].sort(),
  );
});
