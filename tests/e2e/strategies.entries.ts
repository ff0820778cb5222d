import { join } from "node:path";
import { stringify } from "yaml";
import { readProviders } from "../../local/idp/file.ts";
import { root } from "../harness/stack-settings.ts";

export const tenantId = "0f8fad5b-d9cb-469f-a165-70867728950e";
export const otherTenantId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

const client = (slug: string) => ({ clientId: `${slug}-client`, clientSecret: { config: `${slug}-secret` } });
const company = (slug: string, connection: object) => ({
  displayName: slug,
  type: "customer",
  conditions: { api_access: "on" },
  stage: "owner",
  connections: { [`${slug}-sso`]: connection },
});

/** The secrets that the entries name. */
export const secrets = ["entra-secret", "fabrikam-secret", "google-secret", "okta-secret", "oidc-secret"];

export const secretOf = (name: string) => `hush-${name}`;

/** The key pair of the one provider of SAML that the checkout has. */
export const saml = samlPair();

function samlPair() {
  const { borealis } = readProviders(join(root, "stacks/local/identity-providers.yaml"));
  if (borealis?.flavour !== "samlp") throw new Error("borealis does not sign in by SAML");
  return { certificate: borealis.certificate, key: borealis.key };
}

const metadata = `<EntityDescriptor entityID="http://adfs.example/"/>`;

/** A company for each strategy, with every key that it has, by slug. */
export const entries = {
  entra: company("entra", { strategy: "waad", tenantId, ...client("entra"), domains: ["entra.example"] }),
  fabrikam: company("fabrikam", {
    strategy: "waad",
    tenantId: otherTenantId,
    tenantDomain: "fabrikam.example",
    ...client("fabrikam"),
    emailVerified: "always",
    userId: "sub",
    profile: "first-login",
    iconUrl: "https://fabrikam.example/icon.png",
    domains: ["fabrikam.example"],
  }),
  google: company("google", {
    strategy: "google-apps",
    domain: "google-user.example",
    ...client("google"),
    domains: ["google-user.example", "second.example"],
  }),
  okta: company("okta", {
    strategy: "okta",
    domain: "okta-user.okta.example",
    ...client("okta"),
    scopes: ["offline_access"],
    pkce: "S256",
    scim: true,
    domains: ["okta-user.example"],
  }),
  openid: company("openid", {
    strategy: "oidc",
    issuer: "https://login.openid.example/",
    ...client("oidc"),
    attributes: { email: "mail", name: "display" },
    domains: ["openid.example"],
  }),
  saml: company("saml", {
    strategy: "samlp",
    signInUrl: "https://login.saml.example/sso/sign-in",
    certificate: saml.certificate,
    attributes: { nickname: "uid" },
    domains: ["saml.example"],
  }),
  posted: company("posted", {
    strategy: "samlp",
    signInUrl: "https://login.posted.example/sign-in",
    signOutUrl: "https://login.posted.example/out",
    certificate: saml.certificate,
    entityId: "urn:travel:posted",
    requestBinding: "post",
    idpInitiated: { reason: "their intranet has a tile for us", app: "main" },
    domains: ["posted.example"],
  }),
  adfs: company("adfs", {
    strategy: "adfs",
    metadataUrl: "https://adfs.example/FederationMetadata/2007-06/FederationMetadata.xml",
    domains: ["adfs.example"],
  }),
  "adfs-file": company("adfs-file", {
    strategy: "adfs",
    metadata,
    emailVerified: "always",
    domains: ["adfs-file.example"],
  }),
  people: company("people", { strategy: "database" }),
  vault: company("vault", {
    strategy: "database",
    passwordPolicy: "excellent",
    minimumLength: 16,
    passwordHistory: 5,
    dictionary: ["vault", "Vault GmbH"],
    autoMembership: false,
  }),
  own: company("own", { owner: "self-service", domains: ["own.example"] }),
};

export const entryText = (entry: object) => stringify(entry, { keepUndefined: false });
