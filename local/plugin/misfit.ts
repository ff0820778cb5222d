import type { Kind } from "./table.ts";
import { isDict, type Value } from "./value.ts";

/** Why a plain value does not fit a field's kind, in the provider's words; undefined when it does. */
export function misfitOf(kind: Kind, value: boolean | number | string): string | undefined {
  const shown = JSON.stringify(value);
  if (
    kind === "bool" &&
    typeof value === "string" &&
    !/^(|1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)
  ) {
    return `cannot parse '' as bool: strconv.ParseBool: parsing ${shown}: invalid syntax`;
  }
  if (kind === "int" && typeof value === "boolean") return `Attribute must be a whole number, got ${value}`;
  if (kind === "float" && typeof value === "string" && Number.isNaN(Number(value))) {
    return `cannot parse '' as float: strconv.ParseFloat: parsing ${shown}: invalid syntax`;
  }
  return undefined;
}

/** Why a list or object is no text of a map. */
export function noText(value: Value): string {
  const kind = Array.isArray(value) ? "[]interface {}" : "map[string]interface {}";
  return `'' expected type 'string', got unconvertible type '${kind}', value: '${inGo(value)}'`;
}

/** The name Go gives a plain value's kind: the provider's message holds it. */
export function goKind(value: Value): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" ? "int" : "slice";
}

/** A value as Go prints it inside a message. */
function inGo(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(inGo).join(" ")}]`;
  if (!isDict(value)) return value === null ? "<nil>" : String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, item]) => `${key}:${inGo(item)}`).join(" ")}]`;
}
