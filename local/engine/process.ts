import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { z } from "zod";
import { systemCode } from "./fault.ts";

/** One process for good: its id, and when it started, so that a later process with the same id is not taken for it. */
export const ProcessMark = z.strictObject({ pid: z.number().int().positive(), started: z.string().min(1) });
export type ProcessMark = z.infer<typeof ProcessMark>;

const POLL_MS = 25;
const LINUX = process.platform === "linux";

/** Reads a file of /proc; undefined when the process is gone or another person's. */
function proc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(systemCode(error) ?? "")) return undefined;
    throw error;
  }
}

function ps(...args: string[]): string {
  try {
    return execFileSync("ps", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 1) return ""; // no such process
    throw error;
  }
}

/** The mark of a running process, or undefined when there is none with that id; a zombie has ended. */
export function markOf(pid: number): ProcessMark | undefined {
  if (!LINUX) {
    const [, state, started] = /^(\S+)\s+(.+)$/m.exec(ps("-o", "stat=,lstart=", "-p", String(pid)).trim()) ?? [];
    return state === undefined || started === undefined || state.startsWith("Z") ? undefined : { pid, started };
  }
  const stat = proc(`${pid}/stat`);
  if (stat === undefined) return undefined;
  // proc(5): the name in brackets may hold anything; after it come the state (field 3) and the start in ticks (22).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  return { pid, started: `${proc("sys/kernel/random/boot_id")?.trim() ?? ""}:${fields[19] ?? ""}` };
}

/** Does that very process still run? */
export function isAlive(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.started === mark.started;
}

/** The program's name of a running process (`pulumi`, `node`), or undefined. */
export function programOf(pid: number): string | undefined {
  // Not /proc/<pid>/comm: a program may rename its main thread, as Node does.
  const name = LINUX ? proc(`${pid}/cmdline`)?.split("\0")[0] : ps("-o", "comm=", "-p", String(pid));
  return name?.trim().split("/").at(-1) || undefined;
}

/** Every running process of this person whose environment holds `name=value`, this process left out. */
export function processesWith(name: string, value: string): ProcessMark[] {
  const pids = LINUX ? pidsFromProc(`${name}=${value}`) : pidsFromPs(`${name}=${value}`);
  return pids
    .filter((pid) => pid !== process.pid)
    .map((pid) => markOf(pid))
    .filter((mark) => mark !== undefined);
}

function pidsFromProc(setting: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && proc(`${entry}/environ`)?.split("\0").includes(setting))
    .map(Number);
}

function pidsFromPs(setting: string): number[] {
  return ps("-xEww", "-o", "pid=,command=")
    .split("\n")
    .filter((line) => line.endsWith(` ${setting}`) || line.includes(` ${setting} `))
    .map((line) => Number.parseInt(line, 10));
}

/** Sends a signal to that very process; false when it is gone. */
export function signal(mark: ProcessMark, name: NodeJS.Signals): boolean {
  if (!isAlive(mark)) return false;
  try {
    return process.kill(mark.pid, name);
  } catch (error) {
    if (systemCode(error) === "ESRCH") return false;
    throw error;
  }
}

/** Waits until the process has ended: true, or false when it still runs after `limit` milliseconds. */
async function ended(mark: ProcessMark, limit: number): Promise<boolean> {
  const until = performance.now() + limit;
  while (isAlive(mark)) {
    if (performance.now() > until) return false;
    await after(POLL_MS);
  }
  return true;
}

/** Ends a process: asked first (SIGTERM by default), killed after `grace` milliseconds. */
export async function end(mark: ProcessMark, grace: number, ask: NodeJS.Signals = "SIGTERM"): Promise<void> {
  signal(mark, ask);
  if (await ended(mark, grace)) return;
  signal(mark, "SIGKILL");
  await ended(mark, grace);
}
