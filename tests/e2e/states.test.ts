import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { type CompanyState, companyStates, wrongStep } from "../../stacks/states.ts";
import { root } from "../harness/stack-settings.ts";
import { type Outputs, secretsOf } from "../scenarios/deploy.ts";
import { Play } from "../scenarios/play.ts";
import type { Act, Outcome } from "../scenarios/scenario.ts";
import { MachineLife } from "./machine-life.ts";
import { World } from "./world.ts";

/** The states of two companies, a column an `up`: together every step that is allowed, each once. */
const lives = {
  acme: ["pilot", "live", "suspended", "pilot", "suspended", "live"],
  birch: ["pilot", "retired", "suspended", "retired", "live", "retired"],
} as const satisfies Record<string, readonly CompanyState[]>;
type Slug = keyof typeof lives;
const slugs = Object.keys(lives) as Slug[];
const steps = [1, 2, 3, 4, 5];

const nameOf: Readonly<Record<Slug, string>> = { acme: "Acme", birch: "Birch" };
const fileOf = (slug: Slug) => `stacks/local/customers/${slug}.yaml`;
/** Birch is Acme by another name; the secret that its connection names is Acme's. */
const asBirch = (text: string) => text.replaceAll(/acme(?!-sso-secret|-secret)/g, "birch").replaceAll("Acme", "Birch");

const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-states-"));
let world: World;
/** By company: one for its people, and one for who was there before. */
let plays: Readonly<Record<Slug, Readonly<Record<"own" | "earlier", Play>>>>;
/** A third company, whose machines change in the same steps. */
let dale: MachineLife;

beforeAll(async () => {
  world = await World.create({ IDENTITY_PROVIDERS: providers() });
  world.write(fileOf("birch"), asBirch(world.read(fileOf("acme"))));
  dale = new MachineLife(world);
  write(0);
  await world.up();
  expect(await dale.read()).toEqual({
    machine: { clientId: expect.any(String), clientSecret: expect.any(String), rotation: 1 },
    reports: { clientId: expect.any(String), rotation: 0 },
  });
  const secrets = new Map(secretsOf((await world.outputs()) as unknown as Outputs));
  const issuer = `https://localhost:${world.tenant.port}/`;
  const stage = { issuer, ca: readFileSync(world.local.ca, "utf8"), secrets };
  const both = () => ({ own: new Play(stage), earlier: new Play(stage) });
  plays = { acme: both(), birch: both() };
  for (const slug of slugs) {
    // Somebody at the company's domain who came before it: an individual, with a password.
    const pat = {
      connection: "users",
      email: `pat@${slug}.example`,
      password: "local-Password-1",
      email_verified: true,
    };
    await plays[slug].earlier.act({ change: [{ method: "POST", path: "users", body: pat }] });
  }
});

afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true });
});

/** A file of the two companies' identity providers. */
function providers(): string {
  const all = parse(readFileSync(join(root, "stacks/local/identity-providers.yaml"), "utf8"));
  const { acme } = all.providers;
  const file = join(folder, "providers.yaml");
  writeFileSync(file, stringify({ providers: { acme, birch: parse(asBirch(stringify(acme))) } }));
  return file;
}

/** Writes each company's entry as it is after so many steps. */
function write(step: number): void {
  dale.write(Math.min(step, 3));
  for (const slug of slugs) world.edit(fileOf(slug), ["state"], lives[slug][step]);
}

/** Who comes, each time, to a company. `renewed`: the tokens that the tester got last; `kept`: those of the individual. */
function comings(slug: Slug) {
  const ask = { organization: `{org:${slug}}`, connection: `${slug}-sso` };
  const machine = { client: slug, audience: "https://api.travel.example/", organization: `{org:${slug}}` };
  return {
    renewed: { refresh: "main" },
    kept: { refresh: "main" },
    individual: { app: "main", as: `pat@${slug}.example`, password: "local-Password-1" },
    colleague: { app: "main", as: `ann@${slug}.example` },
    hinted: { app: "main", as: `ann@${slug}.example`, ask },
    machine: { machine },
    tester: { app: "main", as: `adam@${slug}.example`, ask },
  } as const satisfies Record<string, Act>;
}
type Coming = keyof ReturnType<typeof comings>;

