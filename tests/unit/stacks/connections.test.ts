import { expect, test } from "vitest";
import { elliptic, expired, pem, privateKey, weak } from "./certificates.ts";
import { config, customer, entryFaults, faults, oidc, okta, samlp, secret, vendor, withConnection } from "./project.ts";

const place = "connections.acme-sso";
const domainRule = "allowed: a domain in lower case such as example.com (punycode for other scripts)";
const nameRule = "allowed: a connection name of 1 to 128 lower-case letters, digits and single hyphens between them";
const issuerRule =
  "allowed: the issuer's https URL without /.well-known/openid-configuration, user, query and fragment";
const urlRule = "allowed: an https URL without user, query and fragment";
const oktaRule = "allowed: the company's Okta domain in lower case such as acme.okta.com";
const wordRule = "allowed: 1 to 255 ASCII characters without space";
const certificateRule =
  "allowed: the certificate that the identity provider signs with, as PEM: one block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
const keyRule = "a key that is too weak or not RSA; allowed: RSA of 2048 bits or more";
const mapRule = "allowed: a map from connection name to connection";
const shared = "owner, autoMembership, domains, proven, displayName, showAsButton, profile, iconUrl";
const provisioned = `${shared}, scim`;
const openid = "clientId, clientSecret, scopes, pkce, attributes";
const withSaml = (change: object) => ({
  ...customer,
  connections: { "acme-sso": { ...samlp, certificate: pem, ...change } },
});
const withOkta = (change: object) => ({ ...customer, connections: { "acme-sso": { ...okta, ...change } } });

