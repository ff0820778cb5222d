import type { Act } from "../scenarios/scenario.ts";
import { client, company, enabledAs, person, says } from "../scenarios/story.ts";
import type { Attack, Doing } from "./attack.ts";
import { acts, words } from "./scene.ts";

// Who is a member of what, and which app admits whom.

const refusedWith = (sentence: string) => `access_denied: ${sentence}`;
const ANN = "ann@acme.example";
const NADIA = "nadia@mail.example";
const inDune = (as: string): Act => ({ app: "main", ask: { organization: "{org:dune-crafts}" }, as });
const inCedar = (as: string): Act => ({ app: "main", ask: { organization: "{org:cedar}" }, as });
const portal = (organization: string, as: string): Act => ({ app: "portal", organization, as });
const pavel: Act = { app: "main", as: "pavel@mail.example" };
const blocks = (email: string): Act => ({ change: [person(email, { blocked: true })] });
const refresh = (app: string): Act => ({ refresh: app });

/** The organizations that somebody is a member of after a login. */
const memberships =
  (email: string, login: Act): Doing =>
  async (scene) => {
    await acts(login)(scene);
    const path = await scene.hands.filled(`users/{user:${email}}/organizations`, encodeURIComponent);
    const found = (await scene.hands.read(path)) as readonly { readonly name: string }[];
    return found.length === 0 ? "member of nothing" : `member of ${found.map(({ name }) => name).join()}`;
  };

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
      line: "const policy = readPolicy(metadata);",
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
      line: "const unmet = Object.entries(orgRequires).some(([key, value]) => metadata[key] !== value);",
      becomes: "const unmet = false;",
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

export const members: readonly Attack[] = [...membership, ...policies];
