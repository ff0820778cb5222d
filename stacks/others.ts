import type { Applied, AppliedConnection } from "./applied.ts";

/** The companies that a run leaves as the last `up` made them. */
export interface Others {
  /** Domain → the company that has claimed it. */
  readonly claimed: Readonly<Record<string, string>>;
  readonly companies: Applied["companies"];
}

/** The connections of those companies, by name. */
export function connectionsOf(others: Others | undefined): ReadonlyMap<string, AppliedConnection> {
  return new Map(Object.values(others?.companies ?? {}).flatMap(({ connections }) => Object.entries(connections)));
}