const single: [title: string, entry: unknown, line: string][] = [
  [
    "connections that are nothing",
    { ...customer, connections: null },
    `connections: nothing cannot be used; ${mapRule}`,
  ],
  ["connections in a list", { ...customer, connections: [oidc] }, `connections: a list cannot be used; ${mapRule}`],
  ["connections in a word", { ...customer, connections: "oidc" }, `connections: "oidc" cannot be used; ${mapRule}`],
  ["no connection", { ...customer, connections: {} }, "connections: 0 connections; allowed: 1 to 10, or leave it out"],
  [
    "a connection that is nothing",
    { ...customer, connections: { "acme-sso": null } },
    `${place}: nothing cannot be used; allowed: an object with strategy: oidc or okta or samlp or waad or google-apps or adfs or database`,
  ],
  [
    "no strategy",
    withConnection({ strategy: undefined }),
    `${place}.strategy: missing; allowed: oidc, okta, samlp, waad, google-apps, adfs, database`,
  ],
  [
    "saml for samlp",
    withConnection({ strategy: "saml" }),
    `${place}.strategy: "saml" cannot be used; allowed: oidc, okta, samlp, waad, google-apps, adfs, database`,
  ],
  [
    "a strategy of another connection",
    withConnection({ strategy: "auth0" }),
    `${place}.strategy: "auth0" cannot be used; allowed: oidc, okta, samlp, waad, google-apps, adfs, database`,
  ],
  [
    "a name in capitals",
    { ...customer, connections: { Acme_SSO: oidc } },
    `connections: "Acme_SSO" cannot be used; ${nameRule}`,
  ],
  ["an empty name", { ...customer, connections: { "": oidc } }, `connections: "" cannot be used; ${nameRule}`],
  [
    "a name with two hyphens",
    { ...customer, connections: { "a--b": oidc } },
    `connections: "a--b" cannot be used; ${nameRule}`,
  ],
  [
    "the shared directory's name",
    { ...customer, connections: { users: oidc } },
    "connections.users: connection name users already belongs to the shared directory; allowed: each once",
  ],
  [
    "an issuer without scheme",
    withConnection({ issuer: "login.acme.example" }),
    `${place}.issuer: "login.acme.example" cannot be used; ${issuerRule}`,
  ],
  [
    "an issuer that is the discovery document",
    withConnection({ issuer: "https://login.acme.example/.well-known/openid-configuration" }),
    `${place}.issuer: "https://login.acme.example/.well-known/openid-configuration" cannot be used; ${issuerRule}`,
  ],
  ["no issuer", withConnection({ issuer: undefined }), `${place}.issuer: missing; ${issuerRule}`],
  [
    "a client id with a space",
    withConnection({ clientId: "a b" }),
    `${place}.clientId: this string cannot be used; ${wordRule}`,
  ],
  [
    "a client id in another script",
    withConnection({ clientId: "ключ" }),
    `${place}.clientId: this string cannot be used; ${wordRule}`,
  ],
  [
    "a client id of digits without quotes",
    withConnection({ clientId: 1234 }),
    `${place}.clientId: this number cannot be used; ${wordRule}`,
  ],
  [
    "no client secret",
    withConnection({ clientSecret: undefined }),
    `${place}.clientSecret: missing; allowed: an object with config or arn and nothing else`,
  ],
  [
    "SAML's key at OIDC",
    withConnection({ signInUrl: samlp.signInUrl }),
    `${place}: unknown key signInUrl; allowed: strategy, issuer, ${openid}, ${provisioned}`,
  ],
  [
    "an Okta domain that is a URL",
    withOkta({ domain: "https://acme.okta.com" }),
    `${place}.domain: this string cannot be used; ${oktaRule}`,
  ],
  ["no Okta domain", withOkta({ domain: undefined }), `${place}.domain: missing; ${oktaRule}`],
  [
    "an issuer at Okta",
    withOkta({ issuer: oidc.issuer }),
    `${place}: unknown key issuer; allowed: strategy, domain, ${openid}, ${provisioned}`,
  ],
  [
    "a sign-in over http",
    withSaml({ signInUrl: "http://login.acme.example/" }),
    `${place}.signInUrl: "http://login.acme.example/" cannot be used; ${urlRule}`,
  ],
  ["no sign-in", withSaml({ signInUrl: undefined }), `${place}.signInUrl: missing; ${urlRule}`],
  [
    "a sign-out that is empty",
    withSaml({ signOutUrl: "" }),
    `${place}.signOutUrl: this string cannot be used; ${urlRule}`,
  ],
  [
    "a client at SAML",
    withSaml({ clientId: "travel" }),
    `${place}: unknown key clientId; allowed: strategy, signInUrl, signOutUrl, certificate, entityId, requestBinding, attributes, idpInitiated, ${provisioned}`,
  ],
  ["no certificate", withSaml({ certificate: undefined }), `${place}.certificate: missing; ${certificateRule}`],
  [
    "a certificate in one line",
    withSaml({ certificate: pem.replaceAll("\n", "") }),
    `${place}.certificate: this string cannot be used; ${certificateRule}`,
  ],
  [
    "a thumbprint",
    withSaml({ certificate: "A1:B2:C3" }),
    `${place}.certificate: this string cannot be used; ${certificateRule}`,
  ],
  [
    "a certificate that is cut",
    withSaml({ certificate: pem.replace(/\n.{64}\n/, "\n") }),
    `${place}.certificate: this string cannot be used; ${certificateRule}`,
  ],
  [
    "two certificates",
    withSaml({ certificate: pem + expired }),
    `${place}.certificate: this string cannot be used; ${certificateRule}`,
  ],
  [
    "a private key",
    withSaml({ certificate: privateKey }),
    `${place}.certificate: this string cannot be used; ${certificateRule}`,
  ],
  [
    "a certificate and its private key",
    withSaml({ certificate: pem + privateKey }),
    `${place}.certificate: this string cannot be used; ${certificateRule}`,
  ],
  [
    "words before the certificate",
    withSaml({ certificate: `subject=CN\n${pem}` }),
    `${place}.certificate: this string cannot be used; ${certificateRule}`,
  ],
  [
    "certificates in a list",
    withSaml({ certificate: [pem] }),
    `${place}.certificate: a list cannot be used; ${certificateRule}`,
  ],
  ["a key of 1024 bits", withSaml({ certificate: weak }), `${place}.certificate: ${keyRule}`],
  ["an elliptic key", withSaml({ certificate: elliptic }), `${place}.certificate: ${keyRule}`],
  [
    "no domains",
    withConnection({ domains: undefined }),
    `${place}.domains: missing; allowed: a list of 1 to 1000 domains`,
  ],
  [
    "an empty list of domains",
    withConnection({ domains: [] }),
    `${place}.domains: empty; allowed: a list of 1 to 1000 domains`,
  ],
  [
    "one domain without list",
    withConnection({ domains: "acme.example" }),
    `${place}.domains: "acme.example" cannot be used; allowed: a list of 1 to 1000 domains`,
  ],
  [
    "a domain in capitals",
    withConnection({ domains: ["Acme.example"] }),
    `${place}.domains[0]: "Acme.example" cannot be used; ${domainRule}`,
  ],
  [
    "a domain behind an @",
    withConnection({ domains: ["@acme.example"] }),
    `${place}.domains[0]: "@acme.example" cannot be used; ${domainRule}`,
  ],
  [
    "a domain of one label",
    withConnection({ domains: ["acme"] }),
    `${place}.domains[0]: "acme" cannot be used; ${domainRule}`,
  ],
  [
    "a domain with a dot at the end",
    withConnection({ domains: ["acme.example."] }),
    `${place}.domains[0]: "acme.example." cannot be used; ${domainRule}`,
  ],
  [
    "a wildcard",
    withConnection({ domains: ["*.acme.example"] }),
    `${place}.domains[0]: "*.acme.example" cannot be used; ${domainRule}`,
  ],
  [
    "a domain in another script",
    withConnection({ domains: ["bücher.example"] }),
    `${place}.domains[0]: "bücher.example" cannot be used; allowed: xn--bcher-kva.example, which is the same in punycode`,
  ],
  [
    "punycode that stands for nothing",
    withConnection({ domains: ["xn--a.example"] }),
    `${place}.domains[0]: "xn--a.example" cannot be used; ${domainRule}`,
  ],
  [
    "an IP address",
    withConnection({ domains: ["10.0.0.1"] }),
    `${place}.domains[0]: "10.0.0.1" cannot be used; ${domainRule}`,
  ],
  [
    "a number for a domain",
    withConnection({ domains: [1.5] }),
    `${place}.domains[0]: 1.5 cannot be used; ${domainRule}`,
  ],
  [
    "nothing for a domain",
    withConnection({ domains: [null] }),
    `${place}.domains[0]: nothing cannot be used; ${domainRule}`,
  ],
  [
    "a domain that stands twice",
    withConnection({ domains: ["acme.example", "acme.example"] }),
    `${place}.domains[1]: domain acme.example already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once`,
  ],
];

