import type { Act } from "../scenarios/scenario.ts";
import { company, noMember, person, says } from "../scenarios/story.ts";
import type { Attack, Doing } from "./attack.ts";
import { goodStanding, left, organizationRequired } from "./guards.ts";
import { acts } from "./scene.ts";

// Who comes in with which organization, and who without.

const refusedWith = (sentence: string) => `access_denied: ${sentence}`;
const ANN = "ann@acme.example";
const NADIA = "nadia@mail.example";
const ann: Act = { app: "main", as: ANN };
const adam: Act = { app: "main", as: "adam@acme.example" };
const lena: Act = { app: "main-personal", as: "lena@mail.example" };
const personal: Act = { app: "main-personal" };
const inDune = (as: string): Act => ({ app: "main", ask: { organization: "{org:dune-crafts}" }, as });
const portal = (organization: string, as: string): Act => ({ app: "portal", organization, as });
const suspended = company("acme", {
  metadata: { type: "customer", status: "suspended", api_access: "on", stage: "owner" },
});
const refresh = (app: string): Act => ({ refresh: app });
const leaves = (email: string, slug: string, noted: string): Act => ({
  change: [noMember(email, slug), person(email, { app_metadata: { left: [`{org:${noted}}`] } })],
});

const few = { scope: "openid offline_access" };

/** Somebody who was in an app for individuals before the Action was deployed comes again: silently, or by a refresh. */
const again =
  (as: string, how: "silently" | "by refresh"): Doing =>
  async (scene) => {
    const somebody = scene.person();
    await scene.bind("post-login", false);
    await scene.visit(somebody, await scene.request("main"), { as });
    const rest = await scene.visit(somebody, await scene.request("main-personal", few), { as });
    const refresh_token = await scene.refreshTokenAt("main-personal", rest);
    await scene.bind("post-login", true);
    if (how === "by refresh") return scene.tokens("main-personal", { grant_type: "refresh_token", refresh_token });
    const silent = await scene.request("main-personal", { ...few, prompt: "none" });
    return scene.exchange("main-personal", await scene.visit(somebody, silent, {}));
  };

const withoutOrganization: readonly Attack[] = [
  {
    title: "comes through a company's provider into an app for individuals",
    guard: organizationRequired,
    attack: acts(ann, personal),
    refused: refusedWith(says.organizationOf("acme")),
    gains: "in",
    twin: acts(lena),
  },
  {
    title: "signs in there silently with the session of a company's provider",
    guard: organizationRequired,
    attack: again(ANN, "silently"),
    refused: refusedWith(says.organizationOf("acme")),
    gains: "in",
    twin: again("lena@mail.example", "silently"),
  },
  {
    title: "refreshes tokens that a company's login once got without the company",
    guard: organizationRequired,
    attack: again(ANN, "by refresh"),
    refused: refusedWith(says.organizationOf("acme")),
    gains: "in",
    twin: again("lena@mail.example", "by refresh"),
  },
];

const suspension: readonly Attack[] = [
  {
    title: "signs in to a suspended company",
    guard: goodStanding,
    given: [suspended],
    attack: acts(ann),
    refused: refusedWith(says.suspended),
    gains: "in acme",
    twin: acts({ app: "main", as: "cem@cedar.example" }),
    twinGets: "in cedar",
  },
  {
    title: "goes on to another app when the company is suspended",
    guard: goodStanding,
    attack: acts(ann, { change: [suspended] }, portal("acme", ANN)),
    refused: refusedWith(says.suspended),
    gains: "in acme",
    twin: acts(ann, portal("acme", ANN)),
  },
  {
    title: "signs in silently when the company is suspended",
    guard: goodStanding,
    attack: acts(ann, { change: [suspended] }, { app: "main", ask: { prompt: "none" } }),
    refused: refusedWith(says.suspended),
    gains: "in acme",
    twin: acts(ann, { app: "main", ask: { prompt: "none" } }),
  },
  {
    title: "refreshes when the company is suspended",
    guard: goodStanding,
    attack: acts(ann, { change: [suspended] }, refresh("main")),
    refused: refusedWith(says.suspended),
    gains: "in acme",
    twin: acts(ann, refresh("main")),
  },
];

const leaving: readonly Attack[] = [
  {
    title: "left and refreshes, where a refresh does not look at memberships",
    guard: left,
    switches: { REFRESH_AFTER_LEAVING: "serves" },
    attack: acts(inDune(NADIA), leaves(NADIA, "dune-crafts", "dune-crafts"), refresh("main")),
    refused: refusedWith(says.left),
    gains: "in dune-crafts",
    twin: acts(
      inDune(NADIA),
      { change: [person(NADIA, { app_metadata: { left: ["{org:cedar}"] } })] },
      refresh("main"),
    ),
  },
  {
    title: "left and refreshes, where a refresh looks at memberships",
    guard: { switches: { REFRESH_AFTER_LEAVING: "serves" } },
    switches: { REFRESH_AFTER_LEAVING: "refused" },
    attack: acts(inDune(NADIA), { change: [noMember(NADIA, "dune-crafts")] }, refresh("main")),
    refused: "invalid_grant: Unknown or invalid refresh token.",
    gains: "in dune-crafts",
    twin: acts(inDune(NADIA), { change: [noMember("bruno@mail.example", "dune-crafts")] }, refresh("main")),
  },
  {
    title: "left a company whose provider would make anybody of it a member again",
    guard: left,
    attack: acts(ann, leaves(ANN, "acme", "acme"), ann),
    refused: refusedWith(says.left),
    gains: "in acme",
    twin: acts(ann, leaves(ANN, "acme", "acme"), { ...adam, browser: "another" } as Act),
  },
];

export const organizations: readonly Attack[] = [...withoutOrganization, ...suspension, ...leaving];
