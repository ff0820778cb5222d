import { expect, test } from "vitest";
import { pem } from "./certificates.ts";
import { config, customer, entryFaults, faults, load, oidc, okta, samlp, secret, vendor } from "./project.ts";
import { adfs, database, googleApps, selfService, waad, withOnly } from "./strategies.ts";

const place = "connections.acme-sso";
const shared = "owner, autoMembership, domains, proven, displayName, showAsButton, profile, iconUrl";
const provisioned = `${shared}, scim`;
const tenantRule = "allowed: the directory's tenant id in lower case such as 0f8fad5b-d9cb-469f-a165-70867728950e";
const domainRule = "allowed: a domain in lower case such as example.com (punycode for other scripts)";
const urlRule = "allowed: an https URL without user, query and fragment";
const metadataRule =
  "allowed: the federation metadata of AD FS as XML, at most 100,000 characters, without a document type";
const arnRule =
  "allowed: the ARN of a secret such as arn:aws:secretsmanager:eu-central-1:123456789012:secret:acme-sso-AbCdEf";
const secretRule = "allowed: an object with config or arn and nothing else";
const claimRule = "allowed: a claim's name such as upn";
const scopeRule = "allowed: a scope beside openid, profile and email";
const template = `\${context.userinfo.upn}`;
const apps = "main, main-personal, portal, vendor-catering, vendor-rental";
const saml = { ...samlp, certificate: pem };
const metadata = '<?xml version="1.0"?><EntityDescriptor entityID="http://adfs.acme.example/adfs/services/trust"/>';
const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:acme/sso-AbCdEf";
const hidden =
  "connections: no connection shows its button, and Auth0 lets nobody into such an organization by its name; allowed: showAsButton: true for one";
const onePlace = `${place}.metadataUrl: Auth0 needs the federation metadata from one place; allowed: either metadataUrl or metadata`;

