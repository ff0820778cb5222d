import { type Policy, readPolicy } from "./policy.ts";
import type { RefusalCode } from "./words.ts";

/** Metadata as Auth0 hands it to an Action: values are strings, but nothing here relies on it. */
export type Metadata = Readonly<Record<string, unknown>>;

export type Verdict =
  | { readonly admitted: true; readonly policy: Policy }
  | { readonly admitted: false; readonly code: RefusalCode; readonly sentence: string };

/** Who is at the door: the app's metadata, and the metadata of the organization the login is for, if it is for one. */
export interface Visit {
  readonly clientMetadata: Metadata;
  readonly organizationMetadata: Metadata | undefined;
}

/**
 * Decides whether an app admits a login. Anything missing, unknown or damaged is a refusal.
 * A suspended organization is told so before its type is looked at, so that its people learn the true cause.
 */
export function admit({ clientMetadata, organizationMetadata }: Visit): Verdict {
  const policy = readPolicy(clientMetadata);
  if (!policy) return refuse("no_policy", "This application does not admit anyone yet. Please tell its operator.");
  if (organizationMetadata === undefined) {
    return policy.individuals === "allow"
      ? { admitted: true, policy }
      : refuse("individuals_not_admitted", "Please sign in to this application through your company.");
  }
  return admitOrganization(policy, organizationMetadata);
}

function admitOrganization(policy: Policy, metadata: Metadata): Verdict {
  if (metadata.status !== "active") return refuse("suspended", "Your company's access is suspended.");
  if (!policy.orgTypes.some((type) => type === metadata.type)) {
    return refuse("wrong_type", "This application is not for this kind of company.");
  }
  const unmet = Object.entries(policy.orgRequires).some(([key, value]) => metadata[key] !== value);
  if (unmet) return refuse("not_entitled", "Your company has no access to this application.");
  return { admitted: true, policy };
}

function refuse(code: RefusalCode, sentence: string): Verdict {
  return { admitted: false, code, sentence };
}
