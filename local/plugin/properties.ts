import { type Marked, Secret } from "./marshal.ts";
import { type Field, type Fields, isBlock, isSingle, type Kind } from "./table.ts";
import { asSet, type Dict, isDict, UNKNOWN, type Value } from "./value.ts";

/** Names of properties that are Pulumi's own notes beside a resource's values. */
export const DEFAULTS = "__defaults";
export const META = "__meta";
/** True of a name that is no property. */
export const isNote = (name: string): boolean => name === DEFAULTS || name === META || name.startsWith("__pulumi");

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The provider's name of a property; a name that no field bears is only rewritten. */
export function fieldName(fields: Fields, property: string): string {
  for (const [name, field] of Object.entries(fields)) if (field.name === property) return name;
  return snake(property);
}

/** Values as a Pulumi program writes them, in the provider's names and shapes; unknown names are kept for the check. */
export function toProvider(fields: Fields, properties: Dict): Dict {
  const result: Dict = {};
  for (const [property, value] of Object.entries(properties)) {
    if (isNote(property)) continue;
    const name = fieldName(fields, property);
    const field = fields[name];
    result[name] = field ? toField(name, field, value) : value;
  }
  return result;
}

function toField(name: string, field: Field, given: Value): Value {
  if (given === UNKNOWN) return UNKNOWN;
  let value = given;
  if (field.kind === "list" || field.kind === "set") {
    if (value === null) return isSingle(field) ? [] : null;
    if (!Array.isArray(value)) value = [value];
    return value.map((item, i) => toElement(`${name}[${i}]`, field, item));
  }
  if (field.kind === "map" && isDict(value)) return toMap(value);
  return toScalar(name, field.kind, value);
}

const toMap = (value: Dict): Dict =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toEntry(item)]));

function toElement(name: string, field: Field, value: Value): Value {
  if (field.fields) return isDict(value) ? toProvider(field.fields, value) : value;
  if (field.of === "map" && isDict(value)) return toMap(value);
  return toScalar(name, field.of ?? "string", value);
}

/** A map's entry stays as it is written until it is sent, but for a number's fraction. */
const toEntry = (value: Value): Value => (typeof value === "number" ? Math.trunc(value) : value);

/** Fits a plain value to its kind where that loses nothing; what does not fit is left for the check to refuse. */
function toScalar(name: string, kind: Kind, value: Value): Value {
  if (typeof value === "boolean" && kind === "string") return String(value);
  if (typeof value === "number" && kind === "string") return String(value);
  if (typeof value === "number" && kind === "int") return Math.trunc(value);
  if (typeof value === "string" && kind === "int") {
    if (/^[+-]?\d+$/.test(value)) return Number(value);
    throw new Error(`${name}: strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  return value;
}

/**
 * The same values as a whole configuration: every field present, null where nothing is written, an empty list for an
 * absent nested object, and texts such as "true" turned into what the field holds.
 */
export function complete(fields: Fields, values: Dict): Dict {
  const result: Dict = {};
  for (const [name, field] of Object.entries(fields)) result[name] = completeField(field, values[name] ?? null);
  return result;
}

/** A whole configuration from a program's properties; sets in the provider's own order, each element once. */
export function configured(fields: Fields, properties: Dict): Dict {
  return ordered(fields, complete(fields, toProvider(fields, properties)));
}

function ordered(fields: Fields, values: Dict): Dict {
  const result: Dict = { ...values };
  for (const [name, { kind, fields: nested }] of Object.entries(fields)) {
    const value = values[name];
    if (!Array.isArray(value)) continue;
    const items = value.map((item) => (nested && isDict(item) ? ordered(nested, item) : item));
    result[name] = kind === "set" ? asSet(items) : items;
  }
  return result;
}

function completeField(field: Field, value: Value): Value {
  if (value === UNKNOWN) return UNKNOWN;
  if (value === null) return isBlock(field) ? [] : null;
  if (Array.isArray(value)) return value.map((item) => completeElement(field, item));
  if (isDict(value)) return completeMap(field.of, value);
  return fromText(field.kind, value);
}

function completeMap(of: Kind | undefined, value: Dict): Dict {
  const entries = Object.entries(value).filter(([key]) => !isNote(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, completePlain(of ?? "string", item)]));
}

function completeElement(field: Field, value: Value): Value {
  if (field.fields) return isDict(value) ? complete(field.fields, value) : value;
  if (field.of === "map" && isDict(value)) return completeMap("string", value);
  return completePlain(field.of ?? "string", value);
}

function completePlain(kind: Kind, value: Value): Value {
  const isPlain = typeof value === "number" || typeof value === "boolean";
  return isPlain && kind === "string" ? String(value) : fromText(kind, value);
}

function fromText(kind: Kind, value: Value): Value {
  if (typeof value !== "string") return value;
  if (kind === "bool" && /^(true|1)$/.test(value)) return true;
  if (kind === "bool" && /^(false|0)$/.test(value)) return false;
  if ((kind === "int" || kind === "float") && value !== "" && !Number.isNaN(Number(value))) return Number(value);
  return value;
}

/** Values in the provider's names and shapes, as a Pulumi program reads them, secret by the table's flags. */
export function toPulumi(fields: Fields, values: Dict, secrets = true): Record<string, Marked> {
  const result: Record<string, Marked> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    if (field) result[field.name] = fieldToPulumi(field, value, secrets);
    else result[isNote(name) ? name : camel(name)] = value as Marked;
  }
  return result;
}

/** A name that no field bears, as the program wrote it. */
export function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function fieldToPulumi(field: Field, value: Value, secrets: boolean): Marked {
  const plain = plainToPulumi(field, value, secrets);
  return field.secret && secrets ? new Secret(plain) : plain;
}

function plainToPulumi(field: Field, value: Value, secrets: boolean): Marked {
  const element = (item: Value): Marked =>
    field.fields && isDict(item)
      ? toPulumi(field.fields, item, secrets)
      : (fromText(field.of ?? "string", item) as Marked);
  if (Array.isArray(value)) {
    if (!isSingle(field)) return value.map(element);
    const [only] = value;
    return only === undefined ? null : element(only);
  }
  if (isDict(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, element(item)]));
  return fromText(field.kind, value) as Marked;
}
