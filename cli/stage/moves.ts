import { firstRole } from "../../access/first-role.ts";
import { stageOf } from "../../access/stage.ts";
import { organizationTypes } from "../../access/words.ts";
import { lifetimesOf } from "../../stacks/announce.ts";
import { type ApiName, apps, type CatalogApp, firstRoles } from "../../stacks/catalog.ts";
import { said } from "../../stacks/schema/strict.ts";

/** A step along the funnel. */
export interface Move {
  /** The funnel's stages, in order. */
  readonly stages: readonly string[];
  /** What stands there now; whatever is none of the stages counts as none. */
  readonly from: unknown;
  readonly to: string;
  /** Whether the move may be to an earlier stage. */
  readonly back: boolean;
}

/** The stage where a move begins; undefined where there is none of the funnel's. */
export function startOf({ stages, from }: Move): string | undefined {
  const stage = stageOf(stages, { stage: from }, undefined);
  return stage.known ? stage.stage : undefined;
}

/** Why a move is refused, with what is allowed: forward goes over any number of stages, back only where it is said. */
export function wrongMove(move: Move): string | undefined {
  const { stages, to, back } = move;
  const start = startOf(move);
  if (!stages.includes(to)) return said(to, stages.join(", "));
  if (start === undefined || back || stages.indexOf(to) >= stages.indexOf(start)) return undefined;
  const later = stages.slice(stages.indexOf(start) + 1).join(", ") || "none";
  return `${to} comes before ${start}; allowed: a later one (${later}), or ${to} with --back`;
}

/** One role in place of another. */
export interface Swap {
  readonly from: string;
  readonly to: string;
}

/**
 * The first role of the new stage in place of that of the old one, for an individual or in a company of a type; undefined where both
 * stages have the same.
 * @param held the role that is swapped. @default the one of the stage where the move begins
 */
export function swapOf(move: Move, level: keyof typeof firstRoles, held?: string): Swap | undefined {
  const from = held ?? firstRole(firstRoles, level, startOf(move));
  const to = firstRole(firstRoles, level, move.to);
  return from === to ? undefined : { from, to };
}

/** The kind of company that metadata says, where the funnel gives roles in it. */
export function levelOf(type: unknown): keyof typeof firstRoles | undefined {
  return organizationTypes.find((known) => known === type);
}

/** When apps see it, in one sentence: at a login or a renewal, and not before the token ends that is out. */
export function whenSeen(): string {
  const told = Object.values(apps).filter((app: CatalogApp) => app.policy.stageClaim === "on");
  const apis = [...new Set(told.flatMap(({ userScopes }) => Object.keys(userScopes) as ApiName[]))];
  return `Apps see it at the next login or renewal; an access token that is out says the old until it ends, within ${lifetimesOf(apis)}.`;
}
