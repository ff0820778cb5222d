import { expect, test } from "vitest";
import { config, customer, entryFaults, faults, oidc, secret, vendor, withConnection } from "./project.ts";

const urlRule = "allowed: an https URL without user, query and fragment";
const nameRule = "allowed: 1 to 255 visible characters without < and >";
const scopeRule =
  "allowed: read:account, update:account, read:bookings, create:bookings, read:api-keys, manage:api-keys";
const customerKeys =
  "allowed: type, displayName, state, people, stage, branding, connections, guests, subdomains, memberRoles, mfa, breakGlass, conditions, apps, machines, limits";
const vendorKeys =
  "allowed: type, displayName, state, people, stage, branding, connections, guests, subdomains, memberRoles, mfa, breakGlass, conditions, apps, limits";
const branding = { logoUrl: "https://acme.example/logo.svg", primaryColor: "#b3261e", backgroundColor: "#fffbff" };
const machine = { scopes: ["read:bookings"] };
const machines = { machine };
const single: [entry: unknown, line: string][] = [
  [null, "nothing cannot be used; allowed: an object with type: customer or vendor"],
  ["acme", "this string cannot be used; allowed: an object with type: customer or vendor"],
  [[vendor], "a list cannot be used; allowed: an object with type: customer or vendor"],
  [{ displayName: "Acme" }, "type: missing; allowed: customer, vendor"],
  [{ ...customer, type: "partner" }, 'type: "partner" cannot be used; allowed: customer, vendor'],
  [{ ...customer, type: "Customer" }, 'type: "Customer" cannot be used; allowed: customer, vendor'],
  [{ ...customer, type: ["customer"] }, "type: a list cannot be used; allowed: customer, vendor"],
  [{ ...customer, displayName: "<b>" }, `displayName: "<b>" cannot be used; ${nameRule}`],
  [{ ...customer, displayName: undefined }, `displayName: missing; ${nameRule}`],
  [{ ...customer, displayName: 1234 }, `displayName: 1234 cannot be used; ${nameRule}, in quotes`],
  [{ ...customer, displayName: true }, `displayName: true cannot be used; ${nameRule}, in quotes`],
  [{ ...customer, displayName: "a\u202eb" }, `displayName: "a\\u{202e}b" cannot be used; ${nameRule}`],
  [{ ...customer, displayName: "\u00a0" }, `displayName: "\\u{a0}" cannot be used; ${nameRule}`],
  [
    { ...customer, displayName: "x".repeat(5000) },
    `displayName: "${"x".repeat(100)}"… (5000 characters) cannot be used; ${nameRule}`,
  ],
  [{ ...customer, state: "gone" }, 'state: "gone" cannot be used; allowed: pilot, live, suspended, retired'],
  [{ ...customer, state: "active" }, 'state: "active" cannot be used; allowed: pilot, live, suspended, retired'],
  [{ ...customer, state: null }, "state: nothing cannot be used; allowed: pilot, live, suspended, retired"],
  [{ ...customer, status: "active" }, `unknown key status; ${customerKeys}`],
  [{ ...customer, stage: "king" }, 'stage: "king" cannot be used; allowed: lead, owner'],
  [{ ...customer, stage: null }, "stage: nothing cannot be used; allowed: a funnel stage"],
  [{ ...customer, conditions: undefined }, "conditions: missing; allowed: an object with api_access"],
  [{ ...customer, conditions: {} }, "conditions.api_access: missing; allowed: on, off"],
  [{ ...customer, conditions: { api_access: true } }, "conditions.api_access: true cannot be used; allowed: on, off"],
  [{ ...customer, conditions: { api_access: "yes" } }, 'conditions.api_access: "yes" cannot be used; allowed: on, off'],
  [
    { ...customer, conditions: { api_access: "on", vendor_kind: "catering" } },
    "conditions: unknown key vendor_kind; allowed: api_access",
  ],
  [
    { ...vendor, conditions: { vendor_kind: "taxi" } },
    'conditions.vendor_kind: "taxi" cannot be used; allowed: catering, rental',
  ],
  [
    { ...vendor, conditions: { api_access: "on", vendor_kind: "rental" } },
    "conditions: unknown key api_access; allowed: vendor_kind",
  ],
  [{ ...vendor, machines }, `unknown key machines; ${vendorKeys}`],
  [{ ...customer, machine }, `unknown key machine; ${customerKeys}`],
  [{ ...customer, conections: {} }, `unknown key conections; ${customerKeys}`],
  [{ ...customer, conections: {}, slug: "x" }, `unknown keys conections, slug; ${customerKeys}`],
  [
    { ...customer, branding: "blue" },
    "branding: this string cannot be used; allowed: an object with logoUrl, primaryColor, backgroundColor",
  ],
  [
    { ...customer, branding: { ...branding, logoUrl: "http://acme.example/logo.svg" } },
    `branding.logoUrl: "http://acme.example/logo.svg" cannot be used; ${urlRule}`,
  ],
  [
    { ...customer, branding: { ...branding, primaryColor: "red" } },
    'branding.primaryColor: "red" cannot be used; allowed: a colour such as "#1f6feb"',
  ],
  [
    { ...customer, branding: { ...branding, backgroundColor: undefined } },
    'branding.backgroundColor: missing; allowed: a colour such as "#1f6feb"',
  ],
  [
    { ...customer, conditions: { api_access: "off" }, machines },
    "machines: this company has no API access; allowed: with conditions.api_access: on",
  ],
];

