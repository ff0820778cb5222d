import type { Directory } from "../access/directory.ts";
import type { Applied, AppliedConnection } from "./applied.ts";

/** The companies that a run leaves as the last `up` made them. */
export interface Others {
  /** Domain → the company that has claimed it. */
  readonly claimed: Readonly<Record<string, string>>;
  readonly companies: Applied["companies"];
  /** What the last `up` exported for the apps' back ends. */
  readonly directory: Directory;
}

/** What the back ends are told where one company alone is declared: of that one anew, of the rest as the last `up` left it. */
export function directoryBeside(last: Directory, slug: string, declared: Directory): Directory {
  const others = Object.entries(last.organizations).filter(([, organization]) => organization.slug !== slug);
  return { ...last, organizations: { ...Object.fromEntries(others), ...declared.organizations } };
}

/** The connections of those companies, by name. */
export function connectionsOf(others: Others | undefined): ReadonlyMap<string, AppliedConnection> {
  return new Map(Object.values(others?.companies ?? {}).flatMap(({ connections }) => Object.entries(connections)));
}
