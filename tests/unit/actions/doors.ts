import { writeMachinePolicy } from "../../../access/machine.ts";
import { texts } from "./logins.ts";

/** One run of a hook: the event, and each call of the api. */
export interface Run {
  readonly title: string;
  readonly event: unknown;
  readonly calls: readonly unknown[];
}

export const firstStage = "lead";

const stage = [["user.setAppMetadata", "stage", "lead"]];
const refused = (text: string) => {
  const [code, sentence] = text.split(": ");
  return [["access.deny", code, sentence]];
};

export const registrations: readonly Run[] = [
  {
    title: "a sign-up begins at the first stage",
    event: { connection: { strategy: "auth0" }, user: { email: "ann@home.example" } },
    calls: stage,
  },
  {
    title: "a sign-up by code cannot be given a stage",
    event: { connection: { strategy: "email" }, user: { email: "ann@home.example" } },
    calls: [],
  },
  {
    title: "a sign-up at a company's domain is refused",
    event: { connection: { strategy: "auth0" }, user: { email: "ann@Acme.Example" } },
    calls: refused(texts.sso),
  },
  {
    title: "a sign-up by code at a company's domain is refused",
    event: { connection: { strategy: "email" }, user: { email: "ann@acme.test." } },
    calls: refused(texts.sso),
  },
  {
    title: "a sign-up without an address is refused",
    event: { connection: { strategy: "sms" }, user: { phone_number: "+1" } },
    calls: refused(texts.unverified),
  },
  {
    title: "a sign-up with a damaged address is refused",
    event: { connection: { strategy: "auth0" }, user: { email: "ann@acme" } },
    calls: refused(texts.unverified),
  },
  { title: "a sign-up of nobody is refused", event: {}, calls: refused(texts.unverified) },
  { title: "a sign-up by no known connection is given no stage", event: { user: { email: "a@b.example" } }, calls: [] },
];

const linked = (email: unknown) => ({ email: "ann@home.example", identities: [{ profileData: { email } }] });

export const resets: readonly Run[] = [
  { title: "a password may be reset", event: { user: { email: "ann@home.example", identities: [{}] } }, calls: [] },
  {
    title: "a password at a company's domain may not be reset",
    event: { user: { email: "ann@acme.example" } },
    calls: [["access.deny", texts.sso]],
  },
  {
    title: "nor one of a person who is linked to a company's address",
    event: { user: linked("ann@rival.example") },
    calls: [["access.deny", texts.sso]],
  },
  {
    title: "nor one of a person with a damaged address",
    event: { user: linked("ann@") },
    calls: [["access.deny", texts.unverified]],
  },
  { title: "nor one of nobody", event: {}, calls: [["access.deny", texts.unverified]] },
];

const invalid = (text: string) => [["access.deny", "invalid_request", text]];
const missing = "org_required: Please ask for the token with your company's organization.";
const notEntitled = "not_entitled: Your company has no access to this application.";
const metadata = { type: "customer", status: "active", api_access: "on" };
const acme = { id: "org_acme", metadata };
const own = { client: { metadata: writeMachinePolicy("org_acme") }, resource_server: { identifier: "https://api" } };

export const exchanges: readonly Run[] = [
  {
    title: "a company's client gets a token for its company",
    event: { ...own, organization: acme },
    calls: [["accessToken.setCustomClaim", "https://travel.example/claims/org_type", "customer"]],
  },
  { title: "a company's client without its company is refused", event: own, calls: invalid(missing) },
  {
    title: "a company's client for another company is refused",
    event: { ...own, organization: { id: "org_rival", metadata } },
    calls: invalid(notEntitled),
  },
  {
    title: "a company without API access gets none",
    event: { ...own, organization: { ...acme, metadata: { ...metadata, api_access: "off" } } },
    calls: invalid(notEntitled),
  },
  {
    title: "a vendor gets none",
    event: { ...own, organization: { ...acme, metadata: { ...metadata, type: "vendor" } } },
    calls: invalid("wrong_type: This application is not for this kind of company."),
  },
  {
    title: "a damaged organization gets none",
    event: { ...own, organization: { ...acme, metadata: [] } },
    calls: invalid(texts.suspended),
  },
  {
    title: "a client without a word about machines gets none",
    event: { ...own, client: { metadata: {} }, organization: acme },
    calls: invalid(texts.noPolicy),
  },
  { title: "a request of nobody gets none", event: {}, calls: invalid(texts.noPolicy) },
  { title: "an operator's client passes", event: { client: { metadata: { machine: "operator" } } }, calls: [] },
  {
    title: "the Management API is nobody's business here, however damaged the client is",
    event: { client: { metadata: "x" }, resource_server: { identifier: "https://tenant.example/api/v2/" } },
    calls: [],
  },
];
