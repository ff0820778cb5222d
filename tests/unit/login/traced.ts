import type { Step } from "../../../login/request.ts";
import type { Rule } from "../../../login/rules.ts";
import type { Given } from "./story.ts";

/** What comes next, and the sentences that say why. */
export interface Traced {
  /** A sentence. */
  readonly title: string;
  readonly given: Given;
  readonly step: Step;
  readonly trace: readonly (readonly [Rule, string])[];
}

/** Sentences that many logins begin with. */
export const credentialsFirst = [
  "credentials-first",
  "who it is comes first; the organization, if any, follows from memberships",
] as const;
export const addressFirst = ["identifier-first", "the address is asked for first"] as const;
export const bySession = ["single-sign-on", "the browser's session says who it is"] as const;
export const member = (name: string) => ["membership", `the person is a member of ${name}`] as const;
export const requested = (name: string) => ["organization-requested", name] as const;
