import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beginRun, endRun, isLockLeftOver, lockHolders, noteCli, RUN_MARK } from "../../../local/commands/leftovers.ts";
import { type LocalFolder, localFolder } from "../../../local/engine/folder.ts";
import { markOf } from "../../../local/engine/process.ts";

let local: LocalFolder;
const children: ChildProcess[] = [];

beforeEach(() => {
  local = localFolder(mkdtempSync(join(tmpdir(), "leftovers-")));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  rmSync(local.folder, { recursive: true });
});

async function aProcess(env: Record<string, string>): Promise<ChildProcess> {
  const script = "process.stdout.write('ready'); setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ["-e", script], { env, stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

const endOf = async (child: ChildProcess) => child.signalCode ?? (await once(child, "exit"))[1];

test("without an earlier run nothing is ended", async () => {
  expect(await endRun(local)).toBe(0);
});

test("the processes of a run that was cut off are ended: the CLI is asked by SIGINT, the others by SIGTERM", async () => {
  const run = beginRun(local);
  const cli = await aProcess({ [RUN_MARK]: run.run });
  const plugin = await aProcess({ [RUN_MARK]: run.run });
  const another = await aProcess({ [RUN_MARK]: "another run" });
  const mark = markOf(cli.pid ?? 0);
  if (mark === undefined) throw new Error("the process did not start");
  noteCli(local, run, mark);

  expect(await endRun(local)).toBe(2);
  expect(await endOf(cli)).toBe("SIGINT");
  expect(await endOf(plugin)).toBe("SIGTERM");
  expect(another.signalCode).toBeNull();
  expect(existsSync(join(local.folder, "run.json"))).toBe(false);
});

test.each(["", "{", '{"run":""}'])("a record that a kill cut off (%j) is forgotten", async (text) => {
  writeFileSync(join(local.folder, "run.json"), text);
  expect(await endRun(local)).toBe(0);
  expect(existsSync(join(local.folder, "run.json"))).toBe(false);
});

function lock(name: string, text: string): void {
  const folder = join(local.state, ".pulumi/locks/organization/auth0-b2b/local");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

test("a stack without a lock is not locked", () => {
  expect(lockHolders(local)).toEqual([]);
  expect(isLockLeftOver(local)).toBe(false);
});

test("a lock is left over when no pulumi of that id runs, also when a kill cut its file off", () => {
  lock("a.json", '{"pid": 4711, "username": "ann", "hostname": "here"}');
  lock("a.json.attrs", "{}x");
  expect(lockHolders(local)).toEqual([4711]);
  expect(isLockLeftOver(local, () => undefined)).toBe(true);
  expect(isLockLeftOver(local, () => "bash")).toBe(true);
  lock("a.json", '{"pid": 47');
  expect(isLockLeftOver(local, () => undefined)).toBe(true);
});

test("a lock of a pulumi that a person runs is left alone, with one sentence", () => {
  lock("a.json", '{"pid": 4711}');
  expect(() => isLockLeftOver(local, (pid) => (pid === 4711 ? "pulumi" : undefined))).toThrow(
    "Another pulumi (process 4711) is at work on this stack: run the command again when it has ended.",
  );
});
