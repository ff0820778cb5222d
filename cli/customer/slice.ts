import { z } from "zod";
import { ofCompanies } from "./targets.ts";

/** A resource of a state, as far as it says what it stands on. */
interface Stored {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  /** URN and id of its provider. */
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly deletedWith?: string;
  readonly replaceWith?: readonly string[];
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A stack's state as `pulumi stack export` prints it, secrets encrypted. The engine wrote the resources: they are not looked through one by one. */
export const exportedState = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({
    secrets_providers: z.looseObject({ type: z.string() }).optional(),
    resources: z.array(z.custom<Stored>()).default([]),
    pending_operations: z.array(z.unknown()).default([]),
  }),
});
export type ExportedState = z.infer<typeof exportedState>;

/** What a slice is cut by. */
export interface Cut {
  /** The company that stays. */
  readonly slug: string;
  /** The patterns that the CLI gets as targets (`targetsOf`). */
  readonly targets: readonly string[];
}

/**
 * The resources that a change of one company can reach: what is shared, the company's, what depends on a target, and what all of these stand
 * on. The engine does with them what it does with them among all: the others are no targets, and nothing that stays knows of them.
 */
export function sliceOf(resources: readonly Stored[], { slug, targets }: Cut): Stored[] {
  const isTarget = matcherOf(targets);
  const others = new Set<string>();
  const reached = new Set<string>();
  // In a state nothing comes before what it stands on.
  for (const one of resources) {
    const { urn, parent } = one;
    if (isOthers(one, slug) || (parent !== undefined && others.has(parent))) others.add(urn);
    if (isTarget(urn) || standsOn(one).some((ground) => reached.has(ground))) reached.add(urn);
  }
  const needed = new Set<string>();
  for (const one of resources.toReversed()) {
    if (others.has(one.urn) && !reached.has(one.urn) && !needed.has(one.urn)) continue;
    for (const urn of [one.urn, ...standsOn(one)]) needed.add(urn);
  }
  return resources.filter(({ urn }) => needed.has(urn));
}

/** Whether it is what another company's resources stand under. */
function isOthers({ type, urn }: Stored, slug: string): boolean {
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  switch (type) {
    case ofCompanies.company:
      return name !== slug;
    case ofCompanies.guests:
      return !name.startsWith(`${slug}/`);
    case ofCompanies.credential:
      return name.startsWith("companies/") && !name.startsWith(`companies/${slug}/`);
    default:
      return false;
  }
}

/** The URNs of all that a resource stands on. */
function standsOn(one: Stored): string[] {
  const { parent, provider, dependencies = [], propertyDependencies = {}, deletedWith, replaceWith = [] } = one;
  return [
    parent,
    provider?.slice(0, provider.lastIndexOf("::")),
    deletedWith,
    ...dependencies,
    ...Object.values(propertyDependencies).flatMap((urns) => urns ?? []),
    ...replaceWith,
  ].filter((urn) => urn !== undefined);
}

/** Whether the engine takes a URN for a target, by its own reading of `*`: pkg/resource/deploy/deployment.go, `UrnTargets` */
export function matcherOf(targets: readonly string[]): (urn: string) => boolean {
  const quoted = targets.map((target) =>
    target
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
      .join("[^:]*"),
  );
  const pattern = new RegExp(`^(?:${quoted.join("|")})$`);
  return (urn) => pattern.test(urn);
}
