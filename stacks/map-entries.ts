/** The same keys with other values, in the same order. */
export function mapEntries<From extends object, To>(
  map: From,
  make: (name: keyof From & string, value: From[keyof From]) => To,
): Record<keyof From & string, To> {
  const entries = (Object.keys(map) as (keyof From & string)[]).map((name) => [name, make(name, map[name])]);
  return Object.fromEntries(entries);
}
