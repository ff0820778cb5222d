import { type Dict, isDict, UNKNOWN, type Value } from "../../../local/plugin/value.ts";
import { has, isInput, type Rule } from "./rules.ts";

/** `add`, `delete` or `update` by path, with ` and replace` where no update in place will do. */
export type Changes = Record<string, string>;

/** How new inputs change a state, by the rules of its fields. */
export function changesOf(rules: readonly Rule[], olds: Dict, news: Dict): Changes {
  const changes: Changes = {};
  compareObject(rules, olds, planned(rules, olds, news, false), "", false, changes);
  return changes;
}

/** What an update is to lead to: what is written; else the default, or what the server chose, or nothing. */
function planned(rules: readonly Rule[], held: Dict, written: Dict, isNew: boolean): Dict {
  return Object.fromEntries(
    rules.map((rule) => [rule.name, plannedValue(rule, held[rule.name] ?? null, written[rule.name], isNew)]),
  );
}

function plannedValue(rule: Rule, held: Value, written: Value | undefined, isNew: boolean): Value {
  if (has(rule, "writeOnly")) return held;
  if (written === undefined && rule.default !== null) return rule.default;
  if (written === undefined) return !has(rule, "computed") ? null : isNew && held === null ? UNKNOWN : held;
  const { inside } = rule;
  // An unknown set is taken for no change where the server may decide and there is a value already.
  if (written === UNKNOWN && rule.kind === "set" && has(rule, "computed") && !isNothing(held)) return held;
  if (written === UNKNOWN || !inside) return written;
  if (!Array.isArray(written)) return planned(inside, isDict(held) ? held : {}, written as Dict, isNew);
  const before = Array.isArray(held) ? held : [];
  return written.map((item, i) => {
    const same = rule.kind === "set" ? before.find((old) => agrees(inside, old as Dict, item as Dict)) : before[i];
    if (rule.kind === "set" && isDict(same)) return same;
    return planned(inside, isDict(same) ? same : {}, item as Dict, isNew || rule.kind === "set");
  });
}

/**
 * True of an element of a set that the new inputs write again. A text that is left out there is an empty one, so it is
 * another element if the server chose one.
 */
const agrees = (rules: readonly Rule[], old: Dict, written: Dict): boolean =>
  rules.every((rule) => {
    const [held, now] = [old[rule.name] ?? null, written[rule.name] ?? null];
    if (now !== null) return same(held, now);
    return (
      !isInput(rule) || has(rule, "writeOnly") || isNothing(held) || (has(rule, "computed") && rule.kind !== "string")
    );
  });

function compareObject(
  rules: readonly Rule[],
  old: Dict,
  next: Dict,
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  for (const rule of rules) {
    const below = path ? `${path}.${rule.name}` : rule.name;
    compare(rule, old[rule.name] ?? null, next[rule.name] ?? null, below, replaces || has(rule, "forceNew"), changes);
  }
}

function compare(rule: Rule, old: Value, next: Value, path: string, replaces: boolean, changes: Changes): void {
  const note = (at: string, kind: string, too = false) => {
    changes[at] = replaces || too ? `${kind} and replace` : kind;
  };
  if (same(old, next) || (isAbsent(old) && isAbsent(next)) || (!rule.inside && isNothing(old) && isNothing(next)))
    return;
  if (next === UNKNOWN) note(path, isAbsent(old) ? "add" : "update");
  else if (isAbsent(old)) note(path, "add", forces(rule, next));
  else if (rule.kind === "map") compareKeys((old ?? {}) as Dict, (next ?? {}) as Dict, path, note);
  else if (isAbsent(next)) note(path, "delete", forces(rule, old));
  else if (Array.isArray(old) && Array.isArray(next)) compareLists(rule, old, next, path, replaces, changes);
  else if (rule.inside) compareObject(rule.inside, old as Dict, next as Dict, path, replaces, changes);
  else note(path, "update");
}

function compareLists(
  rule: Rule,
  old: Value[],
  next: Value[],
  path: string,
  replaces: boolean,
  changes: Changes,
): void {
  if (rule.kind === "set") compareSet(rule, old, next, path, replaces, changes);
  else if (!rule.inside) compareOrder(old, next, path, replaces, changes);
  else {
    for (let i = 0; i < Math.max(old.length, next.length); i++)
      compareElement(rule, old[i] ?? null, next[i] ?? null, `${path}[${i}]`, replaces, changes);
  }
}

function compareElement(rule: Rule, from: Value, to: Value, path: string, replaces: boolean, changes: Changes): void {
  const kind = isAbsent(from) ? "add" : isAbsent(to) ? "delete" : "update";
  if (rule.inside && isDict(from) && isDict(to)) compareObject(rule.inside, from, to, path, replaces, changes);
  else if (!same(from, to)) changes[path] = replaces || forces(rule, to ?? from) ? `${kind} and replace` : kind;
}

