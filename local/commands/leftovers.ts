import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../engine/fault.ts";
import type { LocalFolder } from "../engine/folder.ts";
import { end, ProcessMark, processesWith, programOf } from "../engine/process.ts";

/** The mark that every process of one run carries in its environment. */
export const RUN_MARK = "LOCAL_RUN";

const CLI_GRACE_MS = 20_000;
const CHILD_GRACE_MS = 3_000;

const RunRecord = z.strictObject({ run: z.string().min(1), cli: ProcessMark.optional() });
/** A run of the CLI that `make up` or `make down` has begun. The file is there until the run has ended in good order. */
export type RunRecord = z.infer<typeof RunRecord>;

const StackLock = z.object({ pid: z.number().int() });

const recordFile = (local: LocalFolder): string => join(local.folder, "run.json");

/** Notes that a run begins, before its first process is started. */
export function beginRun(local: LocalFolder): RunRecord {
  const record = { run: randomUUID() };
  writeRun(local, record);
  return record;
}

/** Notes the CLI's process, so that it can be asked to stop in good order by a later command. */
export function noteCli(local: LocalFolder, record: RunRecord, cli: ProcessMark): void {
  writeRun(local, { ...record, cli });
}

function writeRun(local: LocalFolder, record: RunRecord): void {
  mkdirSync(local.folder, { recursive: true });
  writeFileSync(recordFile(local), JSON.stringify(record));
}

/** Ends what is left of a run and forgets it: how many processes were still there. */
export async function endRun(local: LocalFolder): Promise<number> {
  if (!existsSync(recordFile(local))) return 0;
  const record = parseRecord(RunRecord, recordFile(local));
  const left = record === undefined ? [] : processesWith(RUN_MARK, record.run);
  // The CLI first, and asked: it records the steps that are under way before it goes.
  if (record?.cli !== undefined) await end(record.cli, CLI_GRACE_MS, "SIGINT");
  await Promise.all(left.map((mark) => end(mark, CHILD_GRACE_MS)));
  rmSync(recordFile(local));
  return left.length;
}

/** Reads a small JSON file; undefined when a kill cut it off. */
function parseRecord<T>(schema: z.ZodType<T>, file: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The process ids in the stack's lock files, of the self-managed backend; 0 where a kill cut the file off. */
export function lockHolders(local: LocalFolder): number[] {
  const locks = join(local.state, ".pulumi/locks");
  if (!existsSync(locks)) return [];
  return readdirSync(locks, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => parseRecord(StackLock, join(locks, file))?.pid ?? 0);
}

/**
 * Is the stack locked by a run that is gone?
 * @throws Fault when a pulumi that a person started by hand holds the lock
 */
export function isLockLeftOver(local: LocalFolder, program: (pid: number) => string | undefined = programOf): boolean {
  const holders = lockHolders(local);
  const busy = holders.find((pid) => program(pid) === "pulumi");
  if (busy === undefined) return holders.length > 0;
  throw new Fault(
    `Another pulumi (process ${busy}) is at work on this stack: run the command again when it has ended.`,
  );
}
