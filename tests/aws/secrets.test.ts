import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Ended } from "../../local/engine/program.ts";
import { filesIn } from "../harness/files-in.ts";
import { findSecrets, formsOf } from "../harness/secret-search.ts";
import { root } from "../harness/stack-settings.ts";
import { patience, prefix, settingAws, stackFile, WholeWorld } from "./whole-world.ts";

vi.setConfig({ testTimeout: patience, hookTimeout: patience });

let whole: WholeWorld;
/** Everything that must not be found in plain, by what it is and when it was so. */
const secrets: Record<string, string> = {};
/** Everything that is searched, by what it is. */
const places: Record<string, string> = {};
/** What shows secrets because it was asked to. */
const shown: Record<string, string> = {};

/** What Pulumi's SDK says among the events of `up --json`. */
let debugging: string;

const mailPassword = randomBytes(24).toString("base64url");

beforeAll(async () => {
  whole = await WholeWorld.create("100000000008");
});

afterAll(() => whole?.world.close());

/** A client that each tenant has, and the stack knows nothing of. */
const ofTheTenant = "All Applications";
const acme = "stacks/local/customers/acme.yaml";

/** Keeps all that a run of the CLI prints, under its own words. */
async function keep(when: string, ...args: string[]): Promise<Ended> {
  const ended = await whole.world.pulumi(...args);
  places[`${args.join(" ")}, ${when}`] = `${ended.stdout}\n${ended.stderr}`;
  return ended;
}

/** Takes in the secrets that there are now: of clients as the tenant has them, and of the key that mail is sent with. */
async function takeIn(when: string): Promise<void> {
  const { world } = whole;
  const { clients } = (await world.tenant.contents()) as { clients: { name: string; client_secret?: string }[] };
  for (const { name, client_secret } of clients) if (client_secret) secrets[`${name}, ${when}`] = client_secret;
  const { stdout: exported } = await world.pulumi("stack", "export", "--show-secrets");
  shown[`the state, ${when}`] = exported;
  const { resources } = (JSON.parse(exported) as { deployment: { resources: { type: string; outputs?: object }[] } })
    .deployment;
  const keys = resources.filter(({ type }) => type === "aws:iam/accessKey:AccessKey");
  for (const { outputs } of keys) {
    const { secret, sesSmtpPasswordV4 } = outputs as Record<string, { readonly plaintext: string }>;
    secrets[`the key of mail, ${when}`] = JSON.parse(secret?.plaintext ?? "");
    secrets[`the same as a password, ${when}`] = JSON.parse(sesSmtpPasswordV4?.plaintext ?? "");
  }
}

// One story: each test stands on the one before; the last ones search what the others have kept.

test("all of it comes up, then a machine's secret and the key of mail are made anew", async () => {
  expect(await keep("at first", "up", "--yes")).toMatchObject({ status: 0 });
  await takeIn("at first");
  whole.world.edit(acme, ["machines", "machine", "rotation"], 2);
  whole.world.edit(stackFile, [...settingAws, "mail", "keyRotation"], 2);
  for (const more of [[], ["--diff"], ["--json"]])
    expect(await keep("then", "preview", ...more)).toMatchObject({ status: 0 });
  const up = await keep("then", "up", "--yes", "--diff", "-v=2", "--logtostderr");
  expect(up.status).toBe(0);
  expect(up.stdout).toContain("companies/acme/machine");
  await takeIn("then");
});

test("mail goes by SMTP from now on, with a password of the stack", async () => {
  const { mail: _, ...aws } = whole.settings();
  whole.world.edit(stackFile, settingAws, aws);
  whole.world.edit(stackFile, ["config", "auth0-b2b:mail"], {
    ...{ provider: "smtp", host: "smtp.travel.example", port: 587, user: "travel", from: "no-reply@travel.example" },
    password: { config: "mail-password" },
  });
  secrets["the password of SMTP"] = mailPassword;
  await whole.world.pulumi("config", "set", "--secret", "mail-password", mailPassword);
  expect(await keep("by SMTP", "preview", "--diff")).toMatchObject({ status: 0 });
  const { status, stdout } = await whole.world.pulumi("up", "--yes", "--json");
  expect(status).toBe(0);
  const isDebugging = (line: string) => line.includes('"severity":"debug"');
  const lines = stdout.split("\n");
  places["up --json, but for debugging"] = lines.filter((line) => !isDebugging(line)).join("\n");
  debugging = lines.filter(isDebugging).join("\n");
  await takeIn("by SMTP");
});

