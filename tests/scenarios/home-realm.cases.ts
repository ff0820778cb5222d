import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import {
  connection,
  enabled,
  flow,
  newAnn,
  newAzure,
  newCompany,
  ownWords,
  pavel,
  says,
  settings,
  traces,
  use,
} from "./story.ts";

const anns = { app: "main", as: "ann@acme.example" } as const satisfies Visit;
const pavels = { app: "main", as: "pavel@mail.example" } as const satisfies Visit;
const byProvider: readonly PageName[] = ["identifier", "provider"];
const byPassword: readonly PageName[] = ["identifier", "password"];
const wrong = "Wrong email or password";
const elm = [newCompany("elm"), newAzure(), enabled("elm", "elm-sso", { assign_membership_on_login: true })];

/** Where an address leads, and what goes past it. */
export const homeRealm: readonly Scenario[] = [
  {
    title: "an address of a company's domain leads to the company's provider, and into the company",
    source: at.flows,
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
  },
  {
    title: "an address that no company has is asked for a password",
    source: at.flows,
    when: pavels,
    outcome: { admitted: pavel, pages: byPassword, trace: [...traces.password, "personal-account"] },
  },
  {
    title: "the domain is compared whatever its case",
    source: at.identifierFirst,
    when: { ...anns, as: "Ann@ACME.example" },
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
  },
  {
    title: "a sub-domain of a company's is another domain",
    source: at.identifierFirst,
    when: { app: "main", as: "ann@mail.acme.example" },
    outcome: { stopped: "password", complaint: wrong, pages: byPassword },
  },
  {
    title: "connections of any organization take part, also for an app that none of them is enabled for",
    source: at.flows,
    when: { ...anns, app: "vendor-catering" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: byProvider,
      trace: [...traces.newcomer, "actions"],
    },
  },
  {
    title: "an individuals' app routes by its own connections only: a company's address is asked for a password there",
    source: at.flows,
    when: { ...anns, app: "main-personal" },
    outcome: { stopped: "password", complaint: wrong, pages: byPassword },
  },
  {
    title: "connection= goes straight to the provider, without asking for an address",
    source: at.flows,
    when: { ...anns, ask: { connection: "acme-sso" } },
    outcome: {
      admitted: newAnn,
      pages: ["provider"],
      trace: [
        "credentials-first",
        "default-directory",
        "connection-requested",
        "auto-membership-alone",
        "one-organization",
        "auto-membership",
        "membership",
      ],
    },
  },
  {
    title: "connection= of the database goes past home realm discovery, also for a company's address",
    source: at.bypass,
    when: { ...anns, ask: { connection: "users" } },
    outcome: { stopped: "password", complaint: wrong, pages: ["password"] },
  },
  {
    title: "connection= of one that is not there is refused",
    source: at.connections,
    when: { ...anns, ask: { connection: "nowhere" } },
    outcome: {
      refused: "invalid_request",
      says: ownWords.unknownConnection,
      pages: [],
      trace: ["credentials-first", "default-directory", "connection-not-enabled"],
    },
  },
  {
    title: "the default directory takes passwords for an app that it is not enabled for",
    source: at.flows,
    given: [use("main", "users", false)],
    when: pavels,
    outcome: { admitted: pavel, pages: byPassword, trace: [...traces.password, "personal-account"] },
  },
  {
    title: "outside Prompt for Credentials it does not: nobody signs in with a password",
    source: at.flows,
    given: [use("main", "users", false), flow("main", "allow", "no_prompt")],
    when: pavels,
    outcome: {
      stopped: "identifier",

      pages: ["identifier"],
      complaint: "Nobody signs in here with that address",
    },
  },
  {
    title: "without a default directory the app's one database takes the passwords",
    source: at.flows,
    given: [settings({ default_directory: "" })],
    when: pavels,
    outcome: {
      admitted: pavel,
      pages: byPassword,
      trace: ["credentials-first", "identifier-first", "database-fallback", "personal-account"],
    },
  },
  {
    title: "the domain of an Azure AD connection routes by itself, without an alias",
    source: at.azure,
    given: elm,
    when: { app: "main", as: "eli@elm.example" },
    outcome: {
      admitted: { as: "eli@elm.example", organization: "elm", type: "customer", renew: true, may: "unsaid" },
      pages: byProvider,
      trace: traces.newcomer,
    },
  },
  {
    title: "without identifier first no address leads to a provider",
    source: at.identifierFirst,
    given: [{ method: "PATCH", path: "prompts", body: { identifier_first: false } }],
    when: anns,
    outcome: { stopped: "password", complaint: wrong, pages: ["password"] },
  },
  {
    title: "without identifier first a password is asked for at once",
    source: at.identifierFirst,
    given: [{ method: "PATCH", path: "prompts", body: { identifier_first: false } }],
    when: pavels,
    outcome: {
      admitted: pavel,
      pages: ["password"],
      trace: ["credentials-first", "default-directory", "home-realm-off", "personal-account"],
    },
  },
  {
    title: "a login hint stands in the field and goes no further",
    source: at.universalLogin,
    when: { app: "main", ask: { login_hint: "ann@acme.example" } },
    outcome: { stopped: "identifier", pages: ["identifier"] },
  },
  {
    title: "LOGIN_HINT=submits: the hint leads where the address would",
    source: at.universalLogin,
    switches: { LOGIN_HINT: "submits" },
    when: { app: "main", ask: { login_hint: "ann@acme.example" }, provider: "ann@acme.example" },
    outcome: {
      admitted: newAnn,
      pages: ["provider"],
      trace: traces.newcomer.filter((rule) => rule !== "identifier-first"),
    },
  },
  {
    title: "a connection that shows a button is reached by it",
    source: at.connections,
    given: [connection("acme-sso", { show_as_button: true })],
    // an update without the display name puts the technical one in its place
    when: { ...anns, press: "Continue with acme-sso" },
    outcome: {
      admitted: newAnn,
      pages: byProvider,
      trace: traces.newcomer.map((rule) => (rule === "home-realm" ? "button" : rule)),
    },
  },
];
