import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Plain = boolean | number | string;
/** What is known of one field, read either from the plugin's rules files or from the stand-in's tables. */
export interface Rule {
  /** `options.client_secret` */
  readonly path: string;
  /** The last part of it as a Pulumi program writes it: `clientSecret`. */
  readonly name: string;
  readonly kind: string;
  /** Kind of a collection's plain elements. */
  readonly of: string | null;
  /** The fields of the object that a value, or each element of a value, is; null where it is none. */
  readonly inside: readonly Rule[] | null;
  /** Of required, optional, computed, forceNew, sensitive, writeOnly and autoname those that hold, by alphabet. */
  readonly flags: readonly string[];
  /** The provider's default. */
  readonly default: Plain | null;
  /** The package's default, where the provider has none. */
  readonly preset: Plain | null;
  readonly minItems: number;
  readonly maxItems: number;
  /** Paths with the places of elements: `options.0.metadata_url`. */
  readonly conflictsWith: readonly string[];
  readonly exactlyOneOf: readonly string[];
  readonly atLeastOneOf: readonly string[];
  readonly requiredWith: readonly string[];
  readonly permitted: Permitted | null;
}
/** What one value may be; kept by hand in `tables/permitted.json`, the rules files only say that there is such a rule. */
export interface Permitted {
  readonly in?: readonly string[];
  readonly anyCase?: true;
  readonly min?: number;
  readonly max?: number;
  readonly length?: readonly [number, number];
  readonly form?: string;
  readonly sameAs?: string;
}
export interface TypeRules {
  readonly resource: string;
  readonly token: string;
  readonly fields: readonly Rule[];
}

const TABLES = join(import.meta.dirname, "../../../local/plugin/tables");
const FILES = join(import.meta.dirname, "../../../../shared/provider");
const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const byPath = (a: Rule, b: Rule): number => (a.path < b.path ? -1 : 1);

export const hasRulesFiles = existsSync(join(FILES, "terraform-1.53.0.rules.json"));
const permitted: Record<string, { permitted: Record<string, Permitted> }> = read(join(TABLES, "permitted.json"));

/** The facts as the plugin's own rules files tell them, of every type that the stand-in has a table for. */
export function fromRulesFiles(): TypeRules[] {
  const rules: Record<string, { fields: Record<string, Raw> }> = read(join(FILES, "terraform-1.53.0.rules.json"));
  const schema: Schema = read(join(FILES, "auth0-3.49.0.schema.json"));
  return Object.keys(permitted)
    .sort()
    .map((resource) => {
      const last = resource.replace("auth0", "").replace(/_(.)/g, (_, c: string) => c.toUpperCase());
      const token = `auth0:index/${last.charAt(0).toLowerCase()}${last.slice(1)}:${last}`;
      const properties = schema.resources[token]?.properties ?? {};
      return {
        resource,
        token,
        fields: objectRules({ resource, all: rules[resource]?.fields ?? {}, schema }, "", properties),
      };
    });
}

/** What else the files tell: where values are validated, and the package's notes of a type's inputs. */
export function packageFacts() {
  const rules: Record<string, { fields: Record<string, Raw> }> = read(join(FILES, "terraform-1.53.0.rules.json"));
  const schema: Schema = read(join(FILES, "auth0-3.49.0.schema.json"));
  const types = fromTables();
  const fields = types.flatMap(({ resource }) =>
    Object.entries(rules[resource]?.fields ?? {}).map(([path, raw]) => ({ path: `${resource}.${path}`, raw })),
  );
  const isPlainCollection = ({ type, validated }: Raw): boolean => /List|Set/.test(type) && validated !== true;
  return {
    validated: fields
      .filter(({ raw }) => raw.validated === true)
      .map(({ path }) => path)
      .sort(),
    inCollections: fields.filter(({ raw }) => isPlainCollection(raw)).map(({ path }) => path),
    notes: types.map(({ resource, token }) => {
      const described = schema.resources[token];
      const inputProperties = described?.inputProperties ?? {};
      const named = (note: "secret" | "willReplaceOnChanges") =>
        Object.keys(inputProperties)
          .filter((name) => inputProperties[name]?.[note] === true)
          .sort();
      return {
        resource,
        required: [...(described?.requiredInputs ?? [])].sort(),
        secret: named("secret"),
        replaces: named("willReplaceOnChanges"),
      };
    }),
  };
}

