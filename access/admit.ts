import { inGoodStanding, type Organization, type SoundOrganization } from "./organization.ts";
import type { Policy } from "./policy.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { isAmong } from "./terms.ts";
import type { OrganizationType } from "./words.ts";

/** The organization that a visit is admitted with. */
export interface AdmittedOrganization extends SoundOrganization {
  readonly type: OrganizationType;
}

/** The part of a policy that decides who comes in. */
export interface Admission extends Pick<Policy, "orgTypes" | "orgRequires" | "individuals"> {
  /** The app's name, which an organization that names its apps must name too. Left out: for what is no app, such as an API. */
  readonly app?: unknown;
}

/** What an app answers to a visit. */
export type Verdict =
  | { readonly admitted: true; readonly organization: AdmittedOrganization | undefined }
  | { readonly admitted: false; readonly refusal: Refusal };

/**
 * Whether an app admits a visit: of an individual, where there is no organization, or of an organization's member.
 * A suspended organization is told so before its type is looked at, so that its people learn the true cause.
 */
export function admit(policy: Admission, organization: Organization | undefined): Verdict {
  if (organization) return inGoodStanding(organization) ? entitle(policy, organization) : refused(refusal("suspended"));
  return policy.individuals === "allow" ? admitted(undefined) : refused(refusal("individuals_not_admitted"));
}

/** What an app answers to an organization in good standing: by its type, by what the app requires of it, and by the apps that it names. */
export function entitle({ orgTypes, orgRequires, app }: Admission, organization: SoundOrganization): Verdict {
  const { metadata } = organization;
  const type = orgTypes.find((word) => word === metadata.type);
  if (!type) return refused(refusal("wrong_type"));
  const unmet = Object.entries(orgRequires).some(([key, value]) => metadata[key] !== value);
  const elsewhere = app !== undefined && !isAmong(metadata.apps, app);
  return unmet || elsewhere ? refused(refusal("not_entitled")) : admitted({ ...organization, type });
}

export function admitted(organization: AdmittedOrganization | undefined): Verdict {
  return { admitted: true, organization };
}

export function refused(cause: Refusal): Verdict {
  return { admitted: false, refusal: cause };
}
