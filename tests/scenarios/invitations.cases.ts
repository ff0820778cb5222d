import type { Call, PageName, Scenario } from "./scenario.ts";
import { at } from "./sources.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const invitation = (email: string, more: object = {}): Call => ({
  method: "POST",
  path: "organizations/{org:dune-crafts}/invitations",
  body: { inviter: { name: "Nadia" }, invitee: { email }, client_id: "{app:main}", ...more },
});
const pavelInside = {
  as: "pavel@mail.example",
  organization: "dune-crafts",
  type: "customer",
  stage: "owner",
  renew: true,
  may: "unsaid",
} as const;

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members */
export const invitations: readonly Scenario[] = [
  {
    title: "who is invited becomes a member, with the roles of the invitation",
    source: at.invitations,
    given: [invitation("pavel@mail.example", { roles: ["{role:api-administrator}"] })],
    when: { app: "main", invited: "pavel@mail.example", as: "pavel@mail.example" },
    outcome: {
      admitted: {
        as: "pavel@mail.example",
        organization: "dune-crafts",
        type: "customer",
        stage: "owner",
        may: ["manage:api-keys", "read:account", "read:api-keys"],
      },
      pages: byPassword,
      trace: ["organization-requested", "identifier-first", "database-fallback", "invitation", "membership"],
    },
  },
  {
    title: "an invitation serves the address that was invited alone, and another's account uses it up",
    source: at.invitations,
    given: [invitation("pavel@mail.example")],
    when: { app: "main", invited: "pavel@mail.example", as: "dana@mail.example" },
    outcome: {
      refused: "access_denied",
      says: "the specified account is not allowed to accept the current invitation",
      pages: byPassword,
      trace: ["organization-requested", "identifier-first", "database-fallback", "invitation"],
    },
    next: [
      {
        when: {
          app: "main",
          invited: "pavel@mail.example",
          as: "pavel@mail.example",
          browser: "another",
        },
        outcome: {
          refused: "invalid_request",
          says: "invitation not found or already used",
          pages: byPassword,
          trace: ["organization-requested", "identifier-first", "database-fallback", "invitation"],
        },
      },
    ],
  },
  {
    title: "who is invited and has no account makes one, though nobody else may within that organization",
    source: "https://support.auth0.com/center/s/article/organization-invitation-flow-and-auto-membership-requirements",
    given: [invitation("new@mail.example")],
    when: { app: "main", invited: "new@mail.example", as: "new@mail.example", signUp: true },
    outcome: {
      admitted: { ...pavelInside, as: "new@mail.example" },
      pages: ["identifier", "sign-up"],
      trace: ["organization-requested", "identifier-first", "invitation", "membership"],
    },
  },
  {
    title: "an invitation serves once",
    source: at.invitations,
    given: [invitation("pavel@mail.example")],
    when: { app: "main", invited: "pavel@mail.example", as: "pavel@mail.example" },
    outcome: {
      admitted: pavelInside,
      pages: byPassword,
      trace: ["organization-requested", "identifier-first", "database-fallback", "invitation", "membership"],
    },
    next: [
      {
        when: { app: "main", invited: "pavel@mail.example", as: "pavel@mail.example" },
        outcome: {
          refused: "invalid_request",
          says: "invitation not found or already used",
          pages: [],
          trace: ["organization-requested", "single-sign-on", "invitation"],
        },
      },
    ],
  },
];
