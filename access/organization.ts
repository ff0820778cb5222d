import { fieldsOf, onlyTexts, organizationLimits, withinLimits } from "./metadata.ts";

/** An organization as Auth0 promises it. */
export interface SoundOrganization {
  readonly damaged: false;
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The organization that a login is for, as far as it can be trusted. */
export type Organization = SoundOrganization | { readonly damaged: true };

/**
 * Reads `event.organization`. Undefined means that there is none, and only null and undefined do:
 * a damaged organization is an organization that nobody may come in with, never an individual.
 */
export function readOrganization(value: unknown): Organization | undefined {
  if (value === undefined || value === null) return undefined;
  const organization = fieldsOf(value);
  const id = organization?.id;
  const metadata = fieldsOf(organization?.metadata);
  if (typeof id !== "string" || id === "") return { damaged: true };
  if (!metadata || !withinLimits(metadata, organizationLimits) || !onlyTexts(metadata)) return { damaged: true };
  return { damaged: false, id, metadata };
}

/** Whether an organization's people may come in anywhere. Damaged, without a status, or with another one: not. */
export function inGoodStanding(organization: Organization): organization is SoundOrganization {
  return !organization.damaged && organization.metadata.status === "active";
}
