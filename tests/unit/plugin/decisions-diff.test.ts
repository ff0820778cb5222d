import { expect, test } from "vitest";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { type DiffCase, diffCases } from "./diff-cases.ts";
import { refusedPlan } from "./expected.ts";
import { fromRulesFiles, fromTables, hasRulesFiles, type TypeRules } from "./rules.ts";

const types = hasRulesFiles ? fromRulesFiles() : fromTables();
const source = hasRulesFiles ? "the plugin's rules files" : "the committed tables, for want of the rules files";
const plugin = resourceTypes();
const casesOf = new Map(types.map((type) => [type, diffCases(type)]));

function answer(type: TypeRules, { olds, news, ignored }: DiffCase): unknown {
  try {
    const found = plugin.get(type.token)?.diff("the-id", olds, news, ignored);
    const kinds = [...(found?.changes ?? [])].map(([path, { kind, replaces }]) => [
      path,
      replaces ? `${kind} and replace` : kind,
    ]);
    return { ...found, changes: Object.fromEntries(kinds) };
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

function expectation(type: TypeRules, one: DiffCase): unknown {
  const { changes, replaces, stables, deleteBeforeReplace } = one;
  return refusedPlan(type.resource, one.news) ?? { changes, replaces, stables, deleteBeforeReplace };
}

test(`the changes are of every input, made from ${source}`, () => {
  const cases = [...casesOf.values()].flat();
  const counts: Record<string, number> = {};
  for (const { decision } of cases) counts[decision] = (counts[decision] ?? 0) + 1;
  const refused = [...casesOf].flatMap(([type, all]) => all.filter(({ news }) => refusedPlan(type.resource, news)));
  expect({
    ...counts,
    "that replace": cases.filter(({ replaces }) => replaces.length > 0).length,
    "that delete first": cases.filter(({ deleteBeforeReplace }) => deleteBeforeReplace).length,
    "that change nothing": cases.filter(({ changes }) => Object.keys(changes).length === 0).length,
    "that no plan can be made of": refused.length,
  }).toEqual({
    unchanged: 880,
    changed: 880,
    unknown: 1045,
    added: 705,
    removed: 705,
    reordered: 65,
    "element put in": 65,
    "element taken out": 65,
    "element written twice": 65,
    ignored: 880,
    "that replace": 102,
    "that delete first": 19,
    "that change nothing": 2288,
    "that no plan can be made of": 23,
  });
});

test.each(types.map((type) => [type.resource, type] as const))(
  "%s: each change shows where and as what its rules say, and replaces exactly where they say so",
  (_, type) => {
    for (const one of casesOf.get(type) ?? []) {
      expect([one.decision, one.label, answer(type, one)]).toEqual([one.decision, one.label, expectation(type, one)]);
    }
  },
);
