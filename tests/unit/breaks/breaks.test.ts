import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../../login/rules.ts";
import { breaks } from "../../breaks/all.ts";
import { broken } from "../../breaks/break.ts";
import { loginBreaks } from "../../breaks/login.breaks.ts";
import { serverBreaks } from "../../breaks/server.breaks.ts";
import { root } from "../../harness/stack-settings.ts";

test("every rule of a login has a break", () => {
  const having = new Set(loginBreaks.map(({ rule }) => rule));
  expect([...having].toSorted()).toEqual(Object.keys(rules).toSorted());
});

test("the server has ten breaks and more", () => {
  expect(serverBreaks.length).toBeGreaterThanOrEqual(10);
});

test("every break has a name of its own", () => {
  expect(new Set(breaks.map(({ name }) => name)).size).toBe(breaks.length);
});

describe("the place of a break is in its file once", () => {
  for (const one of breaks) {
    test(one.name, () => {
      const text = readFileSync(join(root, one.file), "utf8");
      expect(broken(one, text)).not.toBe(text);
    });
  }
});

test("a break whose place is gone, or is there twice, is an error", () => {
  const one = { name: "two is three", by: "", file: "sums.ts", from: "2", to: "3" };
  expect(broken(one, "1 + 2")).toBe("1 + 3");
  const lost = '"two is three" does not find its place in sums.ts once: 2';
  expect(() => broken(one, "1 + 1")).toThrow(lost);
  expect(() => broken(one, "2 + 2")).toThrow(lost);
});
