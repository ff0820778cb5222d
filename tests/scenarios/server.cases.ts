import type { PageName, Scenario } from "./scenario.ts";
import { at } from "./sources.ts";
import { nadia, ownWords, traces } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const nadias = { app: "main", as: "nadia@mail.example" } as const;

/** What a server of logins may get wrong though its rules are right. */
export const server: readonly Scenario[] = [
  {
    title: "a connection that the organization keeps and switched off lets none of its members in",
    source: at.connections,
    given: [
      {
        method: "PATCH",
        path: "organizations/{org:dune-crafts}/connections/{connection:users}",
        body: { is_enabled: false },
      },
    ],
    when: nadias,
    outcome: {
      refused: "access_denied",
      says: ownWords.connection,
      pages: byPassword,
      trace: [...traces.password, "one-organization", "connection-of-organization"],
    },
  },
  {
    title: "a token for one API holds no permission of another, whatever roles the person has",
    source: at.rbac,
    given: [
      {
        method: "POST",
        path: "organizations/{org:dune-crafts}/members/{user:nadia@mail.example}/roles",
        body: { roles: ["{role:vendor-editor}"] },
      },
    ],
    when: nadias,
    outcome: {
      admitted: nadia,
      pages: byPassword,
      trace: [...traces.password, "one-organization", "membership"],
    },
  },
];
