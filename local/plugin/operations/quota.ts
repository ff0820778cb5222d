import { asObject, type Json } from "../management.ts";
import { type Dict, dictAt, elements, isDict, type Value } from "../value.ts";

/** A token quota as a state holds it; a quota without client credentials counts as none. */
export function quotaOf(answer: Json | undefined): Value {
  const { client_credentials: credentials } = asObject(answer);
  if (credentials === undefined || credentials === null) return [];
  const { enforce, per_day, per_hour } = asObject(credentials) as Dict;
  return [{ client_credentials: [{ enforce: enforce ?? null, per_day: per_day ?? null, per_hour: per_hour ?? null }] }];
}

/** True when a program's quota limits nothing: the API wants null then. https://auth0.com/docs/api/management/v2 */
export function isQuotaEmpty(config: Value | undefined): boolean {
  return elements(config).every((quota) => {
    const limits = dictAt(isDict(quota) ? quota.client_credentials : null);
    return limits.enforce !== true && (limits.per_day ?? null) === null && (limits.per_hour ?? null) === null;
  });
}
