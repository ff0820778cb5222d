import type { Call, PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { enabled, errors, nadia, newAnn, newAzure, newCompany, ownWords, traces, use } from "./story.ts";

const anns = { app: "main", as: "ann@acme.example" } as const satisfies Visit;
const byProvider: readonly PageName[] = ["identifier", "provider"];
const byPassword: readonly PageName[] = ["identifier", "password"];
const wrong = "Wrong email or password";
const acme = { organization: "{org:acme}" };

const hidden: Call = {
  method: "PATCH",
  path: "organizations/{org:acme}/enabled_connections/{connection:acme-sso}",
  body: { show_as_button: false },
};

/** Which connections count inside an organization, and what Auth0 leaves open about them. */
export const connections: readonly Scenario[] = [
  {
    title: "in an organization's own prompt an address leads to its provider",
    source: at.flows,
    when: { ...anns, ask: acme },
    outcome: {
      admitted: newAnn,
      pages: byProvider,
      trace: ["organization-requested", "identifier-first", "home-realm", "auto-membership", "membership"],
    },
  },
  {
    title: "in an organization's own prompt another company's address leads nowhere",
    source: at.flows,
    when: { ...anns, ask: { organization: "{org:dune-crafts}" } },
    outcome: { stopped: "password", complaint: wrong, pages: byPassword },
  },
  {
    title: "HIDDEN_CONNECTIONS=unreachable: a company's own connection is no hidden one, and its button leads in",
    source: at.connections,
    switches: { HIDDEN_CONNECTIONS: "unreachable" },
    when: { ...anns, ask: acme, press: "Continue with Acme" },
    outcome: {
      admitted: newAnn,
      pages: byProvider,
      trace: ["organization-requested", "identifier-first", "button", "auto-membership", "membership"],
    },
  },
  {
    title: "HIDDEN_CONNECTIONS=unreachable: a company all of whose connections are hidden cannot be named",
    source: at.connections,
    switches: { HIDDEN_CONNECTIONS: "unreachable" },
    given: [hidden],
    when: { ...anns, ask: acme },
    outcome: {
      refused: "invalid_request",
      says: errors.hidden,
      pages: [],
      trace: ["organization-requested", "connections-hidden"],
    },
  },
  {
    title: "HIDDEN_CONNECTIONS=unreachable: naming its connection as well opens it",
    source: at.connections,
    switches: { HIDDEN_CONNECTIONS: "unreachable" },
    given: [hidden],
    when: { ...anns, ask: { ...acme, connection: "acme-sso" } },
    outcome: {
      admitted: newAnn,
      pages: ["provider"],
      trace: ["organization-requested", "connection-requested", "auto-membership", "membership"],
    },
  },
  {
    title: "HIDDEN_CONNECTIONS=unreachable: without an organization an address still leads to the hidden connection",
    source: at.connections,
    switches: { HIDDEN_CONNECTIONS: "unreachable" },
    given: [hidden],
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
  },
  {
    title: "ORGANIZATION_CONNECTIONS=organization-and-app: what the app does not have counts in no organization",
    source: at.connectionOfOrganization,
    switches: { ORGANIZATION_CONNECTIONS: "organization-and-app" },
    given: [use("main", "acme-sso", false)],
    when: { ...anns, ask: { ...acme, connection: "acme-sso" } },
    outcome: {
      refused: "invalid_request",
      says: ownWords.unknownConnection,
      pages: [],
      trace: ["organization-requested", "connection-not-enabled"],
    },
  },
  {
    title: "ORGANIZATION_CONNECTIONS=organization: the organization's own list of connections is enough",
    source: at.connectionOfOrganization,
    given: [use("main", "acme-sso", false)],
    when: { ...anns, ask: acme },
    outcome: {
      admitted: newAnn,
      pages: byProvider,
      trace: ["organization-requested", "identifier-first", "home-realm", "auto-membership", "membership"],
    },
  },
  {
    title: "SHARED_ALIAS=oldest: of two connections with a domain the older one gets its addresses",
    source: at.flows,
    given: [newCompany("elm"), newAzure({ domain_aliases: ["acme.example"] }), enabled("elm", "elm-sso")],
    when: anns,
    outcome: {
      admitted: newAnn,
      pages: byProvider,
      trace: traces.newcomer.flatMap((rule) => (rule === "home-realm" ? ["alias-shared", rule] : [rule])),
    },
  },
  {
    title: "SHARED_ALIAS=newest: the newer one does",
    source: at.flows,
    switches: { SHARED_ALIAS: "newest" },
    given: [newCompany("elm"), newAzure({ domain_aliases: ["acme.example"] }), enabled("elm", "elm-sso")],
    when: { app: "main", as: "ann@acme.example", provider: "nobody" },
    outcome: { stopped: "provider", at: "Sign in at Elm", pages: byProvider },
  },
  {
    title: "inside an organization without single sign-on a password is asked for",
    source: at.flows,
    when: { app: "main", ask: { organization: "{org:dune-crafts}" }, as: "nadia@mail.example" },
    outcome: { admitted: nadia, pages: byPassword, trace: traces.named },
  },
];
