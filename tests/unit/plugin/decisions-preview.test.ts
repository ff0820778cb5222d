import { expect, test } from "vitest";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { type Dict, UNKNOWN, type Value } from "../../../local/plugin/value.ts";
import { inputPlaces, inputsWith, type Place, someValue } from "./carrier.ts";
import { accepted, created, handedOn, refusedPlan } from "./expected.ts";
import { fromRulesFiles, fromTables, has, hasRulesFiles, type TypeRules } from "./rules.ts";

const types = hasRulesFiles ? fromRulesFiles() : fromTables();
const source = hasRulesFiles ? "the plugin's rules files" : "the committed tables, for want of the rules files";
const plugin = resourceTypes();

interface PreviewCase {
  readonly label: string;
  readonly inputs: Dict;
}

/** Checked inputs with a field written, unknown, and left out where it may be. */
function previewCases(type: TypeRules): PreviewCase[] {
  return inputPlaces(type).flatMap((place) => {
    const values: [string, Value | undefined][] = [
      ["written", someValue(place.rule)],
      ["unknown", UNKNOWN],
    ];
    if (isOmissible(place)) values.push(["left out", undefined]);
    return values.map(([how, value]) => ({
      label: `${place.key} ${how}`,
      inputs: handedOn(accepted(type.fields, inputsWith(type, place, value))) as Dict,
    }));
  });
}

const isOmissible = ({ rule }: Place): boolean =>
  !has(rule, "required") && rule.atLeastOneOf.length === 0 && rule.requiredWith.length === 0;

function preview(type: TypeRules, inputs: Dict): unknown {
  try {
    return plugin.get(type.token)?.preview(inputs);
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

test(`the previews are of every input, made from ${source}`, () => {
  const cases = types.flatMap((type) => previewCases(type).map(({ inputs }) => refusedPlan(type.resource, inputs)));
  expect({ previews: cases.length, refused: cases.filter((reason) => reason !== null).length }).toEqual({
    previews: 2466,
    refused: 15,
  });
});

test.each(types.map((type) => [type.resource, type] as const))(
  "%s: a creation's preview shows what is written and every default, and as unknown all that the server decides",
  (resource, type) => {
    for (const { label, inputs } of previewCases(type)) {
      expect([label, preview(type, inputs)]).toEqual([label, refusedPlan(resource, inputs) ?? created(type, inputs)]);
    }
  },
);
