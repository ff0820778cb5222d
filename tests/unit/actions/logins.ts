import { writeDomains, writeOwner } from "../../../access/connection-domains.ts";
import { type Policy, writePolicy } from "../../../access/policy.ts";
import type { PostLoginSettings } from "../../../actions/post-login/decide.ts";
import type { PostLoginEvent } from "../../../actions/post-login/event.ts";

const byStage = { default: "pre-customer", byStage: { owner: "owner" } };

export const settings: PostLoginSettings = {
  claimNamespace: "https://travel.example/claims/",
  stages: ["lead", "prospect", "owner"],
  firstRoles: { individual: byStage, customer: byStage, vendor: { default: "vendor-editor", byStage: {} } },
};

export const claimedDomains = ["acme.example", "acme.test", "rival.example"];

const policy = (changes: Partial<Policy>) =>
  writePolicy({
    orgTypes: ["customer"],
    orgRequires: {},
    individuals: "allow",
    stageClaim: "on",
    mfa: "off",
    ...changes,
  });

const main = policy({});
const portal = policy({ orgRequires: { api_access: "on" }, individuals: "deny", stageClaim: "off", mfa: "password" });
const catering = policy({
  orgTypes: ["vendor"],
  orgRequires: { vendor_kind: "catering" },
  individuals: "deny",
  stageClaim: "off",
});

const acme = { id: "org_acme", metadata: { type: "customer", status: "active", api_access: "on", stage: "owner" } };
const table = { id: "org_table", metadata: { type: "vendor", status: "active", vendor_kind: "catering" } };
const sso = { strategy: "okta", metadata: writeDomains("acme", ["acme.example", "acme.test"]) };

/** A database of Acme's own. */
const database = { strategy: "auth0", metadata: writeOwner("acme") };

const user = {
  user_id: "auth0|1",
  email: "ann@home.example",
  email_verified: true,
  identities: [{ provider: "auth0" }],
  app_metadata: { stage: "lead" },
};

/** Comes in with a role of old, so that nothing is assigned. */
export const individual: PostLoginEvent = {
  client: { metadata: main },
  connection: { strategy: "auth0" },
  user,
  authorization: { roles: ["owner"] },
  transaction: { protocol: "oidc-basic-profile" },
};

export const member: PostLoginEvent = { ...individual, organization: acme };

/** Somebody of the company, through its own login. */
export const employee: PostLoginEvent = {
  ...member,
  connection: sso,
  user: { ...user, user_id: "okta|acme|7", email: "bob@acme.example", email_verified: false },
};

const portalMember: PostLoginEvent = { ...member, client: { metadata: portal } };

export const person = (event: PostLoginEvent, changes: Record<string, unknown>): PostLoginEvent => ({
  ...event,
  user: { ...(event.user as object), ...changes },
});

const stage = "https://travel.example/claims/stage";
const orgType = "https://travel.example/claims/org_type";
const claims = (given: Record<string, string>) =>
  Object.entries(given).flatMap(([name, value]) => [
    ["idToken.setCustomClaim", name, value],
    ["accessToken.setCustomClaim", name, value],
  ]);
const deny = (text: string) => [["access.deny", text]];

export const texts = {
  noPolicy: "no_policy: This application does not admit anyone yet. Please tell its operator.",
  suspended: "suspended: Your company's access is suspended.",
  mismatch: "domain_mismatch: Your company's login did not give an e-mail address of your company.",
  sso: "sso_required: Please sign in through your company's own login.",
  unverified: "unverified_email: Please use an e-mail address that is valid and verified.",
  left: "left: You are no longer a member of this company.",
};

const identity = (email: unknown) => ({ provider: "google-oauth2", profileData: { email } });
const otp = { type: "otp" };
const key = { type: "webauthn-roaming" };
const challenge = ["authentication.challengeWithAny", [otp, key, { type: "recovery-code" }]];
const enroll = ["authentication.enrollWithAny", [otp, key]];

/** A login, and what the Action does at it: calls of the api in their order, and lines for the log. */
export interface Row {
  readonly title: string;
  readonly event: PostLoginEvent;
  readonly calls: readonly unknown[];
  readonly log?: readonly string[];
}

/** Acme's entry says more of its own people. */
const acmeWith = (metadata: object) => ({ ...acme, metadata: { ...acme.metadata, ...metadata } });
/** The one account with a password that Acme keeps for the day on which its own login is down. */
const admin: PostLoginEvent = {
  ...person(member, { email: "Admin@acme.example", enrolledFactors: [{ type: "otp" }] }),
  organization: acmeWith({ break_glass: "admin@acme.example" }),
};
const ofOwner = claims({ [orgType]: "customer", [stage]: "owner" });

