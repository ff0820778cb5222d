import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT } from "../../../local/engine/folder.ts";
import { withBrowser, withMoto } from "../../stages/needing.ts";
import { failure, isGreen, type Outcome, PASSED, type Stage } from "../../stages/outcome.ts";
import { reached, shortfalls } from "../../stages/replay-figures.ts";
import { chosen, runAll } from "../../stages/sequence.ts";
import { countTests } from "../../stages/vitest.ts";

const stage = (name: string, run: () => Promise<Outcome>): Stage => ({ name, command: `npx ${name}`, run });
const file = (status: string, ...tests: string[]) => ({
  name: join(PROJECT, "tests/a.test.ts"),
  status,
  assertionResults: tests.map((each) => ({
    status: each,
    fullName: `a test that ${each}`,
    ...(each === "failed" ? { failureMessages: ["Error: 1 is not 2\n    at a.test.ts:3:1"] } : {}),
  })),
});

async function lines(...stages: Stage[]) {
  const said: string[] = [];
  const outcome = await runAll(stages, (line) => said.push(line.replace(/, \d+\.\d s$/, ", TIME")));
  return { said, outcome };
}

test("all stages run, also after a failure; failures come together at the end and the counts alone come last", async () => {
  const { said, outcome } = await lines(
    stage("types", async () => failure("a.ts(1,1): error")),
    stage("unit", async () => ({ passed: 12, failed: 0, skipped: 0 })),
    stage("replay", async () => ({ ...PASSED, shown: "status 63.0%" })),
  );
  expect(said).toEqual([
    "[1/3] types",
    "  a.ts(1,1): error",
    "[1/3] types: 0 passed, 1 failed, TIME",
    "[2/3] unit",
    "[2/3] unit: 12 passed, 0 failed, TIME",
    "[3/3] replay",
    "  status 63.0%",
    "[3/3] replay: 1 passed, 0 failed, TIME",
    "✖ types: 0 passed, 1 failed; again by hand: npx types",
    "13 passed, 1 failed",
  ]);
  expect(outcome).toEqual({ passed: 13, failed: 1, skipped: 0 });
});

test("what failed is said again at the end, each on a line below its stage", async () => {
  const { said } = await lines(
    stage("unit", async () => ({ passed: 3, failed: 2, skipped: 0, failures: ["a: one: Error", "b as a whole"] })),
    stage("golden", async () => PASSED),
  );
  expect(said.slice(-4)).toEqual([
    "✖ unit: 3 passed, 2 failed; again by hand: npx unit",
    "  a: one: Error",
    "  b as a whole",
    "4 passed, 2 failed",
  ]);
});

test("a skipped test is named in the counts and is no pass", async () => {
  const { said } = await lines(stage("unit", async () => ({ passed: 3, failed: 0, skipped: 2 })));
  expect(said.slice(-2)).toEqual([
    "✖ unit: 3 passed, 0 failed, 2 skipped; again by hand: npx unit",
    "3 passed, 0 failed, 2 skipped",
  ]);
});

const seen = stage("browser", async () => ({ passed: 7, failed: 0, skipped: 0 }));

test("without a browser a stage that takes one says what was not tested, and everything else may still be green", async () => {
  const env = { PATH: "/nowhere" };
  const { said, outcome } = await lines(
    stage("unit", async () => PASSED),
    withBrowser(seen, env),
  );
  expect(said).toEqual([
    "[1/2] unit",
    "[1/2] unit: 1 passed, 0 failed, TIME",
    "[2/2] browser",
    expect.stringMatching(/^ {2}NOT TESTED: there is no Chromium on this machine .*(\n {2}.+){5}$/),
    "[2/2] browser: 0 passed, 0 failed, 1 skipped, TIME",
    "1 passed, 0 failed, 1 skipped",
  ]);
  expect(isGreen(outcome)).toBe(true);
  expect(isGreen((await lines(withBrowser(seen, env))).outcome)).toBe(false);
  const other = stage("unit", async () => ({ passed: 3, failed: 0, skipped: 1 }));
  expect(isGreen((await lines(other, withBrowser(seen, env))).outcome)).toBe(false);
});

test("where a browser is required, a machine without one fails", async () => {
  const outcome = await withBrowser(seen, { PATH: "/nowhere", BROWSER: "required" }).run();
  expect(outcome).toEqual(failure(expect.stringMatching(/^BROWSER=required\. NOT TESTED: there is no Chromium/)));
  expect(await withBrowser(seen, { CHROMIUM: process.execPath, BROWSER: "yes" }).run()).toEqual(
    failure('BROWSER may be "required" or empty, not "yes".'),
  );
});

test("with a browser the stage is run, and a path that is no program is an error", async () => {
  for (const BROWSER of ["", "required"])
    expect(await withBrowser(seen, { CHROMIUM: process.execPath, BROWSER }).run()).toEqual(await seen.run());
  await expect(withBrowser(seen, { CHROMIUM: "/nowhere/chromium" }).run()).rejects.toThrow(
    "CHROMIUM names no program: /nowhere/chromium.",
  );
});

