import type { Rule } from "../../login/rules.ts";
import type { Call, PageName, Scenario } from "./scenario.ts";
import { at } from "./sources.ts";
import { ann, company, enabled, member, newAnn, newPerson, says, traces } from "./story.ts";

const byProvider: readonly PageName[] = ["identifier", "provider"];
const active = { type: "customer", status: "active", stage: "owner", api_access: "on" };
/** Acme's entry says more of its own people. */
const acme = (more: object): Call => company("acme", { metadata: { ...active, ...more } });

const admin = "admin@acme.example";
const byPassword = { app: "main", ask: { organization: "{org:acme}", connection: "users" } } as const;
const directly: readonly PageName[] = ["password"];
const named: readonly Rule[] = ["organization-requested", "connection-requested", "membership"];
/** What an entry with `breakGlass` declares, and its account, which the operator made. */
const brokenGlass: readonly Call[] = [
  acme({ break_glass: admin }),
  enabled("acme", "users"),
  ...[admin, "eve@acme.example"].flatMap((email) => [newPerson(email), member(email, "acme")]),
];

/** What a company's entry sets for its own people. */
export const terms: readonly Scenario[] = [
  {
    title: "memberRoles: a first login gives no role that the company's members may not hold",
    source: at.rbac,
    given: [acme({ member_roles: "api-administrator" })],
    when: { app: "main", as: ann.as },
    outcome: { admitted: { ...ann, may: [] }, pages: byProvider, trace: traces.newcomer },
  },
  {
    title: "apps: a company's people come into the apps that it names",
    source: at.postLogin,
    given: [acme({ apps: "main" })],
    when: { app: "main", as: ann.as },
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
    next: [
      {
        when: { app: "portal", organization: "acme", as: ann.as },
        outcome: {
          refused: "access_denied",
          says: says.notEntitled,
          pages: ["organization"],
          trace: ["organization-prompt", "domain-discovery", "single-sign-on", "membership", "actions"],
        },
      },
    ],
  },
  {
    title: "mfa: a second factor is asked of each member, also of who comes through the company's own login",
    source: at.postLogin,
    given: [acme({ mfa: "required" })],
    when: { app: "main", as: ann.as, factor: true },
    outcome: { admitted: newAnn, pages: [...byProvider, "enrollment"], trace: traces.newcomer },
    next: [
      { when: { refresh: "main" }, outcome: { tokens: ann } },
      {
        when: { app: "main", as: ann.as, browser: "another" },
        outcome: { stopped: "challenge", pages: [...byProvider, "challenge"] },
      },
    ],
  },
  {
    title: "R10: breakGlass: the one account that a company named comes in by its password, with a second factor",
    source: at.postLogin,
    given: brokenGlass,
    when: { ...byPassword, as: admin, factor: true },
    outcome: { admitted: { ...newAnn, as: admin }, pages: [...directly, "enrollment"], trace: named },
    next: [
      {
        when: { app: "main-personal", as: admin },
        outcome: {
          refused: "access_denied",
          says: says.sso,
          pages: [],
          trace: ["individual-login", "single-sign-on", "actions"],
        },
      },
      {
        when: { ...byPassword, as: "eve@acme.example", browser: "another" },
        outcome: { refused: "access_denied", says: says.sso, pages: directly, trace: [...named, "actions"] },
      },
    ],
  },
];
