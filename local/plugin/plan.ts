import { type Field, type Fields, isBlock } from "./table.ts";
import {
  asSet,
  type Dict,
  elements,
  equal,
  equivalent,
  isDict,
  isKnown,
  isZero,
  setKey,
  UNKNOWN,
  type Value,
} from "./value.ts";
import { orZero } from "./zero.ts";

/** Where in a resource's life the plan is made; it decides what a field without a value becomes. */
type Stage = "create" | "update" | "new set element" | "new list element";

/** What a plan knows besides the values themselves. */
export interface Change {
  /** State before; null for a creation. */
  readonly prior: Dict | null;
  /** Whole configuration, as `complete` returns it. */
  readonly config: Dict;
}

/**
 * The state that a creation or update is to lead to: what is written wins, then the provider's default; a field the
 * server may decide keeps its prior value, or is unknown in a creation; any other is empty. Values that only differ
 * as null and zero differ from nothing, so a plan without a real change is the prior state itself.
 */
export function plan(fields: Fields, { prior, config }: Change): Dict {
  const planned = planFields(fields, prior, config, prior ? "update" : "create");
  if (!prior) return { ...withoutWriteOnly(fields, planned), id: UNKNOWN };
  if (equivalent({ ...prior, id: null }, { ...planned, id: null })) return prior;
  return { ...withoutWriteOnly(fields, withZeros(fields, planned, prior)), id: prior.id ?? null };
}

/**
 * In an update that changes anything, nested objects that were there before hold zeros where they held nothing: the
 * SDK rebuilds the state it starts from. An object that held nothing at all stays as it is.
 */
function withZeros(fields: Fields, planned: Dict, prior: Dict): Dict {
  const result: Dict = { ...planned };
  for (const [name, { kind, fields: nested }] of Object.entries(fields)) {
    const before = elements(prior[name]);
    const value = planned[name];
    if (!nested || kind !== "list" || !Array.isArray(value)) continue;
    result[name] = value.map((item, i) => {
      const old = before[i];
      return isDict(item) && isDict(old) && holdsSomething(old) ? zeroFilled(nested, item, old) : item;
    });
  }
  return result;
}

const holdsSomething = (prior: Dict): boolean => Object.values(prior).some((held) => held !== null);

function zeroFilled(fields: Fields, planned: Dict, prior: Dict): Dict {
  const filled = withZeros(fields, planned, prior);
  for (const [name, field] of Object.entries(fields)) {
    const removed = (prior[name] ?? null) !== null && field.kind !== "map";
    if ((filled[name] ?? null) === null && !removed) filled[name] = orZero(field, null);
  }
  return filled;
}

function planFields(fields: Fields, prior: Dict | null, config: Dict, stage: Stage): Dict {
  const planned: Dict = {};
  for (const [name, field] of Object.entries(fields)) {
    planned[name] = planField(field, prior?.[name] ?? null, config[name] ?? null, stage);
  }
  return planned;
}

/**
 * An object inside a list that was there before. Where it held nothing and is now to become unknown the SDK sees no
 * change, but in texts and in what only the program decides of an object that the server may decide. It never takes
 * two objects for the same that hold a set.
 */
function planElement(list: Field, fields: Fields, prior: Dict, config: Dict, stage: Stage): Dict {
  const planned = planFields(fields, prior, config, stage);
  if (!holdsSomething(prior) || Object.values(fields).some(({ kind }) => kind === "set")) return planned;
  for (const [name, { kind, computed, fields: nested }] of Object.entries(fields)) {
    const unseen = kind !== "string" && (computed || !list.computed || nested !== undefined);
    if (unseen && config[name] === UNKNOWN && isZero(prior[name])) planned[name] = prior[name] ?? null;
  }
  return planned;
}

function planField(field: Field, prior: Value, config: Value, stage: Stage): Value {
  // The SDK takes an unknown set for no change where the server decides and there is a value already.
  if (config === UNKNOWN)
    return field.kind === "set" && field.computed && stage === "update" && elements(prior).length > 0 ? prior : UNKNOWN;
  if (field.kind === "list" || field.kind === "set") return planCollection(field, prior, config, stage);
  if (field.kind === "map") return planMap(field, prior, config, stage);
  const wanted = config ?? field.default ?? null;
  if (field.permitted?.sameAs === "null" && prior === "null" && isZero(wanted)) return prior;
  if (wanted === null || (wanted === "" && field.computed && !isZero(prior))) return planAbsent(field, prior, stage);
  if (sameText(field, prior, wanted)) return prior;
  return wanted;
}

function planAbsent(field: Field, prior: Value, stage: Stage): Value {
  if (field.computed) {
    if (stage === "new set element") return prior === null ? UNKNOWN : prior;
    return prior ?? (stage === "create" ? UNKNOWN : null);
  }
  return stage !== "create" && isZero(prior) ? prior : null;
}

