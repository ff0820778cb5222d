import { weak } from "../certificates.ts";
import { machinesOf } from "../machines.ts";
import { samlp } from "../project.ts";
import { waad } from "../strategies.ts";
import { acme, acmeSso, domains, type Faulty, many, table } from "./case.ts";

/** What one entry says wrongly, as a person writes it. */
export const form: Faulty[] = [
  {
    title: "a file that is no YAML",
    files: { "acme.yaml": "displayName: Acme\n\ttype: customer\n" },
    lines: ["acme.yaml: line 2: not YAML that can be read (TAB_AS_INDENT); allowed: plain YAML 1.2"],
  },
  {
    title: "a key that stands twice",
    files: { "acme.yaml": "type: customer\ntype: vendor\n" },
    lines: ["acme.yaml: line 2: not YAML that can be read (DUPLICATE_KEY); allowed: plain YAML 1.2"],
  },
  {
    title: "an anchor",
    files: { "acme.yaml": "type: &kind customer\n" },
    lines: ["acme.yaml: line 1: an anchor or alias; allowed: values written out"],
  },
  {
    title: "a file with another ending",
    files: { "acme.yml": "type: customer\n" },
    lines: ["acme.yml: cannot be read; allowed here: files named <slug>.yaml"],
  },
  {
    title: "a slug in capitals",
    files: { "Acme.yaml": { ...acme({})["acme.yaml"] } },
    lines: [
      'Acme.yaml: slug "Acme" cannot be used; allowed: 1 to 50 lower-case letters, digits and single hyphens between them',
    ],
  },
  {
    title: "nothing at all",
    files: { "acme.yaml": "" },
    lines: ["acme.yaml: nothing cannot be used; allowed: an object with type: customer or vendor"],
  },
  {
    title: "no type",
    files: acme({ type: undefined }),
    lines: ["acme.yaml: type: missing; allowed: customer, vendor"],
  },
  {
    title: "a type that nobody knows",
    files: acme({ type: "partner" }),
    lines: ['acme.yaml: type: "partner" cannot be used; allowed: customer, vendor'],
  },
  {
    title: "a name of 256 characters",
    files: acme({ displayName: "x".repeat(256) }),
    lines: [
      `acme.yaml: displayName: "${"x".repeat(100)}"… (256 characters) cannot be used; allowed: 1 to 255 visible characters without < and >`,
    ],
  },
  {
    title: "a name that turns the reading direction",
    files: acme({ displayName: "Acme\u202e" }),
    lines: [
      'acme.yaml: displayName: "Acme\\u{202e}" cannot be used; allowed: 1 to 255 visible characters without < and >',
    ],
  },
  {
    title: "a key that nobody knows",
    files: acme({ colour: "red" }),
    lines: [
      "acme.yaml: unknown key colour; allowed: type, displayName, state, people, stage, branding, connections, guests, subdomains, memberRoles, mfa, breakGlass, conditions, apps, machines, limits",
    ],
  },
  {
    title: "a condition of the other type",
    files: table({ conditions: { api_access: "on" } }),
    lines: [
      "fresh-table.yaml: conditions.vendor_kind: missing; allowed: catering, rental",
      "fresh-table.yaml: conditions: unknown key api_access; allowed: vendor_kind",
    ],
  },
  {
    title: "a state that nobody knows",
    files: acme({ state: "active" }),
    lines: ['acme.yaml: state: "active" cannot be used; allowed: pilot, live, suspended, retired'],
  },
  {
    title: "a stage that the environment does not have",
    files: acme({ stage: "king" }),
    lines: ['acme.yaml: stage: "king" cannot be used; allowed: lead, owner'],
  },
  {
    title: "machines without API access",
    files: acme({ conditions: { api_access: "off" }, machines: machinesOf(1) }),
    lines: ["acme.yaml: machines: this company has no API access; allowed: with conditions.api_access: on"],
  },
  {
    title: "a machine's scope that the API does not have",
    files: acme({ machines: { machine: { scopes: ["read:all"] } } }),
    lines: [
      'acme.yaml: machines.machine.scopes[0]: "read:all" cannot be used; allowed: read:account, update:account, read:bookings, create:bookings, read:api-keys, manage:api-keys',
    ],
  },
  {
    title: "51 machines",
    files: acme({ machines: machinesOf(51) }),
    lines: ["acme.yaml: machines: 51 machines; allowed: 1 to 50, or leave it out"],
  },
  {
    title: "a client secret in plain",
    files: acmeSso({ clientSecret: "hunter2-hunter2" }),
    lines: [
      "acme.yaml: connections.acme-sso.clientSecret: this string cannot be used; allowed: an object with config or arn and nothing else",
    ],
  },
  {
    title: "a client secret that is not set",
    files: acmeSso({}),
    lines: [
      'acme.yaml: connections.acme-sso.clientSecret.config: no such secret is set; allowed: a secret set with "pulumi config set --secret NAME"',
    ],
    unset: true,
  },
  {
    title: "a strategy by another name",
    files: acmeSso({ strategy: "saml" }),
    lines: [
      'acme.yaml: connections.acme-sso.strategy: "saml" cannot be used; allowed: oidc, okta, samlp, waad, google-apps, adfs, database',
    ],
  },
  {
    title: "the discovery document for the issuer",
    files: acmeSso({ issuer: "https://login.acme.example/.well-known/openid-configuration" }),
    lines: [
      'acme.yaml: connections.acme-sso.issuer: "https://login.acme.example/.well-known/openid-configuration" cannot be used; allowed: the issuer\'s https URL without /.well-known/openid-configuration, user, query and fragment',
    ],
  },
  {
    title: "a key of 1024 bits",
    files: acme({ connections: { "acme-sso": { ...samlp, certificate: weak } } }),
    lines: [
      "acme.yaml: connections.acme-sso.certificate: a key that is too weak or not RSA; allowed: RSA of 2048 bits or more",
    ],
  },
  {
    title: "a tenant domain that the connection does not have",
    files: acme({ connections: { "acme-sso": { ...waad, tenantDomain: "acme.onmicrosoft.com" } } }),
    lines: [
      "acme.yaml: connections.acme-sso.tenantDomain: Auth0 routes this domain by itself; allowed: one of this connection's domains",
    ],
  },
  {
    title: "a domain in capitals",
    files: domains("Acme.example"),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: "Acme.example" cannot be used; allowed: a domain in lower case such as example.com (punycode for other scripts)',
    ],
  },
  {
    title: "a domain with an @",
    files: domains("@acme.example"),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: "@acme.example" cannot be used; allowed: a domain in lower case such as example.com (punycode for other scripts)',
    ],
  },
  {
    title: "a wildcard",
    files: domains("*.acme.example"),
    lines: [
      'acme.yaml: connections.acme-sso.domains[0]: "*.acme.example" cannot be used; allowed: a domain in lower case such as example.com (punycode for other scripts)',
    ],
  },
  {
    title: "1001 domains",
    files: domains(...many(1001, (n) => `a${n}.example`)),
    lines: ["acme.yaml: connections.acme-sso.domains: too long; allowed: a list of 1 to 1000 domains"],
  },
  {
    title: "a subdomain with a dot",
    files: acme({ subdomains: ["eu.acme"] }),
    lines: [
      'acme.yaml: subdomains[0]: "eu.acme" cannot be used; allowed: a label of 1 to 63 lower-case letters, digits and hyphens between them, such as acme in acme.app.example',
    ],
  },
  {
    title: "more members than an organization holds",
    files: acme({ limits: { members: 100_001 } }),
    lines: [
      "acme.yaml: limits.members: 100001 cannot be used; allowed: a whole number from 1 to 100000, or leave it out",
    ],
  },
];
