import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../../local/engine/fault.ts";
import { PROJECT } from "../../local/engine/folder.ts";
import { run } from "../../local/engine/program.ts";
import type { Break, SuiteName } from "./break.ts";

/** The tests that are to notice a break, in the order in which they are asked. */
const suites: Readonly<Record<SuiteName, { readonly args: readonly string[]; readonly pattern: string }>> = {
  scenarios: { args: ["--project", "scenarios"], pattern: "" },
  // with a guard off an attack gets what it wants: that says nothing of a break
  attacks: { args: ["--project", "attacks"], pattern: "(is stopped|that is allowed)$" },
  unit: { args: ["tests/unit/tenant/authentication", "--project", "unit"], pattern: "" },
};

/** Milliseconds for one run: a break that makes the tenant go round in a circle is none that a test could notice. */
const mostTime = 900_000;

/** The first test that failed. */
export interface Noticed {
  readonly suite: SuiteName;
  readonly test: string;
}

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** Where and on what tests are run. */
interface Trial {
  /** Undefined for none. */
  readonly broken?: Break;
  /** The file of the deployment that all runs share. */
  readonly deployed: string;
  /** For reports. */
  readonly folder: string;
}

const names = ["scenarios", "attacks", "unit"] as const;
const suiteOf = (one: Break): SuiteName => one.in ?? "scenarios";

/** Makes sure that the tests that are asked first fail because of their breaks only. */
export async function demandSound(trial: Omit<Trial, "broken">, breaks: readonly Break[]): Promise<void> {
  for (const suite of names) {
    const patterns = new Set(breaks.filter((one) => suiteOf(one) === suite).map(({ by }) => by));
    if (patterns.size > 0) await demandPassing(trial, suite, [...patterns].join("|"));
  }
}

async function demandPassing(trial: Omit<Trial, "broken">, suite: SuiteName, pattern: string): Promise<void> {
  const test = await firstFailure(trial, suite, pattern);
  if (test !== undefined) throw new Fault(`Without any break a test of ${suite} fails already: ${test}`);
}

/** Which test notices the break first; undefined where none does. */
export async function noticedBy(trial: Trial & { readonly broken: Break }): Promise<Noticed | undefined> {
  const { broken, ...sound } = trial;
  const first = suiteOf(broken);
  const asked = await firstFailure(trial, first, broken.by);
  if (asked !== undefined) return { suite: first, test: asked };
  for (const suite of names) {
    const test = await firstFailure(trial, suite, suites[suite].pattern);
    if (test === undefined) continue;
    await demandPassing(sound, suite, `^${literal(test)}$`);
    return { suite, test };
  }
  return undefined;
}

/** A pattern of this text and nothing else. */
const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Runs the tests of a suite whose names fit, until one fails. */
async function firstFailure(
  { broken, deployed, folder }: Trial,
  suite: SuiteName,
  pattern: string,
): Promise<string | undefined> {
  const only = pattern === "" ? [] : ["--testNamePattern", pattern];
  const args = [...suites[suite].args, ...only];
  const file = join(folder, "report.json");
  const vitest = join(PROJECT, "node_modules/.bin/vitest");
  const config = ["--config", "tests/vitest.config.ts", "--bail", "1", "--reporter=json", `--outputFile=${file}`];
  const { BREAK: _, ...env } = process.env;
  const ended = await run(process.execPath, [vitest, "run", ...args, ...config], {
    cwd: PROJECT,
    timeout: mostTime,
    env: { ...env, DEPLOYED: deployed, ...(broken ? { BREAK: broken.name } : {}) },
  });
  try {
    const files = Report.parse(JSON.parse(readFileSync(file, "utf8"))).testResults;
    const failed = files.flatMap((one) => one.assertionResults).find(({ status }) => status === "failed");
    if (failed) return failed.fullName;
    const unloaded = files.find(({ message }) => message !== "");
    if (ended.status !== 0) throw new Error(unloaded?.message ?? ended.stderr);
    return undefined;
  } catch (cause) {
    throw new Fault(`The tests did not run with the break "${broken?.name}": ${cause}\n${ended.stdout}${ended.stderr}`);
  } finally {
    rmSync(file, { force: true });
  }
}