/** A connection that stands alone in an entry, and what is said of it. */
const bad: [title: string, connection: object, ...lines: string[]][] = [
  ["no tenant id", { ...waad, tenantId: undefined }, `${place}.tenantId: missing; ${tenantRule}`],
  [
    "a domain for a tenant id",
    { ...waad, tenantId: "acme.example" },
    `${place}.tenantId: this string cannot be used; ${tenantRule}`,
  ],
  [
    "a tenant id in capitals",
    { ...waad, tenantId: waad.tenantId.toUpperCase() },
    `${place}.tenantId: this string cannot be used; ${tenantRule}`,
  ],
  [
    "a tenant domain that the connection does not have",
    { ...waad, tenantDomain: "acme.onmicrosoft.example" },
    `${place}.tenantDomain: Auth0 routes this domain by itself; allowed: one of this connection's domains`,
  ],
  [
    "a tenant domain in capitals",
    { ...waad, tenantDomain: "Acme.example" },
    `${place}.tenantDomain: "Acme.example" cannot be used; ${domainRule}`,
    `${place}.tenantDomain: Auth0 routes this domain by itself; allowed: one of this connection's domains`,
  ],
  [
    "addresses that are verified sometimes",
    { ...waad, emailVerified: "sometimes" },
    `${place}.emailVerified: "sometimes" cannot be used; allowed: never, always`,
  ],
  [
    "verified addresses as true",
    { ...waad, emailVerified: true },
    `${place}.emailVerified: true cannot be used; allowed: never, always`,
  ],
  [
    "a claim that Microsoft does not have for the person",
    { ...waad, userId: "upn" },
    `${place}.userId: "upn" cannot be used; allowed: oid, sub`,
  ],
  [
    "an issuer at Microsoft Entra",
    { ...waad, issuer: oidc.issuer },
    `${place}: unknown key issuer; allowed: strategy, tenantId, clientId, clientSecret, tenantDomain, emailVerified, userId, ${provisioned}`,
  ],
  [
    "no client secret at Microsoft Entra",
    { ...waad, clientSecret: undefined },
    `${place}.clientSecret: missing; ${secretRule}`,
  ],
  ["no Workspace", { ...googleApps, domain: undefined }, `${place}.domain: missing; ${domainRule}`],
  [
    "a Workspace whose domain the connection does not have",
    { ...googleApps, domain: "acme-group.example" },
    `${place}.domain: people of this domain sign in here; allowed: one of this connection's domains`,
  ],
  [
    "a Google account's sub",
    { ...googleApps, userId: "sub" },
    `${place}.userId: "sub" cannot be used; allowed: id, email`,
  ],
  [
    "verified addresses at Google, which says it by itself",
    { ...googleApps, emailVerified: "always" },
    `${place}: unknown key emailVerified; allowed: strategy, domain, clientId, clientSecret, userId, ${shared}`,
  ],
  ["AD FS without metadata", { ...adfs, metadataUrl: undefined }, onePlace],
  ["AD FS with metadata from two places", { ...adfs, metadata }, onePlace],
  [
    "metadata over http",
    { ...adfs, metadataUrl: "http://adfs.acme.example/metadata" },
    `${place}.metadataUrl: "http://adfs.acme.example/metadata" cannot be used; ${urlRule}`,
  ],
  [
    "metadata that are none",
    { ...adfs, metadataUrl: undefined, metadata: "<html/>" },
    `${place}.metadata: this string cannot be used; ${metadataRule}`,
  ],
  [
    "metadata with a document type",
    { ...adfs, metadataUrl: undefined, metadata: `<!DOCTYPE x>${metadata}` },
    `${place}.metadata: this string cannot be used; ${metadataRule}`,
  ],
  [
    "metadata that are too long",
    { ...adfs, metadataUrl: undefined, metadata: metadata + " ".repeat(100_000) },
    `${place}.metadata: too long; ${metadataRule}`,
  ],
  [
    "a client at AD FS",
    { ...adfs, clientId: "travel" },
    `${place}: unknown key clientId; allowed: strategy, metadataUrl, metadata, emailVerified, ${shared}`,
  ],
  [
    "a database with domains",
    { ...database, domains: ["acme.example"] },
    `${place}: unknown key domains; allowed: strategy, passwordPolicy, minimumLength, passwordHistory, dictionary, owner, autoMembership`,
  ],
  [
    "passwords of any kind",
    { ...database, passwordPolicy: "none" },
    `${place}.passwordPolicy: "none" cannot be used; allowed: low, fair, good, excellent`,
  ],
  [
    "a password of no length",
    { ...database, minimumLength: 0 },
    `${place}.minimumLength: too small; allowed: 1 to 128 characters`,
  ],
  [
    "a password of half a character more",
    { ...database, minimumLength: 8.5 },
    `${place}.minimumLength: not a whole number; allowed: 1 to 128 characters`,
  ],
  [
    "a length in quotes",
    { ...database, minimumLength: "12" },
    `${place}.minimumLength: "12" cannot be used; allowed: 1 to 128 characters`,
  ],
  [
    "more passwords than Auth0 remembers",
    { ...database, passwordHistory: 25 },
    `${place}.passwordHistory: too large; allowed: 1 to 24 passwords`,
  ],
  [
    "a dictionary without words",
    { ...database, dictionary: [] },
    `${place}.dictionary: empty; allowed: a list of 1 to 200 words`,
  ],
  [
    "a word twice in a dictionary",
    { ...database, dictionary: ["acme", "acme"] },
    `${place}.dictionary: something stands twice; allowed: each once`,
  ],
  [
    "a scope that is asked for anyhow",
    { ...oidc, scopes: ["email"] },
    `${place}.scopes[0]: "email" cannot be used; ${scopeRule}`,
  ],
  [
    "two scopes in one",
    { ...okta, scopes: ["groups offline_access"] },
    `${place}.scopes[0]: "groups offline_access" cannot be used; ${scopeRule}`,
  ],
  [
    "proof of a code in plain text",
    { ...oidc, pkce: "plain" },
    `${place}.pkce: "plain" cannot be used; allowed: auto, S256, disabled`,
  ],
  [
    "a claim for what is verified",
    { ...oidc, attributes: { email_verified: "ok" } },
    `${place}.attributes: unknown key email_verified; allowed: email, name, given_name, family_name, nickname, picture`,
  ],
  [
    "a template for a claim",
    { ...oidc, attributes: { email: template } },
    `${place}.attributes.email: "${template}" cannot be used; ${claimRule}`,
  ],
  [
    "SAML that comes unasked, without a reason",
    { ...saml, idpInitiated: { app: "main" } },
    `${place}.idpInitiated.reason: missing; allowed: 1 to 255 visible characters without < and >`,
  ],
  [
    "SAML that comes unasked, into no app",
    { ...saml, idpInitiated: { reason: "their portal links to us", app: "shop" } },
    `${place}.idpInitiated.app: "shop" cannot be used; allowed: ${apps}`,
  ],
  [
    "SAML that comes unasked, as true",
    { ...saml, idpInitiated: true },
    `${place}.idpInitiated: this boolean cannot be used; allowed: an object with reason, app`,
  ],
  [
    "a request by a binding that SAML does not have here",
    { ...saml, requestBinding: "artifact" },
    `${place}.requestBinding: "artifact" cannot be used; allowed: redirect, post`,
  ],
  [
    "the format of a name, which the provider cannot send",
    { ...saml, nameIdFormat: "persistent" },
    `${place}: unknown key nameIdFormat; allowed: strategy, signInUrl, signOutUrl, certificate, entityId, requestBinding, attributes, idpInitiated, ${provisioned}`,
  ],
  [
    "auto-membership as a word",
    { ...oidc, autoMembership: "on" },
    `${place}.autoMembership: "on" cannot be used; allowed: true, false`,
  ],
  [
    "a profile that is never taken over",
    { ...oidc, profile: "never" },
    `${place}.profile: "never" cannot be used; allowed: each-login, first-login`,
  ],
  [
    "SCIM with a token",
    { ...oidc, scim: { token: "hush" } },
    `${place}.scim: an object cannot be used; allowed: true, or leave it out`,
  ],
  ["SCIM that is off", { ...okta, scim: false }, `${place}.scim: false cannot be used; allowed: true, or leave it out`],
  [
    "SCIM of a strategy that Auth0 does not provision",
    { ...adfs, scim: true },
    `${place}: unknown key scim; allowed: strategy, metadataUrl, metadata, emailVerified, ${shared}`,
  ],
  [
    "a text on a button that is too long",
    { ...oidc, displayName: "x".repeat(129) },
    `${place}.displayName: "${"x".repeat(100)}"… (129 characters) cannot be used; allowed: 1 to 128 visible characters without < and >`,
  ],
  ["connections that are all hidden", { ...oidc, showAsButton: false }, hidden],
  [
    "an owner that nobody knows",
    { ...oidc, owner: "acme" },
    `${place}.owner: "acme" cannot be used; allowed: config, self-service`,
  ],
  [
    "a self-service connection with a strategy",
    { ...selfService, strategy: "oidc" },
    `${place}: unknown key strategy; allowed: owner, domains, proven`,
  ],
  [
    "a self-service connection without domains",
    { owner: "self-service" },
    `${place}.domains: missing; allowed: a list of 1 to 1000 domains`,
  ],
  [
    "an ARN of another service",
    { ...oidc, clientSecret: { arn: "arn:aws:ssm:eu-central-1:123456789012:parameter/acme" } },
    `${place}.clientSecret.arn: this string cannot be used; ${arnRule}`,
  ],
  [
    "an ARN without account",
    { ...oidc, clientSecret: { arn: arn.replace("123456789012", "") } },
    `${place}.clientSecret.arn: this string cannot be used; ${arnRule}`,
  ],
  [
    "the name of a secret for its ARN",
    { ...waad, clientSecret: { arn: "acme/sso" } },
    `${place}.clientSecret.arn: this string cannot be used; ${arnRule}`,
  ],
  [
    "a secret in two places",
    { ...oidc, clientSecret: { config: "acme-secret", arn } },
    `${place}.clientSecret: an object cannot be used; ${secretRule}`,
  ],
  [
    "a secret in plain",
    { ...waad, clientSecret: "hunter2-hunter2" },
    `${place}.clientSecret: this string cannot be used; ${secretRule}`,
  ],
  [
    "a secret under a key of its own",
    { ...googleApps, clientSecret: { "hunter2-hunter2": true } },
    `${place}.clientSecret: an object cannot be used; ${secretRule}`,
  ],
];

