import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loopbackPorts } from "../../local/commands/port.ts";
import { ensureEngine } from "../../local/engine/engine.ts";
import { localFolder } from "../../local/engine/folder.ts";
import { processesWith, programOf } from "../../local/engine/process.ts";
import { type Ended, run } from "../../local/engine/program.ts";
import { readProviders } from "../../local/idp/file.ts";
import { copyCheckout } from "../harness/checkout.ts";
import { findSecrets } from "../harness/secret-search.ts";
import { root } from "../harness/stack-settings.ts";
import { commands, login, withoutPorts } from "../recording/page.ts";
import { readLog } from "./tenant.ts";

/** A checkout of the project as it is now, in a folder whose name would break careless scripts. */
const parent = mkdtempSync(join(tmpdir(), "auth0-b2b-"));
const checkout = join(parent, "a clone's (second) folder");
const local = localFolder(join(checkout, ".local"));
const record = join(local.folder, "tenant.json");
const git = (...args: string[]) => execFileSync("git", args, { cwd: checkout, encoding: "utf8" });
/** As in a person's own terminal: a make that another make runs, such as `make test`, prints lines about folders. */
const { MAKELEVEL, MAKEFLAGS, MFLAGS, ...terminal } = process.env;
const make = async (...args: string[]): Promise<Ended> => {
  const ended = await run("make", args, { cwd: checkout, env: terminal });
  printed += ended.stdout + ended.stderr;
  return ended;
};
let printed = "";

beforeAll(async () => {
  await ensureEngine(console.log);
  copyCheckout(checkout);
  await ownPorts();
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-qm", "as it is");
});

afterAll(async () => {
  await make("down");
  rmSync(parent, { recursive: true });
});

test("make up brings up tenant and stack, and says where it is and how long each step took", async () => {
  const { status, stdout, stderr } = await make("up");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toMatch(/The example apps:\n( {2}\S+: (https:\/\/localhost:\d+|not started\. .*)\n){5}/);
  expect(stdout).toMatch(/The tenant is up: https:\/\/localhost:\d+ /);
  expect(stdout).toMatch(/Time: .*engine .*plugin .*tenant .*stack .*pulumi up .*people .*example apps /);
  const last =
    /\nOpen (https:\/\/localhost:\d+\/\.local\/) in a browser: who and what is there, who can sign in where, and everybody's password\.\n$/;
  expect(stdout).toMatch(last);
});

test("make up again changes nothing", async () => {
  const { status, stdout } = await make("up");
  expect(status).toBe(0);
  expect(stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
  expect(stdout).not.toMatch(/[+~-] \d+ (to )?(create|update|delete)/);
});

test("make env readies a shell for a plain pulumi", async () => {
  const script = 'eval "$(make -s env)" && pulumi preview --stack local --non-interactive --color never';
  const { status, stdout } = await run("sh", ["-c", script], { cwd: checkout });
  expect(status).toBe(0);
  expect(stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
});

test("make has printed no secret: none of the tenant's clients, none of the companies' identity providers", async () => {
  const script = 'eval "$(make -s env)" && pulumi stack output --stack local --json --show-secrets';
  const { stdout } = await run("sh", ["-c", script], { cwd: checkout });
  const made = clientSecrets(JSON.parse(stdout));
  expect(Object.keys(made)).toEqual(
    expect.arrayContaining(["/apps/main", "/operators/first-roles", "/companies/acme/machines/machine"]),
  );
  const { acme, borealis, cedar } = readProviders(join(root, "stacks/local/identity-providers.yaml"));
  const keys = borealis?.flavour === "samlp" ? { key: borealis.key.split("\n")[1] ?? "" } : {};
  const own = [acme, cedar].flatMap((one) => (one?.flavour === "oidc" ? [[one.name, one.clientSecret]] : []));
  const secrets = { ...made, ...keys, ...Object.fromEntries(own) };
  expect(Object.keys(secrets)).toHaveLength(Object.keys(made).length + 3);
  expect(findSecrets(secrets, { printed })).toEqual([]);
  expect(findSecrets(secrets, { printed: printed + stdout })).toHaveLength(Object.keys(made).length);
});

/** Every client's secret in a stack's outputs, by where it stands. */
function clientSecrets(outputs: object, path = ""): Record<string, string> {
  const found = Object.entries(outputs).map(([name, value]) => {
    if (name === "clientSecret" && typeof value === "string") return { [path]: value };
    return typeof value === "object" && value !== null ? clientSecrets(value, `${path}/${name}`) : {};
  });
  return Object.assign({}, ...found);
}

test("the page about a new customer leads from make up to a login through its own provider, by its commands alone", async () => {
  const { status, stdout, stderr } = await run("sh", ["-ec", commands.join("\n")], { cwd: checkout, env: terminal });
  expect(status, `${stdout}${stderr}`).toBe(0);
  expect(withoutPorts(stdout).slice(-login.length)).toEqual(login);
  git("checkout", "-q", ".");
  git("clean", "-fdq", "stacks");
});

test("after a kill -9 in the middle of an up, make up mends what was left and finishes", async () => {
  expect((await make("down")).status).toBe(0);
  const first = spawn("make", ["up"], { cwd: checkout, stdio: "ignore" });
  const ended = once(first, "exit");
  await someWrites(8);
  for (const { pid } of processesWith("PULUMI_HOME", local.home)) {
    if (programOf(pid) === "pulumi") process.kill(pid, "SIGKILL");
  }
  await ended;
  const { status, stdout } = await make("up");
  expect(stdout).toMatch(/An earlier run was cut off/);
  expect(status).toBe(0);
  expect((await make("up")).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
});

test("without the stack's settings, which `pulumi stack rm` deletes, make up says how to have them back", async () => {
  const settings = join(checkout, "Pulumi.local.yaml");
  renameSync(settings, `${settings}.aside`);
  const { status, stderr } = await make("up");
  renameSync(`${settings}.aside`, settings);
  expect(status).not.toBe(0);
  expect(stderr).toContain("Pulumi.local.yaml is not there: restore it with `git checkout Pulumi.local.yaml`.\n");
});

test("make down takes everything away: no process, no changed file", async () => {
  const { status, stdout } = await make("down");
  expect(status).toBe(0);
  expect(stdout).toMatch(/\d+ deleted/);
  expect(processesWith("PULUMI_HOME", local.home)).toEqual([]);
  expect(processesWith("LOCAL_TENANT_OF", local.folder)).toEqual([]);
  expect(processesWith("EXAMPLE_APPS_OF", local.folder)).toEqual([]);
  expect(git("status", "--porcelain")).toBe("");
});

/** Gives the example apps ports that nobody else on this machine has. */
async function ownPorts(): Promise<void> {
  const file = join(checkout, "Pulumi.local.yaml");
  let settings = readFileSync(file, "utf8");
  for (const port of [3000, 3001, 3002, 3003])
    settings = settings.replace(`https://localhost:${port}`, `https://localhost:${await loopbackPorts.free()}`);
  writeFileSync(file, settings);
}

/** Resolves once the tenant of this checkout has seen so many writes. */
async function someWrites(count: number): Promise<void> {
  for (;;) {
    await setImmediate(); // leaves the turn to the processes' own events
    if (!existsSync(record)) continue;
    const { port } = JSON.parse(readFileSync(record, "utf8")) as { port: number };
    const requests = await readLog(local, port).catch(() => []); // not listening yet
    if (requests.filter(({ method }) => method !== "GET").length >= count) return;
  }
}
