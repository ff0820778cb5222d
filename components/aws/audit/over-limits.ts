import type { BreakGlass } from "./break-glass.ts";
import { limits } from "./limits.ts";
import { signals } from "./signals.ts";

/** What an audit trail is asked for that AWS refuses, one sentence each; nothing where it is fine. */
export function overLimits(asked: {
  readonly codes: readonly string[];
  readonly breakGlass: readonly BreakGlass[];
  readonly quietHours: number;
  readonly retentionDays: number;
}): string[] {
  const { codes, breakGlass, quietHours, retentionDays } = asked;
  const filters = signals(codes, breakGlass).flatMap(({ filters, explained }) => [...filters, ...explained]);
  const hours = Number.isInteger(quietHours) && quietHours >= 1 && quietHours <= limits.quietHours;
  return [
    ...(hours ? [] : [`${quietHours} quiet hours; allowed: whole ones, 1 to ${limits.quietHours}`]),
    ...(limits.retentionDays.some((days) => days === retentionDays)
      ? []
      : [`events kept for ${retentionDays} days; allowed: ${limits.retentionDays.join(", ")}`]),
    ...(filters.length > limits.filters
      ? [`${filters.length} filters over the log; allowed: ${limits.filters}, so fewer refusal codes`]
      : []),
    ...filters
      .filter(({ pattern }) => pattern.length > limits.pattern)
      .map(
        ({ name, pattern }) =>
          `the pattern of filter ${name} has ${pattern.length} characters; allowed: ${limits.pattern}, so fewer or shorter names in it`,
      ),
  ];
}
