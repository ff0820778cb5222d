/** The words that the catalog, the entries and the Actions share. A new organization type is one more word here. */
export const organizationTypes = ["customer", "vendor"] as const;
export type OrganizationType = (typeof organizationTypes)[number];

/** Organization metadata `status`. Anything else, and an absent one, counts as not active. */
export const organizationStatuses = ["active", "suspended"] as const;
export type OrganizationStatus = (typeof organizationStatuses)[number];

/** Stable codes that begin a refusal, so that an app can answer with the one right retry. */
export type RefusalCode = "no_policy" | "wrong_type" | "not_entitled" | "individuals_not_admitted" | "suspended";