test("without a Python the stage of AWS says what was not tested, and fails where it is required", async () => {
  const aws = stage("aws", async () => ({ passed: 5, failed: 0, skipped: 0 }));
  const env = { PATH: "/nowhere" };
  expect(await withMoto(aws, env).run()).toEqual({
    passed: 0,
    failed: 0,
    skipped: 1,
    excused: 1,
    shown: expect.stringMatching(
      /^NOT TESTED: there is no Python from 3\.11 on with venv on this machine .*(\n.+){2}$/,
    ),
  });
  expect(await withMoto(aws, { ...env, MOTO: "required" }).run()).toEqual(
    failure(expect.stringMatching(/^MOTO=required\. NOT TESTED: there is no Python/)),
  );
  // a program that is no Python is none, and a path that is no program an error
  expect(await withMoto(aws, { ...env, PYTHON: "/bin/false" }).run()).toMatchObject({ excused: 1 });
  await expect(withMoto(aws, { PYTHON: "/nowhere/python3" }).run()).rejects.toThrow(
    "PYTHON names no program: /nowhere/python3.",
  );
  expect(await withMoto(aws).run()).toEqual(await aws.run());
});

test("a stage that breaks counts as one failure, with its sentence", async () => {
  const { said } = await lines(
    stage("e2e", async () => {
      throw Object.assign(new Error("write failed"), { code: "ENOSPC" });
    }),
  );
  expect(said.slice(1)).toEqual([
    "  The disk is full: free some space and run the command again.",
    "[1/1] e2e: 0 passed, 1 failed, TIME",
    "✖ e2e: 0 passed, 1 failed; again by hand: npx e2e",
    "0 passed, 1 failed",
  ]);
});

test("every test of every file is counted", () => {
  const report = { testResults: [file("passed", "passed", "passed"), file("failed", "failed", "passed")] };
  expect(countTests(report, 1)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 0,
    failures: ["tests/a.test.ts: a test that failed: Error: 1 is not 2"],
  });
});

test.each(["skipped", "pending", "todo", "disabled"])("a test that is %s counts as skipped", (status) => {
  expect(countTests({ testResults: [file("passed", "passed", status)] }, 0)).toEqual({
    passed: 1,
    failed: 0,
    skipped: 1,
  });
});

test("a file that could not be loaded counts as one failure", () => {
  const report = { testResults: [file("failed"), file("passed", "passed")] };
  expect(countTests(report, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    failures: ["tests/a.test.ts as a whole"],
  });
});

test("a file whose tests passed and whose teardown failed counts as one failure", () => {
  expect(countTests({ testResults: [file("failed", "passed")] }, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    failures: ["tests/a.test.ts as a whole"],
  });
});

test("an error outside any test counts as one failure", () => {
  expect(countTests({ testResults: [file("passed", "passed")] }, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    shown: "vitest ended with exit status 1.",
  });
});

test.each([0, 1])("a run without a test is a failure, whatever its exit status (%i)", (status) => {
  expect(countTests({ testResults: [] }, status)).toEqual(failure("No test was found."));
});

test("a report of another shape is an error, not a pass", () => {
  expect(() => countTests({}, 0)).toThrow("testResults");
});

test("STAGE picks stages in their usual order, and an unknown one is refused with the list", () => {
  const all = ["types", "unit", "e2e"].map((name) => stage(name, async () => PASSED));
  const names = (asked: string | undefined) => chosen(all, asked).map(({ name }) => name);
  expect(names(undefined)).toEqual(["types", "unit", "e2e"]);
  expect(names("")).toEqual(["types", "unit", "e2e"]);
  expect(names("e2e, types")).toEqual(["types", "e2e"]);
  expect(() => names("unit,units")).toThrow("There is no stage units; stages: types, unit, e2e.");
});

const closing = (shares: string) => `164 recordings, 6042 steps in 31 s: ${shares}`;
const played = `
actions                296 steps   status  97.0%   keys  96.6%   values  90.2%
client-grants           62 steps   status 100.0%   keys  93.5%   values  93.5%
    3 × GET /roles/{id} tier 1: .description string for null
${closing("status 97.9%, keys 84.2%, values 82.1%")}
`;
const before = {
  all: { status: 97.9, keys: 84.2, values: 82.1 },
  families: {
    actions: { status: 97, keys: 96.6, values: 90.2 },
    "client-grants": { status: 100, keys: 93.5, values: 93.5 },
  },
};

test("a replay is read as a whole and by family, and one that played nothing is not", () => {
  expect(reached(played)).toEqual({ line: closing("status 97.9%, keys 84.2%, values 82.1%"), ...before });
  expect(reached("0 recordings, 0 steps in 0 s: status 0.0%, keys 0.0%, values 0.0%")).toBeUndefined();
  expect(reached("Traceback")).toBeUndefined();
});

test("each figure of a replay that fell is one sentence, and as much or more is none", () => {
  expect(shortfalls(before, before)).toEqual([]);
  expect(shortfalls({ ...before, all: { status: 98, keys: 85, values: 83 } }, before)).toEqual([]);
  expect(
    shortfalls(
      { all: { status: 97.9, keys: 84.1, values: 82.1 }, families: { actions: { status: 96, keys: 96.6, values: 1 } } },
      before,
    ),
  ).toEqual([
    "all: keys fell to 84.1 % from 84.2 %",
    "actions: status fell to 96 % from 97 %",
    "actions: values fell to 1 % from 90.2 %",
    "client-grants: not played",
  ]);
});
