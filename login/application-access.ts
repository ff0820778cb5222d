import type { Client, Organization } from "./tenant.ts";

/**
 * Whether an organization lets its members use an app: any of the operator's own, and those of third parties by its word on all of them,
 * unless it keeps a list: then what stands there, and of the operator's own nothing else.
 * https://auth0.com/docs/manage-users/organizations/configure-organizations/grant-application-access
 */
export function letsUse(organization: Organization, client: Client): boolean {
  const listed = organization.applications?.[client.id];
  if (!client.firstParty) return listed ?? organization.thirdParty;
  return organization.applications === undefined || listed === true;
}
