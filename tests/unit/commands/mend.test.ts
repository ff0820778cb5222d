import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { call, list, type Tenant } from "../../../local/commands/management.ts";
import { loopbackPorts } from "../../../local/commands/port.ts";
import { mend, update } from "../../../local/commands/stack.ts";
import { startTenant, stopTenant } from "../../../local/commands/tenant-process.ts";
import type { Setting } from "../../../local/engine/environment.ts";
import { type LocalFolder, localFolder } from "../../../local/engine/folder.ts";
import { markOf } from "../../../local/engine/process.ts";

const ROLE = "auth0:index/role:Role";
const ORGANIZATION = "auth0:index/organization:Organization";
const CONNECTION = "auth0:index/organizationConnection:OrganizationConnection";

// A tenant makes keys when it starts: on a busy machine that takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let local: LocalFolder;
let tenant: Tenant;
let setting: Setting;
let said: string[];

// The tenant is the real one. The CLI is a script that notes how it is called, prints the state and takes it back.
beforeEach(async () => {
  local = localFolder(mkdtempSync(join(tmpdir(), "mend-")));
  const { port } = await startTenant(local, { port: await loopbackPorts.free(), data: local.data });
  tenant = { port, ca: local.ca };
  setting = { local, port, engineBin: local.folder };
  said = [];
  aCli("exit 0");
});
afterEach(async () => {
  await stopTenant(local);
  rmSync(local.folder, { recursive: true });
});

function aCli(ending: string): void {
  const script = `#!/bin/sh
cd '${local.folder}'
echo "$*" >> calls
case "$1 $2" in
  "stack export") cat '${stateFile()}.exported' ;;
  "stack import") cp "$6" imported ;;
esac
${ending}
`;
  writeFileSync(join(local.folder, "pulumi"), script);
  chmodSync(join(local.folder, "pulumi"), 0o755);
}

const stateFile = () => join(local.state, ".pulumi/stacks/auth0-b2b/local.json");
const calls = () => readFileSync(join(local.folder, "calls"), "utf8").trim().split("\n");
const cli = () => ({ bin: local.folder, env: { PATH: process.env.PATH ?? "" } });
const mended = () => mend(setting, cli(), (line) => said.push(line));

const resource = (type: string, name: string, inputs: object, id?: string) => ({
  urn: `urn:pulumi:local::auth0-b2b::${type}::${name}`,
  type,
  inputs,
  ...(id === undefined ? {} : { id }),
});

/** Leaves a state as a killed run leaves it: in the backend's file, and for the export. */
function aState(resources: unknown[], pending: unknown[]): void {
  const deployment = { resources, pending_operations: pending };
  mkdirSync(join(stateFile(), ".."), { recursive: true });
  writeFileSync(stateFile(), JSON.stringify({ version: 3, checkpoint: { latest: deployment } }));
  writeFileSync(`${stateFile()}.exported`, JSON.stringify({ version: 3, deployment }));
}

async function made(path: string, body: object): Promise<string> {
  const answer = await call(tenant, "POST", path, body);
  return z.object({ id: z.string() }).parse(answer.body).id;
}

const names = async (path: string) => (await list(tenant, path, "page")).map(({ name }) => name);

test("after a clean run nothing is called or said", async () => {
  aState([resource(ROLE, "owner", { name: "owner" }, "rol_1")], []);
  await mended();
  expect(said).toEqual([]);
  expect(existsSync(join(local.folder, "calls"))).toBe(false);
});

test("objects that a killed run created and never recorded are deleted, and its steps leave the state", async () => {
  const owner = await made("roles", { name: "owner" });
  await made("roles", { name: "lost" });
  const acme = await made("organizations", { name: "acme" });
  await made("organizations", { name: "beta" });
  const connections = await list(tenant, "connections", "page");
  const connection = z.string().parse(connections[0]?.id);
  await call(tenant, "POST", `organizations/${acme}/enabled_connections`, { connection_id: connection });
  const known = [
    resource(ROLE, "owner", { name: "owner" }, owner),
    resource(ORGANIZATION, "acme", { name: "acme" }, acme),
  ];
  const creating = (of: object) => ({ type: "creating", resource: of });
  aState(known, [
    creating(resource(ROLE, "lost", { name: "lost" })),
    creating(resource(ROLE, "never sent", { name: "never sent" })),
    creating(resource(CONNECTION, "acme", { organizationId: acme, connectionId: connection })),
    { type: "updating", resource: resource(ROLE, "owner", { name: "owner" }, owner) },
  ]);

  await mended();

  expect(said).toEqual([
    "An earlier run was cut off: 4 unfinished steps dropped from the state, " +
      "2 objects that it had not recorded deleted from the local tenant.",
  ]);
  expect(await names("roles")).toEqual(["owner"]);
  expect((await names("organizations")).sort()).toEqual(["acme", "beta"]);
  expect(await list(tenant, `organizations/${acme}/enabled_connections`, "page")).toEqual([]);
  expect(JSON.parse(readFileSync(join(local.folder, "imported"), "utf8"))).toEqual({
    version: 3,
    deployment: { resources: known, pending_operations: [] },
  });
  const file = join(local.folder, "mended-state.json");
  expect(calls()).toEqual(["stack export --stack local", `stack import --stack local --file ${file}`]);
  expect(existsSync(file)).toBe(false);
});

test("a lock that a killed run left is lifted", async () => {
  aState([], []);
  const locks = join(local.state, ".pulumi/locks/organization/auth0-b2b/local");
  mkdirSync(locks, { recursive: true });
  writeFileSync(join(locks, "a.json"), '{"pid": 4194304}');
  await mended();
  expect(said).toEqual(["An earlier run was cut off: its lock on the stack is lifted."]);
  expect(calls()).toEqual(["cancel --yes --stack local"]);
});

test("attribute files that a kill cut off are deleted, and whole ones stay", async () => {
  aState([], []);
  const backend = join(local.state, ".pulumi");
  mkdirSync(join(backend, "locks/a"), { recursive: true });
  const cutOff = [join(backend, "meta.yaml.attrs"), `${stateFile()}.attrs`, join(backend, "locks/a/b.json.attrs")];
  for (const [index, file] of cutOff.entries()) writeFileSync(file, '{"user.content_type":'.slice(0, index * 5));
  const whole = `${stateFile()}.bak.attrs`;
  writeFileSync(whole, "{}");
  await mended();
  expect(said).toEqual(["An earlier run was cut off: 3 half-written files of the state put right."]);
  expect([...cutOff, whole].filter((file) => existsSync(file))).toEqual([whole]);
});

test("a run of the CLI leaves no record when it has ended, and its failure is one sentence", async () => {
  aCli("exit 0");
  await update(setting, cli(), "up");
  expect(calls()).toEqual(["up --yes --non-interactive --suppress-permalink=true --stack local"]);
  expect(existsSync(join(local.folder, "run.json"))).toBe(false);

  aCli("exit 255");
  await expect(update(setting, cli(), "destroy")).rejects.toThrow(
    "pulumi destroy failed (exit status 255): what it says stands above.",
  );
  expect(existsSync(join(local.folder, "run.json"))).toBe(false);
});

test("a run of the CLI that leaves a process behind is cleaned up after", async () => {
  aCli("sleep 1000 & echo $! > left; exit 0");
  await update(setting, cli(), "up");
  expect(markOf(Number(readFileSync(join(local.folder, "left"), "utf8")))).toBeUndefined();
});
