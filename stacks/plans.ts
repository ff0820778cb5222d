/** Auth0's plans, as far as they decide what this program may declare. */
const plans = ["free", "essentials", "professional", "enterprise"] as const;
export type Plan = (typeof plans)[number];

/** Auth0 features that a tenant has only after Auth0 opened them for it. */
const earlyAccess = ["organization-discovery-methods"] as const;
type EarlyAccess = (typeof earlyAccess)[number];

interface Feature {
  readonly name: string;
  readonly source: string;
  /** @default every plan */
  readonly plans?: readonly Plan[];
  /** @default none: the feature is there for everyone */
  readonly earlyAccess?: EarlyAccess;
}

/** What not every tenant has. */
const features = {
  machineAccess: {
    name: "machine access within an organization",
    plans: ["professional", "enterprise"],
    source: "https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications",
  },
  machineKeys: {
    name: "private key JWT",
    plans: ["enterprise"],
    source: "https://auth0.com/docs/get-started/applications/configure-private-key-jwt",
  },
  botDetection: {
    name: "bot detection",
    plans: ["enterprise"],
    source: "https://auth0.com/docs/secure/attack-protection/bot-detection",
  },
  discoveryMethods: {
    name: "organization discovery methods",
    earlyAccess: "organization-discovery-methods",
    source: "https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior",
  },
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof features;

/** What a tenant has: its plan, and the early-access features that were opened for it. */
export interface Entitlement {
  readonly plan: Plan;
  readonly earlyAccess: readonly EarlyAccess[];
}

/** Whether a tenant has a feature. */
export function has({ plan, earlyAccess }: Entitlement, name: FeatureName): boolean {
  const feature: Feature = features[name];
  const planned = feature.plans?.includes(plan) ?? true;
  return planned && (feature.earlyAccess === undefined || earlyAccess.includes(feature.earlyAccess));
}

/** What a tenant lacks and how it gets it, in one line; undefined where it has the feature. */
export function lacks(entitlement: Entitlement, name: FeatureName): string | undefined {
  if (has(entitlement, name)) return undefined;
  const feature: Feature = features[name];
  const needed = [
    ...(feature.plans === undefined ? [] : [`plan ${feature.plans.join(" or ")}`]),
    ...(feature.earlyAccess === undefined ? [] : [`early access to ${feature.earlyAccess}`]),
  ].join(" and ");
  return `needs ${feature.name}, which this environment does not have; allowed: with ${needed} (${feature.source})`;
}

/** The most objects of a kind in one tenant: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy */
export const limits: Readonly<Record<"applications" | "connections" | "clientGrants", Readonly<Record<Plan, number>>>> =
  {
    applications: { free: 10, essentials: 100, professional: 100, enterprise: 100_000 },
    connections: { free: 100, essentials: 100, professional: 100, enterprise: 100_000 },
    clientGrants: { free: 100, essentials: 10_000, professional: 10_000, enterprise: 100_000 },
  };