/** True of two texts that the provider takes for the same value. */
function sameText(field: Field, prior: Value, wanted: Value): boolean {
  if (typeof prior !== "string" || typeof wanted !== "string") return false;
  if (field.permitted?.sameAs !== "json") return false;
  try {
    return equal(JSON.parse(prior), JSON.parse(wanted));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** In a creation a map that holds nothing counts as not written. */
function planMap(field: Field, prior: Value, config: Value, stage: Stage): Value {
  const isEmpty = isDict(config) && Object.keys(config).length === 0;
  if (config !== null && !(isEmpty && stage === "create")) return config;
  if (field.computed) return prior ?? (stage === "create" || stage === "new list element" ? UNKNOWN : null);
  return isZero(prior) ? prior : {};
}

function planCollection(field: Field, prior: Value, config: Value, stage: Stage): Value {
  const countsEmpty = isBlock(field) || (field.kind === "set" && stage === "create");
  const absent = config === null || (countsEmpty && elements(config).length === 0);
  if (absent && field.computed) {
    if (prior !== null && stage !== "create") return prior;
    return stage === "update" && isBlock(field) ? [] : UNKNOWN;
  }
  if (absent && !isBlock(field)) return isZero(prior) ? prior : stage === "create" ? null : [];
  if (absent) return [];
  const nested = field.fields;
  if (!nested) return field.kind === "set" && isKnown(config) ? asSet(elements(config)) : config;
  if (field.kind === "set") return planSet(nested, elements(prior), elements(config), stage);
  return elements(config).map((item, i) => {
    const before = elements(prior)[i];
    if (!isDict(item)) return item;
    if (isDict(before)) return planElement(field, nested, before, item, stage);
    return planFields(nested, null, item, stage === "update" ? "new list element" : stage);
  });
}

/**
 * A set's element is the prior one when they agree in all that is written; else it is new, computed parts unknown. In
 * a set that changes, a computed text that is empty counts as unknown too.
 */
function planSet(nested: Fields, prior: readonly Value[], config: readonly Value[], stage: Stage): Value[] {
  const planned = config.map((item) => {
    if (!isDict(item)) return item;
    const before = prior.filter(isDict).find((candidate) => agrees(nested, candidate, item));
    const element = planFields(nested, before ?? null, item, before || stage === "create" ? stage : "new set element");
    return withEmptyTexts(nested, element);
  });
  if (stage !== "create" && setKey(asSet(planned)) === setKey(asSet(prior))) return asSet(planned);
  return asSet(planned.map((item) => (isDict(item) ? withUnknownTexts(nested, item) : item)));
}

/**
 * True of a set's element that is written again: to the letter, where what the server decides counts only if written;
 * or else but for nulls and zeros. Then the server has no say in a text that the program may write: left out, it is empty.
 */
function agrees(nested: Fields, before: Dict, item: Dict): boolean {
  const isExact = ([name, field]: [string, Field]): boolean =>
    equal(before[name], item[name]) || (field.computed === true && (item[name] ?? null) === null);
  const isAlike = ([name, field]: [string, Field]): boolean =>
    equivalent(before[name], item[name]) ||
    (field.computed === true && !(field.optional && field.kind === "string") && isUnwritten(item[name]));
  const fields = Object.entries(nested);
  return fields.every(isExact) || fields.every(isAlike);
}

/** An empty text leaves the server its say, as null does; false and 0 are values. */
const isUnwritten = (value: Value | undefined): boolean => value === undefined || value === null || value === "";

function withUnknownTexts(fields: Fields, element: Dict): Dict {
  const empty = Object.entries(fields).filter(([name, field]) => field.computed && element[name] === "");
  return { ...element, ...Object.fromEntries(empty.map(([name]) => [name, UNKNOWN])) };
}

/** In a set a text that is not written is empty, never null. */
function withEmptyTexts(fields: Fields, element: Dict): Dict {
  const texts = Object.entries(fields).filter(
    ([name, { kind }]) => kind === "string" && (element[name] ?? null) === null,
  );
  return { ...element, ...Object.fromEntries(texts.map(([name]) => [name, ""])) };
}

/** Values that are only ever sent: no state holds them. */
function withoutWriteOnly(fields: Fields, values: Dict): Dict {
  const kept: Dict = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    const nested = field?.fields;
    if (field?.writeOnly) kept[name] = null;
    else if (nested && Array.isArray(value)) {
      kept[name] = value.map((item) => (isDict(item) ? withoutWriteOnly(nested, item) : item));
    } else kept[name] = value;
  }
  return kept;
}
