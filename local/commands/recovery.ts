import type { Exported, Resource } from "./checkpoint.ts";
import { FAMILIES } from "./families.ts";
import type { Paging } from "./management.ts";

/** One list to read, and what in it would be the object of an unfinished create. */
export interface Search {
  /** The list's path below `/api/v2/`. */
  readonly list: string;
  readonly paging: Paging;
  /** The property of a listed object that addresses it below the list. */
  readonly id: string;
  /** Property of a listed object → the value that the create asked for. */
  readonly wanted: ReadonlyMap<string, string>;
  /** Ids in that list that the state knows: those objects are not left over. */
  readonly known: ReadonlySet<string>;
}

/**
 * What to look for after a run was killed: one search for each create that was begun and never recorded.
 * A create whose own inputs were not known yet was not sent, so there is nothing to look for.
 */
export function searches(state: Exported): Search[] {
  const { pending_operations: pending, resources } = state.deployment;
  return (pending ?? [])
    .filter(({ type }) => type === "creating")
    .map(({ resource }) => searchFor(resource, resources ?? []))
    .filter((search) => search !== undefined);
}

/** The paths of those listed objects that are left over from the create. */
export function leftOver(search: Search, listed: readonly Record<string, unknown>[]): string[] {
  return listed
    .filter((object) => [...search.wanted].every(([property, value]) => object[property] === value))
    .map((object) => object[search.id])
    .filter((id) => typeof id === "string")
    .filter((id) => !search.known.has(id))
    .map((id) => `${search.list}/${encodeURIComponent(id)}`);
}

/** The state without its unfinished steps; everything else is as it was. */
export function withoutPending(state: Exported): Exported {
  return { ...state, deployment: { ...state.deployment, pending_operations: [] } };
}

function searchFor(resource: Resource, resources: readonly Resource[]): Search | undefined {
  const family = FAMILIES[resource.type];
  if (family === undefined) return undefined;
  const { identity, id, parent } = family;
  const wanted = new Map<string, string>();
  for (const [input, property] of Object.entries(identity)) {
    const value = textInput(resource, input);
    if (value === undefined) return undefined;
    wanted.set(property, value);
  }
  const parentId = parent === undefined ? undefined : textInput(resource, parent);
  if (parent !== undefined && parentId === undefined) return undefined;

  // The provider joins the ids of a nested object and its parent with "::".
  const prefix = parentId === undefined ? "" : `${parentId}::`;
  const known = resources
    .filter(({ type }) => type === resource.type)
    .map((other) => other.id ?? "")
    .filter((otherId) => otherId.startsWith(prefix))
    .map((otherId) => otherId.slice(prefix.length));
  const list = family.list.replace("{parent}", encodeURIComponent(parentId ?? ""));
  return { list, paging: family.paging ?? "page", id, wanted, known: new Set(known) };
}

function textInput(resource: Resource, input: string): string | undefined {
  const value = resource.inputs?.[input];
  return typeof value === "string" ? value : undefined;
}
