import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { systemCode } from "./fault.ts";
import type { LocalFolder } from "./folder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const Refusal = z.object({ why: z.string(), at: z.number() });

/** The file that remembers a refused download; a person deletes it to have the download tried again. */
export const refusalFile = (local: LocalFolder): string => join(local.folder, "download-refused.json");

/** Notes that the CLI's download site could not be reached, so that the next runs lose no time on it. */
export function rememberRefusal(local: LocalFolder, why: string, now: number = Date.now()): void {
  mkdirSync(dirname(refusalFile(local)), { recursive: true });
  writeFileSync(refusalFile(local), JSON.stringify({ why, at: now }));
}

/** Why a download was refused within the last day, or undefined. A damaged note counts as none. */
export function recentRefusal(local: LocalFolder, now: number = Date.now()): string | undefined {
  try {
    const noted = Refusal.safeParse(JSON.parse(readFileSync(refusalFile(local), "utf8")));
    if (!noted.success) return undefined;
    const age = now - noted.data.at;
    return age >= 0 && age < DAY_MS ? noted.data.why : undefined;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
