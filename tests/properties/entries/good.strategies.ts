import { saml } from "../../e2e/strategies.entries.ts";
import { member, newPerson } from "../../scenarios/story.ts";
import { ann, type GoodEntries, named, notServed, oidc, okta, through, visit } from "./good.ts";

const samlp = (slug: string, more: object = {}) => ({
  strategy: "samlp",
  signInUrl: `https://login.${slug}.example/sign-in`,
  certificate: saml.certificate,
  domains: [`${slug}.example`],
  ...more,
});
const entra = (slug: string, tenantId: string, more: object = {}) => {
  const { issuer: _, ...client } = oidc(slug);
  return { ...client, strategy: "waad", tenantId, ...more };
};
/** Two companies have one provider: Google's name is one. */
const google = (slug: string, more: object = {}) => {
  const { issuer: _, ...client } = oidc(slug, { clientId: "google-client" });
  return { ...client, strategy: "google-apps", domain: `${slug}.example`, ...more };
};
/** As a policy of `excellent` wants it. */
const password = "Loopback-Only-No-17";
const attributes = {
  email: "mail",
  name: "display",
  given_name: "given",
  family_name: "family",
  nickname: "nick",
  picture: "photo",
};
const shown = { showAsButton: true, iconUrl: "https://assets.example/icon.png" };
const federated = { ...shown, owner: "config", autoMembership: true, profile: "first-login" };
const one = (title: string, slug: string, connection: object): GoodEntries => ({
  [slug]: { title, entry: through(slug, connection), logins: [[visit(ann(slug)), `in ${slug}`]] },
});

/** A company for each strategy, with the least and with all that it may say. */
export const strategies: GoodEntries = {
  ...one("OpenID Connect, with the least", "oidc-least", oidc("oidc-least")),
  ...one(
    "OpenID Connect, with all options",
    "oidc-all",
    oidc("oidc-all", { ...federated, scim: true, scopes: ["offline_access", "address"], pkce: "S256", attributes }),
  ),
  ...one("OpenID Connect without PKCE", "oidc-open", oidc("oidc-open", { pkce: "disabled", profile: "each-login" })),
  ...one(
    "an issuer with a port and a path",
    "oidc-path",
    oidc("oidc-path", { issuer: "https://login.oidc-path.example:8443/realms/staff" }),
  ),
  ...one(
    "the secret with AWS Secrets Manager",
    "oidc-aws",
    oidc("oidc-aws", {
      clientSecret: { arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:oidc-aws-AbCdEf" },
    }),
  ),
  ...one(
    "a client id with signs",
    "oidc-signs",
    oidc("oidc-signs", { clientId: "https://travel.example/~oidc?x=1&y='2'" }),
  ),
  ...one("Okta, with the least", "okta-least", okta("okta-least")),
  ...one(
    "Okta, with all options",
    "okta-all",
    okta("okta-all", { ...federated, scopes: ["groups"], pkce: "auto", attributes }),
  ),
  ...one("SAML, with the least", "saml-least", samlp("saml-least")),
  ...one(
    "SAML, with all options",
    "saml-all",
    samlp("saml-all", {
      ...federated,
      signOutUrl: "https://login.saml-all.example/out",
      entityId: "urn:travel:saml-all",
      requestBinding: "post",
      attributes: { ...attributes, user_id: "uid" },
      idpInitiated: { reason: "their intranet has a tile for us", app: "main" },
    }),
  ),
  ...one("Entra, with the least", "entra-least", entra("entra-least", "0f8fad5b-d9cb-469f-a165-70867728950e")),
  ...one(
    "Entra, with all options",
    "entra-all",
    entra("entra-all", "7c9e6679-7425-40de-944b-e07fc1f90ae7", {
      ...federated,
      tenantDomain: "entra-all.example",
      emailVerified: "always",
      userId: "sub",
    }),
  ),
  ...one("Google Workspace, with the least", "google-least", google("google-least")),
  ...one(
    "Google Workspace, with all options",
    "google-all",
    google("google-all", {
      ...federated,
      userId: "email",
      domains: ["google-all.example", "second.google-all.example"],
    }),
  ),
  "adfs-least": {
    title: "AD FS by the address of its metadata: the login leads to it, and the local tenant plays none",
    entry: through("adfs-least", {
      strategy: "adfs",
      metadataUrl: "https://adfs-least.example/FederationMetadata/2007-06/FederationMetadata.xml",
      domains: ["adfs-least.example"],
    }),
    logins: [[visit(ann("adfs-least")), notServed("adfs-least-sso")]],
  },
  "adfs-all": {
    title: "AD FS by its metadata, with all options: the login leads to it, and the local tenant plays none",
    entry: through("adfs-all", {
      ...federated,
      strategy: "adfs",
      metadata: '<EntityDescriptor entityID="http://adfs.example/"/>',
      emailVerified: "always",
      domains: ["adfs-all.example"],
    }),
    logins: [[visit(ann("adfs-all")), notServed("adfs-all-sso")]],
  },
  "own-least": {
    title: "a database of its own, with the least",
    entry: through("own-least", { strategy: "database" }),
    logins: [
      [{ change: [newPerson("dan@mail.example", { connection: "own-least-sso" })] }, "done"],
      [named("own-least", "dan@mail.example"), "in own-least"],
      [visit("dan@mail.example", { browser: "dan again" }), "stopped at password: Wrong email or password"], // the shared directory answers
    ],
  },
  "own-all": {
    title: "a database of its own, with all options",
    entry: through("own-all", {
      strategy: "database",
      owner: "config",
      autoMembership: false,
      passwordPolicy: "excellent",
      minimumLength: 16,
      passwordHistory: 24,
      dictionary: ["travel", "Köln GmbH"],
    }),
    logins: [
      [{ change: [newPerson("vic@mail.example", { connection: "own-all-sso", password })] }, "done"],
      [
        named("own-all", "vic@mail.example", { password }),
        "refused: user is not part of the {org:own-all} organization",
      ],
      [{ change: [member("vic@mail.example", "own-all")] }, "done"],
      [named("own-all", "vic@mail.example", { password }), "in own-all"],
    ],
  },
  "self-kept": {
    title: "a connection that the company keeps by itself, before it is there: nobody has a password at its domain",
    entry: through("self-kept", { owner: "self-service", domains: ["self-kept.example"] }),
    logins: [[visit(ann("self-kept")), "stopped at password: Wrong email or password"]],
  },
};
