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

const client = {
  clientId: asciiWord.describe("The client ID that the company's identity provider gave out."),
  clientSecret: connectionSecret.describe("Where its client secret lies; the secret itself never stands here."),
};

/** Of what an identity provider says, under a name of its own, without a sign that a template would take for its end. */
const claimName = text(/^[\w.:/-]{1,255}$/, "a claim's name such as upn");

const attributeName = text(
  /^[\x21-\x7e]{1,255}$/,
  "an attribute's name such as http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
);

/** The fields of a profile that may come by another name. What Auth0 takes for verified is none of them. */
function fields<Name extends z.ZodType>(name: Name) {
  return {
    email: name.optional().describe("What the identity provider calls the address."),
    name: name.optional().describe("What it calls the full name."),
    given_name: name.optional().describe("What it calls the first name."),
    family_name: name.optional().describe("What it calls the family name."),
    nickname: name.optional().describe("What it calls the short name."),
    picture: name.optional().describe("What it calls the URL of the person's picture."),
  };
}

const openid = {
  ...client,
  scopes: distinct(
    text(/^(?!(?:openid|profile|email)$)[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, "a scope beside openid, profile and email"),
    "a list of 1 to 20 scopes",
    20,
  )
    .optional()
    .describe("What is asked for beside openid, profile and email."),
  pkce: word(["auto", "S256", "disabled"])
    .optional()
    .describe(
      "How the code of a login is bound to it. auto, the strongest way that the identity provider announces, where nothing is written.",
    ),
  attributes: strict(fields(claimName))
    .optional()
    .describe("Which claim each field of a profile comes from. The claims' own names where nothing is written."),
};

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/azuread-adfs-email-verification */
const emailVerified = word(["never", "always"])
  .optional()
  .describe(
    "Whether its people's addresses count as verified, since it does not say so itself. never where nothing is written.",
  );

export const oidc = {
  issuer: issuer.describe(
    "The identity provider's issuer: an https URL without /.well-known/openid-configuration, such as https://login.acme.example/.",
  ),
  ...openid,
};

export const okta = {
  domain: oktaDomain.describe("The company's Okta domain in lower case, such as acme.okta.com."),
  ...openid,
};

export const samlp = {
  signInUrl: httpsUrl.describe("Where the identity provider takes requests to sign in."),
  signOutUrl: httpsUrl
    .optional()
    .describe("Where it takes requests to sign out. It is not told of a logout where nothing is written."),
  certificate: certificate.describe(
    "The certificate that it signs with, as PEM. It is public, and expires: ask for the next one in time.",
  ),
  entityId: text(/^[\x21-\x7e]{1,255}$/, "1 to 255 ASCII characters without space, such as urn:travel:acme")
    .optional()
    .describe("What it knows Auth0 by. urn:auth0:<tenant>:<connection> where nothing is written."),
  requestBinding: word(["redirect", "post"])
    .optional()
    .describe("How requests are sent to it. redirect where nothing is written."),
  attributes: strict({
    ...fields(attributeName),
    user_id: attributeName.optional().describe("What it calls the id of a person, which never changes."),
  })
    .optional()
    .describe("Which attribute each field of a profile comes from. The usual ones where nothing is written."),
  idpInitiated: strict({
    reason: displayName.describe(
      "Why the company needs it: whoever can post to its people's browsers can sign them in.",
    ),
    app: word(Object.keys(apps) as [AppName, ...AppName[]]).describe("The app that such a login enters."),
  })
    .optional()
    .describe(
      "Whether its people may come from its own portal, without having been asked. No such login is accepted where nothing is written.",
    ),
};

export const waad = {
  tenantId: tenantId.describe("The tenant ID of the company's directory, in lower case."),
  ...client,
  tenantDomain: domain
    .optional()
    .describe("The directory's own domain. Auth0 routes it by itself, so it must stand among domains."),
  emailVerified,
  userId: word(["oid", "sub"])
    .optional()
    .describe(
      "By which claim Auth0 knows a person. oid, which survives another registration in the directory, where nothing is written.",
    ),
};

export const googleApps = {
  domain: domain.describe("The Workspace's primary domain; it must stand among domains."),
  ...client,
  userId: word(["id", "email"])
    .optional()
    .describe(
      "By which claim Auth0 knows a person; it can be said once, when the connection is made. id where nothing is written.",
    ),
};

export const adfs = {
  metadataUrl: httpsUrl
    .optional()
    .describe("Where AD FS publishes its federation metadata, which Auth0 reads. Either this or metadata."),
  metadata: federationMetadata
    .optional()
    .describe("The federation metadata themselves, as XML. Either this or metadataUrl."),
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
  passwordPolicy: word(["low", "fair", "good", "excellent"])
    .optional()
    .describe("How strong a password must be. good where nothing is written."),
  minimumLength: count(128, "1 to 128 characters")
    .optional()
    .describe("The least characters of a password. The policy's own number where nothing is written."),
  passwordHistory: count(24, "1 to 24 passwords")
    .optional()
    .describe("How many of somebody's last passwords cannot come again. None is remembered where nothing is written."),
  dictionary: distinct(text(/^[^\p{Cc}]{1,50}$/u, "a word of 1 to 50 characters"), "a list of 1 to 200 words", 200)
    .optional()
    .describe("Words that no password may be, beside Auth0's own list."),
};
