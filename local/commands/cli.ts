import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { Fault } from "../engine/fault.ts";
import { PROJECT } from "../engine/folder.ts";
import { markOf, type ProcessMark } from "../engine/process.ts";
import { type Ended, run } from "../engine/program.ts";

/** The stack that runs on this machine. */
export const STACK = "local";

/** How the Pulumi CLI is called: its folder, its environment, and the folder of the program. */
export interface Cli {
  readonly bin: string;
  readonly env: Record<string, string>;
  /** The project's own by default. */
  readonly cwd?: string;
}

const PASSED_ON: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs the CLI with its output shown. It gets a process group of its own, and each signal that ends this process
 * is passed on once as SIGINT: one asks it to stop in good order, a second one makes it stop at once.
 * @param started gets the CLI's process
 * @returns its exit status, or that a signal was passed on
 */
export async function show(
  cli: Cli,
  args: readonly string[],
  started: (mark: ProcessMark) => void,
): Promise<number | "interrupted"> {
  const child = spawn(join(cli.bin, "pulumi"), args, {
    cwd: cli.cwd ?? PROJECT,
    env: cli.env,
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  let interrupted = false;
  const pass = () => {
    interrupted = true;
    child.kill("SIGINT");
  };
  for (const name of PASSED_ON) process.on(name, pass);
  try {
    const exited = exitOf(child);
    const mark = child.pid === undefined ? undefined : markOf(child.pid);
    if (mark !== undefined) started(mark);
    const status = await exited;
    return interrupted ? "interrupted" : status;
  } finally {
    for (const name of PASSED_ON) process.off(name, pass);
  }
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("exit", (code) => settle(code ?? 130));
  });
}

/** Runs the CLI and returns what it printed. @throws Fault with its words when it fails */
export async function ask(cli: Cli, args: readonly string[]): Promise<string> {
  const ended: Ended = await run(join(cli.bin, "pulumi"), args, { cwd: cli.cwd ?? PROJECT, env: cli.env });
  if (ended.status === 0) return ended.stdout;
  throw new Fault(`pulumi ${args.join(" ")} failed:\n${ended.stderr.trim() || ended.stdout.trim()}`);
}
