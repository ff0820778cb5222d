import { type Body, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { KeyRule } from "../management/tables.ts";
import type { Stored } from "../store.ts";

/** When it is over: the nearer of its two ends; undefined where it has none. */
function endOf(body: Body): string | undefined {
  const ends = ["idle_expires_at", "expires_at"].map((name) => Date.parse(textAt(body, name) ?? ""));
  const nearest = Math.min(...ends.filter((end) => !Number.isNaN(end)));
  return Number.isFinite(nearest) ? new Date(nearest).toISOString() : undefined;
}

/** By which what is over is found first. */
export const endKey: KeyRule = { name: "end", of: endOf };

/** True once one of its two ends is past. */
export function isOver(body: Body, now = Date.now()): boolean {
  const end = endOf(body);
  return end !== undefined && Date.parse(end) <= now;
}

/** The object of this id, unless it is over. */
export function living(objects: Objects, family: string, id: string): Stored | undefined {
  const stored = objects.store.get(family, id);
  return stored && !isOver(stored.body) ? stored : undefined;
}

/** Removes what is over, so that no list has it; costs what it removes. The family has the key above. */
export function sweep(objects: Objects, family: string): void {
  const batch = () => objects.store.select({ family, sort: { key: endKey.name, descending: false }, limit: 100 });
  for (let first = batch(); first.length > 0; first = batch()) {
    const over = first.filter(({ body }) => isOver(body));
    for (const stored of over) objects.remove(stored);
    if (over.length < first.length) return;
  }
}
