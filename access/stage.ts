import type { Metadata } from "./metadata.ts";

/** Where a login stands in the sales funnel, and what was found there. */
export type Stage =
  | { readonly known: true; readonly stage: string }
  | { readonly known: false; readonly found: unknown };

/**
 * The funnel stage of a login. In an organization login the company's stage wins, so that its people share one;
 * a company without one leaves each person's own. A stage outside the list is reported, never passed on.
 */
export function stageOf(
  stages: readonly string[],
  personMetadata: Metadata,
  organizationMetadata: Metadata | undefined,
): Stage {
  const found = organizationMetadata?.stage ?? personMetadata.stage;
  const stage = stages.find((word) => word === found);
  return stage === undefined ? { known: false, found } : { known: true, stage };
}
