import { type Field, type Fields, isSingle, type Kind, type Table } from "./table.ts";

type Json = boolean | number | string | Json[] | { [name: string]: Json };
type Properties = { [name: string]: Json };

const PLAIN: Partial<Record<Kind, string>> = { bool: "boolean", int: "integer", float: "number" };

/** The Pulumi package schema of the types this plugin knows, without descriptions. */
export function packageSchema(tables: readonly Table[], version: string): Json {
  const types: Record<string, Json> = {};
  const resources = Object.fromEntries(tables.map((table) => [table.token, resourceOf(table, types)]));
  return { name: "auth0", version, resources, types };
}

function resourceOf({ token, fields }: Table, types: Record<string, Json>): Json {
  const owner = token.slice(token.lastIndexOf(":") + 1);
  const all = propertiesOf(owner, fields, types);
  const inputs = Object.values(fields).filter(({ required, optional }) => required || optional);
  const needed = inputs.filter(({ required, autoname }) => required && !autoname).map(({ name }) => name);
  return {
    properties: all,
    inputProperties: Object.fromEntries(inputs.map(({ name }) => [name, all[name] ?? {}])),
    required: Object.values(fields)
      .filter(({ required }) => required)
      .map(({ name }) => name),
    requiredInputs: needed,
  };
}

function propertiesOf(owner: string, fields: Fields, types: Record<string, Json>): Properties {
  return Object.fromEntries(Object.values(fields).map((field) => [field.name, propertyOf(owner, field, types)]));
}

function propertyOf(owner: string, field: Field, types: Record<string, Json>): Properties {
  const flags: Properties = {
    ...(field.secret ? { secret: true } : {}),
    ...(field.replaces ? { willReplaceOnChanges: true } : {}),
    ...(field.preset === undefined ? {} : { default: field.preset }),
  };
  if (field.kind === "map") return { ...mapOf(field.of), ...flags };
  if (field.kind !== "list" && field.kind !== "set") return { type: plain(field.kind), ...flags };
  const element = elementOf(owner, field, types);
  return isSingle(field) ? { ...element, ...flags } : { type: "array", items: element, ...flags };
}

function elementOf(owner: string, field: Field, types: Record<string, Json>): Properties {
  if (!field.fields) return field.of === "map" ? mapOf("string") : { type: plain(field.of) };
  const name = `${owner}${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
  const token = `auth0:index/${name}:${name}`;
  const required = Object.values(field.fields).filter(({ required }) => required);
  types[token] = {
    type: "object",
    properties: propertiesOf(name, field.fields, types),
    required: required.map((inner) => inner.name),
  };
  return { $ref: `#/types/${token}` };
}

const mapOf = (kind: Kind | undefined): Properties => ({
  type: "object",
  additionalProperties: { type: plain(kind) },
});
const plain = (kind: Kind | undefined): string => (kind && PLAIN[kind]) || "string";
