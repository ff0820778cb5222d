import fc from "fast-check";
import { apps } from "../../../stacks/catalog.ts";
import type { ConnectionEntry } from "../../../stacks/schema/connection.ts";
import {
  asciiWord,
  certificate,
  claimName,
  connectionDisplayName,
  displayName,
  domain,
  flag,
  httpsUrl,
  metadata,
  proof,
  scope,
  secret,
  tenantId,
  word,
} from "./grammar.values.ts";

// A connection of each strategy, good by construction.

type Of<Strategy> = Extract<ConnectionEntry, { readonly strategy: Strategy }>;
/** A generator for each key that the schema has: a new key does not compile without one. */
type Grammar<Entry> = { readonly [Key in keyof Required<Entry>]: fc.Arbitrary<unknown> };

/** A short list of domains, now and then a long one. */
const domains = fc.oneof(
  { weight: 20, arbitrary: fc.uniqueArray(domain, { minLength: 1, maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 20, max: 90 })
      .map((count) => Array.from({ length: count }, (_, n) => `d${n}.e0000.example`)),
  },
);
const profileFields = {
  email: claimName,
  name: claimName,
  given_name: claimName,
  family_name: claimName,
  nickname: claimName,
  picture: claimName,
};
const owner = fc.constant("config");
const declared = { owner, autoMembership: flag };
const federated = {
  ...declared,
  domains,
  proven: fc.dictionary(domain, proof, { maxKeys: 3 }),
  showAsButton: flag,
  displayName: connectionDisplayName,
  profile: fc.constantFrom("each-login", "first-login"),
  iconUrl: httpsUrl,
};
const provisioned = { ...federated, scim: fc.constant(true) };
const client = { clientId: asciiWord, clientSecret: secret };
const openid = {
  ...client,
  scopes: fc.uniqueArray(scope, { minLength: 1, maxLength: 20 }),
  pkce: fc.constantFrom("auto", "S256", "disabled"),
  attributes: fc.record(profileFields, { requiredKeys: [] }),
};
const emailVerified = fc.constantFrom("never", "always");

/** With the keys that must be there, and some of the others: none, or all, now and then. */
export function made(grammar: Readonly<Record<string, fc.Arbitrary<unknown>>>, required: readonly string[]) {
  const optional = Object.keys(grammar).filter((key) => !required.includes(key));
  const some = fc.oneof(
    { weight: 6, arbitrary: fc.subarray(optional) },
    { weight: 1, arbitrary: fc.constantFrom([], optional) },
  );
  return some.chain((keys) => {
    const chosen = Object.entries(grammar).filter(([key]) => required.includes(key) || keys.includes(key));
    return fc.record(Object.fromEntries(chosen)) as fc.Arbitrary<Made>;
  });
}

/** What a grammar makes. */
export type Made = Record<string, unknown>;

const oidc: Grammar<Of<"oidc">> = { strategy: fc.constant("oidc"), issuer: httpsUrl, ...openid, ...provisioned };
const okta: Grammar<Of<"okta">> = { strategy: fc.constant("okta"), domain, ...openid, ...provisioned };
const samlp: Grammar<Of<"samlp">> = {
  strategy: fc.constant("samlp"),
  signInUrl: httpsUrl,
  signOutUrl: httpsUrl,
  certificate,
  entityId: asciiWord,
  requestBinding: fc.constantFrom("redirect", "post"),
  attributes: fc.record({ ...profileFields, user_id: claimName }, { requiredKeys: [] }),
  idpInitiated: fc.record({ reason: displayName, app: fc.constantFrom(...Object.keys(apps)) }),
  ...provisioned,
};
const waad: Grammar<Of<"waad">> = {
  strategy: fc.constant("waad"),
  tenantId,
  ...client,
  tenantDomain: domain,
  emailVerified,
  userId: fc.constantFrom("oid", "sub"),
  ...provisioned,
};
const googleApps: Grammar<Of<"google-apps">> = {
  strategy: fc.constant("google-apps"),
  domain,
  ...client,
  userId: fc.constantFrom("id", "email"),
  ...federated,
};
const adfs: Grammar<Of<"adfs">> = {
  strategy: fc.constant("adfs"),
  metadataUrl: httpsUrl,
  metadata,
  emailVerified,
  ...federated,
};
const ownDatabase: Grammar<Of<"database">> = {
  strategy: fc.constant("database"),
  passwordPolicy: fc.constantFrom("low", "fair", "good", "excellent"),
  minimumLength: fc.integer({ min: 1, max: 128 }),
  passwordHistory: fc.integer({ min: 1, max: 24 }),
  dictionary: fc.uniqueArray(word, { minLength: 1, maxLength: 200 }),
  ...declared,
};
const selfService: Grammar<Extract<ConnectionEntry, { readonly owner: "self-service" }>> = {
  owner: fc.constant("self-service"),
  domains,
  proven: federated.proven,
};

const ofClient = ["strategy", "domains", "clientId", "clientSecret"];

/** A connection of any strategy but a database. */
export const connection: fc.Arbitrary<Made> = fc.oneof(
  made(oidc, [...ofClient, "issuer"]),
  made(okta, [...ofClient, "domain"]),
  made(samlp, ["strategy", "domains", "signInUrl", "certificate"]),
  made(waad, [...ofClient, "tenantId"]).map(ownDomain("tenantDomain")),
  made(googleApps, [...ofClient, "domain"]).map(ownDomain("domain")),
  made(adfs, ["strategy", "domains", "metadataUrl", "metadata"]).chain(oneSource),
  made(selfService, ["owner", "domains"]),
);

export const database = made(ownDatabase, ["strategy"]);

/** One of the connection's domains, where it names one. */
function ownDomain(key: string) {
  return (made: Made): Made => (key in made ? { ...made, [key]: (made.domains as readonly string[])[0] } : made);
}

function oneSource({ metadataUrl, metadata, ...rest }: Made): fc.Arbitrary<Made> {
  return fc.constantFrom({ ...rest, metadataUrl }, { ...rest, metadata });
}
