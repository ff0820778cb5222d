import { z } from "zod";
import { type AppName, apps } from "../catalog.ts";
import { certificate } from "./certificate.ts";
import { distinct, said, strict, text, word } from "./strict.ts";
import {
  asciiWord,
  connectionSecret,
  displayName,
  domain,
  federationMetadata,
  httpsUrl,
  issuer,
  oktaDomain,
  tenantId,
} from "./values.ts";

// What an entry says of each strategy, beside what all have (connection.ts). Only what the provider sends as it is
// written stands here; docs/connections.md says what goes to Auth0, and what is left out and why.

const client = { clientId: asciiWord, clientSecret: connectionSecret };

/** Of what an identity provider says, under a name of its own, without a sign that a template would take for its end. */
const claimName = text(/^[\w.:/-]{1,255}$/, "a claim's name such as upn");

const attributeName = text(
  /^[\x21-\x7e]{1,255}$/,
  "an attribute's name such as http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
);

/** The fields of a profile that may come by another name. What Auth0 takes for verified is none of them. */
function fields<Name extends z.ZodType>(name: Name) {
  return {
    email: name.optional(),
    name: name.optional(),
    given_name: name.optional(),
    family_name: name.optional(),
    nickname: name.optional(),
    picture: name.optional(),
  };
}

const openid = {
  ...client,
  /** Asked for beside openid, profile and email. */
  scopes: distinct(
    text(/^(?!(?:openid|profile|email)$)[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, "a scope beside openid, profile and email"),
    "a list of 1 to 20 scopes",
    20,
  ).optional(),
  /** @default auto: the strongest way that the identity provider announces */
  pkce: word(["auto", "S256", "disabled"]).optional(),
  /** Profile field → claim. @default the claims' own names */
  attributes: strict(fields(claimName)).optional(),
};

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/azuread-adfs-email-verification */
const emailVerified = word(["never", "always"]).optional();

export const oidc = { issuer, ...openid };

export const okta = { domain: oktaDomain, ...openid };

export const samlp = {
  signInUrl: httpsUrl,
  /** @default the identity provider is not told of a logout */
  signOutUrl: httpsUrl.optional(),
  certificate,
  /** What the identity provider knows Auth0 by. @default urn:auth0:<tenant>:<connection> */
  entityId: text(/^[\x21-\x7e]{1,255}$/, "1 to 255 ASCII characters without space, such as urn:travel:acme").optional(),
  /** @default redirect */
  requestBinding: word(["redirect", "post"]).optional(),
  /** Profile field → attribute. @default the usual ones */
  attributes: strict({ ...fields(attributeName), user_id: attributeName.optional() }).optional(),
  /** Whether its people may come without having been asked, and into which app. @default no such login is accepted */
  idpInitiated: strict({ reason: displayName, app: word(Object.keys(apps) as [AppName, ...AppName[]]) }).optional(),
};

export const waad = {
  tenantId,
  ...client,
  /** The directory's own domain. Auth0 routes it by itself: it must stand among the domains. @default no such routing */
  tenantDomain: domain.optional(),
  emailVerified,
  /** By which claim Auth0 knows a person. @default oid: it survives another registration in the directory */
  userId: word(["oid", "sub"]).optional(),
};

export const googleApps = {
  /** The Workspace's primary domain; it must stand among the domains. */
  domain,
  ...client,
  /** By which claim Auth0 knows a person; it can be said once, when the connection is made. @default id */
  userId: word(["id", "email"]).optional(),
};

export const adfs = {
  /** Where AD FS publishes its federation metadata, which Auth0 reads. Either this or the metadata themselves. */
  metadataUrl: httpsUrl.optional(),
  metadata: federationMetadata.optional(),
  emailVerified,
};

const count = (most: number, what: string) =>
  z
    .number({ error: ({ input }) => said(input, what) })
    .int({ error: `not a whole number; allowed: ${what}` })
    .min(1, { error: `too small; allowed: ${what}` })
    .max(most, { error: `too large; allowed: ${what}` });

/** https://auth0.com/docs/authenticate/database-connections/password-options */
export const database = {
  /** @default good */
  passwordPolicy: word(["low", "fair", "good", "excellent"]).optional(),
  /** @default the policy's own */
  minimumLength: count(128, "1 to 128 characters").optional(),
  /** How many of somebody's last passwords cannot come again. @default none is remembered */
  passwordHistory: count(24, "1 to 24 passwords").optional(),
  /** Words that no password may be, beside Auth0's own list. */
  dictionary: distinct(
    text(/^[^\p{Cc}]{1,50}$/u, "a word of 1 to 50 characters"),
    "a list of 1 to 200 words",
    200,
  ).optional(),
};
