import { expect, test } from "vitest";
import { actionText, checkDomains } from "../../../actions/text.ts";

const many = (count: number) => Array.from({ length: count }, (_, n) => `d${n}.example`);

test("the claimed domains stand at the head, sorted, each once, one a line", () => {
  const text = actionText("post-login", "code();\n", ["rival.example", "acme.example", "rival.example"]);
  expect(text).toBe("const CLAIMED_DOMAINS = `\nVGZ8x74\nYAXpIAo\n`;\ncode();\n");
  expect(actionText("post-login", "code();\n", ["acme.example", "rival.example"])).toBe(text);
});

test("one domain more is one line more", () => {
  const lines = (domains: string[]) => actionText("post-login", "code();\n", domains).split("\n");
  const before = new Set(lines(many(50)));
  expect(lines(many(51)).filter((line) => !before.has(line))).toHaveLength(1);
});

test("an empty set is written too, and an Action without domains is its code alone", () => {
  expect(actionText("post-login", "code();\n", [])).toBe("const CLAIMED_DOMAINS = `\n`;\ncode();\n");
  expect(actionText("credentials-exchange", "code();\n", undefined)).toBe("code();\n");
});

test("a text of exactly 100 kB is allowed, one byte more is not", () => {
  expect(actionText("credentials-exchange", "x".repeat(100_000), undefined)).toHaveLength(100_000);
  const fault = "Action credentials-exchange is 100001 bytes; allowed: 100000";
  expect(() => actionText("credentials-exchange", "x".repeat(100_001), undefined)).toThrow(new Error(fault));
});

test("bytes are counted, not characters", () => {
  const fault = "Action credentials-exchange is 120000 bytes; allowed: 100000";
  expect(() => actionText("credentials-exchange", "é".repeat(60_000), undefined)).toThrow(new Error(fault));
});

test("too many domains are a fault that says how many fit, and that many do", () => {
  const code = "x".repeat(20_000);
  const fault = "Action post-login is 104029 bytes with 10500 claimed domains, of which 9996 fit; allowed: 100000";
  expect(() => actionText("post-login", code, many(10_500))).toThrow(new Error(fault));
  expect(actionText("post-login", code, many(9_996))).toHaveLength(99_997);
  expect(() => actionText("post-login", code, many(9_997))).toThrow(/ 9997 claimed domains, of which 9996 fit; /);
});

test("domains are not blamed for code that is too long without them", () => {
  const fault = "Action post-login is 100045 bytes; allowed: 100000";
  expect(() => actionText("post-login", "x".repeat(100_008), many(1))).toThrow(new Error(fault));
  expect(() => actionText("post-login", "x".repeat(99_970), many(1))).toThrow(/^Action post-login is 100007 bytes; /);
});

test("an Action is bundled with the domains that it needs, and without those that it does not", () => {
  expect(() => checkDomains("post-login", undefined)).toThrow(new Error("Action post-login needs the claimed domains"));
  expect(() => checkDomains("credentials-exchange", [])).toThrow(
    new Error("Action credentials-exchange holds no claimed domains"),
  );
  expect([checkDomains("post-login", []), checkDomains("credentials-exchange", undefined)]).toEqual([
    undefined,
    undefined,
  ]);
});
