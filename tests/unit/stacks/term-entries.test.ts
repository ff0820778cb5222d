import { expect, test } from "vitest";
import { machinesOf } from "./machines.ts";
import { config, customer, entryFaults, faults, load, oidc, secret, vendor } from "./project.ts";

const noSignOn = { ...customer, connections: undefined };
const labelRule =
  "allowed: a label of 1 to 63 lower-case letters, digits and hyphens between them, such as acme in acme.app.example";
const labelsRule = "allowed: a list of 1 to 20 labels";
const roleRule = "allowed: owner, pre-customer, vendor-editor, api-administrator";
const limitRule = (most: number) => `allowed: a whole number from 1 to ${most}, or leave it out`;
const labels = (count: number) => Array.from({ length: count }, (_, n) => `l${n}`);

const tenConnections = Object.fromEntries(
  Array.from({ length: 10 }, (_, n) => [`c${n}`, { ...oidc, domains: [`c${n}.example`] }] as const),
);

const single: [entry: unknown, line: string][] = [
  [{ ...customer, subdomains: "acme" }, `subdomains: "acme" cannot be used; ${labelsRule}`],
  [{ ...customer, subdomains: [] }, `subdomains: empty; ${labelsRule}`],
  [{ ...customer, subdomains: labels(21) }, `subdomains: too long; ${labelsRule}`],
  [{ ...customer, subdomains: ["acme", "acme"] }, "subdomains: something stands twice; allowed: each once"],
  [{ ...customer, subdomains: ["Acme"] }, `subdomains[0]: "Acme" cannot be used; ${labelRule}`],
  [{ ...customer, subdomains: ["a.b"] }, `subdomains[0]: "a.b" cannot be used; ${labelRule}`],
  [{ ...customer, subdomains: ["a", "-a"] }, `subdomains[1]: "-a" cannot be used; ${labelRule}`],
  [{ ...customer, subdomains: ["a-"] }, `subdomains[0]: "a-" cannot be used; ${labelRule}`],
  [{ ...customer, subdomains: ["x".repeat(64)] }, `subdomains[0]: "${"x".repeat(64)}" cannot be used; ${labelRule}`],
  [{ ...customer, subdomains: [1] }, `subdomains[0]: 1 cannot be used; ${labelRule}, in quotes`],
  [{ ...customer, memberRoles: [] }, "memberRoles: empty; allowed: a list of roles, at least one"],
  [{ ...customer, memberRoles: ["admin"] }, `memberRoles[0]: "admin" cannot be used; ${roleRule}`],
  [{ ...customer, memberRoles: ["owner", "owner"] }, "memberRoles: something stands twice; allowed: each once"],
  [{ ...customer, limits: 5 }, "limits: this number cannot be used; allowed: an object with credentials, members"],
  [{ ...customer, limits: { seats: 5 } }, "limits: unknown key seats; allowed: credentials, members"],
  [{ ...customer, limits: { members: 0 } }, `limits.members: 0 cannot be used; ${limitRule(100_000)}`],
  [{ ...customer, limits: { members: 100_001 } }, `limits.members: 100001 cannot be used; ${limitRule(100_000)}`],
  [{ ...customer, limits: { members: "5" } }, `limits.members: "5" cannot be used; ${limitRule(100_000)}`],
  [{ ...customer, limits: { credentials: 1.5 } }, `limits.credentials: 1.5 cannot be used; ${limitRule(50)}`],
  [{ ...customer, limits: { credentials: 51 } }, `limits.credentials: 51 cannot be used; ${limitRule(50)}`],
  [
    { ...noSignOn, machines: machinesOf(3), limits: { credentials: 48 } },
    "limits.credentials: 51 clients with those of machines; allowed: 50 in all",
  ],
  [
    { ...customer, conditions: { api_access: "off" }, limits: { credentials: 1, members: 5 } },
    "limits.credentials: this company has no API access; allowed: with conditions.api_access: on",
  ],
  [{ ...customer, apps: "main" }, 'apps: "main" cannot be used; allowed: a list of apps, at least one'],
  [{ ...customer, apps: [] }, "apps: empty; allowed: a list of apps, at least one"],
  [{ ...customer, apps: ["main", "main"] }, "apps: something stands twice; allowed: each once"],
  [{ ...customer, apps: ["main-personal"] }, 'apps[0]: "main-personal" cannot be used; allowed: main, portal'],
  [{ ...vendor, apps: ["main"] }, 'apps[0]: "main" cannot be used; allowed: vendor-catering, vendor-rental'],
  [
    { ...customer, conditions: { api_access: "off" }, apps: ["main", "portal"] },
    "apps[1]: portal asks for conditions.api_access: on; allowed: an app whose conditions this company meets",
  ],
  [
    { ...vendor, apps: ["vendor-rental"] },
    "apps[0]: vendor-rental asks for conditions.vendor_kind: rental; allowed: an app whose conditions this company meets",
  ],
  [{ ...customer, mfa: "off" }, 'mfa: "off" cannot be used; allowed: required'],
  [{ ...customer, mfa: true }, "mfa: true cannot be used; allowed: required"],
  [{ ...customer, breakGlass: "admin" }, 'breakGlass: "admin" cannot be used; allowed: an e-mail address'],
  [
    { ...customer, breakGlass: "Admin@acme.example" },
    'breakGlass: "Admin@acme.example" cannot be used; allowed: an e-mail address in lower case',
  ],
  [
    { ...customer, breakGlass: "admin@mail.acme.example" },
    "breakGlass: no connection of this company has the domain mail.acme.example; allowed: an address at one of its domains",
  ],
  [
    { ...noSignOn, breakGlass: "admin@acme.example" },
    "breakGlass: no connection of this company has the domain acme.example; allowed: an address at one of its domains",
  ],
  [
    {
      ...customer,
      connections: { ...customer.connections, "acme-db": { strategy: "database" } },
      breakGlass: "admin@acme.example",
    },
    "breakGlass: users beside acme-db: two databases in one login, and Auth0 cannot tell whose a password is; allowed: one",
  ],
  [
    { ...customer, connections: tenConnections, breakGlass: "admin@c0.example" },
    "breakGlass: 11 connections in one organization, the shared directory for this account included; allowed: 10",
  ],
  [{ ...vendor, limits: { credentials: 1 } }, "limits: unknown key credentials; allowed: members"],
];