test.each(bad)("%s is refused", (_, connection, ...lines) => {
  expect(entryFaults(withOnly(connection))).toEqual(lines);
  expect(lines.join()).not.toContain("hunter2");
});

/** Sets of entries, and what is said of them. */
const beside = (name: string, other: string) =>
  `${name} beside ${other}: two databases in one login, and Auth0 cannot tell whose a password is; allowed: one`;
const people = { ...customer, connections: { "acme-people": database } };
const badSets: [title: string, files: Record<string, object>, ...lines: string[]][] = [
  [
    "two databases of one company",
    { "acme.yaml": { ...customer, connections: { "acme-people": database, "acme-more": database } } },
    `acme.yaml: connections.acme-more.strategy: ${beside("acme-more", "acme-people")}`,
  ],
  [
    "a company's own database beside the shared directory",
    { "acme.yaml": { ...people, guests: ["users"] } },
    `acme.yaml: guests[0]: ${beside("users", "acme-people")}`,
  ],
  [
    "guests from a company's database where people have passwords of the shared directory",
    { "acme.yaml": people, "beta.yaml": { ...customer, connections: undefined, guests: ["acme-people"] } },
    `beta.yaml: guests[0]: ${beside("acme-people", "users")}`,
  ],
  [
    "guests from two databases",
    {
      "acme.yaml": people,
      "beta.yaml": {
        ...customer,
        connections: { "beta-sso": { ...oidc, clientSecret: { arn }, domains: ["beta.example"] } },
        guests: ["users", "acme-people"],
      },
    },
    `beta.yaml: guests[1]: ${beside("acme-people", "users")}`,
  ],
];

