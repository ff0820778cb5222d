import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { errors, flow, insiders, nadia, pavel, traces } from "./story.ts";

const behaviours = ["no_prompt", "post_login_prompt", "pre_login_prompt"] as const;
const named: Visit = { app: "main", ask: { organization: "{org:dune-crafts}" }, as: "nadia@mail.example" };
const unnamed: Visit = { app: "main", as: "pavel@mail.example" };
const pages: readonly PageName[] = ["identifier", "password"];
const methods = ["email", "organization_name"];
const methodsFor = (behaviour: string) => (behaviour === "pre_login_prompt" ? methods : undefined);

const individualsOnly: readonly Scenario[] = behaviours.flatMap((behaviour): Scenario[] => [
  {
    title: `deny × ${behaviour}, an organization named: refused, the app takes no organization`,
    source: at.behaviour,
    given: [flow("main", "deny", behaviour)],
    when: named,
    outcome: {
      refused: "invalid_request",
      says: errors.organizationNotAllowed,
      pages: [],
      trace: ["organization-not-allowed"],
    },
  },
  {
    title: `deny × ${behaviour}, none named: an individual login`,
    source: at.behaviour,
    given: [flow("main", "deny", behaviour)],
    when: unnamed,
    outcome: { admitted: pavel, pages, trace: traces.individual },
  },
]);

const withOrganization: readonly Scenario[] = (["allow", "require"] as const).flatMap((usage) =>
  behaviours.map(
    (behaviour): Scenario => ({
      title: `${usage} × ${behaviour}, an organization named: its own prompt, and into it`,
      source: at.flows,
      given: [flow("main", usage, behaviour, methodsFor(behaviour))],
      when: named,
      outcome: { admitted: nadia, pages, trace: traces.named },
    }),
  ),
);

const both: readonly Scenario[] = [
  {
    title: "allow × no_prompt, none named: a personal login",
    source: at.behaviour,
    given: [flow("main", "allow", "no_prompt")],
    when: unnamed,
    outcome: { admitted: pavel, pages, trace: traces.individual },
  },
  {
    title: "allow × no_prompt, none named: a member of two comes in personally too, and no picker is shown",
    source: at.behaviour,
    given: [flow("main", "allow", "no_prompt")],
    when: { app: "main", as: "bruno@mail.example" },
    outcome: {
      admitted: { as: "bruno@mail.example", renew: true, may: "unsaid" },
      pages,
      trace: traces.individual,
    },
  },
  {
    title: "allow × post_login_prompt, none named, a member of none: the personal account",
    source: at.flows,
    when: unnamed,
    outcome: { admitted: pavel, pages, trace: [...traces.password, "personal-account"] },
  },
  {
    title: "allow × post_login_prompt, none named, a member of one: into it",
    source: at.flows,
    when: { app: "main", as: "nadia@mail.example" },
    outcome: { admitted: nadia, pages, trace: [...traces.password, "one-organization", "membership"] },
  },
  {
    title: "allow × post_login_prompt, none named, a member of two: the picker, the personal account first",
    source: at.flows,
    when: { app: "main", as: "bruno@mail.example" },
    outcome: {
      stopped: "picker",
      offers: ["Continue with your personal account", ...insiders.bruno],
      pages: [...pages, "picker"],
    },
  },
  {
    title: "allow × pre_login_prompt, none named: one screen for the organization and the personal account",
    source: at.personalPrompt,
    given: [flow("main", "allow", "pre_login_prompt", methods)],
    when: unnamed,
    outcome: { stopped: "organization", offers: ["Continue with a personal account"], pages: ["organization"] },
  },
  {
    title: "allow × pre_login_prompt, none named: the personal account is the individual login",
    source: at.personalPrompt,
    given: [flow("main", "allow", "pre_login_prompt", methods)],
    when: { ...unnamed, organization: "personal" },
    outcome: {
      admitted: pavel,
      pages: ["organization", ...pages],
      trace: ["organization-prompt", "personal-account", "identifier-first", "database-fallback"],
    },
  },
];

const membersOnly: readonly Scenario[] = [
  {
    title: "require × no_prompt, none named: refused, the app must name one",
    source: at.required,
    given: [flow("main", "require", "no_prompt")],
    when: { app: "main", as: "nadia@mail.example" },
    outcome: {
      refused: "invalid_request",
      says: errors.organizationRequired,
      pages: [],
      trace: ["organization-required"],
    },
  },
  {
    title: "require × post_login_prompt, none named, a member of none: refused after the credentials",
    source: at.noMembership,
    given: [flow("main", "require", "post_login_prompt")],
    when: unnamed,
    outcome: {
      refused: "invalid_request",
      says: errors.noMembership,
      pages,
      trace: [...traces.password, "no-membership"],
    },
  },
  {
    title: "require × post_login_prompt, none named, a member of one: into it",
    source: at.flows,
    given: [flow("main", "require", "post_login_prompt")],
    when: { app: "main", as: "nadia@mail.example" },
    outcome: { admitted: nadia, pages, trace: [...traces.password, "one-organization", "membership"] },
  },
  {
    title: "require × post_login_prompt, none named, a member of two: the picker without a personal account",
    source: at.flows,
    given: [flow("main", "require", "post_login_prompt")],
    when: { app: "main", as: "bruno@mail.example" },
    outcome: { stopped: "picker", offers: insiders.bruno, pages: [...pages, "picker"] },
  },
  {
    title: "require × pre_login_prompt, none named: the organization first, and no personal account",
    source: at.behaviour,
    given: [flow("main", "require", "pre_login_prompt", methods)],
    when: unnamed,
    outcome: { stopped: "organization", pages: ["organization"] },
  },
  {
    title: "require × pre_login_prompt, none named: the organization by its name, then its prompt",
    source: at.behaviour,
    given: [flow("main", "require", "pre_login_prompt", methods)],
    when: { app: "main", organization: "dune-crafts", as: "nadia@mail.example" },
    outcome: { admitted: nadia, pages: ["organization", ...pages], trace: [...traces.found, "membership"] },
  },
];

/** Every cell of usage × what is prompted for × whether the request names an organization. */
export const organizations: readonly Scenario[] = [...individualsOnly, ...withOrganization, ...both, ...membersOnly];
