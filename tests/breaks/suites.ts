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

/** @param deployed the file of the deployment that all runs share */
interface Trial {
  /** Undefined for none. */
  readonly broken: Break | undefined;
  readonly deployed: string;
  /** For reports. */
  readonly folder: string;
}

/** Which test notices the break first; undefined where none does. */
export async function noticedBy(trial: Trial): Promise<Noticed | undefined> {
  const { broken } = trial;
  const asked: [SuiteName, string][] = broken ? [[broken.in ?? "scenarios", broken.by]] : [];
  for (const suite of ["scenarios", "attacks", "unit"] as const) asked.push([suite, suites[suite].pattern]);
  for (const [suite, pattern] of asked) {
    const only = pattern === "" ? [] : ["--testNamePattern", pattern];
    const test = await firstFailure(trial, [...suites[suite].args, ...only]);
    if (test !== undefined) return { suite, test };
  }
  return undefined;
}

async function firstFailure({ broken, deployed, folder }: Trial, args: readonly string[]): Promise<string | undefined> {
  const file = join(folder, "report.json");
  const vitest = join(PROJECT, "node_modules/.bin/vitest");
  const config = ["--config", "tests/vitest.config.ts", "--bail", "1", "--reporter=json", `--outputFile=${file}`];
  const { BREAK: _, ...env } = process.env;
  const ended = await run(process.execPath, [vitest, "run", ...args, ...config], {
    cwd: PROJECT,
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
