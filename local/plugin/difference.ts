import { type Field, type Fields, isSingle } from "./table.ts";
import { type Dict, elements, equal, isDict, isZero, setKey, UNKNOWN, type Value } from "./value.ts";

/** How one property changes. A replacing kind means that the resource cannot be updated in place. */
export type ChangeKind = "add" | "delete" | "update";
interface PropertyChange {
  readonly kind: ChangeKind;
  readonly replaces: boolean;
  /** Nothing became its kind's zero: it replaces only where something else does, too. */
  readonly isSlight?: true;
}
export type Changes = Map<string, PropertyChange>;

interface Sides {
  readonly old: Value;
  readonly planned: Value;
}

/**
 * What changes between a state and a plan, by the property's path in Pulumi's names, as finely as the provider tells
 * it. @param inputs the new inputs in the provider's names: elements of a set are named by their place there
 */
export function difference(fields: Fields, prior: Dict, planned: Dict, inputs: Dict): Changes {
  const changes: Changes = new Map();
  compareObject(fields, prior, planned, inputs, "", false, changes);
  const isReplaced = [...changes.values()].some(({ replaces, isSlight }) => replaces && !isSlight);
  for (const [path, { kind, replaces, isSlight }] of changes) {
    if (isSlight) changes.set(path, { kind, replaces: replaces && isReplaced });
  }
  return changes;
}

function compareObject(
  fields: Fields,
  old: Dict,
  planned: Dict,
  inputs: Dict,
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  for (const [name, field] of Object.entries(fields)) {
    const sides = { old: old[name] ?? null, planned: planned[name] ?? null };
    const below = path ? `${path}.${field.name}` : field.name;
    compareField(field, sides, inputs[name] ?? null, below, replaces || field.replaces === true, changes);
  }
}

function compareField(
  field: Field,
  sides: Sides,
  input: Value,
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  if (isSingle(field)) compareSingle(field, sides, input, path, replaces, changes);
  else if (shortCircuit(field, sides, path, replaces, changes)) return;
  else if (field.kind === "set") compareSet(field, sides, input, path, replaces, changes);
  else if (field.kind === "list") compareList(field, sides, input, path, replaces, changes);
  else if (field.kind === "map") compareMap(sides, path, replaces, changes);
  else if (!equal(sides.old, sides.planned)) changes.set(path, { kind: "update", replaces });
}

/** A list of at most one element is that element to a Pulumi program. */
function compareSingle(
  field: Field,
  sides: Sides,
  input: Value,
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  const unwrap = (value: Value): Value => (Array.isArray(value) ? (value[0] ?? null) : value);
  const only = { old: unwrap(sides.old), planned: unwrap(sides.planned) };
  compareElement(field, only, unwrap(input), path, replaces, changes);
}

/** An empty list is no value to Pulumi; an empty map is one. */
const present = (value: Value): Value => (Array.isArray(value) && value.length === 0 ? null : value);

/** Where one side has nothing or is unknown, the property changes as a whole. */
function shortCircuit(field: Field, sides: Sides, path: string, replaces: boolean, changes: Changes): boolean {
  const [old, planned] = [present(sides.old), present(sides.planned)];
  if (old !== null && planned !== null && planned !== UNKNOWN) return false;
  if (old === null && planned === null) return true;
  const kind = old === null ? "add" : planned === null ? "delete" : "update";
  const inside = planned !== UNKNOWN && holdsReplacing(field, planned ?? old);
  const isSlight = old === null && typeof planned !== "object" && isZero(planned);
  changes.set(path, { kind, replaces: replaces || inside, ...(isSlight ? { isSlight } : {}) });
  return true;
}

/** True when a value sets any field inside it whose change replaces the resource. */
function holdsReplacing(field: Field, value: Value): boolean {
  const nested = field.fields;
  if (!nested) return false;
  const items = Array.isArray(value) ? value : [value];
  return items.filter(isDict).some((item) =>
    Object.entries(nested).some(([name, inner]) => {
      const held = item[name] ?? null;
      return held !== null && (inner.replaces === true || holdsReplacing(inner, held));
    }),
  );
}

function compareMap({ old, planned }: Sides, path: string, replaces: boolean, changes: Changes): void {
  const [before, after] = [isDict(old) ? old : {}, isDict(planned) ? planned : {}];
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const step = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
    const [from, to] = [before[key] ?? null, after[key] ?? null];
    if (equal(from, to)) continue;
    changes.set(step, { kind: from === null ? "add" : to === null ? "delete" : "update", replaces });
  }
}

