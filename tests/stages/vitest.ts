import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { z } from "zod";
import { systemCode } from "../../local/engine/fault.ts";
import { PROJECT } from "../../local/engine/folder.ts";
import { failure, type Outcome, type Stage } from "./outcome.ts";

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/**
 * Counts a run of vitest from its JSON report. A file that could not be loaded, an error outside any test and a run
 * without a test count as a failure each.
 * @param status vitest's exit status
 */
export function countTests(report: unknown, status: number): Outcome {
  const files = Report.parse(report).testResults;
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const passed = statuses.filter((each) => each === "passed").length;
  const failed = statuses.filter((each) => each === "failed").length;
  const skipped = statuses.length - passed - failed;
  const broken = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  if (statuses.length + broken.length === 0) return failure("No test was found.");
  if (failed + broken.length > 0) {
    const failures = [
      ...files.flatMap(failuresOf),
      ...broken.map(({ name }) => `${relative(PROJECT, name)} as a whole`),
    ];
    return { passed, failed: failed + broken.length, skipped, failures };
  }
  if (status !== 0) return { passed, failed: 1, skipped, shown: `vitest ended with exit status ${status}.` };
  return { passed, failed, skipped };
}

/** Which tests of a file failed, and the first line of why. */
function failuresOf({ name, assertionResults }: z.infer<typeof Report>["testResults"][number]): string[] {
  return assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => {
      const [why = ""] = (failureMessages?.[0] ?? "").split("\n");
      return `${relative(PROJECT, name)}: ${fullName}: ${why}`;
    });
}

/**
 * A stage that runs one project of tests/vitest.config.ts, with its progress shown.
 * @param ready what has to be there first; its error is the stage's one failure
 */
export function vitest(project: string, ready: () => Promise<void> = async () => {}): Stage {
  const args = ["run", "--config", "tests/vitest.config.ts", "--project", project];
  return {
    name: project,
    command: `npx vitest ${args.join(" ")}`,
    async run() {
      await ready();
      const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-report-"));
      try {
        const file = join(folder, "report.json");
        const status = await shown([...args, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]);
        return countTests(JSON.parse(readFileSync(file, "utf8")), status);
      } catch (error) {
        if (systemCode(error) === "ENOENT") return failure("vitest ended without a report.");
        throw error;
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

function shown(args: readonly string[]): Promise<number> {
  return new Promise((settle, fail) => {
    const env = { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" };
    const program = join(PROJECT, "node_modules/.bin/vitest");
    const child = spawn(process.execPath, [program, ...args], {
      cwd: PROJECT,
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", fail);
    child.on("exit", (code) => settle(code ?? 128));
  });
}
