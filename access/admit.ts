import { inGoodStanding, type Organization, type SoundOrganization } from "./organization.ts";
import type { Policy } from "./policy.ts";
import { type Refusal, refusal } from "./refusal.ts";
import type { OrganizationType } from "./words.ts";

/** The organization that a visit is admitted with. */
export interface AdmittedOrganization extends SoundOrganization {
  readonly type: OrganizationType;
}

/** The part of a policy that decides who comes in. */
export type Admission = Pick<Policy, "orgTypes" | "orgRequires" | "individuals">;

/** What an app answers to a visit. */
export type Verdict =
  | { readonly admitted: true; readonly organization: AdmittedOrganization | undefined }
  | { readonly admitted: false; readonly refusal: Refusal };

/**
 * Whether an app admits a visit: of an individual, where there is no organization, or of an organization's member.
 * A suspended organization is told so before its type is looked at, so that its people learn the true cause.
 */
export function admit(policy: Admission, organization: Organization | undefined): Verdict {
  if (organization) return admitOrganization(policy, organization);
  return policy.individuals === "allow" ? admitted(undefined) : refused(refusal("individuals_not_admitted"));
}

function admitOrganization(policy: Admission, organization: Organization): Verdict {
  return inGoodStanding(organization) ? entitle(policy, organization) : refused(refusal("suspended"));
}

/** What an app answers to an organization in good standing: by its type, then by what the app requires of it. */
export function entitle({ orgTypes, orgRequires }: Admission, organization: SoundOrganization): Verdict {
  const { metadata } = organization;
  const type = orgTypes.find((word) => word === metadata.type);
  if (!type) return refused(refusal("wrong_type"));
  const unmet = Object.entries(orgRequires).some(([key, value]) => metadata[key] !== value);
  return unmet ? refused(refusal("not_entitled")) : admitted({ ...organization, type });
}

export function admitted(organization: AdmittedOrganization | undefined): Verdict {
  return { admitted: true, organization };
}

export function refused(cause: Refusal): Verdict {
  return { admitted: false, refusal: cause };
}
