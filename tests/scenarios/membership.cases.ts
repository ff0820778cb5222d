import type { Rule } from "../../login/rules.ts";
import type { Call, PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { ann, company, enabledAs, newAnn, newPerson, says, traces } from "./story.ts";

const anns = { app: "main", as: "ann@acme.example" } as const satisfies Visit;
const inAcme = { organization: "{org:acme}" };
const byProvider: readonly PageName[] = ["identifier", "provider"];
const byPassword: readonly PageName[] = ["identifier", "password"];
const joins = { assign_membership_on_login: true };
const acmeToo = enabledAs("borealis", "acme-sso", joins);
const again: readonly Rule[] = [...traces.provider, "one-organization", "membership"];
const duneSignUp: readonly Call[] = [enabledAs("dune-crafts", "users", { ...joins, is_signup_enabled: true })];
const dune = { organization: "{org:dune-crafts}" };
const pavelInside = {
  as: "pavel@mail.example",
  organization: "dune-crafts",
  type: "customer",
  stage: "owner",
  renew: true,
  may: "unsaid",
} as const;

/** Who becomes a member, and how. */
export const membership: readonly Scenario[] = [
  {
    title: "the first login through a connection that one organization's people have makes a member of it",
    source: at.justInTime,
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
    next: [
      {
        when: { ...anns, browser: "another" },
        outcome: { admitted: ann, pages: byProvider, trace: again },
      },
    ],
  },
  {
    title: "where two organizations give membership through it, neither does; the one that is asked for does",
    source: at.flows,
    given: [acmeToo],
    when: anns,
    outcome: {
      refused: "access_denied",
      says: says.organizationOf("acme"),
      pages: byProvider,
      trace: [...traces.provider, "auto-membership-alone", "personal-account", "actions"],
    },
    next: [
      {
        when: { app: "main", ask: inAcme },
        outcome: {
          admitted: newAnn,
          pages: [],
          trace: ["organization-requested", "single-sign-on", "auto-membership", "membership"],
        },
      },
    ],
  },
  {
    title: "a connection that gives no membership lets in nobody who is no member yet",
    source: at.justInTime,
    given: [enabledAs("acme", "acme-sso", { assign_membership_on_login: false })],
    when: { ...anns, ask: inAcme },
    outcome: {
      refused: "access_denied",
      says: "user is not part of the {org:acme} organization",
      pages: byProvider,
      trace: ["organization-requested", "identifier-first", "home-realm", "membership"],
    },
  },
  {
    title: "membership comes before the Actions: who is refused by one is a member all the same",
    source: at.membershipFirst,
    given: [company("acme", { metadata: { type: "customer", status: "suspended", stage: "owner", api_access: "on" } })],
    when: anns,
    outcome: {
      refused: "access_denied",
      says: says.suspended,
      pages: byProvider,
      trace: [...traces.newcomer, "actions"],
    },
    next: [
      {
        when: {
          change: [
            company("acme", { metadata: { type: "customer", status: "active", stage: "owner", api_access: "on" } }),
          ],
        },
      },
      {
        when: { app: "main" },
        outcome: { admitted: newAnn, pages: [], trace: [...traces.session, "one-organization", "membership"] },
      },
    ],
  },
  {
    title: "where the shared directory gave membership of one organization, an individual's login would join it",
    source: at.flows,
    given: [enabledAs("dune-crafts", "users", joins)],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: pavelInside,
      pages: byPassword,
      trace: [...traces.password, "auto-membership-alone", "one-organization", "auto-membership", "membership"],
    },
  },
  {
    title: "as it is declared it gives none: an individual's login never makes a membership",
    source: at.justInTime,
    when: { app: "main", ask: dune, as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: "user is not part of the {org:dune-crafts} organization",
      pages: byPassword,
      trace: traces.named,
    },
  },
  {
    title: "nobody signs up in an organization that does not say so",
    source: at.connections,
    when: { app: "main", ask: dune, as: "new@mail.example", signUp: true },
    outcome: { stopped: "identifier", pages: ["identifier"] },
  },
  {
    title: "where an organization takes sign-ups a new account is a member; its address has to be verified first",
    source: at.connections,
    given: duneSignUp,
    when: { app: "main", ask: dune, as: "new@mail.example", signUp: true },
    outcome: {
      refused: "access_denied",
      says: says.unverified,
      pages: ["identifier", "sign-up"],
      trace: ["organization-requested", "identifier-first", "auto-membership", "membership", "actions"],
    },
    next: [
      {
        when: { change: [{ method: "PATCH", path: "users/{user:new@mail.example}", body: { email_verified: true } }] },
      },
      {
        when: { app: "main", ask: dune },
        outcome: {
          admitted: { ...pavelInside, as: "new@mail.example" },
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
    ],
  },
  {
    title: "who was made a member by hand is one at the next login",
    source: at.membership,
    given: [
      newPerson("zoe@mail.example"),
      {
        method: "POST",
        path: "organizations/{org:dune-crafts}/members",
        body: { members: ["{user:zoe@mail.example}"] },
      },
    ],
    when: { app: "main", as: "zoe@mail.example" },
    outcome: {
      admitted: { ...pavelInside, as: "zoe@mail.example" },
      pages: byPassword,
      trace: [...traces.password, "one-organization", "membership"],
    },
  },
];
