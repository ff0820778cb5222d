import { randomUUID } from "node:crypto";
import { ApiError, type JsonObject, type ManagementApi } from "../management.ts";
import { RefusedError } from "../provider.ts";
import type { Fields } from "../table.ts";
import type { Dict } from "../value.ts";

/** One step on one resource. Values are in the provider's names. */
export interface Step {
  readonly api: ManagementApi;
  readonly fields: Fields;
  /** Empty for a creation that has no id yet. */
  readonly id: string;
  readonly creates: boolean;
  /** What the program wrote, whole: null where nothing is written. Empty in a read and a deletion. */
  readonly config: Dict;
  /** The state the step leads to; in a read or deletion, the present state. */
  readonly planned: Dict;
  /** The state before; null for a creation. */
  readonly prior: Dict | null;
  /** True when the step changes this top-level field. */
  readonly changed: (name: string) => boolean;
  /** Seconds that the program gives the step by `customTimeouts`; 0 where the provider's own time holds. */
  readonly timeout: number;
  /** From here on a failure leaves a resource with this id behind. */
  readonly created: (id: string) => void;
}

/** What a read told, by field; null when the resource is gone. */
export type Read = Dict | null;

/** How one resource type's life maps to requests. Every step reads back what it left. */
export interface Operation {
  create(step: Step): Promise<Read>;
  read(step: Step): Promise<Read>;
  /** Absent where every change replaces. */
  update?(step: Step): Promise<Read>;
  delete(step: Step): Promise<void>;
  /** State to read an import from, null for an id of another form; without it the id alone is enough. */
  importState?(id: string): Dict | null;
  /** Looks at what is to be imported; false when it cannot be. */
  isImportable?(step: Step): Promise<boolean>;
  /** Why a configuration cannot be used, where no table can say it. */
  refuse?(config: Dict, change: Pick<Step, "prior" | "planned" | "changed">): string | undefined;
}

/** The answer of a request, or null when the API says that its object does not exist. */
export async function orGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/**
 * Makes every attempt, whatever the API says to the others.
 * @throws AggregateError with all that was refused; any other error at once
 */
export async function attemptAll(attempts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const refusals: Error[] = [];
  for (const attempt of attempts) {
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof RefusedError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw new AggregateError(refusals, refusals.map(({ message }) => message).join("; "));
}

/** As the provider sends a list that it has gathered: one without elements is null. */
export const orNull = <T>(items: T[]): T[] | null => (items.length > 0 ? items : null);

/** An id for settings that the API knows without one. */
export const madeUpId = (): string => randomUUID();

/** As the provider reads a page: an answer that does not say where it starts or ends is one of many. */
export function hasNextPage({ total, start, limit }: JsonObject): boolean {
  return Number(total ?? 0) > Number(start ?? 0) + Number(limit ?? 0);
}

/** One part of a path, as the provider writes it: colons and the like stay readable. */
export function encodePath(part: string): string {
  return encodeURIComponent(part)
    .replace(/%(3A|40|26|3D|2B|24)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
