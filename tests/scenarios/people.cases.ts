import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { enabledAs, newAnn, owner, says, traces } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];
const anns = { app: "main", as: "ann@acme.example" } as const satisfies Visit;
const willas = { app: "main", as: "willa@mail.example" } as const satisfies Visit;
const willa = { as: "willa@mail.example", stage: "owner", may: owner } as const;
const inAcme = { app: "main", ask: { organization: "{org:acme}" } } as const satisfies Visit;
const picker: Scenario["switches"] = { ONE_ORGANIZATION: "picker" };
const asked = ["auto-membership-alone", "several-organizations", "picked"] as const;
const noAutoMembership = enabledAs("acme", "acme-sso", { assign_membership_on_login: false });
const entered = ["organization-requested", "single-sign-on", "membership"] as const;

/** R5 and R9 under every answer to what Auth0 leaves open about a member of one organization. */
export const people: readonly Scenario[] = [
  {
    title:
      "R5: an individual customer in one vendor's organization, ONE_ORGANIZATION=organization: refused with it, and by the one retry in as an individual",
    source: at.flows,
    when: willas,
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: byPassword,
      trace: [...traces.password, "one-organization", "membership", "actions"],
    },
    next: [
      {
        when: { app: "main-personal" },
        outcome: { admitted: willa, pages: [], trace: ["individual-login", "single-sign-on"] },
      },
    ],
  },
  {
    title: "R5: the same under ONE_ORGANIZATION=picker: she picks the personal account",
    source: at.flows,
    switches: picker,
    when: { ...willas, pick: "personal" },
    outcome: {
      admitted: willa,
      pages: [...byPassword, "picker"],
      trace: [...traces.password, "several-organizations", "picked"],
    },
  },
  {
    title:
      "R5: the same where she picks the vendor's organization: refused with it, and by the one retry in as an individual",
    source: at.flows,
    switches: picker,
    when: { ...willas, pick: "Wheelhouse" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: [...byPassword, "picker"],
      trace: [...traces.password, "several-organizations", "picked", "membership", "actions"],
    },
    next: [
      {
        when: { app: "main-personal" },
        outcome: { admitted: willa, pages: [], trace: ["individual-login", "single-sign-on"] },
      },
    ],
  },
  {
    title: "R9: someone of a company who knows nothing ends in it, ONE_ORGANIZATION=organization",
    source: at.flows,
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
  },
  {
    title: "R9: the same under ONE_ORGANIZATION=picker, by picking it",
    source: at.flows,
    switches: picker,
    when: { ...anns, pick: "Acme" },
    outcome: {
      admitted: newAnn,
      pages: [...byProvider, "picker"],
      trace: [...traces.provider, ...asked, "auto-membership", "membership"],
    },
  },
  {
    title:
      "R9: the same by picking the personal account: refused, and by the one retry that the refusal names in the company",
    source: at.flows,
    switches: picker,
    when: { ...anns, pick: "personal" },
    outcome: {
      refused: "access_denied",
      says: says.organizationOf("acme"),
      pages: [...byProvider, "picker"],
      trace: [...traces.provider, ...asked, "actions"],
    },
    next: [{ when: inAcme, outcome: { admitted: newAnn, pages: [], trace: entered } }],
  },
  {
    title: "R9: the retry with a new login ends in the company too",
    source: at.flows,
    switches: picker,
    when: { ...anns, pick: "personal" },
    outcome: {
      refused: "access_denied",
      says: says.organizationOf("acme"),
      pages: [...byProvider, "picker"],
      trace: [...traces.provider, ...asked, "actions"],
    },
    next: [
      {
        when: { ...anns, ask: { organization: "{org:acme}", prompt: "login" } },
        outcome: {
          admitted: newAnn,
          pages: ["identifier"],
          trace: ["organization-requested", "identifier-first", "home-realm", "membership"],
        },
      },
    ],
  },
  {
    title:
      "R9: a company's login without an organization is refused again at every silent login, until the app asks for the right one",
    source: at.silent,
    given: [noAutoMembership],
    when: anns,
    outcome: {
      refused: "access_denied",
      says: says.organizationOf("acme"),
      pages: byProvider,
      trace: [...traces.provider, "personal-account", "actions"],
    },
    next: [
      {
        when: { app: "main", ask: { prompt: "none" } },
        outcome: {
          refused: "access_denied",
          says: says.organizationOf("acme"),
          pages: [],
          trace: [...traces.session, "personal-account", "actions"],
        },
      },
    ],
  },
  {
    title: "R9: a company's person cannot take the individuals' app on the session of the company's login",
    source: at.sessions,
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
    next: [
      {
        when: { app: "main-personal" },
        outcome: {
          refused: "access_denied",
          says: says.organizationOf("acme"),
          pages: [],
          trace: ["individual-login", "single-sign-on", "actions"],
        },
      },
    ],
  },
];
