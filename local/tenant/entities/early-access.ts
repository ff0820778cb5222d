import type { Tenant } from "../management/tables.ts";

const family = "early-access";
const feature = "organization applications";

/**
 * Applications and roles of organizations are early access. Tenants that have it show its fields on every organization and
 * role, others do not; nothing says of a tenant which it is until it uses one of them, so that is what counts here.
 */
export function useOrganizationApplications({ objects: { store } }: Tenant): void {
  if (!store.get(family, feature)) store.insert(family, "", feature, {}, []);
}

/** Whether the tenant has used applications or roles of organizations. */
export function usesOrganizationApplications({ objects: { store } }: Tenant): boolean {
  return store.get(family, feature) !== undefined;
}
