import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ended, run } from "../../local/engine/program.ts";
import { placeAwsReader } from "../harness/aws-reader.ts";
import { filesIn } from "../harness/files-in.ts";
import { findSecrets, formsOf } from "../harness/secret-search.ts";
import { root } from "../harness/stack-settings.ts";
import * as entries from "./secrets.entries.ts";
import { World } from "./world.ts";

let world: World;
/** Everything that must not be found in plain, by what it is: grows by what the tenant makes. */
const secrets: Record<string, string> = { ...entries.known };
/** Everything that is searched, by what it is. */
const places: Record<string, string> = {};
/** What the engine logs where it is asked to say more. */
const verbose: Record<string, string> = {};

const setSecrets = (values: readonly (readonly [string, string])[]) =>
  world.pulumi("config", "set-all", ...values.flatMap(([name, text]) => ["--secret", `${name}=${text}`]));

beforeAll(async () => {
  world = await World.create();
  for (const slug of ["borealis", "dune-crafts", "wheelhouse"]) world.remove(`stacks/local/customers/${slug}.yaml`);
  placeAwsReader(world.local.home, { [entries.arn]: entries.inAws });
  world.write(vaultFile, entries.vault(1));
  world.edit("Pulumi.local.yaml", ["config", "auth0-b2b:friendlyName"], entries.marker);
  world.edit("Pulumi.local.yaml", ["config", "auth0-b2b:mail"], entries.smtp);
  expect(await setSecrets(entries.first)).toMatchObject({ status: 0 });
  await signInAsDeploy();
});

afterAll(() => world?.close());

const vaultFile = "stacks/local/customers/vaultmark.yaml";

/** From now on the provider signs in with a client's secret, as with Auth0. */
async function signInAsDeploy(): Promise<void> {
  const client = (await world.tenant.make("clients", { name: "deploy", app_type: "non_interactive" })) as {
    readonly client_id: string;
    readonly client_secret: string;
  };
  const audience = `https://${world.env.AUTH0_DOMAIN}/api/v2/`;
  await world.tenant.send("POST", "client-grants", { client_id: client.client_id, audience, scope: ["read:clients"] });
  const { AUTH0_API_TOKEN: _, ...env } = world.env;
  world.env = { ...env, AUTH0_CLIENT_ID: client.client_id, AUTH0_CLIENT_SECRET: client.client_secret };
}

/** Takes in the secrets that the tenant has made, or been given for its clients, until now. */
async function takeIn(when: string): Promise<void> {
  const { clients } = (await world.tenant.contents()) as { clients: { name: string; client_secret?: string }[] };
  for (const { name, client_secret } of clients) if (client_secret) secrets[`client ${name}, ${when}`] = client_secret;
}

/** Keeps all that a run has printed. @returns the same */
function keep(place: string, { stdout, stderr }: Ended): string {
  const text = `${stdout}\n${stderr}`;
  places[place] = text;
  return text;
}

function customer(...args: string[]): Promise<Ended> {
  const program = join(root, "cli/customer/main.ts");
  return run(process.execPath, ["--disable-warning=ExperimentalWarning", program, "--root", world.folder, ...args]);
}

// One story: each test stands on the one before; the last one searches what the others have kept.

test("a stack with every kind of secret comes up, and is previewed and changed; an update that Auth0 refuses is one", async () => {
  const up = await world.pulumi("up", "--yes");
  expect(up.status, keep("up", up)).toBe(0);
  await takeIn("at first");
  const account = { email: "somebody@oidc.example", password: entries.breakGlassPassword, connection: "users" };
  await world.tenant.send("POST", "users", account);

  await world.pulumi("config", "rm", "mail-password");
  expect(await setSecrets(entries.later)).toMatchObject({ status: 0 });
  world.edit("Pulumi.local.yaml", ["config", "auth0-b2b:mail"], entries.ses);
  world.write(vaultFile, entries.vault(2));
  await world.tenant.send("POST", "connections", { name: "vault-taken", strategy: "oidc", options: {} });
  const preview = await world.pulumi("preview", "--json", "-v=9", "--logtostderr");
  places["preview --json"] = preview.stdout;
  verbose["preview -v=9"] = preview.stderr;
  const changed = await world.pulumi("up", "--yes", "--diff", "--continue-on-error", "-v=2", "--logtostderr");
  expect(keep("up --diff -v=2", changed)).toContain("A connection with the same name already exists");
  await takeIn("in the end");
});

