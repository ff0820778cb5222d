import { crc32 } from "node:zlib";
import type { Fields } from "../table.ts";
import { type Dict, text } from "../value.ts";

/**
 * The order in which the provider's SDK walks the changed elements of a set: by the text of a checksum over what a
 * program writes of each; it stands in the bodies and in the order of requests.
 * @param fields of one element; their values are texts and booleans
 */
export function asWalked(fields: Fields, elements: readonly Dict[]): Dict[] {
  const written = Object.entries(fields).filter(([, field]) => field.required || field.optional);
  const names = written.map(([name, { kind }]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const code = (element: Dict): string => {
    const parts = names.map(({ name, kind }) => {
      const value = element[name] ?? null;
      return `${name}:${kind === "bool" ? Number(value === true) : text(value)};`;
    });
    return String(crc32(parts.join("")));
  };
  const coded = elements.map((element) => ({ element, code: code(element) }));
  return coded.sort((a, b) => (a.code < b.code ? -1 : 1)).map(({ element }) => element);
}
