import type { Dict } from "../value.ts";

/** `<one>::<other>`, the form of ids of what belongs to two objects. */
export const pairId = (one: string, other: string): string => `${one}::${other}`;

/** The two fields that such an id holds, null for an id of another form. */
export function pairState(id: string, names: readonly [string, string]): Dict | null {
  const [one, other, ...more] = id.split("::");
  return one === undefined || other === undefined || more.length > 0 ? null : { [names[0]]: one, [names[1]]: other };
}
