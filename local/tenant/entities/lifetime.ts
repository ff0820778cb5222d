import { type Body, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";

/** True once one of its two ends is past; an end that is not there never comes. */
export function isOver(body: Body, now = Date.now()): boolean {
  return ["idle_expires_at", "expires_at"].some((name) => Date.parse(textAt(body, name) ?? "") <= now);
}

/** The object of this id, unless it is over. */
export function living(objects: Objects, family: string, id: string): Stored | undefined {
  const stored = objects.store.get(family, id);
  return stored && !isOver(stored.body) ? stored : undefined;
}

/** Removes those of a selection that are over, so that no list has them. */
export function sweep(objects: Objects, family: string, where: { name: string; values: string[] }[]): void {
  for (const stored of objects.store.select({ family, where })) if (isOver(stored.body)) objects.remove(stored);
}
