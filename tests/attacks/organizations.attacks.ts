import type { Act } from "../scenarios/scenario.ts";
import { client, company, enabledAs, noMember, person, says } from "../scenarios/story.ts";
import type { Attack, Doing } from "./attack.ts";
import { goodStanding, left, organizationRequired } from "./guards.ts";
import { acts, words } from "./scene.ts";

// Who comes in with which organization, and who without.

const refusedWith = (sentence: string) => `access_denied: ${sentence}`;
const ANN = "ann@acme.example";
const NADIA = "nadia@mail.example";
const ann: Act = { app: "main", as: ANN };
const adam: Act = { app: "main", as: "adam@acme.example" };
const lena: Act = { app: "main-personal", as: "lena@mail.example" };
const personal: Act = { app: "main-personal" };
const inDune = (as: string): Act => ({ app: "main", ask: { organization: "{org:dune-crafts}" }, as });
const inCedar = (as: string): Act => ({ app: "main", ask: { organization: "{org:cedar}" }, as });
const portal = (organization: string, as: string): Act => ({ app: "portal", organization, as });
const suspended = company("acme", {
  metadata: { type: "customer", status: "suspended", api_access: "on", stage: "owner" },
});
const pavel: Act = { app: "main", as: "pavel@mail.example" };
const blocks = (email: string): Act => ({ change: [person(email, { blocked: true })] });
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

/** The organizations that somebody is a member of after a login. */
const memberships =
  (email: string, login: Act): Doing =>
  async (scene) => {
    await acts(login)(scene);
    const path = await scene.hands.filled(`users/{user:${email}}/organizations`, encodeURIComponent);
    const found = (await scene.hands.read(path)) as readonly { readonly name: string }[];
    return found.length === 0 ? "member of nothing" : `member of ${found.map(({ name }) => name).join()}`;
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

const membership: readonly Attack[] = [
  {
    title: "names an organization without being its member",
    guard: {
      source: "login/settle.ts",
      line: "if (isMember(tenant, organization, identity)) {",
      becomes: "if (tenant) {",
    },
    attack: acts(inDune("lena@mail.example")),
    refused: words("access_denied", "user is not part of the org_… organization"),
    gains: "in dune-crafts",
    twin: acts(inDune(NADIA)),
  },
  {
    title: "is a stranger and names an organization that takes guests by password",
    guard: { setting: [enabledAs("cedar", "users", { assign_membership_on_login: true })] },
    attack: acts(inCedar("lena@mail.example")),
    refused: words("access_denied", "user is not part of the org_… organization"),
    gains: "in cedar",
    twin: acts(inCedar("gita@advice.example")),
  },
  {
    title: "hopes that an individual's login makes a member",
    guard: { setting: [enabledAs("dune-crafts", "users", { assign_membership_on_login: true })] },
    attack: memberships("lena@mail.example", { app: "main", as: "lena@mail.example" }),
    refused: "member of nothing",
    gains: "member of dune-crafts",
    twin: memberships("cem@cedar.example", { app: "main", as: "cem@cedar.example" }),
    twinGets: "member of cedar",
  },
];

const policies: readonly Attack[] = [
  {
    title: "comes to an app whose policy was taken away",
    guard: {
      action: "post-login",
      line: "const policy = readPolicy(fieldsOf(login.clientMetadata) ?? {});",
      becomes: `const policy = { orgTypes: ["customer"], orgRequires: {}, individuals: "allow", stageClaim: "on", mfa: "off" };`,
    },
    given: [client("main", { client_metadata: { policy_version: null } })],
    attack: acts({ app: "main", as: "pavel@mail.example" }),
    refused: refusedWith(says.noPolicy),
    gains: "in",
    twin: acts({ app: "main-personal", as: "pavel@mail.example" }),
  },
  {
    title: "comes to the customers' app with a vendor's organization",
    guard: { action: "post-login", line: `if (!type) return refused(refusal("wrong_type"));`, becomes: "" },
    attack: acts({ app: "main", ask: { organization: "{org:fresh-table}" }, as: "carla@fresh-table.example" }),
    refused: refusedWith(says.wrongType),
    gains: "in fresh-table",
    twin: acts({ app: "vendor-catering", as: "carla@fresh-table.example" }),
  },
  {
    title: "comes to another kind of vendors' app",
    guard: {
      action: "post-login",
      line: `return Object.entries(orgRequires).some(([key, value]) => metadata[key] !== value) ? refused(refusal("not_entitled")) :`,
      becomes: "return",
    },
    attack: acts({ app: "vendor-rental", as: "carla@fresh-table.example" }),
    refused: refusedWith(says.notEntitled),
    gains: "in fresh-table",
    twin: acts({ app: "vendor-rental", as: "ravi@wheelhouse.example" }),
    twinGets: "in wheelhouse",
  },
  {
    title: "comes to the portal with a company that has no API access",
    guard: {
      setting: [
        company("cedar", { metadata: { type: "customer", status: "active", api_access: "on", stage: "owner" } }),
      ],
    },
    attack: acts(portal("cedar", "cem@cedar.example")),
    refused: refusedWith(says.notEntitled),
    gains: "in cedar",
    twin: acts(portal("acme", ANN)),
    twinGets: "in acme",
  },
  {
    title: "was blocked and refreshes",
    guard: { source: "local/tenant/authentication/code-grant.ts", line: "user.body.blocked === true || ", becomes: "" },
    attack: acts(pavel, blocks("pavel@mail.example"), refresh("main")),
    refused: "invalid_grant: Unknown or invalid refresh token.",
    gains: "in",
    twin: acts(pavel, blocks("dana@mail.example"), refresh("main")),
  },
];

export const organizations: readonly Attack[] = [
  ...withoutOrganization,
  ...suspension,
  ...leaving,
  ...membership,
  ...policies,
];