const ownLogin = "sso_required: Please sign in through your company's own login.";
const suspended = "suspended: Your company's access is suspended.";
const shut = {
  renewed: `turned down: ${suspended}`,
  kept: `turned down: ${ownLogin}`,
  individual: "stopped at its provider",
  colleague: `refused: ${suspended}`,
  hinted: `refused: ${suspended}`,
  machine: `turned down: ${suspended}`,
  tester: `refused: ${suspended}`,
};
/** Who is a member comes in, in a pilot too; `colleague` signs in as the domain's people did before, by a password that she has not. */
const open = { renewed: "tokens of its own", hinted: "in it", machine: "tokens of its own", tester: "in it" };
const expected: Readonly<Record<CompanyState, Record<Coming, string>>> = {
  pilot: {
    ...open,
    kept: "tokens of an individual",
    individual: "in as an individual",
    colleague: "stopped at password",
  },
  live: { ...open, kept: `turned down: ${ownLogin}`, individual: "stopped at its provider", colleague: "in it" },
  suspended: shut,
  retired: shut,
};
/** Between the set of claimed domains and the company's aliases: a password is refused already, and nothing leads to the provider yet. */
const claimedFirst = `refused: ${ownLogin}`;

let browsers = 0;

/** What comes of a login in a browser of its own, or of a request, in a few words. */
async function outcome(slug: Slug, coming: Coming): Promise<string> {
  const act: Act = comings(slug)[coming];
  const play = plays[slug][coming === "individual" || coming === "kept" ? "earlier" : "own"];
  browsers += 1;
  return said(slug, await play.act("as" in act ? { browser: `browser ${browsers}`, ...act } : act));
}

function said(slug: Slug, came: Outcome): string {
  const of = (organization?: string) => (organization === slug ? undefined : (organization ?? "an individual"));
  if ("admitted" in came) return `in ${of(came.admitted.organization)?.replace(/^an/, "as an") ?? "it"}`;
  if ("tokens" in came) return `tokens of ${of(came.tokens.organization) ?? "its own"}`;
  if ("refused" in came) return `refused: ${came.says}`;
  if ("stopped" in came) {
    return `stopped at ${came.at === `Sign in at ${nameOf[slug]}` ? "its provider" : (came.at ?? came.stopped)}`;
  }
  return "turnedDown" in came ? `turned down: ${came.says}` : JSON.stringify(came);
}

async function all(slug: Slug): Promise<Record<Coming, string>> {
  const came: [string, string][] = [];
  for (const coming of Object.keys(comings(slug)) as Coming[]) {
    came.push([coming, await outcome(slug, coming)]);
  }
  return Object.fromEntries(came) as Record<Coming, string>;
}

// One story: each test stands on the one before.

test.each(slugs)("in a pilot who is not invited stays out, and who is invited comes in: %s", async (slug) => {
  expect(await outcome(slug, "hinted")).toMatch(/^refused: user is not part of the org_\w{16}/);
  const email = `adam@${slug}.example`;
  const invitation = {
    inviter: { name: "Nadia" },
    invitee: { email },
    client_id: "{app:main}",
    connection_id: `{connection:${slug}-sso}`,
  };
  await plays[slug].own.act({
    change: [{ method: "POST", path: `organizations/{org:${slug}}/invitations`, body: invitation }],
  });
  expect(
    said(
      slug,
      await plays[slug].own.act({ app: "main", invited: email, press: `Continue with ${nameOf[slug]}`, as: email }),
    ),
  ).toBe("in it");
  expect(await outcome(slug, "tester")).toBe("in it");
  expect(await outcome(slug, "individual")).toBe("in as an individual");
  expect(await all(slug)).toEqual({
    ...expected.pilot,
    hinted: expect.stringMatching(/^refused: user is not part of the org_\w{16}/),
  });
});

test("the steps that are played are all that are allowed, each once", () => {
  const played = slugs.flatMap((slug) => steps.map((step) => `${stateAt(slug, step - 1)} to ${stateAt(slug, step)}`));
  const allowed = companyStates.flatMap((from) =>
    companyStates.filter((to) => to !== from && wrongStep(from, to) === undefined).map((to) => `${from} to ${to}`),
  );
  expect(played.sort()).toEqual(allowed.sort());
});

