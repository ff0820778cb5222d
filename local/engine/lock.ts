import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as after } from "node:timers/promises";

const SQLITE_BUSY = 5;
const RETRY_MS = 200;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

function tryLock(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/**
 * Runs `work` while no other process runs under the same lock file; waits as long as it takes.
 * The lock is SQLite's, held by the kernel: it ends with the process, however that ends, which a file of ours would not.
 * @param waiting called once, when another process holds the lock
 */
export async function exclusively<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let held = tryLock(file);
  if (held === undefined) waiting();
  while (held === undefined) {
    await after(RETRY_MS);
    held = tryLock(file);
  }
  try {
    return await work();
  } finally {
    held.close();
  }
}
