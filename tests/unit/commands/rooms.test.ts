import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PROJECT } from "../../../local/engine/folder.ts";

const CRUISER = join(PROJECT, "node_modules/.bin/depcruise");
let folder: string;

// A project of empty rooms under our own rules.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rooms-"));
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    cpSync(join(PROJECT, name), join(folder, name));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a file, with one import or none. */
function file(path: string, imported?: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), imported === undefined ? "export const a = 1;\n" : `import "${imported}";\n`);
}

/** A file that imports another one by its path from the project's folder; both are written. */
function importing(from: string, to: string): void {
  file(from, `${"../".repeat(from.split("/").length - 1) || "./"}${to}`);
  file(to);
}

/** What breaks the rules: `from → to: rule`, sorted. */
function broken(): string[] {
  const args = [CRUISER, "--config", ".dependency-cruiser.cjs", "--output-type", "json", "."];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`).sort();
}

test("an import against the direction is found, in every room", () => {
  importing("access/a.ts", "stacks/z.ts");
  importing("access/b.ts", "tests/z.ts");
  importing("actions/a.ts", "components/z.ts");
  importing("bootstrap/a.ts", "stacks/z.ts");
  importing("components/a.ts", "stacks/z.ts");
  importing("examples/a.ts", "access/z.ts");
  importing("index.ts", "access/z.ts");
  importing("kit/a.ts", "stacks/z.ts");
  importing("local/commands/a.ts", "local/tenant/z.ts");
  importing("local/engine/a.ts", "local/commands/z.ts");
  importing("local/front/a.ts", "local/commands/z.ts");
  importing("local/plugin/a.ts", "local/tenant/z.ts");
  importing("local/tenant/a.ts", "access/z.ts");
  importing("local/tenant/b.ts", "local/front/z.ts");
  importing("local/tenant/main.ts", "access/y.ts");
  importing("login/a.ts", "access/z.ts");
  importing("stacks/a.ts", "local/engine/z.ts");
  expect(broken()).toEqual([
    "access/a.ts → stacks/z.ts: access imports only itself",
    "access/b.ts → tests/z.ts: access imports only itself",
    "actions/a.ts → components/z.ts: actions imports only access",
    "bootstrap/a.ts → stacks/z.ts: bootstrap imports only components/aws, stacks/config.ts, stacks/faults.ts, stacks/schema",
    "components/a.ts → stacks/z.ts: components imports only access, actions",
    "examples/a.ts → access/z.ts: examples imports only kit, local/tenant/certificate.ts, local/tenant/listen.ts",
    "index.ts → access/z.ts: index.ts imports only stacks, components",
    "kit/a.ts → stacks/z.ts: kit imports only access",
    "local/commands/a.ts → local/tenant/z.ts: local/commands imports only local/engine, local/player, examples/settings.ts",
    "local/engine/a.ts → local/commands/z.ts: local/engine imports only itself",
    "local/front/a.ts → local/commands/z.ts: local/front imports only local/player, local/tenant, local/idp/claims.ts, local/idp/description.ts, local/idp/file.ts",
    "local/plugin/a.ts → local/tenant/z.ts: local/plugin imports only itself",
    "local/tenant/a.ts → access/z.ts: local/tenant imports only login",
    "local/tenant/b.ts → local/front/z.ts: local/tenant imports only login",
    "local/tenant/main.ts → access/y.ts: local/tenant/main.ts imports only local/front, local/tenant",
    "login/a.ts → access/z.ts: login imports only itself",
    "stacks/a.ts → local/engine/z.ts: stacks imports only access, components",
  ]);
});

test("imports in the direction are let through", () => {
  importing("index.ts", "stacks/z.ts");
  importing("bootstrap/a.ts", "stacks/schema/z.ts");
  importing("bootstrap/b.ts", "components/aws/z.ts");
  importing("stacks/a.ts", "components/z.ts");
  importing("stacks/b.ts", "access/z.ts");
  importing("components/a.ts", "actions/z.ts");
  importing("actions/a.ts", "access/z.ts");
  importing("cli/a.ts", "login/z.ts");
  importing("examples/a.ts", "kit/z.ts");
  importing("local/tenant/a.ts", "login/z.ts");
  importing("local/tenant/main.ts", "local/front/z.ts");
  importing("local/commands/a.ts", "local/engine/z.ts");
  importing("tests/a.ts", "local/tenant/z.ts");
  importing("access/a.ts", "access/z.ts");
  expect(broken()).toEqual([]);
});

test("a circle, an import that is not there, and a development package in the program are found", () => {
  file("access/a.ts", "./b.ts");
  file("access/b.ts", "./a.ts");
  file("access/c.ts", "./none.ts");
  file("access/d.ts", "hono");
  file("local/tenant/a.ts", "hono");
  file("node_modules/hono/index.js");
  writeFileSync(join(folder, "node_modules/hono/package.json"), '{"name": "hono", "main": "index.js"}');
  expect(broken()).toEqual([
    "access/a.ts → access/b.ts: no circle",
    "access/c.ts → ./none.ts: every import is found",
    "access/d.ts → node_modules/hono/index.js: the program needs no development package",
  ]);
});
