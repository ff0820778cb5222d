import type { Tenant } from "../management/tables.ts";

/** The name of the tenant as answers show it: its domain without a port. */
export function tenantName({ domain }: Tenant): string {
  return domain.split(":")[0] ?? "";
}