/** Takes the step, and holds what comes of everybody before, meanwhile and then; what it wrote. */
async function take(step: number): Promise<string[]> {
  write(step);
  let done = false;
  const up = world.up().finally(() => {
    done = true;
  });
  // While it runs everybody gets the one answer or the other; no domain is routed that is not claimed.
  const during: [Slug, Coming, string][] = [];
  while (!done) {
    for (const slug of slugs) {
      for (const coming of ["individual", "machine"] as const) {
        during.push([slug, coming, await outcome(slug, coming)]);
      }
    }
  }
  const wrote = await up;
  expect(during.length).toBeGreaterThan(0);
  const known = (slug: Slug, coming: Coming) => [
    ...[step - 1, step].map((n) => expected[stateAt(slug, n)][coming]),
    ...(coming === "individual" ? [claimedFirst] : []),
  ];
  expect(during.filter(([slug, coming, came]) => !known(slug, coming).includes(came))).toEqual([]);
  // Nobody is lost: nothing goes but the routing of domains.
  expect(wrote.filter((each) => /^(create|delete|replace)/.test(each) && !each.includes("DiscoveryDomains"))).toEqual(
    [],
  );
  for (const slug of slugs) expect([slug, await all(slug)]).toEqual([slug, expected[stateAt(slug, step)]]);
  // By then each state was there.
  if (step <= 3) expect(await world.preview()).toEqual([]);
  return wrote;
}

/** What an `up` wrote of the third company. */
const ofDale = (wrote: readonly string[]) => wrote.filter((step) => /auth0\..*dale/.test(step)).sort();
const refusedKey = "invalid_client: Failed client authentication";
const oldSecret = "access_denied: Unauthorized";

test("a company has a client with a secret and one with a key, and both get tokens of the company", async () => {
  expect(await dale.came()).toEqual({ secrets: ["in"], keys: ["in", refusedKey] });
});

test("step 1, and another secret and a second key for a machine", async () => {
  const wrote = await take(1);
  expect(ofDale(wrote)).toEqual([
    "update auth0.ClientCredentials dale-machine",
    "update auth0.ClientCredentials dale-reports",
  ]);
  expect((await dale.read()).machine).toMatchObject({
    clientSecret: expect.stringMatching(/^[\w-]{64}$/),
    rotation: 2,
  });
  expect(await dale.came()).toEqual({ secrets: [oldSecret, "in"], keys: ["in", "in"] });
});

test("from live or retired to pilot is refused, both are said at once, and nothing is written", async () => {
  for (const slug of slugs) world.edit(fileOf(slug), ["state"], "pilot");
  const before = await world.tenant.last();
  const said = await world.refusal();
  for (const [slug, from] of [
    ["acme", "live"],
    ["birch", "retired"],
  ]) {
    expect(said).toContain(
      `✖ stacks/local/customers/${slug}.yaml: state: pilot straight after ${from} would open its domains to passwords while its people are signed in through it; allowed: pilot after suspended in an earlier up`,
    );
  }
  expect(await world.tenant.writes(before)).toEqual([]);
});

test("step 2, and a machine without its first key; the secret that was made anew stays", async () => {
  const wrote = await take(2);
  expect(ofDale(wrote)).toEqual(["update auth0.ClientCredentials dale-reports"]);
  expect(await world.refresh()).toEqual([]);
  await dale.read();
  expect(await dale.came()).toEqual({ secrets: [oldSecret, "in"], keys: [refusedKey, "in"] });
});

test("step 3, and the machines of a company that is suspended", async () => {
  await take(3);
  const shutOut = `invalid_request: ${suspended}`;
  expect(await dale.came()).toEqual({ secrets: [oldSecret, shutOut], keys: [refusedKey, shutOut] });
});

test("the state holds no private key, and no machine's secret in plain", async () => {
  const { stdout } = await world.pulumi("stack", "export");
  expect(stdout).toContain("BEGIN PUBLIC KEY");
  expect(stdout).not.toContain("PRIVATE KEY");
  expect(dale.secrets).toHaveLength(2);
  for (const secret of dale.secrets) expect(stdout).not.toContain(secret);
});

test.each(steps.slice(3))("step %i", async (step) => {
  await take(step);
});

/** Where a company is after so many steps. */
function stateAt(slug: Slug, step: number): CompanyState {
  const state = lives[slug][step];
  if (state === undefined) throw new Error(`no state after ${step} steps`);
  return state;
}