export const rows: readonly Row[] = [
  {
    title: "a company that names the app is let in",
    event: {
      ...member,
      organization: acmeWith({ apps: "main,portal" }),
      client: { metadata: { ...main, app: "main" } },
    },
    calls: ofOwner,
  },
  {
    title: "a company that names other apps is refused",
    event: { ...member, organization: acmeWith({ apps: "portal" }), client: { metadata: { ...main, app: "main" } } },
    calls: deny("not_entitled: Your company has no access to this application."),
  },
  {
    title: "an app that does not say its name is none of those that a company names",
    event: { ...member, organization: acmeWith({ apps: "main" }) },
    calls: deny("not_entitled: Your company has no access to this application."),
  },
  {
    title: "a company may ask each member for a second factor, also through its own login",
    event: { ...person(employee, { enrolledFactors: [{ type: "otp" }] }), organization: acmeWith({ mfa: "required" }) },
    calls: [...ofOwner, challenge],
  },
  {
    title: "a word about second factors that is not known asks for one",
    event: { ...person(employee, { enrolledFactors: [] }), organization: acmeWith({ mfa: "off" }) },
    calls: [...ofOwner, enroll],
  },
  {
    title: "what a company asks of its members concerns nobody who comes as an individual",
    event: person(individual, { enrolledFactors: [] }),
    calls: claims({ [stage]: "lead" }),
  },
  {
    title: "the break-glass account comes in by its password, with a second factor",
    event: admin,
    calls: [...ofOwner, challenge],
  },
  {
    title: "the break-glass account enrols a second factor where it has none",
    event: person(admin, { enrolledFactors: [] }),
    calls: [...ofOwner, enroll],
  },
  {
    title: "the break-glass account's address has to be verified",
    event: person(admin, { email_verified: false }),
    calls: deny(texts.unverified),
  },
  {
    title: "the break-glass account comes in nowhere without its organization",
    event: { ...admin, organization: undefined },
    calls: deny(texts.sso),
  },
  {
    title: "nor in another organization",
    event: { ...admin, organization: acme },
    calls: deny(texts.sso),
  },
  {
    title: "nor by a social login, nor by a code",
    event: { ...admin, connection: { strategy: "email" } },
    calls: deny(texts.sso),
  },
  {
    title: "nor linked to another address",
    event: person(admin, { identities: [identity("admin@home.example")] }),
    calls: deny(texts.sso),
  },
  {
    title: "another password at the domain stays refused",
    event: person(admin, { email: "ann@acme.example" }),
    calls: deny(texts.sso),
  },
  {
    title: "a suspended company's break-glass account is refused as everybody is",
    event: { ...admin, organization: acmeWith({ break_glass: "admin@acme.example", status: "suspended" }) },
    calls: deny(texts.suspended),
  },
  { title: "an individual gets the own stage", event: individual, calls: claims({ [stage]: "lead" }) },
  {
    title: "an individual without metadata comes in without a claim",
    event: person(individual, { app_metadata: undefined }),
    calls: [],
  },
  {
    title: "a stage outside the list gives no claim, and the login goes on",
    event: person(individual, { app_metadata: { stage: "king" } }),
    calls: [],
    log: ["stage is not one of lead, prospect, owner: no claim"],
  },
  {
    title: "a member gets the company's type and stage",
    event: member,
    calls: claims({ [orgType]: "customer", [stage]: "owner" }),
  },
  {
    title: "an app that asks for no stage gets none, and no note of an unknown one",
    event: {
      ...member,
      client: { metadata: catering },
      organization: { ...table, metadata: { ...table.metadata, stage: "x" } },
    },
    calls: claims({ [orgType]: "vendor" }),
  },
  {
    title: "a company's own login vouches for an address that nobody verified",
    event: employee,
    calls: claims({ [orgType]: "customer", [stage]: "owner" }),
  },
  {
    title: "a company's login without organization is told which company to ask for",
    event: { ...employee, organization: undefined },
    calls: deny("org_required:acme: Please sign in as a member of your company."),
  },
  {
    title: "a person of a company's own database comes in as its member",
    event: { ...member, connection: database },
    calls: claims({ [orgType]: "customer", [stage]: "owner" }),
  },
  {
    title: "a person of a company's own database is no individual, and is told which company to ask for",
    event: { ...individual, connection: database },
    calls: deny("org_required:acme: Please sign in as a member of your company."),
  },
  {
    title: "a company's own database that says damaged things of itself has no individuals either",
    event: { ...individual, connection: { strategy: "auth0", metadata: { slug: "Acme" } } },
    calls: deny("org_required: Please sign in as a member of your company."),
  },
  {
    title: "a password at a company's domain is refused in a company's own database too",
    event: person({ ...individual, connection: database }, { email: "ann@rival.example" }),
    calls: deny(texts.sso),
  },
  {
    title: "a social login's metadata make nobody a company's",
    event: { ...individual, connection: { strategy: "github", metadata: writeOwner("acme") } },
    calls: claims({ [stage]: "lead" }),
  },
  {
    title: "metadata of the shared directory that name no company make nobody a company's",
    event: { ...individual, connection: { strategy: "auth0", metadata: { kept: "by hand" } } },
    calls: claims({ [stage]: "lead" }),
  },
  {
    title: "a company's login may not assert another domain",
    event: person(employee, { email: "bob@home.example" }),
    calls: deny(texts.mismatch),
  },
  {
    title: "a company's login may not assert another company's domain",
    event: person(employee, { email: "bob@rival.example" }),
    calls: deny(texts.mismatch),
  },
  {
    title: "a company's login without an address is refused",
    event: person(employee, { email: undefined }),
    calls: deny(texts.mismatch),
  },
  {
    title: "a company's connection with damaged metadata may assert nothing",
    event: { ...employee, connection: { strategy: "okta", metadata: { ...sso.metadata, slug: "Acme" } } },
    calls: deny(texts.mismatch),
  },
  {
    title: "a login of no known connection counts as a company's",
    event: { ...member, connection: undefined } as unknown as PostLoginEvent,
    calls: deny(texts.mismatch),
  },
  {
    title: "an employee linked to another company's address is refused",
    event: person(employee, { identities: [identity("bob@rival.example")] }),
    calls: deny(texts.mismatch),
  },
  {
    title: "an employee linked to a private and to a second address of the company comes in",
    event: person(employee, { identities: [identity("bob@home.example"), identity("bob@acme.test")] }),
    calls: claims({ [orgType]: "customer", [stage]: "owner" }),
  },
  {
    title: "a password at a company's domain is refused, whatever the organization",
    event: person(member, { email: "ann@ACME.example" }),
    calls: deny(texts.sso),
  },
  {
    title: "a social login linked to a company's address is refused",
    event: person({ ...individual, connection: { strategy: "github" } }, { identities: [identity("a@acme.test")] }),
    calls: deny(texts.sso),
  },
  {
    title: "a sub-domain of a company's domain is another domain",
    event: person(individual, { email: "ann@mail.acme.example" }),
    calls: claims({ [stage]: "lead" }),
  },
  {
    title: "a person without an address is refused",
    event: person(individual, { email: undefined }),
    calls: deny(texts.unverified),
  },
  {
    title: "a person linked to a damaged address is refused",
    event: person(individual, { identities: [identity("ann")] }),
    calls: deny(texts.unverified),
  },
  {
    title: "an individual is refused where only companies' people are admitted",
    event: { ...individual, client: { metadata: catering } },
    calls: deny("individuals_not_admitted: Please sign in to this application through your company."),
  },
  {
    title: "a member's address has to be verified",
    event: person(member, { email_verified: "true" }),
    calls: deny(texts.unverified),
  },
  {
    title: "an individual's address may wait for its verification",
    event: person(individual, { email_verified: false }),
    calls: claims({ [stage]: "lead" }),
  },
  {
    title: "who has left the company is refused, before the address is looked at",
    event: person(member, { app_metadata: { left: ["org_x", "org_acme"] }, email_verified: false }),
    calls: deny(texts.left),
  },
  {
    title: "who has left another company comes in",
    event: person(member, { app_metadata: { left: ["org_x"] } }),
    calls: claims({ [orgType]: "customer", [stage]: "owner" }),
  },
  {
    title: "an employee who has left is refused too",
    event: person(employee, { app_metadata: { left: ["org_acme"] } }),
    calls: deny(texts.left),
  },
  {
    title: "a vendor is refused at the main app",
    event: { ...member, organization: table },
    calls: deny("wrong_type: This application is not for this kind of company."),
  },
  {
    title: "a company without API access is refused at the portal",
    event: { ...portalMember, organization: { ...acme, metadata: { ...acme.metadata, api_access: "off" } } },
    calls: deny("not_entitled: Your company has no access to this application."),
  },
  {
    title: "a suspended company is refused",
    event: { ...member, organization: { ...acme, metadata: { ...acme.metadata, status: "suspended" } } },
    calls: deny(texts.suspended),
  },
  { title: "an app without metadata admits nobody", event: { ...member, client: {} }, calls: deny(texts.noPolicy) },
  {
    title: "a company's login at an app without a policy learns that first",
    event: { ...employee, organization: undefined, client: { metadata: { ...main, mfa: "on" } } },
    calls: deny(texts.noPolicy),
  },
  {
    title: "a member without a second factor enrols one at the portal",
    event: person(portalMember, { enrolledFactors: [] }),
    calls: [...claims({ [orgType]: "customer" }), enroll],
  },
  {
    title: "a member with a second factor gives it at the portal",
    event: person(portalMember, { enrolledFactors: [{ type: "email" }, { type: "otp" }] }),
    calls: [...claims({ [orgType]: "customer" }), challenge],
  },
  {
    title: "an employee gives the second factor at the company, not here",
    event: { ...employee, client: { metadata: portal } },
    calls: claims({ [orgType]: "customer" }),
  },
  {
    title: "a session that has given its second factor is not asked again",
    event: { ...portalMember, authentication: { methods: [{ name: "pwd" }, { name: "mfa" }] } },
    calls: claims({ [orgType]: "customer" }),
  },
  {
    title: "a password grant cannot ask for a second factor, and is refused",
    event: { ...portalMember, transaction: { protocol: "oauth2-password" } },
    calls: deny("mfa_required: This application asks for a second factor. Please sign in through the browser."),
  },
];
