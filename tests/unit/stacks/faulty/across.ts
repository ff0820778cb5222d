import { proofOf } from "../../../../stacks/domain-proof.ts";
import { config, customer, oidc, vendor } from "../project.ts";
import { database } from "../strategies.ts";
import { acme, acmeSso, company, type Faulty, table } from "./case.ts";

const people = { connections: { "acme-people": database } };
const live = (connections: string[], domains: string[]) => ({ state: "live", connections, domains });
const machine = (name: string) => ({ machines: { [name]: { scopes: ["read:bookings"] } } });
const proof = proofOf({ claimNamespace: config.claimNamespace, slug: "acme", domain: "acme.example" });

/** What no entry can know by itself: other entries, the environment, the last up. */
export const across: Faulty[] = [
  {
    title: "a domain of another company",
    files: { ...company("acme", ["acme.example"]), ...company("beta", ["beta.example", "acme.example"]) },
    lines: [
      "beta.yaml: connections.beta-sso.domains[1]: domain acme.example already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once",
    ],
  },
  {
    title: "a domain on two connections of one company",
    files: acme({ connections: { "acme-eu": oidc, "acme-us": oidc } }),
    lines: [
      "acme.yaml: connections.acme-us.domains[0]: domain acme.example already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once",
    ],
  },
  {
    title: "a connection name of another company",
    files: {
      ...company("acme", ["acme.example"]),
      "beta.yaml": {
        ...customer,
        displayName: "beta",
        connections: { "acme-sso": { ...oidc, domains: ["beta.example"] } },
      },
    },
    lines: [
      "beta.yaml: connections.acme-sso: connection name acme-sso already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once",
    ],
  },
  {
    title: "the shared directory's name",
    files: acme({ connections: { users: oidc } }),
    lines: [
      "acme.yaml: connections.users: connection name users already belongs to the shared directory; allowed: each once",
    ],
  },
  {
    title: "machines of two companies with one name",
    files: { ...company("acme", [], machine("eu-x")), ...company("acme-eu", [], machine("x")) },
    lines: [
      "acme.yaml: machines.eu-x: machine acme-eu-x already belongs to acme-eu (stacks/local/customers/acme-eu.yaml); allowed: each once",
    ],
  },
  {
    title: "a subdomain of another company",
    files: { ...company("acme"), ...company("beta", [], { subdomains: ["acme"] }) },
    lines: [
      "beta.yaml: subdomains[0]: subdomain acme already leads to acme (stacks/local/customers/acme.yaml); allowed: each once",
    ],
  },
  {
    title: "guests of a connection that nobody has",
    files: company("beta", [], { guests: ["acme-sso"] }),
    lines: ["beta.yaml: guests[0]: no company has this connection; allowed: a connection of another company, or users"],
  },
  {
    title: "the company's own people as guests",
    files: acme({ guests: ["acme-sso"] }),
    lines: ["acme.yaml: guests[0]: this company's own connection; allowed: a connection of another company, or users"],
  },
  {
    title: "an app whose condition the company does not meet",
    files: acme({ conditions: { api_access: "off" }, apps: ["portal"] }),
    lines: [
      "acme.yaml: apps[0]: portal asks for conditions.api_access: on; allowed: an app whose conditions this company meets",
    ],
  },
  {
    title: "a vendor in a customers' app",
    files: table({ apps: ["main"] }),
    lines: ['fresh-table.yaml: apps[0]: "main" cannot be used; allowed: vendor-catering, vendor-rental'],
  },
  {
    title: "a break-glass account elsewhere",
    files: acme({ breakGlass: "admin@gmail.com" }),
    lines: [
      "acme.yaml: breakGlass: no connection of this company has the domain gmail.com; allowed: an address at one of its domains",
    ],
  },
  {
    title: "connections that are all hidden",
    files: acmeSso({ showAsButton: false }),
    lines: [
      "acme.yaml: connections: no connection shows its button, and Auth0 lets nobody into such an organization by its name; allowed: showAsButton: true for one",
    ],
  },
  {
    title: "two databases of one company",
    files: acme({ connections: { "acme-people": database, "acme-more": database } }),
    lines: [
      "acme.yaml: connections.acme-more.strategy: acme-more beside acme-people: two databases in one login, and Auth0 cannot tell whose a password is; allowed: one",
    ],
  },
  {
    title: "a database beside the shared directory",
    files: acme({ ...people, guests: ["users"] }),
    lines: [
      "acme.yaml: guests[0]: users beside acme-people: two databases in one login, and Auth0 cannot tell whose a password is; allowed: one",
    ],
  },
  {
    title: "guests of a database where people have passwords of the shared directory",
    files: { ...acme(people), ...company("beta", [], { guests: ["acme-people"] }) },
    lines: [
      "beta.yaml: guests[0]: acme-people beside users: two databases in one login, and Auth0 cannot tell whose a password is; allowed: one",
    ],
  },
  {
    title: "a break-glass account beside a database",
    files: acme({ connections: { "acme-sso": oidc, ...people.connections }, breakGlass: "admin@acme.example" }),
    lines: [
      "acme.yaml: breakGlass: users beside acme-people: two databases in one login, and Auth0 cannot tell whose a password is; allowed: one",
    ],
  },
  {
    title: "people of a company that is not retired",
    files: acme({ people: "delete" }),
    lines: ["acme.yaml: people: nobody is deleted while the state is live; allowed: with state: retired"],
  },
  {
    title: "a domain that is not proven",
    files: acmeSso({}),
    lines: [
      'acme.yaml: connections.acme-sso.proven: domain acme.example is not proven; allowed: state pilot until the TXT record _auth0-b2b.acme.example says auth0-b2b-verification=GhN1e7gGARaJbsgY4gJzXIof7KfaCUgE and "npm run customer prove acme" has written that here',
    ],
    stack: "prod",
    unproven: true,
  },
  {
    title: "a domain that is proven for another company",
    files: acmeSso({ proven: { "acme.example": { value: proof.value.replace(/.$/, "_"), on: "2026-11-28" } } }),
    lines: [
      'acme.yaml: connections.acme-sso.proven: domain acme.example is proven for something else; allowed: state pilot until the TXT record _auth0-b2b.acme.example says auth0-b2b-verification=GhN1e7gGARaJbsgY4gJzXIof7KfaCUgE and "npm run customer prove acme" has written that here',
    ],
    stack: "prod",
    unproven: true,
  },
  {
    title: "an entry that is gone",
    files: { "fresh-table.yaml": vendor },
    previous: { acme: live([], []) },
    lines: ["acme.yaml: the entry of acme is gone; allowed: an entry whose state was retired in an earlier up"],
    stack: "prod",
  },
  {
    title: "a connection that is gone",
    files: acmeSso({}),
    previous: { acme: live(["acme-old", "acme-sso"], ["acme.example"]) },
    lines: [
      "acme.yaml: connections: connection acme-old is gone, and its people with it; allowed: with state: suspended in an earlier up",
    ],
    stack: "prod",
  },
  {
    title: "a pilot straight after live",
    files: acme({ state: "pilot" }),
    previous: { acme: live(["acme-sso"], ["acme.example"]) },
    lines: [
      "acme.yaml: state: pilot straight after live would open its domains to passwords while its people are signed in through it; allowed: pilot after suspended in an earlier up",
    ],
    stack: "prod",
  },
  {
    title: "domains that two companies swap",
    files: { ...company("acme", ["beta.example"]), ...company("beta", ["acme.example"]) },
    previous: { acme: live(["acme-sso"], ["acme.example"]), beta: live(["beta-sso"], ["beta.example"]) },
    lines: [
      "acme.yaml: connections: acme gets and gives domains in a circle; allowed: one change that takes them away, then one that gives them",
      "beta.yaml: connections: beta gets and gives domains in a circle; allowed: one change that takes them away, then one that gives them",
    ],
  },
  {
    title: "a machine's secret of before, after keys",
    files: company("acme", [], { machines: { machine: { scopes: ["read:bookings"] } } }),
    previous: { acme: { ...live([], []), machines: { machine: { rotation: 0 } } } },
    lines: [
      "acme.yaml: machines.machine.rotation: it had keys in the last up, and the secret of before could serve again; allowed: 2 or more, which makes another",
    ],
  },
  {
    title: "a machine's secret that goes back",
    files: company("acme", [], { machines: { machine: { scopes: ["read:bookings"], rotation: 2 } } }),
    previous: { acme: { ...live([], []), machines: { machine: { rotation: 3 } } } },
    lines: ["acme.yaml: machines.machine.rotation: it was 3 in the last up; allowed: 3 or more"],
  },
];
