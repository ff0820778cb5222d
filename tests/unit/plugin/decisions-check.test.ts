import { expect, test } from "vitest";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";
import { inputPlaces, inputsWith, type Place, someValue } from "./carrier.ts";
import { accepted } from "./expected.ts";
import { type CheckCase, NAME, refusalCases } from "./refusals.ts";
import { fromRulesFiles, fromTables, has, hasRulesFiles, type TypeRules } from "./rules.ts";

const types = hasRulesFiles ? fromRulesFiles() : fromTables();
const source = hasRulesFiles ? "the plugin's rules files" : "the committed tables, for want of the rules files";
const named = types.map((type) => [type.resource, type] as const);
const plugin = resourceTypes();
const naming = { resourceName: NAME, seed: new Uint8Array([1, 2, 3]) };

function check(type: TypeRules, news: Dict, olds?: Dict) {
  const found = plugin.get(type.token);
  if (!found) throw new Error(`the plugin does not know ${type.token}`);
  return found.check(news, olds, naming);
}

function refusal(type: TypeRules, { news }: CheckCase): readonly string[] | string {
  try {
    return [...check(type, news).failures].sort();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test(`the cases of refusal are complete, made from ${source}`, () => {
  const counts: Record<string, number> = {};
  for (const { decision } of types.flatMap(refusalCases)) counts[decision] = (counts[decision] ?? 0) + 1;
  expect(counts).toEqual({
    "required input missing": 128,
    "computed input given": 52,
    "unknown input": 202,
    "wrong kind": 2040,
    "at the limits": 673,
    "outside the limits": 311,
    "number of elements": 286,
    "fields that exclude each other": 27,
    "fields that need each other": 42,
    "at least one of": 11,
  });
});

test.each(named)("%s: what its rules refuse is refused in exactly those words, and nothing else is", (_, type) => {
  const cases = refusalCases(type);
  const answers = cases.map((one) => [one.decision, one.label, refusal(type, one)]);
  expect(answers).toEqual(
    cases.map(({ decision, label, failures, unreadable }) => [decision, label, unreadable ?? failures]),
  );
});

/** An input in each way that the check accepts. */
function acceptedInputs(type: TypeRules, place: Place): Dict[] {
  const all = [inputsWith(type, place, someValue(place.rule)), inputsWith(type, place, someValue(place.rule, 1))];
  all.push(inputsWith(type, place, UNKNOWN));
  const { atLeastOneOf, requiredWith } = place.rule;
  // A name that is one of a list is needed, as none that is made up is in it.
  const isMadeUp = has(place.rule, "autoname") && place.rule.permitted?.in === undefined;
  const isNeeded = (has(place.rule, "required") && !isMadeUp) || atLeastOneOf.length + requiredWith.length > 0;
  return isNeeded ? all : [...all, inputsWith(type, place, undefined)];
}

test("every input of every type is written in two ways, as another resource's output, and left out where it may be", () => {
  const cases = types.flatMap((type) => inputPlaces(type).flatMap((place) => acceptedInputs(type, place)));
  expect(cases).toHaveLength(3352);
});

test.each(named)(
  "%s: what is accepted stays as written; defaults are added and noted, secrets marked, no others",
  (_, type) => {
    for (const place of inputPlaces(type)) {
      for (const news of acceptedInputs(type, place)) {
        expect([place.key, check(type, news)]).toEqual([
          place.key,
          { inputs: accepted(type.fields, news), failures: [] },
        ]);
      }
    }
  },
);

test.each(named)("%s: of the defaults chosen before, the noted ones stay, and names in any case", (_, type) => {
  const inputs = accepted(type.fields, {});
  const noted = inputs.__defaults as string[];
  const others = Object.fromEntries(
    noted.map((name) => [name, typeof inputs[name] === "boolean" ? false : "chosen before"]),
  );
  const kept = check(type, {}, { ...others, __defaults: noted }).inputs;
  expect(kept).toEqual({ ...others, __defaults: noted });
  const names = type.fields.filter((rule) => has(rule, "autoname")).map(({ name }) => name);
  const stays = Object.fromEntries(Object.entries(others).filter(([name]) => names.includes(name)));
  expect(check(type, {}, { ...others, __defaults: [] }).inputs).toEqual({ ...inputs, ...stays });
});
