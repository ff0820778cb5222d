import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, onTestFailed, test } from "vitest";
import { readDataFile } from "./durability/data-file.ts";
import { MortalTenant } from "./durability/tenant.ts";
import { dice, Writer } from "./durability/writers.ts";
import { ownFolder } from "./harness.ts";

/** Which writes come, and how many before each end; the moment itself is the machine's. */
const seed = Number(process.env.SEED || 5);

let alive: MortalTenant | undefined;

afterEach(async () => {
  alive?.kill();
  await alive?.gone();
  alive = undefined;
});

/** A tenant whose data file alone lies in the folder `data`. */
async function start(folder: string): Promise<MortalTenant> {
  alive = await MortalTenant.start(join(folder, "data", "tenant.db"), folder);
  return alive;
}

interface Seen {
  acknowledged: number;
  /** Writes that got no answer. */
  underway: number;
  /** Ends that left a log to recover from. */
  recovered: number;
  /** How often each signal or exit status ended the tenant. */
  readonly ends: { [end: string]: number };
}

/** Six write until the tenant's end, round after round; after each, the file is compared with what they were told. */
async function outlive(rounds: number, end: (tenant: MortalTenant, roll: (end: number) => number) => void) {
  onTestFailed(() => {
    process.stderr.write(`The writes were those of SEED=${seed}.\n`);
  });
  const folder = ownFolder();
  const file = join(folder, "data", "tenant.db");
  const roll = dice(seed);
  let tenant = await start(folder);
  const world = await tenant.world();
  const writers = Array.from({ length: 6 }, (_, n) => new Writer(n, world, seed));
  const seen: Seen = { acknowledged: 0, underway: 0, recovered: 0, ends: {} };
  for (let round = 0; round < rounds; round += 1) {
    const mortal = tenant;
    let left = 1 + roll(60);
    const acknowledged = (): void => {
      left -= 1;
      seen.acknowledged += 1;
      if (left === 0) end(mortal, roll);
    };
    await Promise.all(writers.map((writer) => writer.run(mortal.send, acknowledged)));
    const how = String(await mortal.gone());
    seen.ends[how] = (seen.ends[how] ?? 0) + 1;
    seen.recovered += existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0 ? 1 : 0;
    const found = readDataFile(file);
    expect(found?.faults).toEqual([]);

    tenant = await start(folder);
    const { stored, ids } = await tenant.organizations();
    expect(found?.organizations).toEqual(stored);
    const allowed = new Map(writers.flatMap((writer) => [...writer.allowed()]));
    expect([...stored.keys()].filter((label) => !allowed.has(label))).toEqual([]);
    for (const [label, states] of allowed) expect(states).toContainEqual(stored.get(label));
    seen.underway += [...allowed.values()].filter((states) => states.length > 1).length;
    for (const writer of writers) writer.resume(stored, ids);
  }
  return seen;
}

test("what was acknowledged outlives a SIGKILL at any moment, and what was not is there whole or not at all", async () => {
  const seen = await outlive(22, (tenant) => tenant.kill());
  expect({ recovered: seen.recovered, ends: seen.ends }).toEqual({ recovered: 22, ends: { SIGKILL: 22 } });
  expect(seen.acknowledged).toBeGreaterThan(300);
  expect(seen.underway).toBeGreaterThan(50);
});

test("a SIGKILL while a tenant ends and closes its file loses nothing that was acknowledged", async () => {
  const seen = await outlive(12, (tenant, roll) => {
    tenant.killAtChange(1 + roll(6));
    tenant.end();
  });
  expect((seen.ends.SIGKILL ?? 0) + (seen.ends["0"] ?? 0)).toBe(12);
  expect(seen.recovered).toBeGreaterThan(0);
  expect(seen.acknowledged).toBeGreaterThan(100);
});
