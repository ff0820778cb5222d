import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import {
  ann,
  apiAdministrator,
  company,
  errors,
  nadia,
  newAnn,
  noMember,
  owner,
  ownWords,
  pavel,
  person,
  says,
  traces,
} from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];
const pavels = { app: "main", as: "pavel@mail.example" } as const satisfies Visit;
const nadias = { app: "main", as: "nadia@mail.example" } as const satisfies Visit;
const oneOf = ["one-organization", "membership"] as const;
const stage = (of: string) => person("pavel@mail.example", { app_metadata: { stage: of } });
const dune = (metadata: object) =>
  company("dune-crafts", { metadata: { type: "customer", status: "active", api_access: "on", ...metadata } });
const left = person("nadia@mail.example", { app_metadata: { left: ["{org:dune-crafts}"] } });
const inDune = { organization: "{org:dune-crafts}" };
const first = (visit: Visit, admitted: typeof pavel | typeof nadia) => ({
  when: visit,
  outcome: {
    admitted,
    pages: byPassword,
    trace: admitted === pavel ? [...traces.password, "personal-account" as const] : [...traces.password, ...oneOf],
  },
});

/** R6, and what holds beyond one login: single sign-on, silent logins, renewed tokens, leaving. */
export const sessions: readonly Scenario[] = [
  {
    title:
      "R6: the stage reaches the app that asks for it, and a move shows at the next renewal and the next silent login",
    source: at.metadata,
    ...first(pavels, pavel),
    next: [
      { when: { change: [stage("prospect-demo")] } },
      { when: { refresh: "main" }, outcome: { tokens: { ...pavel, stage: "prospect-demo" } } },
      { when: { change: [stage("owner")] } },
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
    title: "R6: a stage that is none of the funnel's is no claim, and the login goes on",
    source: at.metadata,
    given: [stage("emperor")],
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
  {
    title:
      "a company without single sign-on and without a domain is found by its name in the portal, where a password needs a second factor",
    source: at.flows,
    when: { app: "portal", organization: "dune-crafts", as: "tarek@mail.example" },
    outcome: { stopped: "enrollment", pages: ["organization", ...byPassword, "enrollment"] },
    next: [
      {
        when: { app: "portal", organization: "dune-crafts", as: "tarek@mail.example", factor: true },
        outcome: {
          admitted: { as: "tarek@mail.example", organization: "dune-crafts", type: "customer", may: apiAdministrator },
          pages: ["organization", "enrollment"],
          trace: ["organization-prompt", "domain-discovery", "single-sign-on", "membership"],
        },
      },
      {
        when: {
          app: "portal",
          organization: "dune-crafts",
          as: "tarek@mail.example",
          browser: "another",
        },
        outcome: { stopped: "challenge", pages: ["organization", ...byPassword, "challenge"] },
      },
    ],
  },
  {
    title:
      "a company with single sign-on is found by its domain in the portal, and its own login answers for its people",
    source: at.flows,
    when: { app: "portal", organization: "ann@acme.example", as: "ann@acme.example" },
    outcome: {
      admitted: { as: "ann@acme.example", organization: "acme", type: "customer", renew: true, may: "unsaid" },
      pages: ["organization", ...byProvider],
      trace: [
        "organization-prompt",
        "domain-discovery",
        "identifier-first",
        "home-realm",
        "auto-membership",
        "membership",
      ],
    },
  },
  {
    title: "the session signs in to the next app, with another organization",
    source: at.sessions,
    when: { app: "main", ask: inDune, as: "bruno@mail.example" },
    outcome: { admitted: { ...nadia, as: "bruno@mail.example" }, pages: byPassword, trace: traces.named },
    next: [
      {
        when: { app: "vendor-catering", ask: { organization: "{org:fresh-table}" } },
        outcome: {
          admitted: {
            as: "bruno@mail.example",
            organization: "fresh-table",
            type: "vendor",
            may: ["read:offers", "read:stock", "update:offers", "update:stock"],
          },
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
      // each app's renewed tokens stay in the organization of its login
      { when: { refresh: "main" }, outcome: { tokens: { ...nadia, as: "bruno@mail.example" } } },
    ],
  },
  {
    title: "a session by a connection that the organization lacks: the person signs in anew",
    source: at.sessions,
    ...first(pavels, pavel),
    next: [
      {
        when: { app: "main", ask: { organization: "{org:acme}" }, as: "ann@acme.example" },
        outcome: {
          admitted: newAnn,
          pages: byProvider,
          trace: [
            "organization-requested",
            "session-unfit",
            "identifier-first",
            "home-realm",
            "auto-membership",
            "membership",
          ],
        },
      },
    ],
  },
  {
    title: "UNFIT_SESSION=refuse: such a session is refused instead",
    source: at.sessions,
    switches: { UNFIT_SESSION: "refuse" },
    ...first(pavels, pavel),
    next: [
      {
        when: { app: "main", ask: { organization: "{org:acme}" } },
        outcome: {
          refused: "access_denied",
          says: ownWords.unfitSession,
          pages: [],
          trace: ["organization-requested", "session-unfit"],
        },
      },
    ],
  },
  {
    title: "prompt=login asks anew in spite of a session",
    source: at.universalLogin,
    ...first(pavels, pavel),
    next: [
      {
        when: { ...pavels, ask: { prompt: "login" } },
        outcome: { admitted: pavel, pages: byPassword, trace: [...traces.password, "personal-account"] },
      },
    ],
  },
  {
    title: "the session outlives a refusal: the Action refuses every silent login again",
    source: at.afterDenial,
    when: { app: "vendor-catering", as: "nadia@mail.example" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: byPassword,
      trace: [...traces.password, ...oneOf, "actions"],
    },
    next: [
      {
        when: { app: "vendor-catering", ask: { prompt: "none" } },
        outcome: {
          refused: "access_denied",
          says: says.wrongType,
          pages: [],
          trace: [...traces.session, ...oneOf, "actions"],
        },
      },
      {
        when: { app: "main" },
        outcome: { admitted: nadia, pages: [], trace: [...traces.session, ...oneOf] },
      },
    ],
  },
  {
    title: "who signed out has no session any more",
    source: at.universalLogin,
    ...first(pavels, pavel),
    next: [
      { when: { signOut: "main" } },
      {
        when: { app: "main", ask: { prompt: "none" } },
        outcome: {
          refused: "login_required",
          says: errors.loginRequired,
          pages: [],
          trace: ["credentials-first", "default-directory", "identifier-first", "silent-login"],
        },
      },
    ],
  },
  {
    title: "a company that is suspended gets no renewed tokens",
    source: at.postLogin,
    ...first(nadias, nadia),
    next: [
      { when: { refresh: "main" }, outcome: { tokens: nadia } },
      { when: { change: [dune({ status: "suspended" })] } },
      { when: { refresh: "main" }, outcome: { turnedDown: "access_denied", says: says.suspended } },
    ],
  },
  {
    title: "REFRESH_AFTER_LEAVING=serves: who is no member any more gets renewed tokens, until `left` says so",
    source: at.postLogin,
    ...first(nadias, nadia),
    next: [
      { when: { change: [noMember("nadia@mail.example", "dune-crafts")] } },
      { when: { refresh: "main" }, outcome: { tokens: { ...nadia, may: "unsaid" } } },
      { when: { change: [left] } },
      { when: { refresh: "main" }, outcome: { turnedDown: "access_denied", says: says.left } },
    ],
  },
  {
    title: "REFRESH_AFTER_LEAVING=refused: who is no member any more gets none",
    source: at.postLogin,
    switches: { REFRESH_AFTER_LEAVING: "refused" },
    ...first(nadias, nadia),
    next: [
      { when: { change: [noMember("nadia@mail.example", "dune-crafts")] } },
      {
        when: { refresh: "main" },
        outcome: { turnedDown: "invalid_grant", says: "Unknown or invalid refresh token." },
      },
    ],
  },
  {
    title: "a new member's organization shows at the next login, not at a renewal",
    source: at.refreshOrganization,
    ...first(pavels, pavel),
    next: [
      {
        when: {
          change: [
            {
              method: "POST",
              path: "organizations/{org:dune-crafts}/members",
              body: { members: ["{user:pavel@mail.example}"] },
            },
          ],
        },
      },
      { when: { refresh: "main" }, outcome: { tokens: pavel } },
      {
        when: { app: "main" },
        outcome: {
          admitted: { ...nadia, as: "pavel@mail.example", renew: true, may: "unsaid" },
          pages: [],
          trace: [...traces.session, ...oneOf],
        },
      },
    ],
  },
  {
    title: "the first role is given at a login by session too, and on each device's own tokens",
    source: at.postLogin,
    when: { app: "portal", ask: { organization: "{org:acme}" }, as: "ann@acme.example" },
    outcome: {
      admitted: { as: "ann@acme.example", organization: "acme", type: "customer", renew: true, may: "unsaid" },
      pages: byProvider,
      trace: ["organization-requested", "identifier-first", "home-realm", "auto-membership", "membership"],
    },
    next: [
      {
        when: { app: "main" },
        outcome: { admitted: ann, pages: [], trace: [...traces.session, ...oneOf] },
      },
    ],
  },
  {
    title: "an owner may book, and who is before purchase may not",
    source: at.rbac,
    when: { app: "main", as: "oscar@mail.example" },
    outcome: {
      admitted: { as: "oscar@mail.example", stage: "owner", may: owner },
      pages: byPassword,
      trace: [...traces.password, "personal-account"],
    },
    next: [{ ...first({ ...pavels, browser: "another" }, pavel) }],
  },
];
