import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LocalFolder, localFolder } from "../../../local/engine/folder.ts";
import { recentRefusal, refusalFile, rememberRefusal } from "../../../local/engine/refusal.ts";

const NOON = Date.UTC(2026, 0, 1, 12);
const DAY = 86_400_000;
let local: LocalFolder;

beforeEach(() => {
  local = localFolder(mkdtempSync(join(tmpdir(), "refusal-")));
});
afterEach(() => rmSync(local.folder, { recursive: true }));

test("a refused download is remembered for a day, and not longer", () => {
  rememberRefusal(local, "fetch failed", NOON);
  expect(recentRefusal(local, NOON)).toBe("fetch failed");
  expect(recentRefusal(local, NOON + DAY - 1)).toBe("fetch failed");
  expect(recentRefusal(local, NOON + DAY)).toBeUndefined();
});

test("a note from the future, of a clock set back, does not hold", () => {
  rememberRefusal(local, "fetch failed", NOON);
  expect(recentRefusal(local, NOON - 1)).toBeUndefined();
});

test.each(["", "{", "[]", '{"why":1}'])("no note and a damaged one (%j) count as none", (text) => {
  expect(recentRefusal(local, NOON)).toBeUndefined();
  writeFileSync(refusalFile(local), text);
  expect(recentRefusal(local, NOON)).toBeUndefined();
});
