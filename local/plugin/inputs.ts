import { DEFAULTS, toProvider, toPulumi } from "./properties.ts";
import { type Field, type Fields, isSingle, type Table } from "./table.ts";
import { validate } from "./validate.ts";
import { type Dict, equal, isDict, setKey, type Value } from "./value.ts";

/** Inputs in Pulumi's names that describe a state: after a refresh the old ones with new values, else all that can be written. */
export function inputsOf(table: Table, state: Dict, oldInputs: Dict | undefined): Dict {
  const { id: _, ...values } = state;
  const outputs = toPulumi(table.fields, values, false) as Dict;
  if (oldInputs) return withoutEmptyNotes(refreshed(table.fields, oldInputs, outputs).value);
  return withoutInvalid(table, withoutConflicts(table.fields, writable(table.fields, outputs)));
}

interface Refreshed<T> {
  readonly value: T;
  /** True while the value may still count as one that a default gave. */
  readonly isDefault: boolean;
}

function refreshed(fields: Fields, old: Dict, state: Dict): Refreshed<Dict> {
  const byProperty = new Map(Object.values(fields).map((field) => [field.name, field]));
  const noted = old[DEFAULTS];
  const defaults = new Set(Array.isArray(noted) ? noted : []);
  const value: Dict = {};
  let allDefault = true;
  for (const [name, before] of Object.entries(old)) {
    if (name === DEFAULTS) continue;
    const now = state[name];
    const next = now === undefined ? undefined : refreshedValue(byProperty.get(name), before, now);
    if (next) value[name] = next.value;
    if (next?.isDefault) continue;
    allDefault = false;
    defaults.delete(name);
  }
  if (Array.isArray(noted)) value[DEFAULTS] = [...defaults].sort();
  return { value, isDefault: (allDefault && !Array.isArray(noted)) || !Array.isArray(noted) };
}

function refreshedValue(field: Field | undefined, old: Value, now: Value): Refreshed<Value> {
  if (Array.isArray(old) && Array.isArray(now)) return refreshedList(field, old, now);
  if (!isDict(old) || !isDict(now)) return { value: now, isDefault: equal(old, now) };
  if (field?.fields) return refreshed(field.fields, old, now);
  const kept = Object.keys(old).filter((key) => key in now);
  const value = Object.fromEntries(kept.map((key) => [key, now[key] ?? null]));
  return { value, isDefault: equal(old, value) };
}

/** Elements beyond the old inputs are not taken in: a refresh updates what is written, it writes nothing new. */
function refreshedList(field: Field | undefined, old: Value[], now: Value[]): Refreshed<Value> {
  const places = field?.kind === "set" && [...old, ...now].every(isDict) ? matched(old, now) : undefined;
  const value: Value[] = [];
  let isDefault = true;
  for (const [i, before] of old.entries()) {
    const found = now[places ? (places.get(i) ?? -1) : i];
    if (found === undefined) {
      isDefault = false;
      continue;
    }
    const next = field?.fields && isDict(before) && isDict(found) ? refreshed(field.fields, before, found) : undefined;
    value.push(next ? next.value : found);
    if (!(next ? next.isDefault : equal(before, found))) isDefault = false;
  }
  return { value, isDefault };
}

/** Pairs the objects of two sets, those that share the most first. */
function matched(old: Value[], now: Value[]): Map<number, number> {
  const pairs = old.flatMap((a, i) => now.map((b, j) => ({ i, j, score: shared(a, b) })));
  const [places, taken] = [new Map<number, number>(), new Set<number>()];
  for (const { i, j } of pairs.sort((a, b) => b.score - a.score)) {
    if (places.has(i) || taken.has(j)) continue;
    places.set(i, j);
    taken.add(j);
  }
  return places;
}

function shared(a: Value, b: Value): number {
  if (!isDict(a) || !isDict(b)) return 0;
  return Object.keys(a)
    .filter((name) => name in b)
    .reduce((score, name) => score + (equal(a[name], b[name]) ? 3 : 1), 0);
}

/** Everything of a state that a program could have written and that is no default. */
function writable(fields: Fields, state: Dict): Dict {
  const result: Dict = {};
  for (const field of Object.values(fields)) {
    const value = state[field.name];
    if (value === undefined || (!field.optional && !field.required)) continue;
    const written = writableValue(field, value);
    if (field.required || !isDefaultOrZero(field, written)) result[field.name] = written;
  }
  result[DEFAULTS] = [];
  return result;
}

function writableValue(field: Field, value: Value): Value {
  const nested = field.fields;
  if (nested && isSingle(field) && isDict(value)) return writable(nested, value);
  if (Array.isArray(value)) return value.map((item) => (nested && isDict(item) ? writable(nested, item) : item));
  return isDict(value) ? { ...value, [DEFAULTS]: [] } : value;
}

function isDefaultOrZero(field: Field, value: Value): boolean {
  if (field.default !== undefined) return field.default === value;
  if (Array.isArray(value)) return value.length === 0;
  if (isDict(value)) return Object.keys(value).every((name) => name === DEFAULTS);
  return value === null || value === false || value === 0 || value === "";
}

/**
 * Of fields that exclude each other the first in the order of their names stays, inside objects too.
 * @param prefix path of the object, as rules write it: `addons.0.`
 * @param seen paths that stay
 */
function withoutConflicts(fields: Fields, inputs: Dict, prefix = "", seen = new Set<string>()): Dict {
  const result: Dict = {};
  for (const property of Object.keys(inputs).sort()) {
    const [name, field] = Object.entries(fields).find(([, candidate]) => candidate.name === property) ?? [property];
    const path = `${prefix}${name}`;
    if (field?.conflictsWith?.some((other) => seen.has(other))) continue;
    seen.add(path);
    const nested = field?.fields;
    const inside = (item: Value): Value =>
      nested && isDict(item) ? withoutConflicts(nested, item, `${path}.0.`, seen) : item;
    const value = inputs[property] ?? null;
    result[property] = Array.isArray(value) ? value.map(inside) : inside(value);
  }
  return result;
}

/** The server may return what the check would refuse; where it decides the value anyway, it is not written. */
function withoutInvalid(table: Table, inputs: Dict): Dict {
  const refused = new Set(validate(table.fields, toProvider(table.fields, inputs)).map(({ path }) => path));
  const droppable = Object.values(table.fields).filter(({ optional, computed }) => optional && computed);
  const dropped = new Set(droppable.map(({ name }) => name).filter((name) => refused.has(name)));
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !dropped.has(name)));
}

function withoutEmptyNotes(value: Dict): Dict {
  const clean = (item: Value): Value => {
    if (Array.isArray(item)) return item.map(clean);
    return isDict(item) ? withoutEmptyNotes(item) : item;
  };
  const kept = Object.entries(value).filter(([name, item]) => name !== DEFAULTS || setKey(item) !== "[]");
  return Object.fromEntries(kept.map(([name, item]) => [name, clean(item)]));
}