test.each(single)("what a company sets for its own people is refused, fault %$", (entry, line) => {
  const lines = entryFaults(entry);
  // the one of 51 is also more than there may be in all
  expect(lines.slice(0, 1)).toEqual([line]);
  expect(lines.slice(1)).toEqual(line.includes("51 cannot") ? [expect.stringContaining("51 clients")] : []);
});

test.each<[title: string, entry: object]>([
  ["a company has two subdomains", { ...noSignOn, subdomains: ["acme", "a"] }],
  ["a subdomain has 63 signs", { ...noSignOn, subdomains: [`1${"-".repeat(61)}1`] }],
  ["a company has twenty subdomains", { ...vendor, subdomains: labels(20) }],
  ["members hold one of two roles", { ...noSignOn, memberRoles: ["owner", "api-administrator"] }],
  ["a company makes clients and members", { ...noSignOn, limits: { credentials: 50, members: 100_000 } }],
  [
    "a company makes as many clients as are left",
    { ...noSignOn, machines: machinesOf(3), limits: { credentials: 47 } },
  ],
  ["a customer's people enter one app", { ...noSignOn, apps: ["main"] }],
  ["a customer's people enter all apps by name", { ...noSignOn, apps: ["portal", "main"] }],
  ["a vendor's people enter its app", { ...vendor, apps: ["vendor-catering"] }],
  ["a second factor is asked of every member", { ...vendor, mfa: "required" }],
  ["one account keeps its password", { ...customer, breakGlass: "admin+1@acme.example" }],
  ["and its company has guests with one", { ...customer, guests: ["users"], breakGlass: "admin@acme.example" }],
  ["a vendor has members", { ...vendor, limits: { members: 1 } }],
])("%s", (_, entry) => {
  expect(
    load({
      config: "connections" in entry && entry.connections !== undefined ? { ...config, ...secret } : config,
      files: { "acme.yaml": entry },
    }).companies[0]?.entry,
  ).toMatchObject(JSON.parse(JSON.stringify(entry)));
});

test("a subdomain leads to one company: a named one, or a slug that stands for itself", () => {
  const lines = (files: Record<string, object>) => faults({ config, files }).slice(1);
  const file = (name: string) => `stacks/local/customers/${name}.yaml`;
  expect(
    lines({ "acme.yaml": { ...noSignOn, subdomains: ["a"] }, "birch.yaml": { ...noSignOn, subdomains: ["a"] } }),
  ).toEqual([
    `✖ ${file("birch")}: subdomains[0]: subdomain a already leads to acme (${file("acme")}); allowed: each once`,
  ]);
  expect(lines({ "acme.yaml": { ...noSignOn, subdomains: ["a", "birch"] }, "birch.yaml": noSignOn })).toEqual([
    `✖ ${file("acme")}: subdomains[1]: subdomain birch already leads to birch (${file("birch")}); allowed: each once`,
  ]);
  // who names others gives up the own slug
  const swapped = {
    "acme.yaml": { ...noSignOn, subdomains: ["birch"] },
    "birch.yaml": { ...noSignOn, subdomains: ["b"] },
  };
  expect(lines(swapped)).toEqual([]);
});