test.each(single)("entry %j is refused", (entry, line) => {
  expect(entryFaults(entry)).toEqual([line]);
});

test("machine access without API access is said beside other faults of the machine", () => {
  const machines = { machine: { scopes: ["read:all"] } };
  expect(entryFaults({ ...customer, conditions: { api_access: "off" }, machines })).toEqual([
    `machines.machine.scopes[0]: "read:all" cannot be used; ${scopeRule}`,
    "machines: this company has no API access; allowed: with conditions.api_access: on",
  ]);
});

const text = (length: number) => "x".repeat(length);
const host = (length: number) => `${text(63)}.${text(63)}.${text(63)}.${text(length - 196)}.com`;

test.each([
  ["a name", (n: number) => ({ ...vendor, displayName: text(n) }), 255],
  ["a connection's name", (n: number) => ({ ...customer, connections: { [text(n)]: oidc } }), 128],
  ["a client id", (n: number) => withConnection({ clientId: text(n) }), 255],
  ["a domain", (n: number) => withConnection({ domains: [host(n)] }), 253],
  ["an issuer", (n: number) => withConnection({ issuer: `https://a.example/${text(n - 18)}` }), 255],
])("%s may be as long as Auth0 or the program allows, and no longer", (_, entry, limit) => {
  expect(entryFaults(entry(limit))).toEqual([]);
  expect(entryFaults(entry(limit + 1))).toHaveLength(1);
});

test("slugs, connection names and domains belong to one company each", () => {
  const lines = faults({
    config: { ...config, ...secret, customers: { acme: vendor } },
    files: { "acme.yaml": customer, "beta.yaml": customer },
  });
  const owner = "already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once";
  expect(lines.slice(1)).toEqual([
    `✖ stacks/local/customers/beta.yaml: connections.acme-sso: connection name acme-sso ${owner}`,
    `✖ stacks/local/customers/beta.yaml: connections.acme-sso.domains[0]: domain acme.example ${owner}`,
    `✖ Pulumi.local.yaml: customers.acme: slug acme ${owner}`,
  ]);
});

test("an entry in the configuration has its place below customers", () => {
  const customers = { acme: { ...vendor, state: "gone" }, "Bad Slug": vendor, none: null };
  expect(faults({ config: { ...config, customers } }).slice(1)).toEqual([
    '✖ Pulumi.local.yaml: customers.acme.state: "gone" cannot be used; allowed: pilot, live, suspended, retired',
    '✖ Pulumi.local.yaml: customers."Bad Slug": slug "Bad Slug" cannot be used; allowed: 1 to 50 lower-case letters, digits and single hyphens between them',
    "✖ Pulumi.local.yaml: customers.none: nothing cannot be used; allowed: an object with type: customer or vendor",
  ]);
});

test("a key that objects pass over in silence is refused", () => {
  const inside = (text: string) => JSON.stringify(customer).replace(text, `"__proto__":{"strategy":"oidc"},${text}`);
  const line = "__proto__: cannot be used as a key; allowed: another name";
  expect(entryFaults(inside('"acme-sso"'))).toEqual([`connections.${line}`]);
  const outside = entryFaults(inside('"displayName"'));
  expect(outside).toEqual([line, `unknown key __proto__; ${customerKeys}`]);
});

test("what an entry says cannot pass for a line of the program's own", () => {
  expect(entryFaults({ ...customer, stage: "x\n✖ forged", "y\u0085✖\u001b[2J": 1 })).toEqual([
    `unknown key "y\\u{85}✖\\u001b[2J"; ${customerKeys}`,
    'stage: "x\\n✖ forged" cannot be used; allowed: lead, owner',
  ]);
});

test("a key __proto__ below a list is told by its place in the list", () => {
  const domains = `"domains":["acme.example",{"__proto__":{}}]`;
  const text = JSON.stringify(customer).replace('"domains":["acme.example"]', domains);
  expect(entryFaults(text)).toContain(
    "connections.acme-sso.domains[1].__proto__: cannot be used as a key; allowed: another name",
  );
});
