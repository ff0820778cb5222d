import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { type Dict, UNKNOWN, Unknown, type Value } from "./value.ts";

// Marks that Pulumi's wire format uses inside plain JSON: https://github.com/pulumi/pulumi/blob/master/sdk/proto/go
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWN_TEXTS = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A value that the engine must encrypt and mask. */
export class Secret {
  readonly value: Marked;

  constructor(value: Marked) {
    this.value = value;
  }
}

/** A value on its way to the engine. */
export type Marked = null | boolean | number | string | Unknown | Secret | Marked[] | { [name: string]: Marked };

/**
 * Reads properties as the engine sent them, without their secret marks: the table says again what is secret.
 * Nulls inside objects are dropped; assets and resource references are refused, no field takes them.
 */
export function readProperties(struct: structs.Struct | undefined): Dict {
  const value = struct ? readValue(struct.toJavaScript()) : {};
  return value as Dict;
}

type Wire = { [name: string]: JavaScriptValue };

function readValue(value: JavaScriptValue): Value {
  if (typeof value === "string") return UNKNOWN_TEXTS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(readValue);
  if (typeof value !== "object" || value === null) return value;
  const signature = (value as Wire)[SIGNATURE];
  if (signature === SECRET) return readValue((value as Wire).value ?? null);
  if (signature === OUTPUT) {
    const { value: held } = value as Wire;
    return held === undefined ? UNKNOWN : readValue(held);
  }
  if (signature !== undefined)
    throw new Error("assets, archives and resource references are no values of this provider");
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([name, item]) => [name, readValue(item)]));
}

/** Writes properties for the engine. @param keepUnknowns false: an unknown is a fault of ours and becomes null */
export function writeProperties(properties: Record<string, Marked>, keepUnknowns: boolean): structs.Struct {
  const written = Object.entries(properties).map(([name, value]) => [name, writeValue(value, keepUnknowns)] as const);
  return structs.Struct.fromJavaScript(Object.fromEntries(written));
}

function writeValue(value: Marked, keepUnknowns: boolean): JavaScriptValue {
  if (value instanceof Unknown) return keepUnknowns ? UNKNOWN_TEXT : null;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: writeValue(value.value, keepUnknowns) };
  if (Array.isArray(value)) return value.map((item) => writeValue(item, keepUnknowns));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, writeValue(item, keepUnknowns)]));
}
