import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describe as words } from "../../../local/engine/fault.ts";
import { checkSpace, freeMegabytes } from "../../../local/engine/space.ts";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "space-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "deeper");
}

test("a disk with less than 50 MB is named in one sentence before anything is begun", () => {
  const folder = aFolder();
  expect(() => checkSpace(folder, () => 49)).toThrow(
    `The disk that holds ${folder} is full: 49 MB are free and 50 MB are needed. Free some space and run the command again.`,
  );
  checkSpace(folder, () => 50);
});

test("free space is asked of the disk itself", () => {
  expect(Number.isInteger(freeMegabytes(tmpdir()))).toBe(true);
});

test.each([
  ["ENOSPC", "The disk is full (/x): free some space and run the command again."],
  ["EACCES", "This folder cannot be written to (/x): give yourself the right to, and run the command again."],
])("a write that fails with %s is one sentence", (code, sentence) => {
  expect(words(Object.assign(new Error("write failed"), { code, path: "/x" }))).toBe(sentence);
});
