import { mkdirSync, statfsSync } from "node:fs";
import { Fault } from "./fault.ts";

/** What a run writes at most: state, history and logs. */
const NEEDED_MB = 50;

/** Free space for this person on the disk that holds the folder, in whole megabytes. */
export function freeMegabytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1_000_000);
}

/** @throws Fault when the disk that holds the folder is full or nearly so; a run on it would be half done */
export function checkSpace(folder: string, free: (folder: string) => number = freeMegabytes): void {
  mkdirSync(folder, { recursive: true });
  const left = free(folder);
  if (left >= NEEDED_MB) return;
  throw new Fault(
    `The disk that holds ${folder} is full: ${left} MB are free and ${NEEDED_MB} MB are needed. ` +
      "Free some space and run the command again.",
  );
}
