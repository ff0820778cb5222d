import type { PageName, Scenario } from "./scenario.ts";
import { at } from "./sources.ts";
import { apiAdministrator } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];

/** How companies find their way into the portal: by a name or a domain, and a second factor. */
export const portal: readonly Scenario[] = [
  {
    title:
      "a company without single sign-on and without a domain is found by its name in the portal, where a password needs a second factor",
    source: at.flows,
    when: { app: "portal", organization: "dune-crafts", as: "tarek@mail.example" },
    outcome: { stopped: "enrollment", pages: ["organization", ...byPassword, "enrollment"] },
    next: [
      {
        when: { app: "portal", organization: "dune-crafts", as: "tarek@mail.example", factor: true },
        outcome: {
          admitted: { as: "tarek@mail.example", organization: "dune-crafts", type: "customer", may: apiAdministrator },
          pages: ["organization", "enrollment"],
          trace: ["organization-prompt", "domain-discovery", "single-sign-on", "membership"],
        },
      },
      {
        when: {
          app: "portal",
          organization: "dune-crafts",
          as: "tarek@mail.example",
          browser: "another",
        },
        outcome: { stopped: "challenge", pages: ["organization", ...byPassword, "challenge"] },
      },
    ],
  },
  {
    title:
      "a company with single sign-on is found by its domain in the portal, and its own login answers for its people",
    source: at.flows,
    when: { app: "portal", organization: "ann@acme.example", as: "ann@acme.example" },
    outcome: {
      admitted: { as: "ann@acme.example", organization: "acme", type: "customer", renew: true, may: "unsaid" },
      pages: ["organization", ...byProvider],
      trace: [
        "organization-prompt",
        "domain-discovery",
        "identifier-first",
        "home-realm",
        "auto-membership",
        "membership",
      ],
    },
  },
];
