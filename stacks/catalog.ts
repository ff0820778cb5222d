import type { Policy } from "../access/policy.ts";
import type { OrganizationType } from "../access/words.ts";
import type { AppArgs } from "../components/app/app.ts";

/** One application: who it is for and how its people sign in. A new app is one more entry of `apps`. */
export interface CatalogApp {
  readonly displayName: string;
  readonly description: string;
  readonly kind: AppArgs["kind"];
  /** The URL in `Pulumi.<env>.yaml` under which it lives, and the path of its login below that. */
  readonly site: SiteName;
  readonly path: AppArgs["path"];
  readonly login: AppArgs["login"];
  readonly policy: Policy;
  /** The scopes of each API that the app may ask for in a person's name. None: it may not ask for that API. */
  readonly userScopes: Permissions;
}

/** One API and its scopes. */
export interface CatalogApi {
  readonly displayName: string;
  /**
   * Seconds that an access token lives. It cannot be taken back, so this is how long a suspended company's last one
   * lives: https://auth0.com/docs/secure/tokens/access-tokens
   */
  readonly tokenLifetime: number;
  /** Scope → what it lets its holder do. */
  readonly scopes: Readonly<Record<string, string>>;
}

/** The sites that apps live on; each has its URL in `Pulumi.<env>.yaml`. */
export const sites = ["main", "portal", "vendor-catering", "vendor-rental"] as const;

export const apis = {
  service: {
    displayName: "Service API",
    tokenLifetime: 3_600,
    scopes: {
      "read:account": "Read the own account",
      "update:account": "Change the own account",
      "read:bookings": "Read bookings",
      "create:bookings": "Make bookings",
      "read:api-keys": "See the company's API credentials",
      "manage:api-keys": "Make, rotate and withdraw the company's API credentials",
    },
  },
  vendor: {
    displayName: "Vendor API",
    tokenLifetime: 1_800,
    scopes: {
      "read:offers": "Read the own offers",
      "update:offers": "Change the own offers",
      "read:stock": "Read the own stock",
      "update:stock": "Change the own stock",
    },
  },
} as const satisfies Record<string, CatalogApi>;

const everyScope = { service: scopesOf(apis.service), vendor: scopesOf(apis.vendor) };
const accountAndBookings = ["read:account", "update:account", "read:bookings", "create:bookings"] as const;

export const apps = {
  main: {
    displayName: "Main app",
    description: "Account management and booking, for customers and those who may become one",
    kind: "web",
    site: "main",
    path: "",
    login: "everyone",
    policy: { orgTypes: ["customer"], orgRequires: {}, individuals: "allow", stageClaim: "on", mfa: "off" },
    userScopes: { service: accountAndBookings },
  },
  // Nothing that an app can send means "as an individual": the main app has a second registration that says it.
  "main-personal": {
    displayName: "Main app (personal)",
    description: "The main app, for a person without a company",
    kind: "web",
    site: "main",
    path: "/personal",
    login: "individuals",
    policy: { orgTypes: [], orgRequires: {}, individuals: "allow", stageClaim: "on", mfa: "off" },
    userScopes: { service: accountAndBookings },
  },
  portal: {
    displayName: "API portal",
    description: "API credentials of companies that have API access",
    kind: "web",
    site: "portal",
    path: "",
    login: "members-organization-first",
    policy: {
      orgTypes: ["customer"],
      orgRequires: { api_access: "on" },
      individuals: "deny",
      stageClaim: "off",
      mfa: "password",
    },
    userScopes: { service: ["read:account", "read:api-keys", "manage:api-keys"] },
  },
  "vendor-catering": {
    displayName: "Catering vendors",
    description: "Offers and stock of catering vendors",
    kind: "web",
    site: "vendor-catering",
    path: "",
    login: "members",
    policy: {
      orgTypes: ["vendor"],
      orgRequires: { vendor_kind: "catering" },
      individuals: "deny",
      stageClaim: "off",
      mfa: "off",
    },
    userScopes: { vendor: everyScope.vendor },
  },
  "vendor-rental": {
    displayName: "Rental vendors",
    description: "Offers and stock of rental vendors",
    kind: "spa",
    site: "vendor-rental",
    path: "",
    login: "members",
    policy: {
      orgTypes: ["vendor"],
      orgRequires: { vendor_kind: "rental" },
      individuals: "deny",
      stageClaim: "off",
      mfa: "off",
    },
    userScopes: { vendor: everyScope.vendor },
  },
} as const satisfies Record<string, CatalogApp>;

function scopesOf<Scope extends string>(api: { readonly scopes: Readonly<Record<Scope, string>> }): readonly Scope[] {
  return Object.keys(api.scopes) as Scope[];
}

type Permissions = { readonly [Api in ApiName]?: readonly (keyof (typeof apis)[Api]["scopes"])[] };

/** A role bundles scopes of the APIs. A stage of the sales funnel is data, never a role. */
export interface CatalogRole {
  readonly description: string;
  readonly permissions: Permissions;
}

export const roles = {
  owner: {
    description: "What an owner of an account may do",
    permissions: { service: accountAndBookings },
  },
  "pre-customer": {
    description: "What someone before purchase may do",
    permissions: { service: ["read:account", "update:account"] },
  },
  "vendor-editor": {
    description: "What someone who keeps a vendor's offers may do",
    permissions: { vendor: everyScope.vendor },
  },
  "api-administrator": {
    description: "What someone who keeps a company's API credentials may do",
    permissions: { service: ["read:account", "read:api-keys", "manage:api-keys"] },
  },
} as const satisfies Record<string, CatalogRole>;

interface FirstRole {
  readonly default: RoleName;
  /** Where the stage of the login decides: stage → role. */
  readonly byStage: Readonly<Record<string, RoleName>>;
}

const byStage = { default: "pre-customer", byStage: { owner: "owner" } } as const;

/** The role that a person's first login gives: without an organization, or in one of each type. */
export const firstRoles = {
  individual: byStage,
  customer: byStage,
  vendor: { default: "vendor-editor", byStage: {} },
} as const satisfies Record<OrganizationType | "individual", FirstRole>;

/** What an organization of each type says of itself: organization metadata → the values it may have. */
export const conditions = {
  customer: { api_access: ["on", "off"] },
  vendor: { vendor_kind: ["catering", "rental"] },
} as const satisfies Record<OrganizationType, Record<string, readonly string[]>>;

/** The connection of the shared directory; it can never change, and its users go with it. */
export const directoryName = "users";

export type SiteName = (typeof sites)[number];
export type AppName = keyof typeof apps;
export type ApiName = keyof typeof apis;
export type RoleName = keyof typeof roles;
