import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { apiAdministrator, company, errors, nadia, pavel, person, traces } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const pavels = { app: "main", as: "pavel@mail.example" } as const satisfies Visit;
const nadias = { app: "main", as: "nadia@mail.example" } as const satisfies Visit;
const oneOf = ["one-organization", "membership"] as const;
const moved = (of: string) => person("pavel@mail.example", { app_metadata: { stage: of } });
const dune = (metadata: object) =>
  company("dune-crafts", { metadata: { type: "customer", status: "active", api_access: "on", ...metadata } });
const first = (visit: Visit, admitted: typeof pavel | typeof nadia) => ({
  when: visit,
  outcome: {
    admitted,
    pages: byPassword,
    trace: admitted === pavel ? [...traces.password, "personal-account" as const] : [...traces.password, ...oneOf],
  },
});

/** R6: the sales funnel is data, told to the apps that ask for it. */
export const stage: readonly Scenario[] = [
  {
    title:
      "R6: the stage reaches the app that asks for it, and a move shows at the next renewal and the next silent login",
    source: at.metadata,
    ...first(pavels, pavel),
    next: [
      { when: { change: [moved("prospect-demo")] } },
      { when: { refresh: "main" }, outcome: { tokens: { ...pavel, stage: "prospect-demo" } } },
      { when: { change: [moved("owner")] } },
      {
        when: { app: "main", ask: { prompt: "none" } },
        outcome: {
          admitted: { ...pavel, stage: "owner" },
          pages: [],
          trace: [...traces.session, "personal-account"],
        },
      },
    ],
  },
  {
    title: "R6: the sales program moves a person along the funnel",
    source: at.operators,
    switches: { SCOPES: "on" },
    when: {
      program: "sales",
      calls: { method: "PATCH", path: "users/{user:pavel@mail.example}", body: { app_metadata: { stage: "owner" } } },
    },
    outcome: { done: true },
    next: [
      {
        when: pavels,
        outcome: {
          admitted: { ...pavel, stage: "owner" },
          pages: byPassword,
          trace: [...traces.password, "personal-account"],
        },
      },
    ],
  },
  {
    title: "R6: the sales program cannot set anybody's password",
    source: at.operators,
    switches: { SCOPES: "on" },
    when: {
      program: "sales",
      calls: { method: "PATCH", path: "users/{user:pavel@mail.example}", body: { password: "Another-One-2" } },
    },
    outcome: { turnedDown: "insufficient_scope", says: "Insufficient scope to update: password" },
  },
  {
    title: "R6: a program that does not move people cannot",
    source: at.operators,
    switches: { SCOPES: "on" },
    when: {
      program: "back-office",
      calls: { method: "PATCH", path: "users/{user:pavel@mail.example}", body: { app_metadata: { stage: "owner" } } },
    },
    outcome: { turnedDown: "access_denied", says: errors.noGrant("{tenant:api/v2/}") },
  },
  {
    title: "R6: a stage that is none of the funnel's is no claim, and the login goes on",
    source: at.metadata,
    given: [moved("emperor")],
    when: pavels,
    outcome: {
      admitted: { as: pavel.as, may: pavel.may },
      pages: byPassword,
      trace: [...traces.password, "personal-account"],
    },
  },
  {
    title: "R6: an app that does not ask for the stage does not get it",
    source: at.metadata,
    when: { app: "portal", organization: "dune-crafts", as: "tarek@mail.example", factor: true },
    outcome: {
      admitted: { as: "tarek@mail.example", organization: "dune-crafts", type: "customer", may: apiAdministrator },
      pages: ["organization", ...byPassword, "enrollment"],
      trace: [...traces.found, "membership"],
    },
  },
  {
    title: "R6: in an organization the company's stage counts, not the person's own",
    source: at.metadata,
    given: [person("nadia@mail.example", { app_metadata: { stage: "lead" } }), dune({ stage: "prospect" })],
    ...first(nadias, nadia),
    outcome: {
      admitted: { ...nadia, stage: "prospect" },
      pages: byPassword,
      trace: [...traces.password, ...oneOf],
    },
  },
];
