import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FAMILIES } from "../../../local/commands/families.ts";
import { answers, list } from "../../../local/commands/management.ts";
import { loopbackPorts } from "../../../local/commands/port.ts";
import { askedOf, ensureTenant, expectedPort } from "../../../local/commands/tenant-place.ts";
import {
  logFile,
  playedNow,
  recordedTenant,
  runningTenant,
  startTenant,
  stopTenant,
} from "../../../local/commands/tenant-process.ts";
import { type LocalFolder, localFolder, PROJECT } from "../../../local/engine/folder.ts";
import { isAlive } from "../../../local/engine/process.ts";

// A tenant makes keys when it starts: on a busy machine that takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let local: LocalFolder;

beforeEach(() => {
  local = localFolder(mkdtempSync(join(tmpdir(), "tenant's $process ")));
});
afterEach(async () => {
  await stopTenant(local);
  rmSync(local.folder, { recursive: true });
});

const place = async () => ({ port: await loopbackPorts.free(), data: local.data });
const nobody = askedOf({});
const silent = () => {};

function aMain(script: string): string {
  const main = join(local.folder, "main.mjs");
  writeFileSync(main, script);
  return main;
}

test("a started tenant answers, is recorded, and is gone after its stop", async () => {
  const where = await place();
  const tenant = await startTenant(local, where);
  expect(tenant).toEqual({ process: tenant.process, ...where, plays: playedNow() });
  expect(runningTenant(local)).toEqual(tenant);
  expect(await answers({ port: where.port, ca: local.ca })).toBe(true);

  expect(await stopTenant(local)).toBe(1);
  expect(isAlive(tenant.process)).toBe(false);
  expect(await answers({ port: where.port, ca: local.ca })).toBe(false);
  expect(recordedTenant(local)).toBeUndefined();
  expect(await stopTenant(local)).toBe(0);
});

test("a tenant whose record was lost is found by its mark and stopped", async () => {
  const tenant = await startTenant(local, await place());
  rmSync(join(local.folder, "tenant.json"));
  expect(await stopTenant(local)).toBe(1);
  expect(isAlive(tenant.process)).toBe(false);
});

test("a tenant that ends at once gives its own last words, and leaves no record", async () => {
  const main = aMain("console.error('a line before'); console.error('Port 1 is taken.'); process.exit(1);");
  await expect(startTenant(local, await place(), main)).rejects.toMatchObject({
    name: "Fault",
    message: `The local tenant ended at once: Port 1 is taken. (its log: ${logFile(local)})`,
  });
  expect(existsSync(join(local.folder, "tenant.json"))).toBe(false);
});

test("of a tenant that crashes the error is told, not the frame that Node puts around it", async () => {
  await expect(startTenant(local, await place(), aMain("throw new TypeError('no such table');"))).rejects.toThrow(
    `The local tenant ended at once: TypeError: no such table (its log: ${logFile(local)})`,
  );
});

test("a tenant that says nothing is described as that", async () => {
  await expect(startTenant(local, await place(), aMain("process.exit(3);"))).rejects.toThrow(
    `The local tenant ended at once: it printed nothing (its log: ${logFile(local)})`,
  );
});

test("a tenant that answers is used again; a killed one is started anew in its place", async () => {
  const { port, data } = await place();
  const asked = { port, data };
  expect(await ensureTenant(local, asked, silent)).toBe(port);
  const first = runningTenant(local);
  expect(await ensureTenant(local, nobody, silent)).toBe(port);
  expect(runningTenant(local)).toEqual(first);

  if (first === undefined) throw new Error("no tenant");
  process.kill(first.process.pid, "SIGKILL");
  while (isAlive(first.process)) await new Promise((settle) => setImmediate(settle));
  const said: string[] = [];
  expect(await ensureTenant(local, nobody, (line) => said.push(line))).toBe(port);
  expect(said).toEqual([`The local tenant listens on https://localhost:${port} (its log: ${logFile(local)}).`]);
  expect(runningTenant(local)).toMatchObject({ port, data });
});

test("another PORT and DATA move the tenant; a refused PORT leaves it where it is", async () => {
  const first = await place();
  await ensureTenant(local, first, silent);
  const second = { port: await loopbackPorts.free(), data: join(local.folder, "other.db") };
  expect(await ensureTenant(local, second, silent)).toBe(second.port);
  expect(runningTenant(local)).toMatchObject(second);
  expect(await answers({ port: first.port, ca: local.ca })).toBe(false);

  const taken = localFolder(join(local.folder, "another"));
  const other = await startTenant(taken, { port: first.port, data: taken.data });
  try {
    await expect(ensureTenant(local, { port: first.port, data: undefined }, silent)).rejects.toThrow(
      `Port ${first.port} is taken by another program: end that one, or give another port.`,
    );
    expect(runningTenant(local)).toMatchObject(second);
    expect(await answers({ port: other.port, ca: local.ca })).toBe(false);
  } finally {
    await stopTenant(taken);
  }
});

test("PORT and DATA are read from the environment; a relative DATA starts at the project's folder", () => {
  expect(askedOf({})).toEqual({ port: undefined, data: undefined });
  expect(askedOf({ PORT: "9000", DATA: "/var/a.db" })).toEqual({ port: 9000, data: "/var/a.db" });
  expect(askedOf({ PORT: "", DATA: "a.db" })).toEqual({ port: undefined, data: join(PROJECT, "a.db") });
  expect(expectedPort(local, nobody)).toBe(8443);
});

test("the list of each family that a recovery reads is there, and its objects carry the family's id", async () => {
  const { port } = await startTenant(local, await place());
  const wrong = [];
  for (const [type, { list: path, paging, id }] of Object.entries(FAMILIES)) {
    const below = path.replace("{parent}", "org_0000000000000000");
    const objects = await list({ port, ca: local.ca }, below, paging ?? "page");
    if (objects.some((object) => typeof object[id] !== "string")) wrong.push(type);
  }
  expect(wrong).toEqual([]);
});