test.each(single)("%s is refused", (_, entry, line) => {
  expect(entryFaults(entry)).toEqual([line]);
});

test("eleven connections are refused, by themselves and not once more with the guests", () => {
  const many = Array.from({ length: 11 }, (_, n) => [`sso-${n}`, { ...oidc, domains: [`acme-${n}.example`] }]);
  const connections = Object.fromEntries(many);
  const line = "connections: 11 connections; allowed: 1 to 10, or leave it out";
  expect(entryFaults({ ...customer, connections })).toEqual([line]);
  expect(entryFaults({ ...customer, connections, guests: ["users"] })).toEqual([line]);
});

/** Domains of 49 characters: five and their commas fill one value of a connection's metadata, 45 all nine. */
const domains = (count: number) =>
  Array.from({ length: count }, (_, n) => `${String(n).padStart(4, "a").padEnd(41, "x")}.example`);

test("domains that a connection's metadata does not hold are counted", () => {
  expect(entryFaults(withConnection({ domains: domains(45) }))).toEqual([]);
  expect(entryFaults(withConnection({ domains: domains(48) }))).toEqual([
    `${place}.domains: 3 more than a connection's metadata holds; allowed: about 2,200 characters in all`,
  ]);
});

test("a list of more than 1000 domains is refused once", () => {
  const many = Array.from({ length: 1001 }, (_, n) => `a${n}.example`);
  expect(entryFaults(withConnection({ domains: many }))).toEqual([
    `${place}.domains: too long; allowed: a list of 1 to 1000 domains`,
  ]);
});

/** So many vendors with 200 domains each, and one with more or fewer. */
function companies(count: number, more: number) {
  const entry = (name: string, length: number) => ({
    ...vendor,
    connections: { [name]: { ...oidc, domains: Array.from({ length }, (_, n) => `${name}-${n}.de`) } },
  });
  const whole = Array.from({ length: count }, (_, n) => [`c${n}.yaml`, entry(`c${n}`, 200)] as const);
  return Object.fromEntries([...whole, ["rest.yaml", entry("r", more)]]);
}

test("all domains together have room in the Actions, up to 8000", () => {
  const set = { ...config, ...secret };
  expect(faults({ config: set, files: companies(39, 200) })).toEqual([]);
  expect(faults({ config: set, files: companies(39, 201) }).slice(1)).toEqual([
    "✖ stacks/local/customers/c0.yaml: 8001 domains of all companies; allowed: 8000, so that the Actions can hold them",
  ]);
});

/** A customer with 60 domains of one connection and so many more of another. */
const withDomains = (more: number, change: object = {}) => ({
  ...customer,
  ...change,
  connections: {
    "acme-sso": { ...oidc, domains: Array.from({ length: 60 }, (_, n) => `a${n}.example`) },
    "b-sso": { ...oidc, domains: Array.from({ length: more }, (_, n) => `b${n}.example`) },
  },
});
const overHundred =
  "connections: 101 domains, and portal asks for the company by its domain, of which Auth0 knows 100 a company; allowed: 100 in all connections, or apps without portal";

test("a company whose people come to an app that asks for the company first has 100 domains at most, in every state", () => {
  expect(entryFaults(withDomains(40))).toEqual([]);
  expect(entryFaults(withDomains(41))).toEqual([overHundred]);
  expect(entryFaults(withDomains(41, { state: "pilot" }))).toEqual([overHundred]);
  expect(entryFaults(withDomains(41, { apps: ["portal"] }))).toEqual([overHundred]);
  expect(entryFaults(withDomains(41, { apps: ["main"] }))).toEqual([]);
});

test("domains of a connection that the company keeps by itself are not written for its organization", () => {
  const { connections, ...entry } = withDomains(41);
  const own = { owner: "self-service", domains: connections["b-sso"].domains };
  expect(entryFaults({ ...entry, connections: { ...connections, "b-sso": own } })).toEqual([]);
});

test("a connection of unknown strategy has its domains checked all the same", () => {
  expect(entryFaults(withConnection({ strategy: "ping", domains: ["X"] }))).toEqual([
    `${place}.strategy: "ping" cannot be used; allowed: oidc, okta, samlp, waad, google-apps, adfs, database`,
    `${place}.domains[0]: "X" cannot be used; ${domainRule}`,
  ]);
});
