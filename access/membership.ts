import { fieldsOf, textsOf } from "./metadata.ts";

/**
 * Whether a person has left an organization: `app_metadata.left` lists the ids of those. Auth0 does not say that it
 * checks membership at a refresh, so this does. A list that cannot be read keeps the person out of every organization.
 */
export function hasLeft(appMetadata: unknown, organizationId: string): boolean {
  const fields = fieldsOf(appMetadata ?? {});
  if (!fields) return true;
  if (fields.left === undefined) return false;
  return textsOf(fields.left)?.includes(organizationId) ?? true;
}
