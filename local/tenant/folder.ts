import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those it lies in. Node's own recursive mkdir does not end where a file system refuses new folders
 * with "no such file".
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(folder) === folder) throw cause;
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
}
