import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../harness/stack-settings.ts";

const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
const listing = readFileSync(join(root, "tests/golden/local.txt"), "utf8");
const heads = new Set(
  listing
    .split("\n")
    .filter((line) => /^\S/.test(line))
    .map((line) => line.replace(/^[\w-]+:/, "").split("   ")[0]),
);

/** The rows of the page's tables whose first cell is a letter and a number: that cell, and the code of the last. */
const rows = (letter: string) =>
  page
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, key = ""]) => new RegExp(`^${letter}\\d+$`).test(key))
    .map((cells) => ({
      key: cells[1] ?? "",
      code: [...(cells.at(-2) ?? "").matchAll(/`([^`]+)`/g)].map(([, x]) => x),
    }));

test("each requirement points at resources that stack local declares", () => {
  const requirements = rows("R");
  expect(requirements.map(({ key }) => key)).toEqual(["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R9", "R10", "R12"]);
  for (const { key, code } of requirements) {
    expect(code.length, key).toBeGreaterThan(0);
    expect(code.filter((resource) => !heads.has(resource ?? ""))).toEqual([]);
  }
});

test("each trap of the provider has its guard and a test that is there", () => {
  const traps = rows("C");
  expect(traps.map(({ key }) => key)).toEqual(Array.from({ length: 10 }, (_, n) => `C${n + 1}`));
  for (const { key, code } of traps) {
    expect(code.length, key).toBeGreaterThan(0);
    expect(code.filter((file) => !existsSync(join(root, file ?? "")))).toEqual([]);
  }
});
