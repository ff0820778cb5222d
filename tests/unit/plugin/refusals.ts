import type { Dict } from "../../../local/plugin/value.ts";
import {
  inputPlaces,
  inputsWith,
  leastInputs,
  type Place,
  partnersOf,
  placesOf,
  put,
  someValue,
  valueAt,
} from "./carrier.ts";
import { countEdges, edges, misfits } from "./limits.ts";
import { has, isInput, isSingle, type TypeRules } from "./rules.ts";

/** Inputs and what the check must say of them. */
export interface CheckCase {
  readonly decision: string;
  readonly label: string;
  readonly news: Dict;
  /** Every failure, by alphabet; a sole message without a place where the inputs cannot even be read. */
  readonly failures: readonly string[];
  readonly unreadable?: string;
}

/** The resource's name in all cases. */
export const NAME = "it";
const sentence = (reason: string, shown: string): string => `${reason}. Examine values at '${NAME}.${shown}'.`;

/** Every way in which the rules say that inputs of a type are refused, and the limits at which they are not. */
export function refusalCases(type: TypeRules): CheckCase[] {
  const all = placesOf(type);
  const written = inputPlaces(type);
  const build: Build = (decision, place, label, news, own) => {
    const failures = [...own, ...groupFailures(all, news)].sort();
    return { decision, label: `${type.resource} ${place?.key ?? ""} ${label}`, news, failures };
  };
  const unreadable = written.filter(({ rule }) => rule.kind === "int");
  return [
    ...missing(type, written, build),
    ...given(type, all, build),
    ...[null, ...written.filter(({ rule }) => rule.inside)].map((place) => strange(type, place, build)),
    ...written.flatMap((place) =>
      misfits(place).map(([label, value, reason, element]) =>
        build("wrong kind", place, label, inputsWith(type, place, value), [
          sentence(reason, shownElement(place, element)),
        ]),
      ),
    ),
    ...unreadable.map((place) => ({
      ...build("wrong kind", place, "a word", inputsWith(type, place, "seven"), []),
      unreadable: `${place.rule.path.replace(/.*\./, "")}: strconv.ParseInt: parsing "seven": invalid syntax`,
    })),
    ...written.flatMap((place) => limitCases(type, place, build)),
    ...written.flatMap((place) => pairCases(type, place, all, build)),
  ];
}

function missing(type: TypeRules, written: readonly Place[], build: Build): CheckCase[] {
  const required = written.filter(({ rule }) => has(rule, "required") && !has(rule, "autoname"));
  return required.map((place) => {
    const reason = `Missing required argument. The argument "${place.key}" is required, but no definition was found.`;
    const news = inputsWith(type, place, undefined);
    return build("required input missing", place, "missing", news, [sentence(reason, place.shown)]);
  });
}

function given(type: TypeRules, all: readonly Place[], build: Build): CheckCase[] {
  const decided = all.filter(({ rule, above }) => !isInput(rule) && above.every((place) => isInput(place.rule)));
  return decided.map((place) => {
    const reason = `Value for unconfigurable attribute. Can't configure a value for "${place.key}": its value will be decided automatically based on the result of applying this configuration.`;
    const news = inputsWith(type, place, someValue(place.rule));
    return build("computed input given", place, "given", news, [sentence(reason, place.shown)]);
  });
}

function limitCases(type: TypeRules, place: Place, build: Build): CheckCase[] {
  const limits = edges(place).map(([label, value, reason]) => {
    const own = reason ? [sentence(reason, shownElement(place, true))] : [];
    return build(reason ? "outside the limits" : "at the limits", place, label, inputsWith(type, place, value), own);
  });
  const counts = countEdges(place).map(([label, value, reason]) => {
    const found = build("number of elements", place, label, inputsWith(type, place, value), []);
    // What is inside too long a list is not looked at.
    return reason ? { ...found, failures: [sentence(reason, place.shown)] } : found;
  });
  return [...limits, ...counts];
}

function pairCases(type: TypeRules, place: Place, all: readonly Place[], build: Build): CheckCase[] {
  const held = () => inputsWith(type, place, someValue(place.rule));
  const excluded = all.filter(({ key }) => place.rule.conflictsWith.includes(key));
  const cases = excluded.map((other) => {
    const news = held();
    put(news, other, someValue(other.rule));
    return build("fields that exclude each other", place, `with ${other.key}`, news, []);
  });
  for (const other of partnersOf(place, all)) {
    const news = held();
    put(news, other, undefined);
    cases.push(build("fields that need each other", place, `without ${other.key}`, news, []));
  }
  if (place.rule.atLeastOneOf.length === 0) return cases;
  const news = held();
  const group = all.filter((other) => other === place || place.rule.atLeastOneOf.includes(other.key));
  for (const other of group) put(news, other, undefined);
  return [...cases, build("at least one of", place, "and the others missing", news, [])];
}

type Build = (decision: string, place: Place | null, label: string, news: Dict, own: readonly string[]) => CheckCase;

/** A name that no field bears, in the inputs themselves or in an object inside them. */
function strange(type: TypeRules, place: Place | null, build: Build): CheckCase {
  const news = place ? inputsWith(type, place, someValue(place.rule)) : leastInputs(type);
  const held = place ? valueAt(news, place.steps) : news;
  const object = (Array.isArray(held) ? held[0] : held) as Dict;
  object.strangeName = "x";
  const shown = !place ? "strangeName" : `${shownElement(place, true)}${inSet(place) ? "" : ".strangeName"}`;
  return build("unknown input", place, "with a strange name inside", news, [sentence("Invalid or unknown key", shown)]);
}

const inSet = (place: Place): boolean => [...place.above, place].some(({ rule }) => rule.kind === "set");
/** How a failure in a collection's first element is shown. */
function shownElement(place: Place, element: boolean): string {
  if (element && place.rule.kind === "map") return `${place.shown}.a`;
  const isElement = element && place.rule.kind === "list" && !isSingle(place.rule) && !inSet(place);
  return isElement ? `${place.shown}[0]` : place.shown;
}

/** Failures that come of what else is written: of fields that exclude or need each other, and of the objects above. */
function groupFailures(all: readonly Place[], news: Dict): string[] {
  const given = (key: string): boolean =>
    all.some((place) => place.key === key && valueAt(news, place.steps) !== undefined);
  return all.flatMap((place) => {
    const parent = place.above.at(-1);
    const held = parent ? valueAt(news, parent.steps) : news;
    const object = Array.isArray(held) ? held[0] : held;
    if (typeof object !== "object" || object === null) return [];
    const group = (keys: readonly string[]) => [...new Set([...keys, place.key])].sort();
    const { atLeastOneOf, requiredWith, conflictsWith } = place.rule;
    const say = (reason: string) => [sentence(reason, place.shown)];
    if (atLeastOneOf.length && !group(atLeastOneOf).some(given))
      return say(
        `Missing required argument. "${place.key}": one of \`${group(atLeastOneOf).join(",")}\` must be specified`,
      );
    if (!given(place.key)) return [];
    if (requiredWith.length && !group(requiredWith).every(given))
      return say(
        `Missing required argument. "${place.key}": all of \`${group(requiredWith).join(",")}\` must be specified`,
      );
    const other = conflictsWith.find(given);
    return other ? say(`Conflicting configuration arguments. "${place.key}": conflicts with ${other}`) : [];
  });
}
