import ZSchema, { type JsonSchema } from "z-schema";
import { Refusal } from "./faults.ts";
import type { Schema } from "./fields.ts";
import { formats } from "./formats.ts";
import type { Json } from "./json.ts";

export type Place = "body" | "query" | "path";

const frames: { readonly [place in Place]: { readonly words: string; readonly code: string } } = {
  body: { words: "Payload", code: "invalid_body" },
  query: { words: "Query", code: "invalid_query_string" },
  path: { words: "Path", code: "invalid_uri" },
};

const validator = ZSchema.create({ safe: true, breakOnFirstError: true, reportPathAsArray: true });
for (const [name, holds] of Object.entries(formats)) {
  validator.registerFormat(name, (value) => typeof value !== "string" || holds(value));
}

/** The library quotes texts and brackets lists inside its messages; Auth0 writes both bare. */
function bare(parameter: unknown): string {
  const written = String(parameter);
  if (!/^["[]/.test(written)) return written;
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}

function dotted(path: unknown): string {
  if (!Array.isArray(path)) return "";
  return path.reduce<string>(
    (before, part) =>
      typeof part === "number" ? `${before}[${part}]` : before === "" ? `${part}` : `${before}.${part}`,
    "",
  );
}

/**
 * Checks one value and refuses it in Auth0's words:
 * `Payload validation error: 'Expected type string but found type integer' on property name (What the field is).`
 */
export function validate(value: Json, schema: Schema, place: Place): void {
  // the builders of fields.ts make nothing but draft 2020-12 keywords
  const { valid, err } = validator.validate(value, schema as JsonSchema & Schema);
  if (valid) return;
  const [detail] = err?.details ?? [];
  if (!detail || detail.code.startsWith("KEYWORD"))
    throw new Error(`the table of a ${place} is wrong: ${detail?.message}`);
  const parameters = detail.params.map(String);
  const sentence = parameters.reduce(
    (words, parameter) => words.replace(parameter, () => bare(parameter)),
    detail.message,
  );
  const property = dotted(detail.path);
  const where = property === "" ? "" : ` on property ${property}`;
  const what = property === "" || !detail.description ? "" : ` (${detail.description})`;
  const { words, code } = frames[place];
  throw new Refusal({ status: 400, message: `${words} validation error: '${sentence}'${where}${what}.`, code });
}
