/** What an app or a person is told, by code. One sentence each, without a code, a name or an address in it. */
const sentences = {
  no_policy: "This application does not admit anyone yet. Please tell its operator.",
  wrong_type: "This application is not for this kind of company.",
  not_entitled: "Your company has no access to this application.",
  individuals_not_admitted: "Please sign in to this application through your company.",
  org_required: "Please sign in as a member of your company.",
  sso_required: "Please sign in through your company's own login.",
  domain_mismatch: "Your company's login did not give an e-mail address of your company.",
  unverified_email: "Please use an e-mail address that is valid and verified.",
  suspended: "Your company's access is suspended.",
  left: "You are no longer a member of this company.",
  mfa_required: "This application asks for a second factor. Please sign in through the browser.",
} as const;

/** Stable codes that begin a refusal, so that an app can answer with the one right retry. */
export type RefusalCode = keyof typeof sentences;

export interface Refusal {
  /** The code; `org_required` of a company's login names the company: `org_required:<slug>`. */
  readonly code: RefusalCode | `org_required:${string}`;
  readonly sentence: string;
}

export function refusal(code: RefusalCode): Refusal {
  return { code, sentence: sentences[code] };
}

/** The refusal that tells an app which company to ask for, if it is known: one new login with that company's organization id is the right retry. */
export function organizationRequired(slug: string): Refusal {
  return { code: slug === "" ? "org_required" : `org_required:${slug}`, sentence: sentences.org_required };
}

/** The text that Auth0 hands to the app or the person. */
export function refusalText({ code, sentence }: Refusal): string {
  return `${code}: ${sentence}`;
}

/** Every code, for whoever counts refusals by it. */
export function refusalCodes(): readonly RefusalCode[] {
  return Object.keys(sentences) as RefusalCode[];
}
