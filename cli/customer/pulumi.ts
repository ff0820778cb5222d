import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import * as pulumi from "@pulumi/pulumi";
import { withoutDebugging } from "./events.ts";
import type { Place } from "./place.ts";

/**
 * Runs the CLI with the terminal that this command has, and outlives it whatever ends the two. What a program reads (`--json`) is passed on
 * without debugging messages.
 * @param more environment variables
 * @returns its exit status
 */
export async function runPulumi(place: Place, args: readonly string[], more: Record<string, string>): Promise<number> {
  const json = args.includes("--json");
  const child = start(place, args, ["inherit", json ? "pipe" : "inherit", "inherit"], more);
  const ignore = () => undefined; // a terminal sends it to the CLI too, which says how it ends
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on("SIGINT", ignore).on("SIGTERM", passOn).on("SIGHUP", passOn);
  try {
    const ended = statusOf(child);
    if (child.stdout) for await (const line of withoutDebugging(child.stdout)) process.stdout.write(`${line}\n`);
    return await ended;
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", passOn).off("SIGHUP", passOn);
  }
}

/** Runs the CLI and returns what it printed. @throws pulumi.RunError with its words when it fails */
export async function askPulumi(place: Place, args: readonly string[]): Promise<string> {
  const child = start(place, args, ["ignore", "pipe", "pipe"], {});
  const printed = (stream: ChildProcess["stdout"]) => (stream ? text(stream) : "");
  const [status, stdout, stderr] = await Promise.all([statusOf(child), printed(child.stdout), printed(child.stderr)]);
  if (status === 0) return stdout;
  throw new pulumi.RunError(`pulumi ${args.join(" ")} failed:\n${(stderr.trim() || stdout.trim()).slice(0, 2000)}`);
}

function start(
  { root }: Place,
  args: readonly string[],
  stdio: StdioOptions,
  more: Record<string, string>,
): ChildProcess {
  const env = { ...process.env, ...more, PATH: pathOfPrograms() };
  return spawn("pulumi", args, { cwd: root, env, stdio });
}

function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((settle, fail) => {
    child.on("error", () =>
      fail(
        new pulumi.RunError(
          'The Pulumi CLI is not on PATH; allowed: eval "$(make -s env)" for stack local, or the CLI of the version in package.json.',
        ),
      ),
    );
    child.on("close", (code) => settle(code ?? 130));
  });
}

// npm puts node_modules/.bin on PATH: the `pulumi` there downloads the CLI.
function pathOfPrograms(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => !folder.endsWith(join("node_modules", ".bin"))).join(delimiter);
}
