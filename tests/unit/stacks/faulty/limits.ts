import { environments } from "../../../../stacks/environments.ts";
import { until2030 } from "../certificates.ts";
import { machinesOf } from "../machines.ts";
import { oidc, samlp } from "../project.ts";
import { acme, acmeSso, company, domains, type Faulty, many } from "./case.ts";

const connections = (count: number) =>
  Object.fromEntries(many(count, (n) => `c${n}`).map((name) => [name, { ...oidc, domains: [`${name}.example`] }]));
const saml = { connections: { "acme-sso": { ...samlp, certificate: until2030 } } };
const long = `${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.example`;
const planned = (plan: "free" | "professional") => ({ known: { local: { ...environments.local, plan } } });

/** What Auth0 holds at most, and until when. */
export const limits: Faulty[] = [
  {
    title: "11 connections",
    files: acme({ connections: connections(11) }),
    lines: ["acme.yaml: connections: 11 connections; allowed: 1 to 10, or leave it out"],
  },
  {
    title: "11 connections, guests included",
    files: {
      ...acme({ connections: connections(9), guests: ["beta-sso", "users"] }),
      ...company("beta", ["beta.example"]),
    },
    lines: ["acme.yaml: guests: 11 connections in one organization; allowed: 10, guests included"],
  },
  {
    title: "11 connections, that of the break-glass account included",
    files: acme({ connections: connections(10), breakGlass: "admin@c0.example" }),
    lines: [
      "acme.yaml: breakGlass: 11 connections in one organization, the shared directory for this account included; allowed: 10",
    ],
  },
  {
    title: "101 domains by which an app finds an organization",
    files: domains(...many(101, (n) => `a${n}.example`)),
    lines: [
      "acme.yaml: connections: 101 domains, and portal asks for the company by its domain, of which Auth0 knows 100 a company; allowed: 100 in all connections, or apps without portal",
    ],
  },
  {
    title: "the same over several connections",
    files: acme({
      connections: Object.fromEntries(
        ["a", "b"].map((name) => [name, { ...oidc, domains: many(51, (n) => `${name}${n}.example`) }]),
      ),
    }),
    lines: [
      "acme.yaml: connections: 102 domains, and portal asks for the company by its domain, of which Auth0 knows 100 a company; allowed: 100 in all connections, or apps without portal",
    ],
  },
  {
    title: "domains that a connection's metadata does not hold",
    files: acmeSso({ domains: many(48, (n) => `${String(n).padStart(4, "a").padEnd(41, "x")}.example`) }),
    lines: [
      "acme.yaml: connections.acme-sso.domains: 3 more than a connection's metadata holds; allowed: about 2,200 characters in all",
    ],
  },
  {
    title: "an address that the organization's metadata do not hold",
    files: acme({ breakGlass: `${"a".repeat(64)}@${long}`, connections: { "acme-sso": { ...oidc, domains: [long] } } }),
    lines: ["acme.yaml: breakGlass: 264 characters in one value of the organization's metadata; allowed: 255"],
  },
  {
    title: "8001 domains of all companies",
    files: Object.assign(
      {},
      ...many(81, (n) => `c${n}`).map((slug, n) =>
        company(
          slug,
          many(n < 80 ? 100 : 1, (m) => `${slug}-${m}.de`),
        ),
      ),
    ),
    lines: ["c0.yaml: 8001 domains of all companies; allowed: 8000, so that the Actions can hold them"],
  },
  {
    title: "more credentials than there are clients",
    files: acme({ connections: undefined, machines: machinesOf(3), limits: { credentials: 48 } }),
    lines: ["acme.yaml: limits.credentials: 51 clients with those of machines; allowed: 50 in all"],
  },
  {
    title: "21 subdomains",
    files: acme({ subdomains: many(21, (n) => `l${n}`) }),
    lines: ["acme.yaml: subdomains: too long; allowed: a list of 1 to 20 labels"],
  },
  {
    title: "a slug of 51 letters",
    files: company("x".repeat(51)),
    lines: [
      `${"x".repeat(51)}.yaml: slug "${"x".repeat(51)}" cannot be used; allowed: 1 to 50 lower-case letters, digits and single hyphens between them`,
    ],
  },
  {
    title: "machines that the plan does not have",
    files: company("acme", [], { machines: machinesOf(1) }),
    lines: [
      "acme.yaml: machines: needs machine access within an organization, which this environment does not have; allowed: with plan professional or enterprise (https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications)",
    ],
    ...planned("free"),
  },
  {
    title: "101 connections with a plan of 100",
    files: Object.assign({}, ...many(100, (n) => `c${n}`).map((slug) => company(slug, [`${slug}.de`]))),
    lines: ["stacks/environments.ts: plan: 101 connections are declared; allowed: 100 with plan professional"],
    ...planned("professional"),
  },
  {
    title: "a certificate that is past",
    files: acme(saml),
    now: "2030-07-01",
    lines: [
      "acme.yaml: connections.acme-sso.certificate: it ended on 2030-06-30; allowed: the certificate that the identity provider signs with now",
    ],
  },
  {
    title: "a certificate that ended this second",
    files: acme(saml),
    now: "2030-06-30T00:00:01Z",
    lines: [
      "acme.yaml: connections.acme-sso.certificate: it ended on 2030-06-30; allowed: the certificate that the identity provider signs with now",
    ],
  },
];
