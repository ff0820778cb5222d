import { readFileSync } from "node:fs";
import { join } from "node:path";
import ZSchema, { type JsonSchema } from "z-schema";
import { entrySchemaFile, stackSchemaFile } from "../../stacks/schema/json-schema.ts";
import { root } from "./stack-settings.ts";

/** What an editor reads, as it lies in the checkout. */
export const generated = join(root, "stacks/schema/generated");

const validator = ZSchema.create({ safe: true, version: "draft-07", breakOnFirstError: false, formatAssertions: true });
const read = new Map<string, JsonSchema>();

/** What an editor says of an entry, as `#/path KEYWORD`: nothing where it has no complaint. */
export function entryComplaints(entry: unknown): string[] {
  return complaints(entry, schemaOf(entrySchemaFile));
}

/** The same of a stack's file. */
export function stackComplaints(stack: string, file: unknown): string[] {
  validator.setRemoteReference(entrySchemaFile, schemaOf(entrySchemaFile)); // the other one points to it
  return complaints(file, schemaOf(stackSchemaFile(stack)));
}

function complaints(value: unknown, schema: JsonSchema): string[] {
  const { valid, err } = validator.validate(JSON.parse(JSON.stringify(value)), schema);
  return valid ? [] : (err?.details ?? []).map(({ path, code }) => `${String(path)} ${code}`);
}

function schemaOf(file: string): JsonSchema {
  const known = read.get(file);
  if (known) return known;
  const schema = readable(JSON.parse(readFileSync(join(generated, file), "utf8"))) as JsonSchema;
  read.set(file, schema);
  return schema;
}

/** The validator refuses patterns that look slow to it; as formats it takes them. */
function readable(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(readable);
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key !== "pattern" || typeof value !== "string") return [key, readable(value)];
    const pattern = new RegExp(value, "u");
    validator.registerFormat(value, (text) => typeof text !== "string" || pattern.test(text));
    return ["format", value];
  });
  return Object.fromEntries(entries);
}