/** The facts as the stand-in's committed tables tell them. */
export function fromTables(): TypeRules[] {
  const files = readdirSync(TABLES).filter((file) => file.endsWith(".json") && file !== "permitted.json");
  const types = files.map((file): TypeRules => {
    const { resource, token, fields } = read(join(TABLES, file));
    return { resource, token, fields: tableRules(fields, "") };
  });
  return types.sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

export const everyRule = (rules: readonly Rule[]): Rule[] =>
  rules.flatMap((rule) => [rule, ...everyRule(rule.inside ?? [])]);
export const has = (rule: Rule, ...flags: string[]): boolean => flags.some((flag) => rule.flags.includes(flag));
export const isInput = (rule: Rule): boolean => has(rule, "required", "optional");
/** A list or set of at most one element: one object or value to a Pulumi program. */
export const isSingle = (rule: Rule): boolean => rule.maxItems === 1;

interface Raw extends Partial<Pick<Rule, "conflictsWith" | "exactlyOneOf" | "atLeastOneOf" | "requiredWith">> {
  readonly type: string;
  readonly default?: Plain;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly [flag: string]: unknown;
}
interface Property {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly default?: Plain;
  readonly secret?: boolean;
  readonly willReplaceOnChanges?: boolean;
}
interface Schema {
  readonly resources: Record<
    string,
    {
      readonly properties: Record<string, Property>;
      readonly inputProperties: Record<string, Property>;
      readonly requiredInputs?: readonly string[];
    }
  >;
  readonly types: Record<string, { properties?: Record<string, Property> }>;
}
type Source = { readonly resource: string; readonly all: Record<string, Raw>; readonly schema: Schema };

const FLAGS = ["computed", "forceNew", "optional", "required", "sensitive", "writeOnly"];
const KINDS: Record<string, string> = {
  boolean: "bool",
  integer: "int",
  number: "float",
  string: "string",
  object: "map",
};
/** What the package says of elements that the provider only calls maps. */
const ANYTHING = "pulumi.json#/Any";

/** The rules of one object's fields. Fields and properties must pair off, one to one. */
function objectRules(source: Source, prefix: string, properties: Record<string, Property>): Rule[] {
  const paths = Object.keys(source.all).filter(
    (path) => path.startsWith(prefix) && !path.slice(prefix.length).includes(".") && path !== "id",
  );
  const free = new Set(Object.keys(properties));
  const rules = paths.map((path) => {
    const name = [...free].find((property) => sameName(path.slice(prefix.length), property));
    if (!name) throw new Error(`${source.resource}.${path}: no property of that name`);
    free.delete(name);
    return fileRule(source, path, name, properties[name] ?? {});
  });
  if (free.size > 0) throw new Error(`${source.resource}.${prefix}: no field for ${[...free].join(", ")}`);
  return rules.sort(byPath);
}

/** Pulumi writes names without underscores, and those of several values in the plural. */
function sameName(field: string, property: string): boolean {
  const [a, b] = [field.replaceAll("_", ""), property.toLowerCase()];
  return b === a || b === `${a}s` || b === `${a}es` || b === a.replace(/y$/, "ies") || `${b}s` === a;
}

function fileRule(source: Source, path: string, name: string, property: Property): Rule {
  const raw = source.all[path];
  if (!raw) throw new Error(`no rule ${path}`);
  const kind = raw.type.replace("Type", "").toLowerCase();
  const named = property.$ref ?? property.items?.$ref;
  const reference = named === ANYTHING ? undefined : named;
  const nested = reference && source.schema.types[reference.replace("#/types/", "")];
  const isCollection = kind === "list" || kind === "set" || kind === "map";
  const element =
    named === ANYTHING
      ? "object"
      : (property.items?.type ?? property.additionalProperties?.type ?? property.type ?? "string");
  const flags = FLAGS.filter((flag) => raw[flag] === true);
  if (path === "name" && isInput({ flags } as unknown as Rule)) flags.unshift("autoname");
  return {
    path,
    name,
    kind,
    of: isCollection && !reference ? (KINDS[element] ?? "string") : null,
    inside: reference ? objectRules(source, `${path}.`, nested ? (nested.properties ?? {}) : {}) : null,
    flags,
    default: raw.default ?? null,
    preset: raw.default === undefined ? (property.default ?? null) : null,
    minItems: raw.minItems ?? 0,
    maxItems: raw.maxItems ?? 0,
    conflictsWith: raw.conflictsWith ?? [],
    exactlyOneOf: raw.exactlyOneOf ?? [],
    atLeastOneOf: raw.atLeastOneOf ?? [],
    requiredWith: raw.requiredWith ?? [],
    permitted: permitted[source.resource]?.permitted[path] ?? null,
  };
}

function tableRules(fields: Record<string, Record<string, unknown>>, prefix: string): Rule[] {
  const rules = Object.entries(fields).map(([last, { name, kind, of, fields: inside, ...rest }]) => {
    const { permitted, default: own, preset, min, max, replaces, secret, ...more } = rest;
    const flags = { ...more, forceNew: replaces, sensitive: secret };
    const path = `${prefix}${last}`;
    const list = (key: string) => more[key] ?? [];
    return {
      path,
      name,
      kind,
      of: of ?? null,
      inside: inside ? tableRules(inside as Record<string, Record<string, unknown>>, `${path}.`) : null,
      flags: Object.entries(flags)
        .filter(([, value]) => value === true)
        .map(([flag]) => flag)
        .sort(),
      default: own ?? null,
      preset: preset ?? null,
      minItems: min ?? 0,
      maxItems: max ?? 0,
      conflictsWith: list("conflictsWith"),
      exactlyOneOf: list("exactlyOneOf"),
      atLeastOneOf: list("atLeastOneOf"),
      requiredWith: list("requiredWith"),
      permitted: permitted ?? null,
    } as unknown as Rule;
  });
  return rules.sort(byPath);
}
