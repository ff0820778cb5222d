import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { errors, nadia, newAnn, owner, ownWords, pavel, says, traces } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];
const pavels = { app: "main", as: "pavel@mail.example" } as const satisfies Visit;
const oneOf = ["one-organization", "membership"] as const;
const inDune = { organization: "{org:dune-crafts}" };
const first = (visit: Visit, admitted: typeof pavel | typeof nadia) => ({
  when: visit,
  outcome: {
    admitted,
    pages: byPassword,
    trace: admitted === pavel ? [...traces.password, "personal-account" as const] : [...traces.password, ...oneOf],
  },
});

/** Single sign-on, silent logins, signing out. */
export const sessions: readonly Scenario[] = [
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
    title: "max_age=0 asks anew in spite of a session",
    source: at.maxAge,
    ...first(pavels, pavel),
    next: [
      {
        when: { ...pavels, ask: { max_age: "0" } },
        outcome: {
          admitted: pavel,
          pages: byPassword,
          trace: [
            "credentials-first",
            "default-directory",
            "session-too-old",
            "identifier-first",
            "database-fallback",
            "personal-account",
          ],
        },
      },
      {
        when: { app: "main", ask: { max_age: "3600" } },
        outcome: { admitted: pavel, pages: [], trace: [...traces.session, "personal-account"] },
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
