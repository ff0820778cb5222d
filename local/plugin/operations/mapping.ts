import { asArray, asObject, type Json, type JsonObject } from "../management.ts";
import { type Field, type Fields, isSingle } from "../table.ts";
import { type Dict, elements, isDict, isZero, UNKNOWN, type Value } from "../value.ts";
import type { Step } from "./operation.ts";

/**
 * How a resource's fields and the API's differ. Everything not named here bears one name in both; paths run through
 * nested objects with dots (`options.password_policy`).
 */
export interface Mapping {
  /** The API's name of a field. */
  readonly names?: Readonly<Record<string, string>>;
  /** Never sent: the server's own, or sent by the operation itself. */
  readonly unsent?: readonly string[];
  /** Never read back: what was written stays. */
  readonly unread?: readonly string[];
  /** Sent in a creation and in an update that changes the field. */
  readonly whenChanged?: readonly string[];
  /** Sent in a creation only. */
  readonly once?: readonly string[];
  /** Sent as null when nothing is written. */
  readonly always?: readonly string[];
  /** Lists that are only sent when they hold something. */
  readonly unlessEmpty?: readonly string[];
  /** Objects of the API that the program writes as JSON text. */
  readonly json?: readonly string[];
  /** One object to the API, though the program writes a list. */
  readonly single?: readonly string[];
  /** Objects that are sent even when they hold nothing. */
  readonly evenEmpty?: readonly string[];
}

const has = (paths: readonly string[] | undefined, path: string): boolean => paths?.includes(path) ?? false;

/** The body of a creation or update: what the program wrote, in the API's names. */
export function toBody(step: Step, mapping: Mapping): JsonObject {
  const isSent = (path: string): boolean => {
    if (has(mapping.unsent, path)) return false;
    if (has(mapping.once, path)) return step.creates;
    return !has(mapping.whenChanged, path) || step.creates || step.changed(path);
  };
  return objectBody(step.fields, step.config, mapping, "", isSent);
}

/** One nested object of a body. @param path of the object */
export function objectBody(
  fields: Fields,
  values: Dict,
  mapping: Mapping,
  path: string,
  isSent: (path: string) => boolean = (inner) => !has(mapping.unsent, inner),
): JsonObject {
  const body: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const inner = path ? `${path}.${name}` : name;
    if (!isSent(inner) || (!field.optional && !field.required)) continue;
    const value = fieldBody(field, values[name] ?? null, mapping, inner, isSent);
    const sent = value === undefined && has(mapping.always, inner) ? null : value;
    if (sent !== undefined) body[mapping.names?.[inner] ?? name] = sent;
  }
  return body;
}

function fieldBody(
  field: Field,
  value: Value,
  mapping: Mapping,
  path: string,
  isSent: (path: string) => boolean,
): Json | undefined {
  if (value === null || value === UNKNOWN) return undefined;
  if (has(mapping.json, path)) return parsed(String(value));
  if (has(mapping.unlessEmpty, path) && isZero(value)) return undefined;
  const nested = field.fields;
  if (!nested) return value as Json;
  const objects = elements(value)
    .filter(isDict)
    .map((item) => objectBody(nested, item, mapping, path, isSent));
  if (!isSingle(field) && !has(mapping.single, path)) return objects.length > 0 || field.required ? objects : undefined;
  const only = objects.at(-1);
  return only && (Object.keys(only).length > 0 || has(mapping.evenEmpty, path)) ? only : undefined;
}

/** The object of a JSON text; one that holds nothing is not sent. */
function parsed(json: string): Json | undefined {
  const value = JSON.parse(json) as Json;
  return isDict(value as Value) && Object.keys(asObject(value)).length === 0 ? undefined : value;
}

/** What an answer says of every field; a field the answer lacks is null, which a state keeps as its zero. */
export function fromAnswer(fields: Fields, answer: JsonObject, mapping: Mapping, path = ""): Dict {
  const read: Dict = {};
  for (const [name, field] of Object.entries(fields)) {
    const inner = path ? `${path}.${name}` : name;
    if (has(mapping.unread, inner)) continue;
    read[name] = fieldFrom(field, answer[mapping.names?.[inner] ?? name], mapping, inner);
  }
  return read;
}

function fieldFrom(field: Field, answer: Json | undefined, mapping: Mapping, path: string): Value {
  if (answer === undefined || answer === null) return null;
  if (has(mapping.json, path)) return Object.keys(asObject(answer)).length === 0 ? "" : jsonText(answer);
  const nested = field.fields;
  if (nested) {
    const objects = !Array.isArray(answer) ? [asObject(answer)] : asArray(answer).map(asObject);
    return objects.map((item) => fromAnswer(nested, item, mapping, path));
  }
  if (field.kind === "list" || field.kind === "set") {
    return field.of === "map" ? asArray(answer).map(textsFrom) : (asArray(answer) as Value[]);
  }
  return field.kind === "map" ? textsFrom(answer) : (answer as Value);
}

function textsFrom(answer: Json): Dict {
  const texts = Object.entries(asObject(answer)).map(([key, item]) => [
    key,
    typeof item === "string" ? item : String(item),
  ]);
  return Object.fromEntries(texts);
}

/**
 * What an update says of a map whose keys the API merges: a key that is no longer written goes as null; undefined where
 * nothing changes.
 */
export function mergedMap({ prior, planned, changed }: Step, name: string): JsonObject | undefined {
  if (!changed(name)) return undefined;
  const [before, after] = [prior?.[name], planned[name]].map((map) => (isDict(map) ? map : {}));
  const removed = Object.keys(before ?? {}).filter((key) => !(key in (after ?? {})));
  return { ...(after as JsonObject), ...Object.fromEntries(removed.map((key) => [key, null])) };
}

/**
 * An object as text, its keys in order, so that the same object is the same text. Signs that mean something in a web
 * page are escaped, as the provider writes them. @param indent spaces a level; 0 for one line
 */
export function jsonText(value: Json, indent = 0): string {
  const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(sorted(value), null, indent).replace(/[<>&\u2028\u2029]/g, escaped);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
