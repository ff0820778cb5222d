/** What a stage came to. A skipped test is not a passed one. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** How many of those skipped this machine cannot run, which was said loudly: they are no pass, and no fault of the checkout. */
  readonly excused?: number;
  /** What failed, a line each: said again at the end of the run. */
  readonly failures?: readonly string[];
  /** What a person needs to see of it: the output of a check that failed, a figure. */
  readonly shown?: string;
}

/** One stage of `make test`. */
export interface Stage {
  readonly name: string;
  /** The command that does the same by hand. */
  readonly command: string;
  run(): Promise<Outcome>;
}

export const PASSED: Outcome = { passed: 1, failed: 0, skipped: 0 };

/** One failure, with what to show of it. */
export const failure = (shown: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, shown });

/** The sum of all outcomes. */
export function total(outcomes: readonly Outcome[]): Outcome {
  const sum = (pick: (outcome: Outcome) => number) => outcomes.reduce((all, outcome) => all + pick(outcome), 0);
  const excused = sum((o) => o.excused ?? 0);
  return {
    passed: sum((o) => o.passed),
    failed: sum((o) => o.failed),
    skipped: sum((o) => o.skipped),
    ...(excused > 0 ? { excused } : {}),
  };
}

/** `12 passed, 0 failed`, and `, 1 skipped` only when there is one. */
export function counts({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Is there nothing that keeps it from being green? A stage that ran nothing, and is not excused, is broken. */
export const isSound = ({ passed, failed, skipped, excused = 0 }: Outcome): boolean =>
  failed === 0 && skipped === excused && passed + excused > 0;

/** Did everything that this machine can run, run and pass? Nothing at all is not a pass. */
export const isGreen = (outcome: Outcome): boolean => outcome.passed > 0 && isSound(outcome);
