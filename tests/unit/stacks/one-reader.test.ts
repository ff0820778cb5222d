import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../harness/stack-settings.ts";

const folders = ["access", "actions", "components", "stacks"];
const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name)),
);
const mentioning = (pattern: RegExp) => sources.filter((file) => pattern.test(readFileSync(join(root, file), "utf8")));

test("one file of the program reads what the CLI hands over, and none the environment beside it", () => {
  expect(sources.length).toBeGreaterThan(25);
  expect(mentioning(/process\.env|pulumi\.Config\b|allConfig|getConfig/)).toEqual(["stacks/config.ts"]);
});

test("no file of the program tells environments apart by name", () => {
  expect(mentioning(/stack\s*===|===\s*["'](local|dev|staging|prod)["']|isProd/)).toEqual([]);
});
