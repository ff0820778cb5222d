/**
 * Everything a decision may turn on: each dimension, its values, and the piece of Auth0's event that a value stands for
 * (https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-event-object).
 */

/** The policy of an app, as its client carries it. `unwritten` is an app whose operator wrote none. */
const app = {
  main: policy({ org_types: "customer", org_requires: "none", individuals: "allow", stage_claim: "on", mfa: "off" }),
  "main-personal": policy({
    org_types: "none",
    org_requires: "none",
    individuals: "allow",
    stage_claim: "on",
    mfa: "off",
  }),
  portal: policy({
    org_types: "customer",
    org_requires: "api_access=on",
    individuals: "deny",
    stage_claim: "off",
    mfa: "password",
  }),
  "vendor-catering": policy({
    org_types: "vendor",
    org_requires: "vendor_kind=catering",
    individuals: "deny",
    stage_claim: "off",
    mfa: "off",
  }),
  "vendor-rental": policy({
    org_types: "vendor",
    org_requires: "vendor_kind=rental",
    individuals: "deny",
    stage_claim: "off",
    mfa: "off",
  }),
  unwritten: {},
};

function policy(rest: Record<"org_types" | "org_requires" | "individuals" | "stage_claim" | "mfa", string>) {
  return { policy_version: "2", ...rest };
}

/** A login without an organization; its four dimensions below then have the one value `-`. */
const individual = { yes: undefined, no: undefined };

/** The four make up an organization's metadata. Each kind of condition goes with every type: a vendor may carry both. */
const type = { customer: { type: "customer" }, vendor: { type: "vendor" }, partner: { type: "partner" }, missing: {} };
const status = { active: { status: "active" }, suspended: { status: "suspended" }, missing: {} };
const apiAccess = { on: { api_access: "on" }, off: { api_access: "off" }, missing: {} };
const vendorKind = { catering: { vendor_kind: "catering" }, rental: { vendor_kind: "rental" }, missing: {} };

/** `event.connection.strategy`; the last is one that Auth0 does not have yet. */
const strategy = {
  auth0: "auth0",
  email: "email",
  "google-oauth2": "google-oauth2",
  oidc: "oidc",
  okta: "okta",
  samlp: "samlp",
  waad: "waad",
  unknown: "brand-new",
};

/** Whose the connection is where it belongs to a company; the others carry no metadata. */
const connectionOfAcme = { slug: "acme", domains: "acme.example,acme.test" };

/**
 * The domain of the person's address. `own` is one of the connection's; a database, social or passwordless connection
 * owns none, so there `own` only says that the domain is claimed, by Acme, as `anothers` is by another company.
 */
const domain = {
  own: { email: "ann@acme.test" },
  anothers: { email: "ann@globex.example" },
  unclaimed: { email: "ann@home.example" },
  absent: {},
};

const verified = { yes: { email_verified: true }, no: { email_verified: false } };

/**
 * `company` puts two words against each other: the company's, which wins, and the person's. An individual has no
 * company, so there the person's own word counts.
 */
const stage = {
  person: { person: { stage: "owner" }, organization: {} },
  company: { person: { stage: "owner" }, organization: { stage: "prospect" } },
  unknown: { person: { stage: "king" }, organization: {} },
  none: { person: {}, organization: {} },
};

const protocol = {
  "oidc-basic-profile": { protocol: "oidc-basic-profile", prompt: [] },
  silent: { protocol: "oidc-basic-profile", prompt: ["none"] },
  "oauth2-refresh-token": { protocol: "oauth2-refresh-token" },
  samlp: { protocol: "samlp" },
  wsfed: { protocol: "wsfed" },
  "oidc-implicit-profile": { protocol: "oidc-implicit-profile" },
  "oauth2-password": { protocol: "oauth2-password" },
};

const pieces = {
  app,
  individual,
  type,
  status,
  apiAccess,
  vendorKind,
  strategy,
  domain,
  verified,
  stage,
  protocol,
};

type Pieces = typeof pieces;
export type Dimension = keyof Pieces;
/** A person without an organization has none of these. */
type OfOrganization = "type" | "status" | "apiAccess" | "vendorKind";
export type Value<D extends Dimension> = keyof Pieces[D] | (D extends OfOrganization ? "-" : never);
export type Combination = { readonly [D in Dimension]: Value<D> };

/** The names of every dimension, in the order in which `combinations` counts through them. */
export const dimensions = Object.keys(pieces) as readonly Dimension[];

/** The names of every value of a dimension. */
export function valuesOf<D extends Dimension>(dimension: D): readonly Value<D>[] {
  const names = Object.keys(pieces[dimension]) as Value<D>[];
  const absent: Dimension[] = ["type", "status", "apiAccess", "vendorKind"];
  return absent.includes(dimension) ? [...names, "-" as Value<D>] : names;
}

/** Every combination there is: the full product, but for organization dimensions of somebody who has none. */
export function* combinations(): Generator<Combination> {
  const chosen: Partial<Record<Dimension, string>> = {};
  function* choose(from: number): Generator<Combination> {
    const dimension = dimensions[from];
    if (dimension === undefined) {
      yield { ...chosen } as Combination;
      return;
    }
    for (const value of valuesOf(dimension)) {
      const ofOrganization = dimension in metadataPieces;
      if (ofOrganization && (value === "-") !== (chosen.individual === "yes")) continue;
      chosen[dimension] = value;
      yield* choose(from + 1);
    }
  }
  yield* choose(0);
}

const metadataPieces = { type, status, apiAccess, vendorKind };

/** The two domains of Acme, and those of two other companies; `home.example` is nobody's. */
export const claimedDomains = ["acme.example", "acme.test", "globex.example", "xn--bcher-kva.example"];

/** Who signs in, and from which organization, decides nothing by its id. */
export const userId = "auth0|65f1c0ffee65f1c0ffee65f1";
export const organizationId = "org_W4nQ7dXk2sVb9LpT";

/** The event of one combination, of somebody's first login: no role yet, no second factor enrolled. */
export function eventOf(at: Combination): Record<string, unknown> {
  const owned = !["auth0", "email", "google-oauth2"].includes(at.strategy);
  const words = stage[at.stage];
  return {
    client: { client_id: "c1", name: at.app, metadata: app[at.app] },
    connection: {
      id: "con_1",
      name: "c",
      strategy: strategy[at.strategy],
      metadata: owned ? connectionOfAcme : {},
    },
    organization: organizationOf(at),
    user: {
      user_id: userId,
      ...domain[at.domain],
      ...verified[at.verified],
      app_metadata: words.person,
      enrolledFactors: [],
      identities: [{ connection: "c", provider: strategy[at.strategy], user_id: "65f1c0ffee65f1c0ffee65f1" }],
    },
    transaction: protocol[at.protocol],
    authentication: { methods: [{ name: "pwd", timestamp: "2026-01-01T00:00:00.000Z" }] },
    authorization: { roles: [] },
  };
}

function organizationOf(at: Combination): Record<string, unknown> | undefined {
  if (at.type === "-" || at.status === "-" || at.apiAccess === "-" || at.vendorKind === "-") return undefined;
  const metadata = {
    ...type[at.type],
    ...status[at.status],
    ...apiAccess[at.apiAccess],
    ...vendorKind[at.vendorKind],
    ...stage[at.stage].organization,
  };
  return { id: organizationId, name: "acme", display_name: "Acme", metadata };
}
