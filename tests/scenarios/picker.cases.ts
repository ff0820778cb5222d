import type { Rule } from "../../login/rules.ts";
import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import {
  enabled,
  flow,
  insiders,
  member,
  nadia,
  newCompany,
  noConnection,
  owner,
  ownWords,
  pavel,
  says,
  traces,
} from "./story.ts";

const pages: readonly PageName[] = ["identifier", "password", "picker"];
const bruno = { app: "main", as: "bruno@mail.example" } as const satisfies Visit;
const asked: readonly Rule[] = [...traces.password, "several-organizations"];
const members = flow("main", "require", "post_login_prompt");
const numbers = Array.from({ length: 21 }, (_, index) => `club-${String(index + 1).padStart(2, "0")}`);
/** Pavel joins them in the order against that of their names and their making. */
const many = [
  ...numbers.flatMap((name) => [newCompany(name), enabled(name, "users")]),
  ...numbers.toReversed().map((name) => member("pavel@mail.example", name)),
];

/** The picker: https://auth0.com/docs/manage-users/organizations/login-flows-for-organizations */
export const picker: readonly Scenario[] = [
  {
    title: "the organization that was picked is entered",
    source: at.flows,
    when: { ...bruno, pick: "Dune Crafts" },
    outcome: { admitted: { ...nadia, as: bruno.as }, pages, trace: [...asked, "picked", "membership"] },
  },
  {
    title: "the personal account that was picked is the same person without an organization",
    source: at.texts,
    when: { ...bruno, pick: "personal" },
    outcome: {
      admitted: { as: "bruno@mail.example", renew: true, may: "unsaid" },
      pages,
      trace: [...asked, "picked"],
    },
  },
  {
    title:
      "an organization of the wrong type is offered, since the picker cannot be filtered, and refused by the Action",
    source: at.case,
    when: { ...bruno, pick: "Fresh Table" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages,
      trace: [...asked, "picked", "membership", "actions"],
    },
  },
  {
    title: "organizations come in the order of joining, the personal account before them",
    source: at.flows,
    given: [member("bruno@mail.example", "cedar")],
    when: bruno,
    outcome: {
      stopped: "picker",
      offers: ["Continue with your personal account", ...insiders.bruno, "Cedar"],
      pages,
    },
  },
  {
    title: "of 21 organizations the first twenty that the person joined are offered",
    source: at.flows,
    given: [members, ...many],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: { stopped: "picker", offers: numbers.toReversed().slice(0, 20), pages },
  },
  {
    title: "the twentieth is entered by picking it",
    source: at.flows,
    given: [members, ...many],
    when: { app: "main", as: "pavel@mail.example", pick: "club-02" },
    outcome: {
      admitted: { ...pavel, organization: "club-02", type: "customer", renew: true, may: "unsaid" },
      pages,
      trace: [...asked, "picker-length", "picked", "membership"],
    },
  },
  {
    title: "the twenty-first is entered by naming it",
    source: at.flows,
    given: [members, ...many],
    when: { app: "main", ask: { organization: "{org:club-01}" }, as: "pavel@mail.example" },
    outcome: {
      admitted: { ...pavel, organization: "club-01", type: "customer", renew: true, may: "unsaid" },
      pages: ["identifier", "password"],
      trace: traces.named,
    },
  },
  {
    title: "the picker shows an organization that lacks the connection just used, and it is refused once picked",
    source: at.connectionOfOrganization,
    switches: { PICKER_LISTS: "memberships" },
    given: [noConnection("dune-crafts", "users")],
    when: { ...bruno, pick: "Dune Crafts" },
    outcome: {
      refused: "access_denied",
      says: ownWords.connection,
      pages,
      trace: [...asked, "picked", "connection-of-organization"],
    },
  },
  {
    title: "PICKER_LISTS=usable: what lacks the connection just used is not offered, and one that is left is entered",
    source: at.connectionOfOrganization,
    switches: { PICKER_LISTS: "usable" },
    given: [members, noConnection("fresh-table", "users")],
    when: bruno,
    outcome: {
      admitted: { ...nadia, as: bruno.as },
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership"],
    },
  },
  {
    title: "PICKER_APPLICATIONS=entitled: what does not let its members use the app is not offered",
    source: at.applications,
    switches: { PICKER_APPLICATIONS: "entitled" },
    given: [
      members,
      { method: "PATCH", path: "organizations/{org:fresh-table}", body: { is_app_entitlement_active: true } },
    ],
    when: bruno,
    outcome: {
      admitted: { ...nadia, as: bruno.as },
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership"],
    },
  },
  {
    title: "ONE_ORGANIZATION=picker: a member of one at an app for both chooses between it and the personal account",
    source: at.flows,
    switches: { ONE_ORGANIZATION: "picker" },
    when: { app: "main", as: "nadia@mail.example" },
    outcome: { stopped: "picker", offers: ["Continue with your personal account", "Dune Crafts"], pages },
  },
  {
    title: "ONE_ORGANIZATION=picker: where members must come there is nothing to choose from one",
    source: at.flows,
    switches: { ONE_ORGANIZATION: "picker" },
    given: [members],
    when: { app: "main", as: "nadia@mail.example" },
    outcome: {
      admitted: { ...nadia, may: owner },
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership"],
    },
  },
  {
    title: "an app that names the organization shows no picker to a member of several",
    source: at.flows,
    when: { ...bruno, ask: { organization: "{org:dune-crafts}" } },
    outcome: { admitted: { ...nadia, as: bruno.as }, pages: ["identifier", "password"], trace: traces.named },
  },
];
