import type { RefusalCode } from "../../../../access/refusal.ts";
import type { BreakGlass } from "../../../../components/aws/audit/break-glass.ts";
import { type Filter, signals } from "../../../../components/aws/audit/signals.ts";
import { metricFilter } from "../../../harness/aws/metric-filter.ts";

const every: Readonly<Record<RefusalCode, true>> = {
  no_policy: true,
  wrong_type: true,
  not_entitled: true,
  individuals_not_admitted: true,
  org_required: true,
  sso_required: true,
  domain_mismatch: true,
  unverified_email: true,
  suspended: true,
  left: true,
  mfa_required: true,
};

export const codes = Object.keys(every) as RefusalCode[];

const matched = (filters: readonly Filter[], event: object) =>
  filters.filter(({ pattern }) => metricFilter(pattern)(event)).length;

/** By how much an event counts in each alarm; alarms in which it does not count are left out. */
export function counts(event: object, breakGlass: readonly BreakGlass[] = []): Record<string, number> {
  const sums = signals(codes, breakGlass).map(({ name, filters, explained }): [string, number] => [
    name,
    matched(filters, event) - matched(explained, event),
  ]);
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0));
}