function compareList(
  field: Field,
  { old, planned }: Sides,
  input: Value,
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  const [before, after] = [elements(old), elements(planned)];
  if (!field.fields) editPlainList(before, after, path, replaces, changes);
  for (let i = 0; field.fields && i < Math.max(before.length, after.length); i++) {
    const sides = { old: before[i] ?? null, planned: after[i] ?? null };
    compareElement(field, sides, elements(input)[i] ?? null, `${path}[${i}]`, replaces, changes);
  }
}

function compareElement(
  field: Field,
  sides: Sides,
  input: Value,
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  if (shortCircuit(field, sides, path, replaces, changes)) return;
  if (field.fields && isDict(sides.old) && isDict(sides.planned)) {
    const written = isDict(input) ? input : {};
    compareObject(field.fields, sides.old, sides.planned, written, path, replaces, changes);
  } else if (!equal(sides.old, sides.planned)) changes.set(path, { kind: "update", replaces });
}

/** Elements taken out and put in, by the longest part both lists share; both at one place is an update. */
function editPlainList(before: Value[], after: Value[], path: string, replaces: boolean, changes: Changes): void {
  const { removed, added } = edits(before, after);
  for (const i of removed) changes.set(`${path}[${i}]`, { kind: added.has(i) ? "update" : "delete", replaces });
  for (const i of added) if (!removed.has(i)) changes.set(`${path}[${i}]`, { kind: "add", replaces });
}

function edits(before: Value[], after: Value[]): { removed: Set<number>; added: Set<number> } {
  const longest: number[][] = Array.from({ length: before.length + 1 }, () => Array(after.length + 1).fill(0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = longest[i] ?? [];
      row[j] = equal(before[i], after[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const [removed, added] = [new Set<number>(), new Set<number>()];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && equal(before[i], after[j])) {
      i++;
      j++;
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) removed.add(i++);
    else added.add(j++);
  }
  return { removed, added };
}

function compareSet(
  field: Field,
  { old, planned }: Sides,
  input: Value,
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  const [before, after] = [elements(old), elements(planned)];
  const keyOf = (item: Value): string => setKey(comparable(item, field.fields));
  const absentFrom = (items: Value[], others: Value[]): number[] => {
    const keys = new Set(others.map(keyOf));
    return items.flatMap((item, i) => (keys.has(keyOf(item)) ? [] : [i]));
  };
  const removed = absentFrom(before, after);
  const added = absentFrom(after, before);
  if (removed.length === 0 && added.length === 0) return;
  const places = placesOf(field, added, after, elements(input));
  if (!places) {
    changes.set(path, { kind: "update", replaces });
    return;
  }
  for (const place of new Set([...removed, ...places.keys()])) {
    const from = removed.includes(place) ? (before[place] ?? null) : null;
    const to = after[places.get(place) ?? -1] ?? null;
    compareElement(field, { old: from, planned: to }, null, `${path}[${place}]`, replaces, changes);
  }
}

/**
 * Elements are told apart as the SDK does it: what is unknown or absent counts as its kind's zero, and what only the
 * server decides does not count.
 */
function comparable(value: Value, fields?: Fields): Value {
  if (value === UNKNOWN || value === null || value === false || value === 0) return "";
  if (!isDict(value)) return value;
  const counts = (name: string): boolean => !fields?.[name]?.computed || fields[name].optional === true;
  const counted = Object.entries(value).filter(([name]) => counts(name));
  return Object.fromEntries(counted.map(([name, inner]) => [name, comparable(inner)]));
}

/** For each place in the program's list, which planned element stands there; undefined when one cannot be found. */
function placesOf(field: Field, added: number[], planned: Value[], inputs: Value[]): Map<number, number> | undefined {
  if (inputs.length < planned.length) return undefined;
  const places = new Map<number, number>();
  for (const index of added) {
    const place = inputs.findIndex((item, i) => !places.has(i) && comesFrom(field, item, planned[index] ?? null));
    if (place < 0) return undefined;
    places.set(place, index);
  }
  return places;
}

function comesFrom(field: Field, input: Value, planned: Value): boolean {
  if (!field.fields || !isDict(input) || !isDict(planned)) return equal(input, planned);
  return Object.entries(field.fields).every(([name, inner]) => {
    const [written, plan] = [input[name] ?? null, planned[name] ?? null];
    if (inner.computed && written === null) return true;
    if (plan === UNKNOWN && (inner.kind === "list" || inner.kind === "set")) return false;
    if (Array.isArray(plan) || Array.isArray(written)) return elements(plan).length === 0 || written !== null;
    return equal(written, plan);
  });
}
