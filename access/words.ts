/** The words that the catalog, the entries and the Actions share. A new organization type is one more word here. */
export const organizationTypes = ["customer", "vendor"] as const;
export type OrganizationType = (typeof organizationTypes)[number];

/** Organization metadata `status`. Anything else, and an absent one, counts as not active. */
export type OrganizationStatus = "active" | "suspended";
