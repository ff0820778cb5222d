import type { Exported, Resource } from "./checkpoint.ts";
import { FAMILIES, type Family } from "./families.ts";
import type { Paging } from "./management.ts";

/** One list to read, and what in it would be an object of an unfinished step. */
export interface Search {
  /** The list's path below `/api/v2/`. */
  readonly list: string;
  readonly paging: Paging;
  /** The property of a listed object that addresses it below the list. */
  readonly id: string;
  /** For each object that the step asked for: property of a listed object → its value. */
  readonly wanted: readonly ReadonlyMap<string, string>[];
  /** Ids in that list that the state knows: those objects are not left over. */
  readonly known: ReadonlySet<string>;
}

/**
 * What to look for after a run was killed: one search for each step that was begun, never recorded, and may have made
 * something. A step whose own inputs were not known yet was not sent, so there is nothing to look for.
 */
export function searches(state: Exported): Search[] {
  const { pending_operations: pending, resources } = state.deployment;
  return (pending ?? [])
    .map(({ type, resource }) => {
      const family = FAMILIES[resource.type];
      const makes = type === "creating" || (type === "updating" && family?.elements !== undefined);
      return family && makes ? searchFor(family, resource, resources ?? []) : undefined;
    })
    .filter((search) => search !== undefined);
}

/** The paths of those listed objects that are left over from the step. */
export function leftOver(search: Search, listed: readonly Record<string, unknown>[]): string[] {
  return listed
    .filter((object) => search.wanted.some((one) => [...one].every(([name, value]) => object[name] === value)))
    .map((object) => object[search.id])
    .filter((id) => typeof id === "string")
    .filter((id) => !search.known.has(id))
    .map((id) => `${search.list}/${encodeURIComponent(id)}`);
}

/** The state without its unfinished steps; everything else is as it was. */
export function withoutPending(state: Exported): Exported {
  return { ...state, deployment: { ...state.deployment, pending_operations: [] } };
}

function searchFor(family: Family, resource: Resource, resources: readonly Resource[]): Search | undefined {
  const { id, parent, elements } = family;
  const inputs = resource.inputs ?? {};
  const asked = elements === undefined ? [inputs] : objectsAt(inputs, elements);
  const wanted = asked.map((object) => identityOf(family, object)).filter((identity) => identity !== undefined);
  if (wanted.length === 0) return undefined;
  const parentId = parent === undefined ? undefined : textAt(inputs, parent);
  if (parent !== undefined && parentId === undefined) return undefined;

  const others = resources.filter(({ type }) => type === resource.type);
  const known = new Set(knownIds(family, others, parentId));
  const list = family.list.replace("{parent}", encodeURIComponent(parentId ?? ""));
  return { list, paging: family.paging ?? "page", id, wanted, known };
}

function identityOf({ identity }: Family, inputs: Record<string, unknown>): ReadonlyMap<string, string> | undefined {
  const wanted = new Map<string, string>();
  for (const [input, property] of Object.entries(identity)) {
    const value = textAt(inputs, input);
    if (value === undefined) return undefined;
    wanted.set(property, value);
  }
  return wanted;
}

function knownIds({ id, elements }: Family, others: readonly Resource[], parentId: string | undefined): string[] {
  if (elements !== undefined) {
    return others
      .filter((other) => other.id === parentId)
      .flatMap(({ outputs }) => objectsAt(outputs ?? {}, elements))
      .map((object) => textAt(object, id))
      .filter((known) => known !== undefined);
  }
  // The provider joins the ids of a nested object and its parent with "::".
  const prefix = parentId === undefined ? "" : `${parentId}::`;
  return others
    .map((other) => other.id ?? "")
    .filter((otherId) => otherId.startsWith(prefix))
    .map((otherId) => otherId.slice(prefix.length));
}

function objectsAt(values: Record<string, unknown>, name: string): Record<string, unknown>[] {
  const list = values[name];
  return Array.isArray(list) ? list.filter((item) => typeof item === "object" && item !== null) : [];
}

function textAt(values: Record<string, unknown>, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}
