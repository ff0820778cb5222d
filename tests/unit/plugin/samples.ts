import { type Marked, Secret } from "../../../local/plugin/marshal.ts";
import type { ResourceType } from "../../../local/plugin/provider.ts";
import { type Field, type Fields, isSingle, type Kind, type Table } from "../../../local/plugin/table.ts";
import { type Dict, Unknown, type Value } from "../../../local/plugin/value.ts";

/** Inputs that a type's own rules need beyond its required fields. */
const BASES: Readonly<Record<string, Dict>> = {
  auth0_prompt: { identifierFirst: true },
  auth0_client_grant: { clientId: "client", audience: "https://api", scopes: ["read"] },
  auth0_connection: { strategy: "auth0", name: "people" },
  auth0_log_stream: { name: "audit", type: "eventbridge", sink: { sumoSourceAddress: "https://a.example" } },
  auth0_client_credentials: { clientId: "client", authenticationMethod: "client_secret_post" },
};

export function baseInputs(table: Table): Dict {
  return BASES[table.resource] ?? requiredOf(table.fields, 0);
}

/** A value a field permits; each number gives another. */
export function sample(field: Field, n: number): Value {
  const map = { [`key${n}`]: scalar(field, "string", n) };
  if (field.kind === "map") return map;
  if (field.kind !== "list" && field.kind !== "set") return scalar(field, field.kind, n);
  const element = field.fields
    ? requiredOf(field.fields, n)
    : field.of === "map"
      ? map
      : scalar(field, field.of ?? "string", n);
  return isSingle(field) ? element : [element];
}

function requiredOf(fields: Fields, n: number): Dict {
  const required = Object.values(fields).filter((field) => field.required);
  return Object.fromEntries(required.map((field) => [field.name, sample(field, n)]));
}

function scalar(field: Field, kind: Kind, n: number): Value {
  const rule = field.permitted;
  if (rule && "in" in rule) return rule.in[n % rule.in.length] ?? "";
  if (rule && "form" in rule) return formed(rule.form, n);
  if (rule && "min" in rule) return Math.max(rule.min, 0) + 1 + n;
  if (kind === "bool") return n % 2 === 0;
  return kind === "int" || kind === "float" ? 5 + n : `some text, long enough ${n}`;
}

function formed(form: string, n: number): string {
  if (form === "json") return `{"n":${n}}`;
  if (form === "time") return `203${n}-01-01T00:00:00Z`;
  if (form === "login-template") return `{%- auth0:head -%}{%- auth0:widget -%}${n}`;
  return form === "not-empty" ? `text ${n}` : `https://example.com/${n}`;
}

/** Every top-level field a program may write. */
export function writableFields(table: Table): (readonly [string, Field])[] {
  return Object.entries(table.fields).filter(([, field]) => field.required || field.optional);
}

/** A state as a server leaves it: a creation's plan, every unknown decided. */
export function stateOf(type: ResourceType, inputs: Dict): Dict {
  const { id: _, ...planned } = type.preview(inputs);
  return { ...decided(type.table.fields, planned), id: "id" };
}

function decided(fields: Fields, values: Record<string, Marked>): Dict {
  const byProperty = new Map(Object.values(fields).map((field) => [field.name, field]));
  const entries = Object.entries(values).map(([name, value]) => [name, decidedValue(byProperty.get(name), value)]);
  return Object.fromEntries(entries);
}

function decidedValue(field: Field | undefined, value: Marked): Value {
  if (value instanceof Secret) return decidedValue(field, value.value);
  if (value instanceof Unknown) return field ? serverValue(field) : "decided";
  if (Array.isArray(value)) {
    return value.map((item) =>
      item instanceof Unknown ? "decided" : decidedValue(field && { ...field, kind: "string" }, item),
    );
  }
  if (typeof value !== "object" || value === null) return value;
  if (field?.fields) return told(field.fields, decided(field.fields, value));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decidedValue(undefined, item)]));
}

/** Inside an object what is nothing has become its kind's zero, since the provider read it. */
function told(fields: Fields, values: Dict): Dict {
  const byProperty = new Map(Object.values(fields).map((field) => [field.name, field]));
  const entries = Object.entries(values).map(([name, value]): [string, Value] => {
    const field = byProperty.get(name);
    return [name, value === null && field?.kind === "string" && !field.writeOnly ? "" : value];
  });
  return Object.fromEntries(entries);
}

function serverValue(field: Field): Value {
  if (field.kind === "list" || field.kind === "set") return [];
  if (field.kind === "map") return {};
  if (field.kind === "bool") return false;
  return field.kind === "string" ? "decided" : 7;
}
