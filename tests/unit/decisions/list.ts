import type { Dimension, Value } from "./dimensions.ts";

/** A field that is not there, as `"*"`, means any value. */
type Field<V> = "*" | V | readonly V[] | { readonly not: readonly V[] };
type Pattern = { readonly [D in Dimension]?: Field<Value<D>> };

/** `org_required:acme` carries the company's slug. */
export type Answer =
  | { readonly refused: string }
  | {
      readonly orgType?: string;
      readonly stage?: string;
      readonly secondFactor?: true;
      /** The first role, and whether it is a member's or an individual's. */
      readonly role: string;
      readonly level: "individual" | "organization";
    };

export interface Row {
  readonly pattern: Pattern;
  readonly answer: Answer;
}

// The words of the rows below.
const withPolicy = ["main", "main-personal", "portal", "vendor-catering", "vendor-rental"] as const;
const membersOnly = ["portal", "vendor-catering", "vendor-rental"] as const;
/** Sign-in through a company's own identity provider, or through one that nobody knows. */
const company = ["oidc", "okta", "samlp", "waad", "unknown"] as const;
/** Sign-in that anybody can have. */
const anybody = ["auth0", "email", "google-oauth2"] as const;
const claimed = ["own", "anothers"] as const;
const notActive = ["suspended", "missing"] as const;
const askable = { not: ["oauth2-refresh-token", "oauth2-password"] } as const;

// A member whose address has been found right, by either way of signing in.
const throughCompany = { individual: "no", strategy: company, domain: "own" } as const;
const throughAnybody = { individual: "no", strategy: anybody, domain: "unclaimed" } as const;
const verifiedMember = { ...throughAnybody, verified: "yes" } as const;
const unverifiedMember = { ...throughAnybody, verified: "no" } as const;

// A company that is active and meets what an app asks for.
const customer = { type: "customer", status: "active" } as const;
const customerWithApi = { ...customer, apiAccess: "on" } as const;
const vendor = { type: "vendor", status: "active" } as const;
const caterer = { ...vendor, vendorKind: "catering" } as const;
const renter = { ...vendor, vendorKind: "rental" } as const;

// Whose word the login's stage is.
const ownStage = "person";
const companysStage = "company";
const noStage = ["unknown", "none"] as const;

const refused = (code: string): Answer => ({ refused: code });

