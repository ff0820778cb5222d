import type { Rule } from "../../login/rules.ts";
import type { Call } from "./scenario.ts";

// What stacks/catalog.ts gives each role, written down once more by hand: a token's `permissions`, in the order of the alphabet.
export const owner = ["create:bookings", "read:account", "read:bookings", "update:account"];
export const preCustomer = ["read:account", "update:account"];
export const vendorEditor = ["read:offers", "read:stock", "update:offers", "update:stock"];
export const apiAdministrator = ["manage:api-keys", "read:account", "read:api-keys"];

/** The refusals of the Actions, as an app gets them. */
export const says = {
  noPolicy: "no_policy: This application does not admit anyone yet. Please tell its operator.",
  wrongType: "wrong_type: This application is not for this kind of company.",
  notEntitled: "not_entitled: Your company has no access to this application.",
  individuals: "individuals_not_admitted: Please sign in to this application through your company.",
  organizationOf: (slug: string) => `org_required:${slug}: Please sign in as a member of your company.`,
  sso: "sso_required: Please sign in through your company's own login.",
  mismatch: "domain_mismatch: Your company's login did not give an e-mail address of your company.",
  unverified: "unverified_email: Please use an e-mail address that is valid and verified.",
  suspended: "suspended: Your company's access is suspended.",
  left: "left: You are no longer a member of this company.",
} as const;

