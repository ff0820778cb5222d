import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Kind = "string" | "bool" | "int" | "float" | "list" | "set" | "map";

/** What one value may be: an enumeration, a range, a length, or a named form. */
export type Permitted = { readonly sameAs?: "json" | "null" } & (
  | { readonly in: readonly string[]; readonly anyCase?: true }
  | { readonly min: number; readonly max?: number }
  | { readonly length: readonly [number, number] }
  | {
      readonly form:
        | "json"
        | "https"
        | "https-url"
        | "https-placeholder"
        | "http"
        | "time"
        | "login-template"
        | "not-empty";
    }
);

/** One field of a resource, as the provider defines it. Absent flags are false. */
export interface Field {
  /** The property's name in a Pulumi program. */
  readonly name: string;
  readonly kind: Kind;
  /** Fields of the object that each element of a list or set is. */
  readonly fields?: Fields;
  /** Kind of the plain elements of a list, set or map. */
  readonly of?: Kind;
  readonly required?: boolean;
  readonly optional?: boolean;
  /** The server may decide the value. */
  readonly computed?: boolean;
  /** A change replaces the resource. */
  readonly replaces?: boolean;
  readonly secret?: boolean;
  /** Sent to the server, never kept in the state. */
  readonly writeOnly?: boolean;
  /** Absent, the name is made from the resource's own name and a random end. */
  readonly autoname?: boolean;
  /** Default of the Pulumi package; it counts as an input. */
  readonly preset?: boolean | number | string;
  /** Default of the provider itself. */
  readonly default?: boolean | number | string;
  readonly min?: number;
  readonly max?: number;
  /** Paths of other fields, in the provider's names (`options.0.client_secret`). */
  readonly conflictsWith?: readonly string[];
  readonly exactlyOneOf?: readonly string[];
  readonly atLeastOneOf?: readonly string[];
  readonly requiredWith?: readonly string[];
  /** For a list, set or map: of each element. */
  readonly permitted?: Permitted;
}

/** Fields by the provider's name (`jwt_configuration`). */
export type Fields = Readonly<Record<string, Field>>;

export interface Table {
  /** `auth0:index/client:Client` */
  readonly token: string;
  /** `auth0_client` */
  readonly resource: string;
  /** Private data the provider keeps beside the state, as JSON text. */
  readonly meta?: string;
  readonly fields: Fields;
}

/** True of a list or set that a Pulumi program writes as one object or value. */
export function isSingle(field: Field): boolean {
  return (field.kind === "list" || field.kind === "set") && field.max === 1;
}

/** True of a nested object the program may write; absent ones are empty lists, never null. */
export function isBlock(field: Field): boolean {
  return field.fields !== undefined && (field.required === true || field.optional === true);
}

/** Reads every table beside `tables/generate.ts`, by token. */
export function readTables(folder = join(import.meta.dirname, "tables")): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".json") || file === "permitted.json") continue;
    const table = JSON.parse(readFileSync(join(folder, file), "utf8")) as Table;
    tables.set(table.token, table);
  }
  return tables;
}
