import { type Field, type Fields, isBlock } from "./table.ts";
import { type Dict, isDict, isKnown, UNKNOWN, type Value } from "./value.ts";
import { orZero, zeroFilled } from "./zero.ts";

/**
 * The state after the server answered.
 * @param read what the read told, by field; a field it does not mention keeps its place in `basis`
 * @param basis the plan after a creation or update, the state before after a refresh
 * @param applied true after a creation or update: then empty and null follow the plan, and a wholly known set is the plan's
 */
export function settle(fields: Fields, read: Dict, basis: Dict, applied: boolean): Dict {
  const state: Dict = {};
  for (const [name, field] of Object.entries(fields)) {
    const before = basis[name] ?? null;
    const now = name in read ? orZero(field, read[name] ?? null) : kept(field, before);
    state[name] = field.writeOnly ? null : align(field, now, before, applied);
  }
  return state;
}

function kept(field: Field, value: Value): Value {
  if (value === UNKNOWN) return isBlock(field) ? [] : null;
  if (!field.fields || !Array.isArray(value)) return value;
  const nested = field.fields;
  return value.map((item) => (isDict(item) ? zeroFilled(nested, withoutUnknowns(item)) : item));
}

const withoutUnknowns = (value: Dict): Dict =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [name, item === UNKNOWN ? null : item]));

/** Lets what only differs as null and empty follow the plan, so that a state shows no change nobody made. */
function align(field: Field, now: Value, before: Value, applied: boolean): Value {
  if (field.kind === "list" || field.kind === "set" || field.kind === "map") {
    const empty = (value: Value) =>
      Array.isArray(value) ? value.length === 0 : isDict(value) && Object.keys(value).length === 0;
    if (applied && ((before === null && empty(now)) || (empty(before) && now === null))) return before;
  }
  if (before === null || before === UNKNOWN) return now;
  if (field.kind === "set") return applied && isKnown(before) ? before : now;
  const nested = field.fields;
  if (nested && Array.isArray(now) && Array.isArray(before) && now.length === before.length) {
    return now.map((item, i) => {
      const other = before[i];
      return isDict(item) && isDict(other) ? alignObject(nested, item, other, applied) : item;
    });
  }
  return now;
}

function alignObject(fields: Fields, now: Dict, before: Dict, applied: boolean): Dict {
  const aligned: Dict = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = align(field, now[name] ?? null, before[name] ?? null, applied);
    aligned[name] = field.writeOnly ? null : value;
  }
  return aligned;
}