/** Auth0's own words. */
export const errors = {
  organizationNotAllowed: "parameter organization is not allowed for this client",
  organizationRequired: "parameter organization is required for this client",
  organizationInvalid: "parameter organization is invalid",
  organizationName: "authorization request parameter organization must be an organization id",
  noMembership: "client requires organization membership, but user does not belong to any organization",
  noGrant: (audience: string) =>
    `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
  hidden: "no connections enabled for the organization are visible",
  loginRequired: "Login required",
  interactionRequired: "Interaction required",
  consentRequired: "Consent required",
  notAuthorized: "User did not authorize the request",
} as const;

/** Refusals whose words no public source has: those of the local tenant. */
export const ownWords = {
  connection: "the connection is not enabled for the organization",
  noConnection: "no connection enabled for the client",
  unknownConnection: "the connection was not found",
  application: "the application is not enabled for the organization",
  unfitSession: "the connection of the session is not enabled for the organization",
  thirdParty: "third-party applications are not allowed for this organization",
} as const;

export const client = (app: string, body: object): Call => ({ method: "PATCH", path: `clients/{app:${app}}`, body });

/** How an app signs people in: usage and what it prompts for. */
export function flow(
  app: string,
  usage: "deny" | "allow" | "require",
  behaviour: string,
  methods?: readonly string[],
): Call {
  return client(app, {
    organization_usage: usage,
    organization_require_behavior: behaviour,
    ...(methods ? { organization_discovery_methods: methods } : {}),
  });
}

export const member = (address: string, slug: string): Call => ({
  method: "POST",
  path: `organizations/{org:${slug}}/members`,
  body: { members: [`{user:${address}}`] },
});

export const noMember = (address: string, slug: string): Call => ({ ...member(address, slug), method: "DELETE" });

export const company = (slug: string, body: object): Call => ({
  method: "PATCH",
  path: `organizations/{org:${slug}}`,
  body,
});

export const person = (address: string, body: object): Call => ({
  method: "PATCH",
  path: `users/{user:${address}}`,
  body,
});

export const settings = (body: object): Call => ({ method: "PATCH", path: "tenants/settings", body });

export const newPerson = (email: string, more: object = {}): Call => ({
  method: "POST",
  path: "users",
  body: {
    connection: "users",
    email,
    password: everybodysPassword,
    email_verified: true,
    verify_email: false,
    ...more,
  },
});

/** A new organization, a customer in good standing unless something else is said. */
export const newCompany = (name: string, more: object = {}): Call => ({
  method: "POST",
  path: "organizations",
  body: { name, display_name: name, metadata: { type: "customer", status: "active" }, ...more },
});

/** A connection to Elm's directory of Azure AD, which routes its own domain by itself. */
export const newAzure = (options: object = {}): Call => ({
  method: "POST",
  path: "connections",
  body: {
    name: "elm-sso",
    strategy: "waad",
    options: { tenant_domain: "elm.example", client_id: "elm-client", client_secret: "elm-secret", ...options },
    metadata: { slug: "elm", domains: "elm.example" },
  },
});

export const connection = (name: string, body: object): Call => ({
  method: "PATCH",
  path: `connections/{connection:${name}}`,
  body,
});

/** Whether an app may use a connection. */
export const use = (app: string, name: string, status: boolean): Call => ({
  method: "PATCH",
  path: `connections/{connection:${name}}/clients`,
  body: [{ client_id: `{app:${app}}`, status }],
});

/** How an organization's people sign in. */
export const enabled = (slug: string, connection: string, more: object = {}): Call => ({
  method: "POST",
  path: `organizations/{org:${slug}}/enabled_connections`,
  body: { connection_id: `{connection:${connection}}`, assign_membership_on_login: false, ...more },
});

export const enabledAs = (slug: string, connection: string, body: object): Call => ({
  method: "PATCH",
  path: `organizations/{org:${slug}}/enabled_connections/{connection:${connection}}`,
  body,
});

export const noConnection = (slug: string, connection: string): Call => ({
  method: "DELETE",
  path: `organizations/{org:${slug}}/enabled_connections/{connection:${connection}}`,
});

/** Puts an app on an organization's list of applications, with or without leave for its members. */
export const listed = (slug: string, app: string, use: boolean): Call => ({
  method: "POST",
  path: `organizations/{org:${slug}}/clients`,
  body: { clients: [{ client_id: `{app:${app}}`, use_for_member_access: use }] },
});

/** Somebody else's app, in the browser, for customers' people. */
export const partner = (usage: "allow" | "require", behaviour: string): readonly Call[] => [
  {
    method: "POST",
    path: "clients",
    body: {
      name: "partner",
      app_type: "spa",
      is_first_party: false,
      oidc_conformant: true,
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      callbacks: ["https://localhost:3009/callback"],
      organization_usage: usage,
      organization_require_behavior: behaviour,
      client_metadata: {
        policy_version: "2",
        org_types: "customer",
        org_requires: "none",
        individuals: "allow",
        stage_claim: "off",
        mfa: "off",
      },
    },
  },
  {
    method: "POST",
    path: "client-grants",
    body: {
      client_id: "{app:partner}",
      audience: "https://api.travel.example/",
      scope: ["read:account"],
      subject_type: "user",
    },
  },
];

export const domain = (
  slug: string,
  name: string,
  status: "verified" | "pending" = "verified",
  more: object = {},
): Call => ({
  method: "POST",
  path: `organizations/{org:${slug}}/discovery-domains`,
  body: { domain: name, status, ...more },
});

/** Everybody's, as stacks/local/people.yaml says. */
export const everybodysPassword = "Loopback-Only-1";

/** What tokens say of people whose roles and stage stand in stacks/local. */
export const pavel = { as: "pavel@mail.example", stage: "prospect", may: preCustomer } as const;
export const nadia = {
  as: "nadia@mail.example",
  organization: "dune-crafts",
  type: "customer",
  stage: "owner",
  may: owner,
} as const;

/** Ann of acme at her first login, and once she has the role that it gave her. */
export const newAnn = {
  as: "ann@acme.example",
  organization: "acme",
  type: "customer",
  stage: "owner",
  renew: true,
  may: "unsaid",
} as const;
export const ann = {
  as: "ann@acme.example",
  organization: "acme",
  type: "customer",
  stage: "owner",
  may: owner,
} as const;

/** The organizations of people who are in several, in the order of joining. */
export const insiders = { bruno: ["Dune Crafts", "Fresh Table"] } as const;

const credentials = ["credentials-first", "default-directory", "identifier-first"] as const;
const prompt = ["identifier-first", "database-fallback"] as const;

/** The rules that decide first, in the usual flows. */
export const traces = {
  /** Prompt for Credentials, by password; by a company's provider; by the browser's session. */
  password: [...credentials, "database-fallback"],
  provider: [...credentials, "home-realm"],
  /** By the provider of a company that makes its people members. */
  newcomer: [
    ...credentials,
    ...["home-realm", "auto-membership-alone", "one-organization", "auto-membership", "membership"],
  ] as Rule[],
  session: ["credentials-first", "default-directory", "single-sign-on"],
  individual: ["individual-login", ...prompt],
  /** The request names the organization, and the person a password. */
  named: ["organization-requested", ...prompt, "membership"],
  /** The organization is found by its name or an address. */
  found: ["organization-prompt", "domain-discovery", ...prompt],
} satisfies Readonly<Record<string, readonly Rule[]>>;