/** Every decision, in no order: each row says all it needs, and no combination is matched by two. */
export const list: readonly Row[] = [
  // An app without a policy
  { pattern: { app: "unwritten" }, answer: refused("no_policy") },

  // A company's identity provider speaks for that company's addresses, and inside its organization only
  {
    pattern: { app: withPolicy, strategy: company, domain: { not: ["own"] } },
    answer: refused("domain_mismatch"),
  },
  {
    pattern: { app: withPolicy, strategy: company, domain: "own", individual: "yes" },
    answer: refused("org_required:acme"),
  },

  // Nobody signs in past the identity provider of the company that claims the address
  { pattern: { app: withPolicy, strategy: anybody, domain: "absent" }, answer: refused("unverified_email") },
  { pattern: { app: withPolicy, strategy: anybody, domain: claimed }, answer: refused("sso_required") },

  // Individuals
  {
    pattern: { app: membersOnly, strategy: anybody, domain: "unclaimed", individual: "yes" },
    answer: refused("individuals_not_admitted"),
  },
  {
    pattern: {
      app: ["main", "main-personal"],
      strategy: anybody,
      domain: "unclaimed",
      individual: "yes",
      stage: [ownStage, companysStage],
    },
    answer: { stage: "owner", role: "owner", level: "individual" },
  },
  {
    pattern: {
      app: ["main", "main-personal"],
      strategy: anybody,
      domain: "unclaimed",
      individual: "yes",
      stage: noStage,
    },
    answer: { role: "pre-customer", level: "individual" },
  },

  // A company that is suspended, or of which nobody says that it is active
  { pattern: { app: withPolicy, ...throughCompany, status: notActive }, answer: refused("suspended") },
  { pattern: { app: withPolicy, ...throughAnybody, status: notActive }, answer: refused("suspended") },

  // A company of a type that the app is not for
  {
    pattern: { app: ["main", "portal"], ...throughCompany, status: "active", type: { not: ["customer"] } },
    answer: refused("wrong_type"),
  },
  {
    pattern: { app: ["main", "portal"], ...throughAnybody, status: "active", type: { not: ["customer"] } },
    answer: refused("wrong_type"),
  },
  { pattern: { app: "main-personal", ...throughCompany, status: "active" }, answer: refused("wrong_type") },
  { pattern: { app: "main-personal", ...throughAnybody, status: "active" }, answer: refused("wrong_type") },
  {
    pattern: {
      app: ["vendor-catering", "vendor-rental"],
      ...throughCompany,
      status: "active",
      type: { not: ["vendor"] },
    },
    answer: refused("wrong_type"),
  },
  {
    pattern: {
      app: ["vendor-catering", "vendor-rental"],
      ...throughAnybody,
      status: "active",
      type: { not: ["vendor"] },
    },
    answer: refused("wrong_type"),
  },

  // A company of the right type without what the app asks for
  {
    pattern: { app: "portal", ...throughCompany, ...customer, apiAccess: ["off", "missing"] },
    answer: refused("not_entitled"),
  },
  {
    pattern: { app: "portal", ...throughAnybody, ...customer, apiAccess: ["off", "missing"] },
    answer: refused("not_entitled"),
  },
  {
    pattern: { app: "vendor-catering", ...throughCompany, ...vendor, vendorKind: ["rental", "missing"] },
    answer: refused("not_entitled"),
  },
  {
    pattern: { app: "vendor-catering", ...throughAnybody, ...vendor, vendorKind: ["rental", "missing"] },
    answer: refused("not_entitled"),
  },
  {
    pattern: { app: "vendor-rental", ...throughCompany, ...vendor, vendorKind: ["catering", "missing"] },
    answer: refused("not_entitled"),
  },
  {
    pattern: { app: "vendor-rental", ...throughAnybody, ...vendor, vendorKind: ["catering", "missing"] },
    answer: refused("not_entitled"),
  },

  // A member whose address nobody vouches for
  { pattern: { app: "main", ...unverifiedMember, ...customer }, answer: refused("unverified_email") },
  { pattern: { app: "portal", ...unverifiedMember, ...customerWithApi }, answer: refused("unverified_email") },
  { pattern: { app: "vendor-catering", ...unverifiedMember, ...caterer }, answer: refused("unverified_email") },
  { pattern: { app: "vendor-rental", ...unverifiedMember, ...renter }, answer: refused("unverified_email") },

  // Members at the main app
  {
    pattern: { app: "main", ...throughCompany, ...customer, stage: ownStage },
    answer: { orgType: "customer", stage: "owner", role: "owner", level: "organization" },
  },
  {
    pattern: { app: "main", ...throughCompany, ...customer, stage: companysStage },
    answer: { orgType: "customer", stage: "prospect", role: "pre-customer", level: "organization" },
  },
  {
    pattern: { app: "main", ...throughCompany, ...customer, stage: noStage },
    answer: { orgType: "customer", role: "pre-customer", level: "organization" },
  },
  {
    pattern: { app: "main", ...verifiedMember, ...customer, stage: ownStage },
    answer: { orgType: "customer", stage: "owner", role: "owner", level: "organization" },
  },
  {
    pattern: { app: "main", ...verifiedMember, ...customer, stage: companysStage },
    answer: { orgType: "customer", stage: "prospect", role: "pre-customer", level: "organization" },
  },
  {
    pattern: { app: "main", ...verifiedMember, ...customer, stage: noStage },
    answer: { orgType: "customer", role: "pre-customer", level: "organization" },
  },

  // Members at the portal: no stage, and a second factor of those who do not come through their company
  {
    pattern: { app: "portal", ...throughCompany, ...customerWithApi, stage: ownStage },
    answer: { orgType: "customer", role: "owner", level: "organization" },
  },
  {
    pattern: { app: "portal", ...throughCompany, ...customerWithApi, stage: { not: [ownStage] } },
    answer: { orgType: "customer", role: "pre-customer", level: "organization" },
  },
  {
    pattern: { app: "portal", ...verifiedMember, ...customerWithApi, protocol: askable, stage: ownStage },
    answer: { orgType: "customer", secondFactor: true, role: "owner", level: "organization" },
  },
  {
    pattern: { app: "portal", ...verifiedMember, ...customerWithApi, protocol: askable, stage: { not: [ownStage] } },
    answer: { orgType: "customer", secondFactor: true, role: "pre-customer", level: "organization" },
  },
  {
    pattern: {
      app: "portal",
      ...verifiedMember,
      ...customerWithApi,
      protocol: "oauth2-refresh-token",
      stage: ownStage,
    },
    answer: { orgType: "customer", role: "owner", level: "organization" },
  },
  {
    pattern: {
      app: "portal",
      ...verifiedMember,
      ...customerWithApi,
      protocol: "oauth2-refresh-token",
      stage: { not: [ownStage] },
    },
    answer: { orgType: "customer", role: "pre-customer", level: "organization" },
  },
  {
    pattern: { app: "portal", ...verifiedMember, ...customerWithApi, protocol: "oauth2-password" },
    answer: refused("mfa_required"),
  },

  // Members at the vendors' apps
  {
    pattern: { app: "vendor-catering", ...throughCompany, ...caterer },
    answer: { orgType: "vendor", role: "vendor-editor", level: "organization" },
  },
  {
    pattern: { app: "vendor-catering", ...verifiedMember, ...caterer },
    answer: { orgType: "vendor", role: "vendor-editor", level: "organization" },
  },
  {
    pattern: { app: "vendor-rental", ...throughCompany, ...renter },
    answer: { orgType: "vendor", role: "vendor-editor", level: "organization" },
  },
  {
    pattern: { app: "vendor-rental", ...verifiedMember, ...renter },
    answer: { orgType: "vendor", role: "vendor-editor", level: "organization" },
  },
];
