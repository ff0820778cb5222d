import type { Json } from "./json.ts";

/**
 * Words for the field tables under `entities/`: each answers a JSON-schema fragment that `validation.ts` checks bodies with.
 * A field is optional unless its record names it under `required`; a record refuses unknown fields unless it is `open`.
 */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly Json[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: { readonly [key: string]: Schema };
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly description?: string;
}

/** A string; `min` and `max` count characters. */
export function text({ min, max, pattern, format, description }: TextLimits = {}): Schema {
  return {
    type: "string",
    ...(min === undefined ? {} : { minLength: min }),
    ...(max === undefined ? {} : { maxLength: max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(format === undefined ? {} : { format }),
    ...(description === undefined ? {} : { description }),
  };
}

/** A number without fraction, limits included. */
export function whole({ min, max }: { min?: number; max?: number } = {}): Schema {
  return {
    type: "integer",
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
}

/** Any number, limits included. */
export function decimal(limits: { min?: number; max?: number } = {}): Schema {
  return { ...whole(limits), type: "number" };
}

export function flag(): Schema {
  return { type: "boolean" };
}

/** One of the given values. */
export function choice(values: readonly Json[]): Schema {
  return { enum: values };
}

/** An array; `min` and `max` count items. */
export function list(items: Schema, { min, max }: { min?: number; max?: number } = {}): Schema {
  return {
    type: "array",
    items,
    ...(min === undefined ? {} : { minItems: min }),
    ...(max === undefined ? {} : { maxItems: max }),
  };
}

export interface RecordRules {
  readonly required?: readonly string[];
  /** Unknown fields are let through. @default false */
  readonly open?: boolean;
  /** Fewest fields. */
  readonly min?: number;
  /** Most fields. */
  readonly max?: number;
}

export function record(
  properties: { readonly [key: string]: Schema },
  { required, open = false, min, max }: RecordRules = {},
): Schema {
  return {
    type: "object",
    additionalProperties: open,
    properties,
    ...(required === undefined ? {} : { required }),
    ...(min === undefined ? {} : { minProperties: min }),
    ...(max === undefined ? {} : { maxProperties: max }),
  };
}

/** An object with free keys: at most `max` of them, each value of `values` (default: anything). */
export function freeRecord({ max, values }: { max?: number; values?: Schema } = {}): Schema {
  return {
    type: "object",
    additionalProperties: values ?? true,
    ...(max === undefined ? {} : { maxProperties: max }),
  };
}

export function oneOf(...schemas: readonly Schema[]): Schema {
  return { oneOf: schemas };
}

export function anything(): Schema {
  return {};
}

/** The same field, and null, by which a PATCH removes it. */
export function nullable(schema: Schema): Schema {
  if (schema.enum) return { ...schema, enum: [...schema.enum, null] };
  if (typeof schema.type === "string") return { ...schema, type: [schema.type, "null"] };
  return { oneOf: [schema, { type: "null" }] };
}

/** The same record with other rules, for a PATCH that shares the fields of the POST. */
export function without(schema: Schema, ...keys: readonly string[]): Schema {
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => !keys.includes(key)));
  const { required: _required, ...rest } = schema;
  return { ...rest, properties };
}

/** The same record with more fields, or other rules for some. */
export function extended(schema: Schema, properties: { readonly [key: string]: Schema }): Schema {
  return { ...schema, properties: { ...schema.properties, ...properties } };
}