/** Elements that both sides hold are no change wherever they stand; the others are shown at their places. */
function compareSet(rule: Rule, old: Value[], next: Value[], path: string, replaces: boolean, changes: Changes): void {
  const left = old.map((item) => (next.some((other) => same(item, other)) ? null : item));
  const come = next.map((item) => (old.some((other) => same(item, other)) ? null : exact(rule, item)));
  const lost = come.some(
    (item) => item !== null && (rule.inside ?? []).some((inner) => isLost(inner, (item as Dict)[inner.name] ?? null)),
  );
  if (lost) {
    changes[path] = replaces ? "update and replace" : "update";
    return;
  }
  for (let i = 0; i < Math.max(left.length, come.length); i++) {
    const [from, to] = [left[i] ?? null, come[i] ?? null];
    const at = `${path}[${i}]`;
    if (!isDict(from) || !isDict(to)) compareElement(rule, from, to, at, replaces, changes);
    else for (const inner of rule.inside ?? []) compareExactly(inner, from, to, at, replaces, changes);
  }
}

/** In a set null and zero are two values, but for texts, which are never null. */
function compareExactly(rule: Rule, from: Dict, to: Dict, path: string, replaces: boolean, changes: Changes): void {
  const [old, next] = [from[rule.name] ?? null, to[rule.name] ?? null];
  const at = `${path}.${rule.name}`;
  if (rule.kind === "bool" && old === false && next === null)
    changes[at] = replaces || has(rule, "forceNew") ? "delete and replace" : "delete";
  else compare(rule, old, next, at, replaces || has(rule, "forceNew"), changes);
}

const exact = (rule: Rule, item: Value): Value => {
  if (!rule.inside || !isDict(item)) return item;
  const texts = rule.inside.filter(({ kind, name }) => kind === "string" && (item[name] ?? null) === null);
  return { ...item, ...Object.fromEntries(texts.map(({ name }) => [name, ""])) };
};

/** Holding this the element cannot be found among the inputs again: then the set changes as a whole. */
const isLost = (rule: Rule, value: Value): boolean =>
  rule.kind === "string"
    ? value === "" && !has(rule, "computed")
    : value === UNKNOWN && (rule.kind === "list" || rule.kind === "set");

/** Of a list of plain elements what is not in the longest sequence that both sides share is taken out or put in. */
function compareOrder(old: Value[], next: Value[], path: string, replaces: boolean, changes: Changes): void {
  const shared = longest(old, next);
  const [gone, come] = [beyond(shared, old), beyond(shared, next)];
  for (const i of new Set([...gone, ...come])) {
    const kind = !come.includes(i) ? "delete" : gone.includes(i) ? "update" : "add";
    changes[`${path}[${i}]`] = replaces ? `${kind} and replace` : kind;
  }
}

/** Places of the elements that are not in the shared sequence. */
function beyond(shared: Value[], items: Value[]): number[] {
  let met = 0;
  return items.flatMap((item, i) => {
    if (met === shared.length || !same(item, shared[met] ?? null)) return [i];
    met++;
    return [];
  });
}

function longest([a = null, ...as]: Value[], [b = null, ...bs]: Value[]): Value[] {
  if (a === null || b === null) return [];
  if (same(a, b)) return [a, ...longest(as, bs)];
  const [left, right] = [longest(as, [b, ...bs]), longest([a, ...as], bs)];
  return left.length >= right.length ? left : right;
}

function compareKeys(old: Dict, next: Dict, path: string, note: (at: string, kind: string) => void): void {
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
    if (same(old[key] ?? null, next[key] ?? null)) continue;
    note(`${path}.${key}`, !(key in old) ? "add" : !(key in next) ? "delete" : "update");
  }
}

/** True of an object that holds anything whose change replaces the resource. */
function forces(rule: Rule, value: Value): boolean {
  const items = Array.isArray(value) ? value : [value];
  return items.some(
    (item) =>
      isDict(item) &&
      (rule.inside ?? []).some((inner) => {
        const held = item[inner.name] ?? null;
        return !isAbsent(held) && (has(inner, "forceNew") || forces(inner, held));
      }),
  );
}

const isAbsent = (value: Value): boolean => value === null || (Array.isArray(value) && value.length === 0);
const isNothing = (value: Value): boolean =>
  isAbsent(value) ||
  value === false ||
  value === 0 ||
  value === "" ||
  (isDict(value) && Object.keys(value).length === 0);
const same = (a: Value, b: Value): boolean => a === b || (a !== UNKNOWN && b !== UNKNOWN && key(a) === key(b));
const key = (value: Value): string =>
  JSON.stringify(value, (_, held) => (isDict(held) ? Object.fromEntries(Object.entries(held).sort()) : held));