test("one company changes alone, and the command tells of it", async () => {
  whole.world.edit(acme, ["machines", "machine", "rotation"], 3);
  const { status, stdout, stderr } = await whole.world.customer("up", "acme", "--yes", "--json");
  expect(status).toBe(0);
  places["customer up --json"] = `${stdout}\n${stderr}`;
  await takeIn("alone");
  const { "companies/acme/machine": machine } = await whole.kept();
  expect(machine?.clientSecret).toBe(secrets["Acme (machine), alone"]);
});

test("AWS refuses a secret of a name that is taken", async () => {
  const taken = { Name: `${prefix}/companies/acme/second`, SecretString: "somebody's" };
  await whole.clients.secrets.send(new CreateSecretCommand(taken));
  whole.world.edit(acme, ["machines", "second"], { scopes: ["read:bookings"] });
  const refused = await keep("refused", "up", "--yes", "--skip-preview");
  expect(refused.stdout).toContain("ResourceExistsException");
  await takeIn("refused");
});

test("what the CLI tells of it, and what lies on the disk, is kept", async () => {
  for (const asked of ["stack", "stack output", "stack output --json", "stack export", "stack history --json"])
    expect(await keep("in the end", ...asked.split(" "))).toMatchObject({ status: 0 });
  expect(await keep("in the end", "config", "--json")).toMatchObject({ status: 0 });
  const { world } = whole;
  places["state and history on the disk"] = filesIn(world.local.state);
  places.PULUMI_HOME = filesIn(world.local.home);
  places["the stack's file"] = world.read(stackFile);
  places["the tenant's log of requests"] = JSON.stringify(await world.tenant.requests());
  places["golden files"] = filesIn(join(root, "tests/golden"));
  for (const name of ["acme", "cedar"]) {
    const { stdout } = await world.pulumi("config", "get", `${name}-sso-secret`);
    secrets[`single sign-on of ${name}`] = stdout.trim();
  }
  shown.config = (await world.pulumi("config", "--json", "--show-secrets")).stdout;
  shown["stack output"] = (await world.pulumi("stack", "output", "--json", "--show-secrets")).stdout;
});

test("no secret stands in plain in any of it", () => {
  const made = ["Main app", "First roles (machine)", "Acme (machine)", "Dune Crafts (machine)", "the key of mail"];
  expect(Object.keys(secrets)).toEqual(expect.arrayContaining(made.map((name) => `${name}, then`)));
  for (const name of ["Acme (machine)", "the key of mail"])
    expect(secrets[`${name}, then`]).not.toBe(secrets[`${name}, at first`]);
  expect(secrets).toHaveProperty(["Acme (second), refused"]);
  expect(Object.keys(places)).toHaveLength(20);
  expect(findSecrets(secrets, places)).toEqual([]);
});

test("the search finds each of them where the CLI was asked to show secrets, and in every form in each place", () => {
  const found = new Set(findSecrets(secrets, shown).map((line) => line.split(":")[0]));
  expect(findSecrets(secrets, { debugging }).length).toBeGreaterThan(0); // as docs/run-on-auth0.md warns
  const hidden = Object.keys(secrets).filter((name) => !found.has(name));
  expect(hidden.filter((name) => !name.startsWith(`${ofTheTenant}, `))).toEqual([]);
  const silent = Object.entries(places).filter(([, text]) => !text.includes("auth0-b2b"));
  expect(silent.map(([place]) => place)).toEqual([]);
  for (const [name, secret] of Object.entries(secrets)) {
    for (const written of Object.values(formsOf(secret))) {
      const planted = Object.entries(places).map(([place, text]) => [place, `${text.slice(0, 99)}${written}`]);
      expect(findSecrets({ [name]: secret }, Object.fromEntries(planted))).toHaveLength(planted.length);
    }
  }
});
