/** A value that is only decided by the server; what a preview shows as "output". */
export class Unknown {
  readonly unknown = true;
}
export const UNKNOWN = new Unknown();

/** Any property value inside the plugin. Objects at the top level are keyed by the provider's field names. */
export type Value = null | boolean | number | string | Unknown | Value[] | Dict;
export interface Dict {
  [name: string]: Value;
}

export function isDict(value: Value | undefined): value is Dict {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** The elements of a list or set; none when it is absent or unknown. */
export function elements(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

/** The object at a list's position; an empty one where there is none. */
export function dictAt(value: Value | undefined, index = 0): Dict {
  const found = elements(value)[index];
  return isDict(found) ? found : {};
}

/** The text of a field, "" when it holds none. */
export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** True when no part of the value is unknown. */
export function isKnown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return false;
  if (Array.isArray(value)) return value.every(isKnown);
  return !isDict(value) || Object.values(value).every(isKnown);
}

/** Null, false, 0, "", and whatever holds only those: the provider's SDK cannot tell them apart in a state. */
export function isZero(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isDict(value)) return Object.values(value).every(isZero);
  return value === undefined || value === null || value === false || value === 0 || value === "";
}

export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (isDict(a) && isDict(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => equal(a[name], b[name]));
  }
  return (a ?? null) === (b ?? null);
}

/** Equal, where null and the zero values count as the same. */
export function equivalent(a: Value | undefined, b: Value | undefined): boolean {
  if (isZero(a) && isZero(b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => equivalent(item, b[i]));
  if (isDict(a) && isDict(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => equivalent(a[name], b[name]));
  }
  return a === b;
}

/** Text by which the elements of a set are told apart and ordered; the order of an object is that of its field names. */
export function setKey(value: Value | undefined): string {
  if (value instanceof Unknown) return "?";
  if (value === undefined || value === null) return "~";
  if (typeof value === "boolean") return value ? "T" : "F";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => `${setKey(item)};`).join("")}]`;
  return `<${Object.keys(value)
    .sort()
    .map((name) => `${setKey(value[name])};`)
    .join("")}>`;
}

/** The elements as the provider orders a set, each once. */
export function asSet(items: readonly Value[]): Value[] {
  const byKey = new Map(items.map((item) => [setKey(item), item]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key) ?? null);
}
