import { type Dict, UNKNOWN, type Value } from "../../../local/plugin/value.ts";
import { inputPlaces, inputsWith, type Place, someValue } from "./carrier.ts";
import { type Changes, changesOf } from "./changes.ts";
import { accepted, created, handedOn, stateOf } from "./expected.ts";
import { has, isSingle, type Rule, type TypeRules } from "./rules.ts";

/** A state, new inputs, and what the difference between them must be. */
export interface DiffCase {
  readonly decision: string;
  readonly label: string;
  readonly olds: Dict;
  readonly oldInputs: Dict;
  readonly news: Dict;
  readonly ignored: readonly string[];
  /** `add`, `delete` or `update` by path, with ` and replace` where no update in place will do. */
  readonly changes: Changes;
  readonly replaces: readonly string[];
  readonly stables: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

type Change = [decision: string, from: Value | undefined, to: Value | undefined];

/** Every change of one input of a type that the rules let happen, and none at all. */
export function diffCases(type: TypeRules): DiffCase[] {
  return inputPlaces(type).flatMap((place) => {
    const [a, b] = [someValue(place.rule, 0), someValue(place.rule, 1)];
    const changes: Change[] = [
      ["unchanged", a, a],
      ["changed", a, b],
      ["unknown", a, UNKNOWN],
      ...collectionChanges(place.rule),
    ];
    if (isOmissible(place.rule)) changes.push(["added", undefined, a], ["removed", a, undefined]);
    if (isOmissible(place.rule) && place.above.length === 0) changes.push(["unknown", undefined, UNKNOWN]);
    const cases = changes.map((change) => diffCase(type, place, change));
    const changed = cases[1];
    return changed ? [...cases, ignoring(type, changed, place)] : cases;
  });
}

/** Without these the inputs would not pass the check. */
const isOmissible = (rule: Rule): boolean =>
  !has(rule, "required", "autoname") && rule.atLeastOneOf.length === 0 && rule.requiredWith.length === 0;

function collectionChanges(rule: Rule): Change[] {
  if ((rule.kind !== "list" && rule.kind !== "set") || isSingle(rule)) return [];
  const [one, two] = [0, 1].map((n) => (someValue(rule, n) as Value[])[0] ?? null);
  if (one === undefined || two === undefined) return [];
  if (JSON.stringify(one) === JSON.stringify(two)) return [];
  return [
    ["reordered", [one, two], [two, one]],
    ["element put in", [one], [one, two]],
    ["element taken out", [one, two], [one]],
    ["element written twice", [one, two], [one, two, one]],
  ];
}

function diffCase(type: TypeRules, place: Place, [decision, from, to]: Change): DiffCase {
  const before = inputsWith(type, place, from);
  const after = inputsWith(type, place, to);
  return between(
    type,
    `${type.resource} ${place.key}: ${JSON.stringify(from)} to ${to === UNKNOWN ? "unknown" : JSON.stringify(to)}`,
    decision,
    before,
    after,
  );
}

function between(type: TypeRules, label: string, decision: string, before: Dict, after: Dict): DiffCase {
  const oldInputs = handedOn(accepted(type.fields, before)) as Dict;
  const news = handedOn(accepted(type.fields, after)) as Dict;
  const olds = stateOf(type.fields, created(type, oldInputs));
  const changes = changesOf(type.fields, olds, news);
  const replaces = Object.entries(changes)
    .filter(([, kind]) => kind.endsWith("replace"))
    .map(([path]) => path.split(/[.[]/)[0] ?? "");
  const isNamed = type.fields.some((rule) => has(rule, "autoname") && rule.name in after);
  return {
    decision,
    label,
    olds,
    oldInputs,
    news,
    ignored: [],
    changes,
    replaces: replaces.sort(),
    stables: fixedNames(type).filter((name) => !replaces.includes(name)),
    deleteBeforeReplace: replaces.length > 0 && isNamed,
  };
}

const fixedNames = (type: TypeRules): string[] =>
  type.fields
    .filter((rule) => has(rule, "forceNew"))
    .map(({ name }) => name)
    .sort();

function ignoring(type: TypeRules, changed: DiffCase, { rule, steps }: Place): DiffCase {
  const top = String(steps[0] ?? rule.name);
  return {
    ...changed,
    decision: "ignored",
    label: `${changed.label}, ${top} ignored`,
    ignored: [top],
    changes: {},
    replaces: [],
    stables: fixedNames(type),
    deleteBeforeReplace: false,
  };
}
