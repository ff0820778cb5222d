import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { ann, company, nadia, noMember, pavel, person, says, traces } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];
const pavels = { app: "main", as: "pavel@mail.example" } as const satisfies Visit;
const nadias = { app: "main", as: "nadia@mail.example" } as const satisfies Visit;
const oneOf = ["one-organization", "membership"] as const;
const dune = (metadata: object) =>
  company("dune-crafts", { metadata: { type: "customer", status: "active", api_access: "on", ...metadata } });
const left = person("nadia@mail.example", { app_metadata: { left: ["{org:dune-crafts}"] } });
const first = (visit: Visit, admitted: typeof pavel | typeof nadia) => ({
  when: visit,
  outcome: {
    admitted,
    pages: byPassword,
    trace: admitted === pavel ? [...traces.password, "personal-account" as const] : [...traces.password, ...oneOf],
  },
});

/** What renewed tokens say, and who gets none any more. */
export const renewals: readonly Scenario[] = [
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
];
