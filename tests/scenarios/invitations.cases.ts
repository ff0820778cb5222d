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
    title: "an invitation serves the address that was invited alone",
    source: at.invitations,
    given: [invitation("pavel@mail.example")],
    when: { app: "main", invited: "pavel@mail.example", as: "dana@mail.example" },
    outcome: {
      refused: "access_denied",
      says: "the user's email does not match the invitation",
      pages: byPassword,
      trace: ["organization-requested", "identifier-first", "database-fallback", "invitation"],
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
