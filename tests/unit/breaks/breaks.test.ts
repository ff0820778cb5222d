import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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

test.each(breaks)("$name: its place is in the file once, and another text then", (one) => {
  const text = readFileSync(join(root, one.file), "utf8");
  const changed = broken(one, text);
  expect(changed).not.toBe(text);
  expect(() => broken(one, `${text}${text}`)).toThrow("does not find its place");
});
