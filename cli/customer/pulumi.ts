import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place.ts";

/** Runs the CLI with the terminal that this command has. @param more environment variables @returns its exit status */
export async function runPulumi(place: Place, args: readonly string[], more: Record<string, string>): Promise<number> {
  const ignore = () => undefined; // the CLI gets the signal too, and says how it ends
  process.on("SIGINT", ignore);
  try {
    return (await run(place, args, "inherit", more)).status;
  } finally {
    process.off("SIGINT", ignore);
  }
}

/** Runs the CLI and returns what it printed. @throws pulumi.RunError with its words when it fails */
export async function askPulumi(place: Place, args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run(place, args, "pipe", {});
  if (status === 0) return stdout;
  throw new pulumi.RunError(`pulumi ${args.join(" ")} failed:\n${(stderr.trim() || stdout.trim()).slice(0, 2000)}`);
}

async function run({ root }: Place, args: readonly string[], output: "inherit" | "pipe", more: Record<string, string>) {
  const env = { ...process.env, ...more, PATH: pathOfPrograms() };
  const child = spawn("pulumi", args, {
    cwd: root,
    env,
    stdio: [output === "pipe" ? "ignore" : "inherit", output, output],
  });
  const ended = new Promise<number>((settle, fail) => {
    child.on("error", () =>
      fail(
        new pulumi.RunError(
          'The Pulumi CLI is not on PATH; allowed: eval "$(make -s env)" for stack local, or the CLI of the version in package.json.',
        ),
      ),
    );
    child.on("close", (code) => settle(code ?? 130));
  });
  const printed = (stream: typeof child.stdout) => (stream ? text(stream) : "");
  const [status, stdout, stderr] = await Promise.all([ended, printed(child.stdout), printed(child.stderr)]);
  return { status, stdout, stderr };
}

// npm puts node_modules/.bin on PATH: the `pulumi` there downloads the CLI.
function pathOfPrograms(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => !folder.endsWith(join("node_modules", ".bin"))).join(delimiter);
}