test("what the CLI and npm run customer tell of it is kept", async () => {
  const asked = {
    "stack export": ["stack", "export"],
    "stack output": ["stack", "output"],
    "stack output --json": ["stack", "output", "--json"],
    "stack history": ["stack", "history", "--json"],
    config: ["config", "--json"],
    stack: ["stack", "--show-urns"],
  };
  await Promise.all(Object.entries(asked).map(async ([name, args]) => keep(name, await world.pulumi(...args))));
  places["state and history on the disk"] = filesIn(world.local.state);
  places.PULUMI_HOME = filesIn(world.local.home);
  places["the stack's file"] = world.read("Pulumi.local.yaml");
  places["the tenant's log of requests"] = JSON.stringify(await world.tenant.requests());
  const told = {
    "customer show": ["show", "vaultmark", "--why"],
    "customer sheet": ["sheet", "vaultmark", "--domain", "vaultmark.eu.auth0.com"],
    "customer check": ["check"],
  };
  await Promise.all(Object.entries(told).map(async ([name, args]) => keep(name, await customer(...args))));
});

test("settings and entries with a secret wherever a person could put one are refused", async () => {
  const { entries: wrong, settings } = entries.mistakes();
  for (const [slug, text] of Object.entries(wrong)) world.write(`stacks/local/customers/${slug}.yaml`, text);
  for (const [name, value] of Object.entries(settings)) {
    world.edit("Pulumi.local.yaml", ["config", `auth0-b2b:${name}`], value);
  }
  const refused = await world.pulumi("up", "--yes");
  const said = keep("a refused up", refused);
  for (const slug of Object.keys(wrong)) expect.soft(said).toContain(`✖ stacks/local/customers/${slug}.yaml: `);
  expect(said).toContain("✖ Pulumi.local.yaml: mail.password: ");
  keep("a refused customer check", await customer("check"));
  const given = [
    "--name",
    "X",
    "--type",
    "customer",
    "--sign-in",
    "oidc",
    "--issuer",
    secrets["misplaced issuer"] ?? "",
  ];
  const more = ["--condition", secrets["misplaced word"] ?? "", `--client-secret=${secrets["misplaced plain"]}`];
  keep("a refused customer add", await customer("add", "x", ...given));
  keep("another refused customer add", await customer("add", "x", ...given, ...more));
});

test("no secret stands in plain in any of it", () => {
  expect(Object.keys(entries.known)).toHaveLength(35);
  const made = [
    "deploy",
    "Main app",
    "First roles (machine)",
    "vaultmark (made)",
    "vaultmark (renewed)",
    "vaultmark (keyed)",
  ];
  const names = made.flatMap((name) => [`client ${name}, at first`, `client ${name}, in the end`]);
  expect(Object.keys(secrets)).toEqual(expect.arrayContaining(names));
  expect(Object.keys(places)).toHaveLength(20);
  expect(findSecrets(secrets, places)).toEqual([]);
  expect(secrets["client vaultmark (renewed), at first"]).not.toBe(secrets["client vaultmark (renewed), in the end"]);
});

/** What shows that a text is what it should be, where that is not the marker. */
const marks: Readonly<Record<string, string>> = {
  PULUMI_HOME: "pulumi stack select",
  "customer check": "no fault",
  "a refused customer add": "✖ --issuer: this string cannot be used",
  "another refused customer add": "unknown option '--client-secret'",
};

test("each of it is what it should be, and every secret would be found there in every form", () => {
  const silent = Object.entries(places).filter(([place, text]) => !text.includes(marks[place] ?? entries.marker));
  expect(silent.map(([place]) => place)).toEqual([]);
  for (const [name, secret] of Object.entries(secrets)) {
    for (const written of Object.values(formsOf(secret))) {
      const planted = Object.entries(places).map(([place, text]) => [
        place,
        `${text.slice(0, 99)}${written}${text.slice(99, 999)}`,
      ]);
      expect(findSecrets({ [name]: secret }, Object.fromEntries(planted))).toHaveLength(planted.length);
    }
  }
});

test("the engine's own log holds secrets where it is asked for much, as docs/run-on-auth0.md warns: the search finds them there", () => {
  const found = findSecrets(secrets, verbose).map((line) => line.replace(/:.*/, ""));
  for (const name of ["oidc", "aws", "mail-key", "client vaultmark (made), at first"]) expect(found).toContain(name);
});
