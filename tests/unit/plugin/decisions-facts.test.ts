import { describe, expect, test } from "vitest";
import { everyRule, fromRulesFiles, fromTables, hasRulesFiles, packageFacts, type Rule } from "./rules.ts";

const tables = fromTables();
const every = tables.flatMap(({ fields }) => everyRule(fields));
const count = (has: (rule: Rule) => unknown): number => every.filter((rule) => has(rule)).length;
const flagged = (flag: string): number => count(({ flags }) => flags.includes(flag));

test("the tables hold so many types, fields, inputs and rules, no fewer and no more", () => {
  expect({
    types: tables.length,
    fields: every.length,
    inputs: count(({ flags }) => flags.includes("required") || flags.includes("optional")),
    required: flagged("required"),
    computed: flagged("computed"),
    "optional and computed": count(({ flags }) => flags.includes("optional") && flags.includes("computed")),
    forceNew: flagged("forceNew"),
    sensitive: flagged("sensitive"),
    writeOnly: flagged("writeOnly"),
    autoname: flagged("autoname"),
    defaults: count((rule) => rule.default !== null),
    presets: count((rule) => rule.preset !== null),
    "at most one element": count(({ maxItems }) => maxItems === 1),
    "at most several elements": count(({ maxItems }) => maxItems > 1),
    "at least one element": count(({ minItems }) => minItems > 0),
    sets: count(({ kind }) => kind === "set"),
    maps: count(({ kind }) => kind === "map"),
    conflictsWith: count(({ conflictsWith }) => conflictsWith.length),
    exactlyOneOf: count(({ exactlyOneOf }) => exactlyOneOf.length),
    atLeastOneOf: count(({ atLeastOneOf }) => atLeastOneOf.length),
    requiredWith: count(({ requiredWith }) => requiredWith.length),
    permitted: count((rule) => rule.permitted),
  }).toEqual({
    types: 28,
    fields: 940,
    inputs: 880,
    required: 135,
    computed: 372,
    "optional and computed": 312,
    forceNew: 38,
    sensitive: 47,
    writeOnly: 3,
    autoname: 8,
    defaults: 19,
    presets: 2,
    "at most one element": 141,
    "at most several elements": 2,
    "at least one element": 2,
    sets: 34,
    maps: 12,
    conflictsWith: 15,
    exactlyOneOf: 0,
    atLeastOneOf: 11,
    requiredWith: 28,
    permitted: 176,
  });
});

const BESIDE = "../shared/provider";
describe.skipIf(!hasRulesFiles)(
  hasRulesFiles
    ? `beside the plugin's rules files in ${BESIDE}`
    : `NOT COMPARED: there is no ${BESIDE} beside this checkout, so that all cases come from the committed tables alone`,
  () => {
    test.each(tables.map((table) => [table.resource, table] as const))(
      "the table of %s is what the files say",
      (resource, table) => {
        expect(table).toEqual(fromRulesFiles().find((type) => type.resource === resource));
      },
    );

    test("a value is limited by hand exactly where the files say that it is validated, or inside a collection", () => {
      const { validated, inCollections } = packageFacts();
      const limited = tables.flatMap(({ resource, fields }) =>
        everyRule(fields)
          .filter((rule) => rule.permitted)
          .map((rule) => `${resource}.${rule.path}`),
      );
      expect(limited.filter((path) => !inCollections.includes(path)).sort()).toEqual(validated);
      expect([validated.length, limited.length]).toEqual([160, 176]);
    });

    test("the package's own notes of what is required, secret and replaces agree with the fields' rules", () => {
      expect(packageFacts().notes).toEqual(
        tables.map(({ resource, fields }) => ({
          resource,
          required: fields
            .filter(({ flags }) => flags.includes("required") && !flags.includes("autoname"))
            .map(({ name }) => name)
            .sort(),
          secret: fields
            .filter(({ flags, inside }) => flags.includes("sensitive") && flags.includes("optional") && !inside)
            .map(({ name }) => name)
            .sort(),
          replaces: fields
            .filter(({ flags }) => flags.includes("forceNew"))
            .map(({ name }) => name)
            .sort(),
        })),
      );
    });
  },
);
