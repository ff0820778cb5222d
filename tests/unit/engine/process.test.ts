import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { end, isAlive, markOf, processesWith, programOf, signal } from "../../../local/engine/process.ts";

const STUBBORN = "process.on('SIGTERM', () => {}); process.stdout.write('ready'); setInterval(() => {}, 1000)";
const MEEK = "process.stdout.write('ready'); setInterval(() => {}, 1000)";
const children: ChildProcess[] = [];

async function aProcess(script: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["-e", script], { env, stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  await once(child.stdout, "data");
  const mark = markOf(child.pid ?? 0);
  if (mark === undefined) throw new Error("the process did not start");
  return { child, mark };
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
});

test("a process is known by its id and its start together", async () => {
  const { mark } = await aProcess(MEEK);
  expect(isAlive(mark)).toBe(true);
  expect(isAlive({ ...mark, started: "another start" })).toBe(false);
  expect(programOf(mark.pid)).toBe("node");
});

test("a process that has ended is not alive, and has no mark", async () => {
  const { child, mark } = await aProcess(MEEK);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isAlive(mark)).toBe(false);
  expect(markOf(mark.pid)).toBeUndefined();
});

test("a reused id is never signalled", async () => {
  const { mark } = await aProcess(MEEK);
  const earlier = { ...mark, started: "another start" };
  expect(signal(earlier, "SIGKILL")).toBe(false);
  await end(earlier, 0);
  expect(isAlive(mark)).toBe(true);
});

test("a process is asked first, and killed when it does not go", async () => {
  const meek = await aProcess(MEEK);
  await end(meek.mark, 5_000);
  expect(meek.child.signalCode ?? (await once(meek.child, "exit"))[1]).toBe("SIGTERM");

  const stubborn = await aProcess(STUBBORN);
  await end(stubborn.mark, 50);
  expect(stubborn.child.signalCode ?? (await once(stubborn.child, "exit"))[1]).toBe("SIGKILL");
});

test("processes are found by a setting in their environment, exactly", async () => {
  const value = `run ${process.pid}`;
  const { mark } = await aProcess(MEEK, { A_MARK: value });
  await aProcess(MEEK, { A_MARK: `${value}0` });
  await aProcess(MEEK, { NOT_A_MARK: value });
  expect(processesWith("A_MARK", value)).toEqual([mark]);
});
