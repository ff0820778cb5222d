import { symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { config, customer, entryFaults, faults, load, vendor } from "./project.ts";

const reference = "an anchor or alias; allowed: values written out";
const yaml = (code: string) => `not YAML that can be read (${code}); allowed: plain YAML 1.2`;
const slugRule = "allowed: 1 to 50 lower-case letters, digits and single hyphens between them";
const nameRule = "allowed: 1 to 255 visible characters without < and >";

test("nesting that no call gets to the end of is a fault like any other, in a file and in the stack's own", () => {
  const deep = `{"displayName": ${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  const lines = faults({
    config: { ...config, customers: `{"beta": ${deep}}` },
    files: { "acme.yaml": `displayName:\n${"- ".repeat(20_000)}a\ntype: vendor` },
  });
  expect(lines.slice(1)).toEqual([
    "✖ stacks/local/customers/acme.yaml: nested too deep to be read; allowed: a company's entry",
    "✖ Pulumi.local.yaml: customers.beta.type: missing; allowed: customer, vendor",
    `✖ Pulumi.local.yaml: customers.beta.displayName: a list cannot be used; ${nameRule}`,
  ]);
});

test("a folder of entries holds YAML files named by slug and nothing else", () => {
  const lines = faults({
    config,
    files: {
      "README.md": "",
      "acme.yml": customer,
      ".yaml": vendor,
      "upper.YAML": vendor,
      "Bad_Slug.yaml": vendor,
      "acme.yaml.yaml": vendor,
      "broken.yaml": "a: [\n b: 1",
      "empty.yaml": "",
      "folder.yaml/inside": "",
      "latin.yaml": Buffer.from("displayName: Caf\xe9", "latin1"),
    },
  });
  const at = (file: string) => `✖ stacks/local/customers/${file}: `;
  const named = "cannot be read; allowed here: files named <slug>.yaml";
  expect(lines.slice(1)).toEqual([
    `${at(".yaml")}${named}`,
    `${at("README.md")}${named}`,
    `${at("acme.yml")}${named}`,
    `${at("broken.yaml")}line 2: ${yaml("BAD_INDENT")}`,
    `${at("folder.yaml")}a folder; allowed: a file`,
    `${at("latin.yaml")}not UTF-8; allowed: a YAML file in UTF-8`,
    `${at("upper.YAML")}${named}`,
    `${at("Bad_Slug.yaml")}slug "Bad_Slug" cannot be used; ${slugRule}`,
    `${at("acme.yaml.yaml")}slug "acme.yaml" cannot be used; ${slugRule}`,
    `${at("empty.yaml")}nothing cannot be used; allowed: an object with type: customer or vendor`,
  ]);
});

const oneLine = (value: string) => `displayName: ${value}\ntype: vendor\nconditions: { vendor_kind: catering }`;

const texts: [title: string, text: string, lines: string[]][] = [
  ["a value that holds itself", "a: &a\n  b: *a", [`line 2: ${reference}`]],
  ["an alias", "a: *Hunter2pw", [`line 1: ${reference}`]],
  ["an anchor", "a: &Hunter2pw b", [`line 1: ${reference}`]],
  ["a tag", "a: !Hunter2pw b", [`line 1: ${yaml("TAG_RESOLVE_FAILED")}`]],
  ["a key twice", "a: 1\na: 2", [`line 2: ${yaml("DUPLICATE_KEY")}`]],
  ["two documents", "a: 1\n---\na: 2", [`line 2: ${yaml("MULTIPLE_DOCS")}`]],
  ["a tab for a step", "a:\n\tb: 1", [`line 2: ${yaml("TAB_AS_INDENT")}`]],
  ["a map as a key", "? { a: Hunter2pw }\n: b", ["line 1: a list or map as a key; allowed: words as keys"]],
  ["a list as a key", "? [Hunter2pw]\n: b", ["line 1: a list or map as a key; allowed: words as keys"]],
  ["a step too deep to read", `a: ${"[".repeat(5000)}${"]".repeat(5000)}`, [`line 1: ${yaml("RESOURCE_EXHAUSTION")}`]],
  ["a number for a name", oneLine("0x1F"), [`displayName: 31 cannot be used; ${nameRule}, in quotes`]],
  ["infinity for a name", oneLine(".inf"), [`displayName: Infinity cannot be used; ${nameRule}, in quotes`]],
  ["nothing for a name", oneLine("~"), [`displayName: nothing cannot be used; ${nameRule}`]],
  ["a comment for a name", oneLine("#1 Catering"), [`displayName: nothing cannot be used; ${nameRule}`]],
  ["bytes for a name", oneLine("!!binary aGVsbG8="), [`displayName: an object cannot be used; ${nameRule}`]],
  ["half a character in a name", oneLine('"a\\ud800"'), [`displayName: "a\\ud800" cannot be used; ${nameRule}`]],
  [
    "the words of an older YAML",
    `%YAML 1.1\n---\n${JSON.stringify({ ...customer, connections: undefined }).replace('"on"', "on")}`,
    ["conditions.api_access: true cannot be used; allowed: on, off"],
  ],
];

test.each(texts)("%s is refused", (_, text, lines) => {
  expect(entryFaults(text, {})).toEqual(lines);
});

test("the words on, yes and no are words", () => {
  const entry = (name: string, access: string) =>
    `displayName: ${name}\ntype: customer\nconditions:\n  api_access: ${access}\n`;
  const { companies } = load({ config, files: { "a.yaml": entry("yes", "on"), "b.yaml": entry("No", "off") } });
  expect(companies.map(({ entry }) => [entry.displayName, entry.conditions])).toEqual([
    ["yes", { api_access: "on" }],
    ["No", { api_access: "off" }],
  ]);
});

test("a file's name cannot pass for a line of the program's own", () => {
  expect(faults({ config, files: { "a\n✖ forged": "", "b\u202e.yaml": vendor } }).slice(1)).toEqual([
    '✖ "stacks/local/customers/a\\n✖ forged": cannot be read; allowed here: files named <slug>.yaml',
    `✖ "stacks/local/customers/b\\u{202e}.yaml": slug "b\\u{202e}" cannot be used; ${slugRule}`,
  ]);
});

test("a slug has 1 to 50 characters", () => {
  const named = (length: number) => faults({ config, files: { [`${"x".repeat(length)}.yaml`]: vendor } });
  expect(named(50)).toEqual([]);
  expect(named(51).slice(1)).toEqual([
    `✖ stacks/local/customers/${"x".repeat(51)}.yaml: slug "${"x".repeat(51)}" cannot be used; ${slugRule}`,
  ]);
});

test.each(["a file", "neither file nor folder"])("a folder of entries that is %s is a fault", (kind) => {
  const make =
    kind === "a file" ? (path: string) => writeFileSync(path, "") : (path: string) => symlinkSync("nowhere", path);
  expect(faults({ config, files: {}, customers: make })).toEqual([
    "Stack local cannot be used as it is set: 1 fault. Nothing was changed.",
    `✖ stacks/local/customers: ${kind}; allowed: a folder`,
  ]);
});
