import { expect, test } from "vitest";
import { config, customer, faults, oidc, secret, vendor } from "./project.ts";

const rule = "allowed: a connection of another company, or users";
const host = { ...customer, connections: undefined };

/** The faults of an entry `host` beside the customer `acme`, without heading and file. */
function hostFaults(entry: object): string[] {
  const lines = faults({ config: { ...config, ...secret }, files: { "acme.yaml": customer, "host.yaml": entry } });
  return lines.slice(1).map((line) => line.replace("✖ stacks/local/customers/host.yaml: ", ""));
}

const ownConnections = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`host-${n}`, { ...oidc, domains: [`host-${n}.example`] }]),
  );

const single: [title: string, entry: object, line: string][] = [
  [
    "no list",
    { ...host, guests: "acme-sso" },
    'guests: "acme-sso" cannot be used; allowed: a list of 1 to 9 connections of other companies',
  ],
  [
    "nothing",
    { ...host, guests: null },
    "guests: nothing cannot be used; allowed: a list of 1 to 9 connections of other companies",
  ],
  ["an empty list", { ...host, guests: [] }, "guests: empty; allowed: a list of 1 to 9 connections of other companies"],
  [
    "a connection that nobody has",
    { ...host, guests: ["gamma-sso"] },
    `guests[0]: no company has this connection; ${rule}`,
  ],
  ["the name of a company", { ...host, guests: ["acme"] }, `guests[0]: no company has this connection; ${rule}`],
  [
    "a name that is none",
    { ...host, guests: ["Acme_SSO"] },
    'guests[0]: "Acme_SSO" cannot be used; allowed: the name of a connection',
  ],
  ["a number", { ...host, guests: [7] }, "guests[0]: 7 cannot be used; allowed: the name of a connection, in quotes"],
  [
    "the same twice",
    { ...host, guests: ["acme-sso", "acme-sso"] },
    "guests: something stands twice; allowed: each once",
  ],
  [
    "an own connection",
    { ...host, connections: ownConnections(1), guests: ["host-0"] },
    `guests[0]: this company's own connection; ${rule}`,
  ],
  [
    "the directory of a company without single sign-on",
    { ...host, guests: ["users"] },
    `guests[0]: this company's own connection; ${rule}`,
  ],
  [
    "one more than an organization takes",
    { ...host, connections: ownConnections(9), guests: ["acme-sso", "users"] },
    "guests: 11 connections in one organization; allowed: 10, guests included",
  ],
];

test.each(single)("guests that are %s are refused", (_, entry, line) => {
  expect(hostFaults(entry)).toEqual([line]);
});

test("ten guests are too many for the list, and not counted once more", () => {
  const others = Array.from({ length: 10 }, (_, n) => [
    `other-${n}.yaml`,
    { ...vendor, connections: { [`other-${n}`]: { ...oidc, domains: [`other-${n}.example`] } } },
  ]);
  const files = Object.fromEntries([...others, ["host.yaml", { ...host, guests: others.map((_, n) => `other-${n}`) }]]);
  expect(faults({ config: { ...config, ...secret }, files }).slice(1)).toEqual([
    "✖ stacks/local/customers/host.yaml: guests: too long; allowed: a list of 1 to 9 connections of other companies",
  ]);
});

test("a company that goes cannot leave guests behind", () => {
  const lines = faults({ config, stack: "local", files: { "host.yaml": { ...host, guests: ["acme-sso"] } } });
  expect(lines.slice(1)).toEqual([
    `✖ stacks/local/customers/host.yaml: guests[0]: no company has this connection; ${rule}`,
  ]);
});
