import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LocalFolder } from "../engine/folder.ts";

const ATTRIBUTES = ".attrs";

/**
 * Deletes the attribute files of the self-managed backend that a kill cut off, and returns how many there were.
 * The backend renames its data files into place, but writes `<file>.attrs` directly; one that is cut off makes every
 * command fail with "EOF", and none at all is fine.
 */
export function dropCutOffAttributes(local: LocalFolder): number {
  const cutOff = attributeFiles(join(local.state, ".pulumi")).filter((file) => !isJson(readFileSync(file, "utf8")));
  for (const file of cutOff) rmSync(file);
  return cutOff.length;
}

// The backend's own, the stacks' and the locks'. Those of the history, which only grows, stop no command.
function attributeFiles(folder: string): string[] {
  const below = ["stacks", "locks"].map((name) => join(folder, name)).filter((path) => existsSync(path));
  const files = below.flatMap((path) => filesIn(path, true));
  return [...(existsSync(folder) ? filesIn(folder, false) : []), ...files].filter((file) => file.endsWith(ATTRIBUTES));
}

const filesIn = (folder: string, recursive: boolean): string[] =>
  readdirSync(folder, { recursive, encoding: "utf8" }).map((name) => join(folder, name));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
