import { expect, test } from "vitest";
import type { Previous } from "../../../stacks/history.ts";
import { expired, pem } from "./certificates.ts";
import { machinesOf, rsa } from "./machines.ts";
import {
  config,
  customer,
  liveConfig,
  load,
  oidc,
  okta,
  samlp,
  secret,
  vendor,
  withConnection,
  withProofs,
} from "./project.ts";

const noSignOn = { ...customer, connections: undefined };
const host = (length: number) =>
  `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(length - 196)}.com`;
const branding = { logoUrl: "https://acme.example/logo.svg", primaryColor: "#b3261e", backgroundColor: "#fffbff" };
const saml = (change: object = {}) => ({
  ...customer,
  connections: { "acme-sso": { ...samlp, certificate: pem, ...change } },
});
const everyScope = [
  "read:account",
  "update:account",
  "read:bookings",
  "create:bookings",
  "read:api-keys",
  "manage:api-keys",
];

const reads = { scopes: ["read:bookings"] };
const [oneKey, otherKey] = [rsa(), rsa()];
const keyed = (publicKeys: readonly string[]) => ({
  ...noSignOn,
  machines: { machine: { ...reads, authentication: "private_key_jwt", publicKeys } },
});

/** Entries of one company, each with what it comes to where that is not what was written. */
const single: [title: string, entry: object, expected?: object][] = [
  ["a customer signs in by OIDC", customer],
  ["a customer signs in by Okta", { ...customer, connections: { "acme-sso": okta } }],
  ["a customer signs in by SAML", saml()],
  ["a customer signs in by SAML without being told of a logout", saml({ signOutUrl: undefined })],
  ["SAML's certificate has the line ends of Windows", saml({ certificate: pem.replaceAll("\n", "\r\n") }), saml()],
  ["SAML's certificate has no line break at the end", saml({ certificate: pem.trim() }), saml()],
  // Auth0 does not enforce the date, and a tenant must stay mendable on the day after.
  ["SAML's certificate has expired", saml({ certificate: expired })],
  ["SAML's certificate is one line of base64", saml({ certificate: oneLine(pem) }), saml()],
  ["a vendor signs in by OIDC", { ...vendor, connections: { "table-sso": { ...oidc, domains: ["table.example"] } } }],
  ["a customer has no single sign-on", noSignOn],
  ["a customer has no API access", { ...noSignOn, conditions: { api_access: "off" } }],
  ["a vendor caters", vendor],
  ["a vendor rents out", { ...vendor, conditions: { vendor_kind: "rental" } }],
  ["a vendor has a stage", { ...vendor, stage: "lead" }],
  ["a customer is live and says so", { ...noSignOn, state: "live" }],
  ["a customer is suspended", { ...customer, state: "suspended" }],
  ["a customer is retired", { ...customer, state: "retired" }],
  ["a customer has a stage", { ...noSignOn, stage: "owner" }],
  ["a customer has branding", { ...noSignOn, branding }],
  ["a customer's machine reads bookings", { ...noSignOn, machines: { machine: { scopes: ["read:bookings"] } } }],
  ["a customer's machine has every scope of the API", { ...customer, machines: { machine: { scopes: everyScope } } }],
  ["a customer has fifty machines", { ...noSignOn, machines: machinesOf(50) }],
  [
    "a machine's name has 30 signs",
    { ...noSignOn, machines: { [`x${"-1".repeat(14)}-`]: { scopes: ["read:bookings"] } } },
  ],
  [
    "a machine's secret was made anew",
    { ...noSignOn, machines: { machine: { ...reads, authentication: "secret", rotation: 9999 } } },
  ],
  ["a machine has two keys", keyed([oneKey, otherKey])],
  ["a machine's key has the line ends of Windows", keyed([oneKey.replaceAll("\n", "\r\n")]), keyed([oneKey])],
  [
    "a suspended customer keeps its machine's entry",
    { ...noSignOn, state: "suspended", machines: { machine: { scopes: ["read:account"] } } },
  ],
  ["a name has 255 letters", { ...vendor, displayName: "x".repeat(255) }],
  ["a name is a number in quotes", { ...vendor, displayName: "1234" }],
  ["a name is in a script from right to left", { ...vendor, displayName: "شركة السفر" }],
  ["a name has an ampersand, a quote and a dash", { ...vendor, displayName: "O’Brien & Söhne – “Travel”" }],
  ["a name has a space that does not break", { ...vendor, displayName: "A\u00a0& B" }],
  ["a connection's name has 128 letters", { ...customer, connections: { ["x".repeat(128)]: oidc } }],
  ["a connection has the name of the company", { ...customer, connections: { acme: oidc } }],
  ["a connection is named like something that every object has", { ...customer, connections: { constructor: oidc } }],
  ["a client id has signs", withConnection({ clientId: "https://travel.example/~saml?x=1&y='2'" })],
  ["an issuer has no slash at the end", withConnection({ issuer: "https://login.acme.example" })],
  ["an issuer has a path", withConnection({ issuer: "https://login.microsoftonline.com/11111111-2222/v2.0" })],
  ["an issuer has a port and a path of one word", withConnection({ issuer: "https://login.acme.example:8443/realms" })],
  ["a domain is in punycode", withConnection({ domains: ["xn--mnchen-3ya.example"] })],
  [
    "a domain is of two Japanese scripts, with the sign for a long vowel",
    withConnection({ domains: ["xn--tck2c4fb.example"] }),
  ],
  ["a domain is below a top-level one in punycode", withConnection({ domains: ["xn--e1aybc.xn--p1ai"] })],
  ["a domain has 253 letters", withConnection({ domains: [host(253)] })],
  ["a domain has digits and hyphens", withConnection({ domains: ["3-a.1-2.example"] })],
  [
    "a domain and one below it belong to one connection",
    withConnection({ domains: ["acme.example", "eu.acme.example"] }),
  ],
  ["a company has ten connections", { ...customer, connections: manyConnections(10) }],
  [
    "a company has connections of three strategies",
    {
      ...customer,
      connections: {
        "a-oidc": oidc,
        "a-okta": { ...okta, domains: ["b.example"] },
        "a-saml": { ...samlp, certificate: pem, domains: ["c.example"] },
      },
    },
  ],
  ["a customer with single sign-on has guests with a password", { ...customer, guests: ["users"] }],
  ["a secret is named with digits and hyphens", withConnection({ clientSecret: { config: "acme-secret" } })],
];

