import type { ApiName, apis } from "./catalog.ts";

/** A program of the operator's own: no person, no company's organization. */
export interface CatalogOperator {
  readonly displayName: string;
  readonly description: string;
  /** Scopes of the program's own APIs. */
  readonly scopes: { readonly [Api in ApiName]?: readonly (keyof (typeof apis)[Api]["scopes"])[] };
  /** Scopes of Auth0's Management API: https://auth0.com/docs/api/management/v2 */
  readonly managementScopes: readonly string[];
}

/** The operator's machine clients. Each has the scopes that its one job needs, and no other. */
export const operators = {
  // Used by the post-login Action alone. It can add people to roles, and nothing else.
  "first-roles": {
    displayName: "First roles (machine)",
    description: "Gives a person the first role at the first login",
    scopes: {},
    managementScopes: ["create:organization_member_roles", "create:role_members"],
  },
  // Used by `npm run stage`. A company's own stage stands in its entry: no scope for organizations' metadata.
  sales: {
    displayName: "Sales (machine)",
    description: "Moves people along the sales funnel, and swaps the roles that go with it",
    scopes: {},
    managementScopes: [
      "create:organization_member_roles",
      "create:role_members",
      "delete:organization_member_roles",
      "delete:role_members",
      "read:organization_member_roles",
      "read:organization_members",
      "read:organizations",
      "read:roles",
      "read:users",
      "update:users_app_metadata", // and not update:users, which could set anybody's password
    ],
  },
  // Used by `npm run member`. It makes nobody a member by itself: who is invited proves the address first.
  people: {
    displayName: "People (machine)",
    description: "Invites people into companies, lists them and removes them",
    scopes: {},
    managementScopes: [
      "create:organization_invitations",
      "delete:device_credentials", // refresh tokens are among them
      "delete:organization_invitations",
      "delete:organization_members",
      "read:clients",
      "read:device_credentials",
      "read:organization_connections",
      "read:organization_invitations",
      "read:organization_member_roles",
      "read:organization_members",
      "read:organizations",
      "read:roles",
      "read:users",
      "update:users_app_metadata",
    ],
  },
  "back-office": {
    displayName: "Back office (machine)",
    description: "Reads accounts and bookings for reports",
    scopes: { service: ["read:account", "read:bookings"] },
    managementScopes: [],
  },
} as const satisfies Record<string, CatalogOperator>;
