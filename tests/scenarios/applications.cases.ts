import type { Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { company, listed, nadia, ownWords, partner, says, traces } from "./story.ts";

const byId: Visit = { app: "main", ask: { organization: "{org:dune-crafts}" }, as: "nadia@mail.example" };

/** Which apps an organization lets its members use: its own list, and other parties' apps. */
export const applications: readonly Scenario[] = [
  {
    title: "an organization that lists its applications lets members use one of them",
    source: at.applications,
    given: [listed("dune-crafts", "main", true), company("dune-crafts", { is_app_entitlement_active: true })],
    when: byId,
    outcome: { admitted: nadia, pages: ["identifier", "password"], trace: traces.named },
  },
  {
    title: "an organization that lists its applications lets members use no other, whatever connections say",
    source: at.applications,
    given: [listed("dune-crafts", "portal", true), company("dune-crafts", { is_app_entitlement_active: true })],
    when: byId,
    outcome: {
      refused: "access_denied",
      says: ownWords.application,
      pages: ["identifier", "password"],
      trace: [...traces.named, "application-access"],
    },
  },
  {
    title: "APPLICATION_ACCESS=before-actions: such a list decides before an Action would refuse",
    source: at.applications,
    given: [company("fresh-table", { is_app_entitlement_active: true })],
    when: { app: "main", as: "carla@fresh-table.example" },
    outcome: {
      refused: "access_denied",
      says: ownWords.application,
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership", "application-access"],
    },
  },
  {
    title: "APPLICATION_ACCESS=after-actions: the Action's refusal comes first",
    source: at.applications,
    switches: { APPLICATION_ACCESS: "after-actions" },
    given: [company("fresh-table", { is_app_entitlement_active: true })],
    when: { app: "main", as: "carla@fresh-table.example" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership", "actions"],
    },
  },
  {
    title: "another party's app is kept out of an organization that does not let such apps in",
    source: at.thirdParty,
    given: [...partner("require", "no_prompt")],
    when: { ...byId, app: "partner" },
    outcome: {
      refused: "access_denied",
      says: ownWords.thirdParty,
      pages: [],
      trace: ["organization-requested", "third-party-apps"],
    },
  },
  {
    title: "another party's app enters an organization that lets such apps in, by a connection on domain level",
    source: at.thirdParty,
    given: [
      ...partner("require", "no_prompt"),
      company("dune-crafts", { third_party_client_access: "allow" }),
      { method: "PATCH", path: "connections/{connection:users}", body: { is_domain_connection: true } },
    ],
    when: { ...byId, app: "partner" },
    outcome: {
      admitted: { as: "nadia@mail.example", organization: "dune-crafts", type: "customer", may: nadia.may },
      pages: ["identifier", "password"],
      trace: traces.named,
    },
  },
  {
    title: "another party's app finds no connection where none is on domain level",
    source: at.thirdParty,
    given: [...partner("require", "no_prompt"), company("dune-crafts", { third_party_client_access: "allow" })],
    when: { ...byId, app: "partner" },
    outcome: {
      refused: "access_denied",
      says: ownWords.noConnection,
      pages: [],
      trace: ["organization-requested", "third-party-apps"],
    },
  },
];
