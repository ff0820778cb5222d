import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { z } from "zod";
import { Fault } from "../engine/fault.ts";
import { type LocalFolder, PROJECT } from "../engine/folder.ts";
import { end, isAlive, markOf, ProcessMark, processesWith } from "../engine/process.ts";
import { answers } from "./management.ts";

/** A tenant that `make up` started: its process, where it listens and where it keeps its data. */
export const TenantRecord = z.strictObject({
  process: ProcessMark,
  port: z.number().int(),
  data: z.string(),
  /** What it was told of its identity providers when it started, as a hash. Undefined: it plays none. */
  plays: z.string().optional(),
});
export type TenantRecord = z.infer<typeof TenantRecord>;

/** Where and with which data a tenant is to run. */
export interface TenantPlace {
  readonly port: number;
  /** The data file, absolute. */
  readonly data: string;
}

// The mark in the environment by which a tenant is found whose record was never written.
const MARK = "LOCAL_TENANT_OF";
const MAIN = join(PROJECT, "local/tenant/main.ts");
// A second on an idle machine; one that is busy with other work takes its time.
const START_LIMIT_MS = 180_000;
const STOP_GRACE_MS = 5_000;
const POLL_MS = 25;

/** The file of the identity providers that the tenant plays beside itself: that of stack `local`, unless a person names another, or none. */
export const identityProviders = (env = process.env): string =>
  env.IDENTITY_PROVIDERS ?? join(PROJECT, "stacks/local/identity-providers.yaml");

/** What the file of the identity providers says now, as a hash; undefined where there is none. */
export function playedNow(): string | undefined {
  const file = identityProviders();
  return existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("base64url") : undefined;
}

/** The file of the people whose passwords the tenant's front page may use: that of stack `local`, unless a person names another, or none. */
export const peopleFile = (env = process.env): string => env.PEOPLE ?? join(PROJECT, "stacks/local/people.yaml");

const recordFile = (local: LocalFolder): string => join(local.folder, "tenant.json");

/** The log of the tenant that runs in the background. */
export const logFile = (local: LocalFolder): string => join(local.folder, "tenant.log");

/** The background tenant of this checkout as it was last recorded, whether its process still runs or was killed. */
export function recordedTenant(local: LocalFolder): TenantRecord | undefined {
  if (!existsSync(recordFile(local))) return undefined;
  try {
    return TenantRecord.safeParse(JSON.parse(readFileSync(recordFile(local), "utf8"))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // cut off by a kill: the process is found by its mark
    throw error;
  }
}

/** The background tenant of this checkout as it was recorded, when its process still runs. */
export function runningTenant(local: LocalFolder): TenantRecord | undefined {
  const record = recordedTenant(local);
  return record !== undefined && isAlive(record.process) ? record : undefined;
}

/**
 * Starts the tenant in the background and waits until it answers.
 * @param main the program that is the tenant
 * @throws Fault when it ends at once or never answers; then no process is left
 */
export async function startTenant(local: LocalFolder, place: TenantPlace, main = MAIN): Promise<TenantRecord> {
  mkdirSync(local.folder, { recursive: true });
  mkdirSync(dirname(place.data), { recursive: true });
  const log = openSync(logFile(local), "w");
  const plays = playedNow();
  const env = {
    ...process.env,
    PORT: String(place.port),
    DATA: place.data,
    CA_DIR: local.folder,
    IDENTITY_PROVIDERS: identityProviders(),
    PEOPLE: peopleFile(),
    [MARK]: local.folder,
  };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    cwd: PROJECT,
    env,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const exited = new Promise<void>((settle) => {
    child.on("exit", () => settle());
    child.on("error", () => settle());
  });
  child.unref();
  const mark = child.pid === undefined ? undefined : markOf(child.pid);
  if (mark === undefined) throw ended(local);
  const record: TenantRecord = { process: mark, port: place.port, data: place.data, ...(plays && { plays }) };
  writeFileSync(recordFile(local), JSON.stringify(record));

  const ready = await isReady(local, record, exited);
  if (ready === "ready") return record;
  await stopTenant(local);
  throw ready === "ended"
    ? ended(local)
    : new Fault(`The local tenant did not answer within ${START_LIMIT_MS / 1000} s: see ${logFile(local)}.`);
}

async function isReady(
  local: LocalFolder,
  record: TenantRecord,
  exited: Promise<void>,
): Promise<"ready" | "ended" | "late"> {
  let over = false;
  void exited.then(() => {
    over = true;
  });
  const until = performance.now() + START_LIMIT_MS;
  while (performance.now() < until) {
    if (over) return "ended";
    const listening = readFileSync(logFile(local), "utf8").includes("listening on https://");
    if (listening && (await answers({ port: record.port, ca: local.ca }))) return "ready";
    await after(POLL_MS);
  }
  return "late";
}

function ended(local: LocalFolder): Fault {
  const lines = readFileSync(logFile(local), "utf8").trim().split("\n");
  const last = lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1); // of a crash: its error, not Node's frame
  return new Fault(`The local tenant ended at once: ${last || "it printed nothing"} (its log: ${logFile(local)})`);
}

/** Stops the background tenants of this checkout, recorded or found by their mark: how many there were. */
export async function stopTenant(local: LocalFolder): Promise<number> {
  const recorded = recordedTenant(local)?.process;
  const found = processesWith(MARK, local.folder);
  const all = [...found, ...(recorded && !found.some(({ pid }) => pid === recorded.pid) ? [recorded] : [])];
  const alive = all.filter(isAlive);
  for (const mark of alive) await end(mark, STOP_GRACE_MS);
  rmSync(recordFile(local), { force: true });
  return alive.length;
}
