import { type Marked, Secret } from "./marshal.ts";
import type { Fields } from "./table.ts";
import { type Dict, isDict, type Value } from "./value.ts";

/** Marks as secret, in properties of Pulumi's names, whatever the table says is. */
export function withSecrets(fields: Fields, properties: Dict): Record<string, Marked> {
  const byProperty = new Map(Object.values(fields).map((field) => [field.name, field]));
  const marked: Record<string, Marked> = {};
  for (const [name, value] of Object.entries(properties)) {
    const field = byProperty.get(name);
    const below = (item: Value): Marked =>
      field?.fields && isDict(item) ? withSecrets(field.fields, item) : (item as Marked);
    const inner = Array.isArray(value) ? value.map(below) : below(value);
    marked[name] = field?.secret ? new Secret(inner) : inner;
  }
  return marked;
}