test.each(single)("an entry is accepted where %s", (_, entry, expected = entry) => {
  const set = JSON.stringify(entry).includes("acme-secret") ? secret : {};
  const { companies } = load({ config: { ...config, ...set }, files: { "acme.yaml": entry } });
  const normal = JSON.parse(JSON.stringify({ state: "live", ...expected }));
  expect(companies).toEqual([{ slug: "acme", file: "stacks/local/customers/acme.yaml", path: [], entry: normal }]);
});

const acme = { "acme.yaml": customer };
const holder = (name: string, ...domains: string[]) => ({
  ...customer,
  connections: { [`${name}-sso`]: { ...oidc, domains } },
});
const live = (...domains: string[]) => ({ state: "live", connections: [], domains });

/** Sets of entries in stack prod, each with what the last up exported. */
const sets: [title: string, files: Record<string, object>, previous?: Previous][] = [
  ["a company's people are guests at another", { ...acme, "beta.yaml": { ...noSignOn, guests: ["acme-sso"] } }],
  [
    "two companies have guests of each other",
    {
      "a.yaml": { ...holder("a", "a.example"), guests: ["b-sso"] },
      "b.yaml": { ...holder("b", "b.example"), guests: ["a-sso"] },
    },
  ],
  ["a vendor has guests of a customer's", { ...acme, "fresh-table.yaml": { ...vendor, guests: ["acme-sso"] } }],
  [
    "a company has ten connections, guests included",
    { ...acme, "b.yaml": { ...customer, connections: manyConnections(8), guests: ["acme-sso", "users"] } },
  ],
  [
    "guests come from a company that is suspended",
    { "acme.yaml": { ...customer, state: "suspended" }, "b.yaml": { ...noSignOn, guests: ["acme-sso"] } },
  ],
  ["one company has a domain, another one below it", { ...acme, "eu.yaml": holder("eu", "eu.acme.example") }],
  ["two companies have the same name", { "a.yaml": vendor, "b.yaml": vendor }],
  ["a company is retired", { "acme.yaml": { ...customer, state: "retired" } }, { acme: live("acme.example") }],
  ["a retired company is live again", acme, { acme: { state: "retired", connections: [], domains: ["acme.example"] } }],
  ["a retired company is removed", {}, { acme: { state: "retired", connections: [], domains: ["acme.example"] } }],
  [
    "a domain moves from one company to another",
    { "a.yaml": holder("a", "a.example"), "b.yaml": holder("b", "b.example", "acme.example") },
    { a: live("a.example", "acme.example"), b: live("b.example") },
  ],
  [
    "a domain moves on, and another one after it",
    { "a.yaml": noSignOn, "b.yaml": holder("b", "a.example"), "c.yaml": holder("c", "b.example") },
    { a: live("a.example"), b: live("b.example"), c: live("c.example") },
  ],
  ["a company keeps its domain", { "a.yaml": holder("a", "a.example") }, { a: live("a.example") }],
  ["a company is new beside those of the last up", { ...acme, "b.yaml": vendor }, { acme: live("acme.example") }],
  [
    "slugs are one letter, digits, and fifty letters",
    { "a.yaml": vendor, "007.yaml": vendor, [`${"x".repeat(50)}.yaml`]: vendor },
  ],
];

test.each(sets)("entries are accepted where %s", (_, files, previous = {}) => {
  const set = JSON.stringify(files).includes("acme-secret") ? secret : {};
  const { companies } = load({ config: { ...liveConfig, ...set }, stack: "prod", files, previous });
  const expected = Object.entries(files).map(([file, entry]) => ({
    slug: file.replace(/\.yaml$/, ""),
    file: `stacks/prod/customers/${file}`,
    path: [],
    entry: JSON.parse(JSON.stringify(withProofs(file.replace(/\.yaml$/, ""), { state: "live", ...entry }))),
  }));
  const bySlug = (one: { slug: string }, other: { slug: string }) => (one.slug < other.slug ? -1 : 1);
  expect([...companies].sort(bySlug)).toEqual(expected.sort(bySlug));
});

function manyConnections(count: number) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`sso-${n}`, { ...oidc, domains: [`domain-${n}.example`] }]),
  );
}

/** As some identity providers show it: without line breaks inside. */
function oneLine(text: string): string {
  const [head, ...rest] = text.trim().split("\n");
  return `${head}\n${rest.slice(0, -1).join("")}\n${rest.at(-1)}`;
}
