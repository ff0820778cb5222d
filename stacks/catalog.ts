import type { Policy } from "../access/policy.ts";
import type { OrganizationType } from "../access/words.ts";

/** One application: who it is for and how its people sign in. A new app is one more entry of `apps`. */
export interface CatalogApp {
  readonly displayName: string;
  readonly description: string;
  /** `require`: members of an organization only; `allow`: individuals too. */
  readonly organizationUsage: "allow" | "require";
  readonly policy: Policy;
}

/** One API and its scopes. */
export interface CatalogApi {
  readonly displayName: string;
  /** Scope → what it lets its holder do. */
  readonly scopes: Readonly<Record<string, string>>;
}

export const apps = {
  main: {
    displayName: "Main app",
    description: "Account management and booking, for customers and those who may become one",
    organizationUsage: "allow",
    policy: { orgTypes: ["customer"], orgRequires: {}, individuals: "allow", stageClaim: "on" },
  },
  "vendor-catering": {
    displayName: "Catering vendors",
    description: "Offers and stock of catering vendors",
    organizationUsage: "require",
    policy: { orgTypes: ["vendor"], orgRequires: { vendor_kind: "catering" }, individuals: "deny", stageClaim: "off" },
  },
} as const satisfies Record<string, CatalogApp>;

export const apis = {
  service: {
    displayName: "Service API",
    scopes: {
      "read:account": "Read the own account",
      "update:account": "Change the own account",
      "read:bookings": "Read bookings",
      "create:bookings": "Make bookings",
    },
  },
} as const satisfies Record<string, CatalogApi>;

type Permissions = { readonly [Api in ApiName]?: readonly (keyof (typeof apis)[Api]["scopes"])[] };

/** A role bundles scopes of the APIs. A stage of the sales funnel is data, never a role. */
export interface CatalogRole {
  readonly description: string;
  readonly permissions: Permissions;
}

export const roles = {
  owner: {
    description: "What an owner of an account may do",
    permissions: { service: ["read:account", "update:account", "read:bookings", "create:bookings"] },
  },
  "pre-customer": {
    description: "What someone before purchase may do",
    permissions: { service: ["read:account", "update:account"] },
  },
} as const satisfies Record<string, CatalogRole>;

/** What an organization of each type says of itself: organization metadata → the values it may have. */
export const conditions = {
  customer: { api_access: ["on", "off"] },
  vendor: { vendor_kind: ["catering", "rental"] },
} as const satisfies Record<OrganizationType, Record<string, readonly string[]>>;

/** The connection of the shared directory; it can never change, and its users go with it. */
export const directoryName = "users";

export type AppName = keyof typeof apps;
export type ApiName = keyof typeof apis;
