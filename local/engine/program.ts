import { type SpawnOptions, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** How a program ended: `status` is its exit status, 128 for a signal; output is text. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Is this a file that may be run? */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // absent, or no right to it: either way it cannot be run
  }
}

/** The first file of that name on a PATH, or undefined. Relative entries are passed over. */
export function findOnPath(name: string, path: string = process.env.PATH ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find((file) => isExecutable(file));
}

/**
 * Runs a program to its end and collects what it printed. It reads nothing.
 * @param options.timeout milliseconds after which it is ended by SIGTERM; none by default
 * @throws when the program cannot be started
 */
export function run(file: string, args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return new Promise((settle, fail) => {
    const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", fail);
    child.on("close", (code) => settle({ status: code ?? 128, stdout, stderr }));
  });
}