test.each(badSets)("%s are refused", (_, files, ...lines) => {
  const found = faults({ config, files }).slice(1);
  expect(found).toEqual(lines.map((line) => `✖ stacks/local/customers/${line}`));
});

/** A connection that stands alone in an entry. */
const good: [title: string, connection: object][] = [
  ["Microsoft Entra", waad],
  ["Microsoft Entra that routes its own domain", { ...waad, tenantDomain: "acme.example" }],
  ["Microsoft Entra whose addresses are believed", { ...waad, emailVerified: "always" }],
  ["Microsoft Entra that knows people by sub", { ...waad, userId: "sub", profile: "first-login" }],
  ["Google Workspace", googleApps],
  ["Google Workspace of several domains", { ...googleApps, domains: ["acme.example", "acme-group.example"] }],
  ["Google Workspace that knows people by their address", { ...googleApps, userId: "email" }],
  ["AD FS that publishes its metadata", adfs],
  ["AD FS by its metadata", { ...adfs, metadataUrl: undefined, metadata, emailVerified: "always" }],
  ["a database of the company's own", database],
  [
    "a database with rules for its passwords",
    {
      ...database,
      passwordPolicy: "excellent",
      minimumLength: 16,
      passwordHistory: 24,
      dictionary: ["acme", "Acme GmbH"],
    },
  ],
  [
    "OIDC with more scopes, another proof and other claims",
    { ...oidc, scopes: ["groups"], pkce: "S256", attributes: { email: "upn", name: "https://acme.example/name" } },
  ],
  ["OIDC without proof of the code", { ...oidc, pkce: "disabled" }],
  ["Okta with more scopes", { ...okta, scopes: ["groups", "offline_access"] }],
  [
    "SAML with a name of its own, by POST, with other attributes",
    {
      ...saml,
      entityId: "urn:travel:acme",
      requestBinding: "post",
      attributes: { email: "mail", user_id: "urn:oid:0.9.2342.19200300.100.1.1" },
    },
  ],
  [
    "SAML that may come unasked",
    { ...saml, idpInitiated: { reason: "their intranet has a tile for us", app: "main" } },
  ],
  ["OIDC with SCIM", { ...oidc, scim: true, profile: "each-login" }],
  ["Okta with SCIM", { ...okta, scim: true }],
  ["SAML with SCIM", { ...saml, scim: true }],
  ["Entra ID with SCIM", { ...waad, scim: true }],
  ["a connection that makes nobody a member", { ...oidc, autoMembership: false }],
  [
    "a connection that says whose it is",
    { ...oidc, owner: "config", showAsButton: true, iconUrl: "https://acme.example/i.png" },
  ],
  ["a connection that the company keeps by itself", selfService],
  ["a secret with AWS", { ...oidc, clientSecret: { arn } }],
  ["a secret with AWS in China", { ...waad, clientSecret: { arn: arn.replace("arn:aws", "arn:aws-cn") } }],
];

test.each(good)("%s is accepted as it is written", (_, connection) => {
  const entry = withOnly(connection);
  const set = JSON.stringify(entry).includes("acme-secret") ? secret : {};
  const { companies } = load({ config: { ...config, ...set }, files: { "acme.yaml": entry } });
  const written = JSON.parse(JSON.stringify(connection));
  expect(companies.map((company) => company.entry.connections)).toEqual([{ "acme-sso": written }]);
});

test("a vendor may have a database of its own", () => {
  const files = { "table.yaml": { ...vendor, connections: { "table-people": database } } };
  expect(faults({ config, files })).toEqual([]);
});

test("guests may come from a company's database where no other is", () => {
  const files = {
    "acme.yaml": people,
    "beta.yaml": {
      ...customer,
      connections: { "beta-sso": { ...selfService, domains: ["beta.example"] } },
      guests: ["acme-people"],
    },
  };
  expect(faults({ config, files })).toEqual([]);
});

test("one of several connections may be hidden", () => {
  const connections = {
    "acme-sso": { ...oidc, showAsButton: false },
    "acme-new": { ...waad, domains: ["new.example"] },
  };
  expect(entryFaults({ ...customer, connections })).toEqual([]);
});
