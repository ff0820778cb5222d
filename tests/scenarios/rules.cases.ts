import type { Scenario } from "./scenario.ts";
import { at } from "./sources.ts";
import { enabled, errors, flow, member, nadia, newCompany, noConnection, ownWords, pavel, traces } from "./story.ts";

/** The other rules beside the table: membership, connections, silent logins, consent. */
export const rules: readonly Scenario[] = [
  {
    title: "a member cannot enter by a connection that the organization does not have",
    source: at.connectionOfOrganization,
    given: [noConnection("dune-crafts", "users"), member("pavel@mail.example", "dune-crafts")],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: ownWords.connection,
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "connection-of-organization"],
    },
  },
  {
    title: "a connection that is switched off on the organization is as one that it does not have",
    source: at.connections,
    given: [newCompany("elm"), enabled("elm", "users"), member("pavel@mail.example", "elm")],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: {
        as: "pavel@mail.example",
        organization: "elm",
        type: "customer",
        stage: "prospect",
        renew: true,
        may: "unsaid",
      },
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership"],
    },
    next: [
      { when: { change: [noConnection("elm", "users")] } },
      {
        when: { app: "main" },
        outcome: {
          refused: "access_denied",
          says: ownWords.connection,
          pages: [],
          trace: [...traces.session, "one-organization", "connection-of-organization"],
        },
      },
    ],
  },
  {
    title: "prompt=none without a session: login_required",
    source: at.silent,
    when: { app: "main", ask: { prompt: "none" } },
    outcome: {
      refused: "login_required",
      says: errors.loginRequired,
      pages: [],
      trace: ["credentials-first", "default-directory", "identifier-first", "silent-login"],
    },
  },
  {
    title: "prompt=none where the app's organization is not known yet: interaction_required for a member of two",
    source: at.silent,
    when: { app: "main", as: "bruno@mail.example", pick: "Dune Crafts" },
    outcome: {
      admitted: { ...nadia, as: "bruno@mail.example" },
      pages: ["identifier", "password", "picker"],
      trace: [...traces.password, "several-organizations", "picked", "membership"],
    },
    next: [
      {
        when: { app: "main", ask: { prompt: "none" } },
        outcome: {
          refused: "interaction_required",
          says: errors.interactionRequired,
          pages: [],
          trace: [...traces.session, "several-organizations", "silent-login"],
        },
      },
      {
        when: { app: "main", ask: { prompt: "none", organization: "{org:dune-crafts}" } },
        outcome: {
          admitted: { ...nadia, as: "bruno@mail.example" },
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
    ],
  },
  {
    title: "prompt=none before the person agreed to what the app asks for: consent_required",
    source: at.silent,
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: pavel,
      pages: ["identifier", "password"],
      trace: [...traces.password, "personal-account"],
    },
    next: [
      {
        when: { app: "main-personal", ask: { prompt: "none" } },
        outcome: {
          refused: "consent_required",
          says: errors.consentRequired,
          pages: [],
          trace: ["individual-login", "single-sign-on"],
        },
      },
    ],
  },
  {
    title: "who does not agree to what the app asks for is refused",
    source: at.consent,
    when: { app: "main", as: "pavel@mail.example", consents: false },
    outcome: {
      refused: "access_denied",
      says: errors.notAuthorized,
      pages: ["identifier", "password"],
      trace: [...traces.password, "personal-account"],
    },
  },
  {
    title: "an app that its maker did not let the API have gets nobody's token for it",
    source: at.apiPolicy,
    given: [flow("main", "allow", "no_prompt")],
    when: { app: "main", ask: { audience: "https://vendor-api.travel.example/" }, as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: 'Client "{app:main}" is not authorized to access resource server "https://vendor-api.travel.example/".',
      pages: ["identifier", "password"],
      trace: traces.individual,
    },
  },
];
