/**
 * Writes one table per resource type from two public descriptions of the provider: the Pulumi package schema (names,
 * presets) and the Terraform provider's field rules (required, computed, replace, defaults, conflicts, sizes, secrets).
 *
 *     node local/plugin/tables/generate.ts <pulumi-schema.json> <terraform-rules.json>
 *
 * Which values a field permits is in neither file: `permitted.json` beside this program carries it by hand. The file
 * also lists the types to write, so a new type is a new key there.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Field, Fields, Kind, Permitted, Table } from "../table.ts";

interface Rule {
  readonly type: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly forceNew?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly default?: boolean | number | string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly conflictsWith?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
  readonly atLeastOneOf?: readonly string[];
  readonly requiredWith?: readonly string[];
}
interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly default?: boolean | number | string;
}
interface PackageSchema {
  readonly resources: Record<
    string,
    { properties: Record<string, Property>; inputProperties: Record<string, Property> }
  >;
  readonly types: Record<string, { properties?: Record<string, Property> }>;
}
interface HandKept {
  /** What is kept by hand about a type: permitted values by path, and private data the provider keeps in its state. */
  readonly [resource: string]: { readonly meta?: string; readonly permitted: Record<string, Permitted> };
}

const KINDS: Record<string, Kind> = {
  TypeString: "string",
  TypeBool: "bool",
  TypeInt: "int",
  TypeFloat: "float",
  TypeList: "list",
  TypeSet: "set",
  TypeMap: "map",
};
const ELEMENTS: Record<string, Kind> = {
  string: "string",
  boolean: "bool",
  integer: "int",
  number: "float",
  object: "map",
};

/** What the package says of elements that the provider only calls maps. */
const ANYTHING = "pulumi.json#/Any";

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The package's name of a field: camel case, in the plural where the field holds several values. */
function propertyName(name: string, properties: Record<string, Property>): string {
  const base = camel(name);
  const candidates = [base, `${base}s`, `${base}es`, base.replace(/y$/, "ies"), base.replace(/s$/, "")];
  const found = candidates.find((candidate) => candidate in properties);
  if (!found) throw new Error(`no property for ${name} among ${Object.keys(properties).join(", ")}`);
  return found;
}

function generator(schema: PackageSchema, rules: Record<string, { fields: Record<string, Rule> }>, hand: HandKept) {
  const objectOf = (property: Property | undefined): Record<string, Property> => {
    const ref = property?.$ref ?? property?.items?.$ref;
    return (ref && schema.types[ref.slice("#/types/".length)]?.properties) || {};
  };

  function fieldsBelow(resource: string, prefix: string, properties: Record<string, Property>): Fields {
    const all = rules[resource]?.fields ?? {};
    const fields: Record<string, Field> = {};
    for (const [path, rule] of Object.entries(all)) {
      const name = path.slice(prefix.length);
      if (path === "id") continue; // the resource's own id to Pulumi, no property
      if (path.startsWith(prefix) && !name.includes("."))
        fields[name] = fieldOf(resource, path, name, rule, properties);
    }
    return fields;
  }

  function fieldOf(
    resource: string,
    path: string,
    name: string,
    rule: Rule,
    properties: Record<string, Property>,
  ): Field {
    const property = properties[propertyName(name, properties)];
    const kind = KINDS[rule.type];
    if (!kind) throw new Error(`${resource}.${path}: unknown type ${rule.type}`);
    const nested = fieldsBelow(resource, `${path}.`, objectOf(property));
    const reference = property?.$ref ?? property?.items?.$ref;
    const isObject = reference !== undefined && reference !== ANYTHING;
    const element = reference === ANYTHING ? "object" : (property?.items?.type ?? property?.additionalProperties?.type);
    const collection = kind === "list" || kind === "set" || kind === "map";
    const autoname = path === "name" && kind === "string" && (rule.optional || rule.required);
    const permitted = hand[resource]?.permitted[path];
    return {
      name: propertyName(name, properties),
      kind,
      ...(isObject ? { fields: nested } : {}),
      ...(collection && !isObject ? { of: ELEMENTS[element ?? "string"] ?? "string" } : {}),
      ...(rule.required ? { required: true } : {}),
      ...(rule.optional ? { optional: true } : {}),
      ...(rule.computed ? { computed: true } : {}),
      ...(rule.forceNew ? { replaces: true } : {}),
      ...(rule.sensitive ? { secret: true } : {}),
      ...(rule.writeOnly ? { writeOnly: true } : {}),
      ...(autoname ? { autoname: true } : {}),
      ...(property?.default !== undefined && rule.default === undefined ? { preset: property.default } : {}),
      ...(rule.default !== undefined ? { default: rule.default } : {}),
      ...(rule.minItems ? { min: rule.minItems } : {}),
      ...(rule.maxItems ? { max: rule.maxItems } : {}),
      ...(rule.conflictsWith ? { conflictsWith: rule.conflictsWith } : {}),
      ...(rule.exactlyOneOf ? { exactlyOneOf: rule.exactlyOneOf } : {}),
      ...(rule.atLeastOneOf ? { atLeastOneOf: rule.atLeastOneOf } : {}),
      ...(rule.requiredWith ? { requiredWith: rule.requiredWith } : {}),
      ...(permitted ? { permitted } : {}),
    };
  }

  return function tableOf(resource: string): Table {
    const type = camel(resource.slice("auth0_".length));
    const token = `auth0:index/${type}:${type.charAt(0).toUpperCase()}${type.slice(1)}`;
    const described = schema.resources[token];
    if (!described) throw new Error(`the package schema has no ${token}`);
    const properties = { ...described.properties, ...described.inputProperties };
    const meta = hand[resource]?.meta;
    return { token, resource, ...(meta ? { meta } : {}), fields: fieldsBelow(resource, "", properties) };
  };
}

/** One line a top-level field: short enough to review, stable enough to diff. */
function compact(table: Table): string {
  const { fields, ...head } = table;
  const lines = Object.entries(fields).map(([name, field]) => `  ${JSON.stringify(name)}: ${JSON.stringify(field)}`);
  return `${JSON.stringify(head).slice(0, -1)},"fields":{\n${lines.join(",\n")}\n}}\n`;
}

const [schemaFile, rulesFile] = process.argv.slice(2);
if (!schemaFile || !rulesFile) {
  console.error("usage: node local/plugin/tables/generate.ts <pulumi-schema.json> <terraform-rules.json>");
  process.exit(2);
}
const folder = import.meta.dirname;
const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const hand = read(join(folder, "permitted.json")) as HandKept;
const tableOf = generator(
  read(schemaFile) as PackageSchema,
  read(rulesFile) as Record<string, { fields: Record<string, Rule> }>,
  hand,
);
for (const resource of Object.keys(hand)) {
  writeFileSync(join(folder, `${resource.slice("auth0_".length)}.json`), compact(tableOf(resource)));
}
