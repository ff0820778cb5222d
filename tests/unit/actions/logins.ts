import { writePolicy } from "../../../access/policy.ts";
import type { PostLoginSettings } from "../../../actions/post-login/decide.ts";
import type { PostLoginEvent } from "../../../actions/post-login/event.ts";

export const settings: PostLoginSettings = {
  claimNamespace: "https://travel.example/claims/",
  stages: ["lead", "prospect", "owner"],
};

const main = writePolicy({ orgTypes: ["customer"], orgRequires: {}, individuals: "allow", stageClaim: "on" });
const catering = writePolicy({
  orgTypes: ["vendor"],
  orgRequires: { vendor_kind: "catering" },
  individuals: "deny",
  stageClaim: "off",
});
const acme = { type: "customer", status: "active", api_access: "on", stage: "owner" };
const table = { type: "vendor", status: "active", vendor_kind: "catering" };

/** Comes in without any claim. */
export const mainAppIndividual: PostLoginEvent = { client: { metadata: main }, user: {} };

const stage = "https://travel.example/claims/stage";
const orgType = "https://travel.example/claims/org_type";

/** A login, and what the Action does at it: `deny` with a text, or claims for both tokens, and lines for the log. */
export interface Row {
  readonly title: string;
  readonly event: PostLoginEvent;
  readonly deny?: string;
  readonly claims?: Record<string, string>;
  readonly log?: string[];
}

const suspended = "suspended: Your company's access is suspended.";
export const noPolicy = "no_policy: This application does not admit anyone yet. Please tell its operator.";

export const rows: readonly Row[] = [
  {
    title: "an individual at the main app gets the own stage",
    event: { client: { metadata: main }, user: { app_metadata: { stage: "lead" } } },
    claims: { [stage]: "lead" },
  },
  {
    title: "an individual without a stage comes in without the claim",
    event: mainAppIndividual,
    claims: {},
  },
  {
    title: "a stage outside the list gives no claim, and the login goes on",
    event: { client: { metadata: main }, user: { app_metadata: { stage: "king" } } },
    claims: {},
    log: ["stage is not one of lead, prospect, owner: no claim"],
  },
  {
    title: "a member of a customer gets the company's stage and type",
    event: { client: { metadata: main }, organization: { metadata: acme }, user: { app_metadata: { stage: "lead" } } },
    claims: { [orgType]: "customer", [stage]: "owner" },
  },
  {
    title: "a vendor is refused at the main app",
    event: { client: { metadata: main }, organization: { metadata: table }, user: {} },
    deny: "wrong_type: This application is not for this kind of company.",
  },
  {
    title: "a caterer comes into the catering app, which asks for no stage",
    event: { client: { metadata: catering }, organization: { metadata: { ...table, stage: "owner" } }, user: {} },
    claims: { [orgType]: "vendor" },
  },
  {
    title: "another kind of vendor is refused at the catering app",
    event: {
      client: { metadata: catering },
      organization: { metadata: { ...table, vendor_kind: "rental" } },
      user: {},
    },
    deny: "not_entitled: Your company has no access to this application.",
  },
  {
    title: "an individual is refused at the catering app",
    event: { client: { metadata: catering }, user: {} },
    deny: "individuals_not_admitted: Please sign in to this application through your company.",
  },
  {
    title: "a suspended company is refused",
    event: { client: { metadata: main }, organization: { metadata: { ...acme, status: "suspended" } }, user: {} },
    deny: suspended,
  },
  {
    title: "an organization without metadata is refused",
    event: { client: { metadata: main }, organization: {}, user: {} },
    deny: suspended,
  },
  { title: "an app without metadata admits nobody", event: { client: {}, user: {} }, deny: noPolicy },
  {
    title: "an app with a damaged policy admits nobody",
    event: { client: { metadata: { ...main, org_types: "customers" } }, organization: { metadata: acme }, user: {} },
    deny: noPolicy,
  },
];
