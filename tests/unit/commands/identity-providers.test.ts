import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loopbackPorts } from "../../../local/commands/port.ts";
import { ensureTenant } from "../../../local/commands/tenant-place.ts";
import {
  identityProviders,
  logFile,
  runningTenant,
  startTenant,
  stopTenant,
} from "../../../local/commands/tenant-process.ts";
import { type LocalFolder, localFolder, PROJECT } from "../../../local/engine/folder.ts";
import { isAlive, markOf, type ProcessMark } from "../../../local/engine/process.ts";

// A tenant and its providers make keys when they start: on a busy machine that takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let local: LocalFolder;

beforeEach(() => {
  local = localFolder(mkdtempSync(join(tmpdir(), "providers ")));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stopTenant(local);
  rmSync(local.folder, { recursive: true });
});

const place = async () => ({ port: await loopbackPorts.free(), data: local.data });

/** The processes that a process started and that still run. */
function childrenOf(pid: number): ProcessMark[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = listed.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child = 0, parent]) => (parent === pid ? (markOf(child) ?? []) : []));
}

async function gone(marks: readonly ProcessMark[]): Promise<void> {
  while (marks.some(isAlive)) await new Promise((settle) => setTimeout(settle, 20));
}

test("the providers of stack local run beside its tenant, and end with it", async () => {
  const tenant = await startTenant(local, await place());
  const beside = childrenOf(tenant.process.pid);
  expect(beside).toHaveLength(1);
  expect(await stopTenant(local)).toBe(1);
  expect(beside.map(isAlive)).toEqual([false]);
});

test("they end by themselves when the tenant is killed", async () => {
  const tenant = await startTenant(local, await place());
  const beside = childrenOf(tenant.process.pid);
  expect(beside).toHaveLength(1);
  process.kill(tenant.process.pid, "SIGKILL");
  await gone(beside);
});

test("a tenant that plays others than the file now says is started anew, with its data; one that plays the same is not", async () => {
  const file = join(local.folder, "providers.yaml");
  copyFileSync(identityProviders({}), file);
  vi.stubEnv("IDENTITY_PROVIDERS", file);
  const { port, data } = await place();
  const ensured = async () => {
    expect(await ensureTenant(local, { port, data }, () => undefined)).toBe(port);
    return runningTenant(local)?.process.pid;
  };
  const first = await ensured();
  expect(await ensured()).toBe(first);
  appendFileSync(file, "# nobody new\n");
  const second = await ensured();
  expect(second).not.toBe(first);
  expect(await ensured()).toBe(second);
});

test("without a file there are none; a file that cannot be used ends the start, with its faults in the log", async () => {
  vi.stubEnv("IDENTITY_PROVIDERS", "");
  const tenant = await startTenant(local, await place());
  expect(childrenOf(tenant.process.pid)).toEqual([]);
  await stopTenant(local);

  const file = join(local.folder, "broken.yaml");
  writeFileSync(file, "providers: { acme: {} }");
  vi.stubEnv("IDENTITY_PROVIDERS", file);
  await expect(startTenant(local, await place())).rejects.toThrow(
    `The local tenant ended at once: The identity providers of ${file} cannot be played. (its log: ${logFile(local)})`,
  );
  expect(readFileSync(logFile(local), "utf8")).toContain(`✖ ${file}: providers.acme.flavour: expected one of oidc`);
  expect(readdirSync(local.folder)).not.toContain("tenant.json");
});

test("a person may name another file, or none", () => {
  expect(identityProviders({})).toBe(join(PROJECT, "stacks/local/identity-providers.yaml"));
  expect(identityProviders({ IDENTITY_PROVIDERS: "" })).toBe("");
  expect(identityProviders({ IDENTITY_PROVIDERS: "/etc/mine.yaml" })).toBe("/etc/mine.yaml");
});
