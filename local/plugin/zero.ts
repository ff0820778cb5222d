import type { Field, Fields } from "./table.ts";
import { asSet, type Dict, elements, isDict, UNKNOWN, type Value } from "./value.ts";

/** The value, or its kind's zero where there is none: the provider's SDK keeps no null it was told. */
export function orZero(field: Field, value: Value): Value {
  if (value === UNKNOWN) return UNKNOWN;
  if (field.kind === "list" || field.kind === "set") {
    const nested = field.fields;
    const items = elements(value).map((item) => (nested && isDict(item) ? told(nested, item) : item));
    return field.kind === "set" ? asSet(items) : items;
  }
  if (field.kind === "map") return value ?? {};
  return value ?? zero(field);
}

/** An object of which nothing is told holds nulls; one of which anything is told, zeros where it holds nothing. */
function told(fields: Fields, value: Dict): Dict {
  if (Object.keys(value).length > 0) return zeroFilled(fields, value);
  return Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
}

function zero(field: Field): Value {
  if (field.kind === "string") return "";
  return field.kind === "bool" ? false : 0;
}

/** An object with every field, zeros where it holds nothing. */
export function zeroFilled(fields: Fields, value: Dict): Dict {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, orZero(field, value[name] ?? null)]));
}
