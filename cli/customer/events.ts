import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/**
 * What the CLI prints with `--json`, line by line, but for the debugging messages of Pulumi's SDK: `pulumi up --json` has them among its
 * events without being asked, and in them, in plain, the secrets of all that the SDK was told.
 */
export async function* withoutDebugging(output: Readable): AsyncGenerator<string> {
  for await (const line of createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY }))
    if (!isDebugging(line)) yield line;
}

function isDebugging(line: string): boolean {
  if (!line.startsWith("{")) return false;
  try {
    return JSON.parse(line).diagnosticEvent?.severity === "debug";
  } catch {
    return false; // one line of a document of several
  }
}
