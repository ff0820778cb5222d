import { symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { config, customer, faults, secret, vendor } from "./project.ts";

const at = "✖ stacks/local/customers/acme.yaml: ";
const connection = customer.connections["acme-sso"];

/** The faults of one entry file, without the heading; its secret is set where it names one. */
function faultsIn(
  entry: unknown,
  more: object = JSON.stringify(entry).includes("acme-secret") ? secret : {},
): string[] {
  const [heading, ...lines] = faults({ config: { ...config, ...more }, files: { "acme.yaml": entry } });
  if (heading === undefined) return [];
  expect(heading).toMatch(/^Stack local cannot be used as it is set: \d+ faults?\. Nothing was changed\.$/);
  return lines;
}

const withConnection = (change: object) => ({ ...customer, connections: { "acme-sso": { ...connection, ...change } } });
const place = "connections.acme-sso";
const domainRule = "allowed: a domain in lower case such as example.com (punycode for other scripts)";
const nameRule = "allowed: a connection name of 1 to 128 lower-case letters, digits and single hyphens between them";

const single: [entry: unknown, line: string][] = [
  [null, "nothing cannot be used; allowed: an object with type: customer or vendor"],
  [{ displayName: "Acme" }, "type: missing; allowed: customer, vendor"],
  [[vendor], "a list cannot be used; allowed: an object with type: customer or vendor"],
  [{ ...customer, type: "partner" }, 'type: "partner" cannot be used; allowed: customer, vendor'],
  [
    { ...customer, displayName: "<b>" },
    'displayName: "<b>" cannot be used; allowed: 1 to 255 visible characters without < and >',
  ],
  [{ ...customer, status: "gone" }, 'status: "gone" cannot be used; allowed: active, suspended'],
  [{ ...customer, stage: "king" }, 'stage: "king" cannot be used; allowed: lead, owner'],
  [{ ...customer, conditions: {} }, "conditions.api_access: missing; allowed: on, off"],
  [{ ...customer, conditions: { api_access: true } }, "conditions.api_access: true cannot be used; allowed: on, off"],
  [
    { ...customer, conditions: { api_access: "on", vendor_kind: "catering" } },
    "conditions: unknown key vendor_kind; allowed: api_access",
  ],
  [
    { ...customer, conections: {} },
    "unknown key conections; allowed: type, displayName, status, stage, branding, connections, conditions, machine",
  ],
  [
    { ...customer, branding: "blue" },
    "branding: this string cannot be used; allowed: an object with logoUrl, primaryColor, backgroundColor",
  ],
  [{ ...customer, machine: { scopes: [] } }, "machine.scopes: empty; allowed: a list of scopes, at least one"],
  [
    { ...customer, machine: { scopes: ["read:all"] } },
    'machine.scopes[0]: "read:all" cannot be used; allowed: read:account, update:account, read:bookings, create:bookings',
  ],
  [withConnection({ strategy: "saml" }), `${place}.strategy: "saml" cannot be used; allowed: oidc, okta`],
  [
    withConnection({ issuer: "login.acme.example" }),
    `${place}.issuer: "login.acme.example" cannot be used; allowed: the issuer's https URL without /.well-known/openid-configuration, user, query and fragment`,
  ],
  [
    withConnection({ clientSecret: "hunter2" }),
    `${place}.clientSecret: this string cannot be used; allowed: an object with config and nothing else`,
  ],
  [
    withConnection({ clientSecret: { config: "Hunter 2" } }),
    `${place}.clientSecret.config: this string cannot be used; allowed: the name of a secret set with "pulumi config set --secret NAME"`,
  ],
  [withConnection({ domains: [] }), `${place}.domains: empty; allowed: a list of 1 to 1000 domains`],
  [
    withConnection({ domains: "acme.example" }),
    `${place}.domains: "acme.example" cannot be used; allowed: a list of 1 to 1000 domains`,
  ],
  [withConnection({ domains: ["Acme.example"] }), `${place}.domains[0]: "Acme.example" cannot be used; ${domainRule}`],
  [
    withConnection({ domains: ["@acme.example"] }),
    `${place}.domains[0]: "@acme.example" cannot be used; ${domainRule}`,
  ],
  [withConnection({ domains: ["acme"] }), `${place}.domains[0]: "acme" cannot be used; ${domainRule}`],
  [
    withConnection({ domains: ["acme.example", "acme.example"] }),
    `${place}.domains[1]: domain acme.example already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once`,
  ],
  [{ ...customer, connections: { Acme_SSO: connection } }, `connections: "Acme_SSO" cannot be used; ${nameRule}`],
];

test.each(single)("entry %j is refused", (entry, line) => {
  expect(faultsIn(entry)).toEqual([at + line]);
});

test("a company has one to ten connections, or none at all", () => {
  const eleven = Array.from({ length: 11 }, (_, n) => [`sso-${n}`, { ...connection, domains: [`acme-${n}.example`] }]);
  const allowed = "allowed: 1 to 10, or leave it out";
  expect(faultsIn({ ...customer, connections: {} }, {})).toEqual([`${at}connections: 0 connections; ${allowed}`]);
  expect(faultsIn({ ...customer, connections: Object.fromEntries(eleven) })).toEqual([
    `${at}connections: 11 connections; ${allowed}`,
  ]);
});

const text = (length: number) => "x".repeat(length);
const host = (length: number) => `${text(63)}.${text(63)}.${text(63)}.${text(length - 196)}.com`;

test.each([
  ["a name", (n: number) => ({ ...vendor, displayName: text(n) }), 255],
  ["a connection's name", (n: number) => ({ ...customer, connections: { [text(n)]: connection } }), 128],
  ["a client id", (n: number) => withConnection({ clientId: text(n) }), 255],
  ["a domain", (n: number) => withConnection({ domains: [host(n)] }), 253],
  ["an issuer", (n: number) => withConnection({ issuer: `https://a.example/${text(n - 18)}` }), 255],
  [
    "a list of domains",
    (n: number) => withConnection({ domains: Array.from({ length: n }, (_, i) => `a${i}.example`) }),
    1000,
  ],
])("%s may be as long as Auth0 or the program allows, and no longer", (_, entry, limit) => {
  const project = (length: number) => ({ config: { ...config, ...secret }, files: { "acme.yaml": entry(length) } });
  const own = (lines: string[]) => lines.filter((line) => line.startsWith(at));
  expect(own(faults(project(limit)))).toEqual([]);
  expect(own(faults(project(limit + 1)))).toHaveLength(1);
});

test("a slug has 1 to 50 characters, and a secret's name at most 64", () => {
  expect(faults({ config, files: { [`${text(50)}.yaml`]: vendor } })).toEqual([]);
  expect(faults({ config, files: { [`${text(51)}.yaml`]: vendor } })).toHaveLength(2);
  const named = (length: number) => withConnection({ clientSecret: { config: text(length) } });
  expect(faultsIn(named(64), { [text(64)]: { secure: "v1" } })).toEqual([]);
  expect(faultsIn(named(65), {})).toHaveLength(1);
});

test("a secret that an entry names must be set, encrypted, not empty, and no setting of the program", () => {
  const named = `${at}${place}.clientSecret.config: `;
  const allowed = 'allowed: a secret set with "pulumi config set --secret NAME"';
  expect(faultsIn(customer, {})).toEqual([`${named}no such secret is set; ${allowed}`]);
  expect(faultsIn(customer, { "acme-secret": "plain" })).toEqual([`${named}not encrypted; ${allowed}`]);
  expect(faultsIn(customer, { "acme-secret": { secure: "" } })).toEqual([`${named}empty; ${allowed}`]);
  expect(faultsIn(withConnection({ clientSecret: { config: "stages" } }), {})).toEqual([
    `${named}the name of a setting of the program; ${allowed}`,
  ]);
});

test("machine access needs API access, and a vendor has none", () => {
  const machine = { scopes: ["read:bookings"] };
  expect(faultsIn({ ...customer, conditions: { api_access: "off" }, machine })).toEqual([
    `${at}machine: this company has no API access; allowed: with conditions.api_access: on`,
  ]);
  expect(faultsIn({ ...customer, conditions: { api_access: "off" }, machine: { scopes: ["read:all"] } })).toEqual([
    `${at}machine.scopes[0]: "read:all" cannot be used; allowed: read:account, update:account, read:bookings, create:bookings`,
    `${at}machine: this company has no API access; allowed: with conditions.api_access: on`,
  ]);
  expect(faultsIn({ ...vendor, machine })).toEqual([
    `${at}unknown key machine; allowed: type, displayName, status, stage, branding, connections, conditions`,
  ]);
  expect(faultsIn({ ...customer, machine: { scopes: ["read:bookings", "read:bookings"] } })).toEqual([
    `${at}machine.scopes: something stands twice; allowed: each once`,
  ]);
});

test("a connection does not take the shared directory's name", () => {
  expect(faultsIn({ ...customer, connections: { users: connection } })).toEqual([
    `${at}connections.users: connection name users already belongs to the shared directory; allowed: each once`,
  ]);
});

test("one fault hides no other: of the same entry, of another entry, of the settings", () => {
  const lines = faults({
    config: { ...config, supportEmail: "x" },
    files: {
      "acme.yaml": { ...customer, status: "gone", stage: "king" },
      "beta.yaml": {
        ...customer,
        type: "partner",
        displayName: "",
        connections: { "acme-sso": { ...connection, strategy: "saml", domains: ["X", "acme.example"] } },
      },
    },
  });
  const beta = "✖ stacks/local/customers/beta.yaml: ";
  const missing = 'no such secret is set; allowed: a secret set with "pulumi config set --secret NAME"';
  const owner = "already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once";
  expect(lines.slice(1)).toEqual([
    '✖ Pulumi.local.yaml: supportEmail: "x" cannot be used; allowed: an e-mail address',
    `${at}status: "gone" cannot be used; allowed: active, suspended`,
    `${beta}type: "partner" cannot be used; allowed: customer, vendor`,
    `${beta}displayName: "" cannot be used; allowed: 1 to 255 visible characters without < and >`,
    `${beta}connections.acme-sso.strategy: "saml" cannot be used; allowed: oidc, okta`,
    `${beta}connections.acme-sso.domains[0]: "X" cannot be used; ${domainRule}`,
    `${beta}connections.acme-sso: connection name acme-sso ${owner}`,
    `${beta}connections.acme-sso.domains[1]: domain acme.example ${owner}`,
    `${at}stage: "king" cannot be used; allowed: lead, owner`,
    `${at}connections.acme-sso.clientSecret.config: ${missing}`,
    `${beta}connections.acme-sso.clientSecret.config: ${missing}`,
  ]);
});

test("a secret is not taken for a misspelt setting while the entry that names it cannot be read", () => {
  expect(faults({ config: { ...config, ...secret }, files: { "acme.yml": customer } }).slice(1)).toEqual([
    "✖ stacks/local/customers/acme.yml: cannot be read; allowed here: files named <slug>.yaml",
  ]);
});

test("a key that objects pass over in silence is refused", () => {
  const text = JSON.stringify(customer).replace('"acme-sso"', '"__proto__":{"strategy":"oidc"},"acme-sso"');
  expect(faultsIn(text, secret)).toEqual([
    `${at}connections.__proto__: cannot be used as a key; allowed: another name`,
  ]);
});

test("what an entry says cannot pass for a line of the program's own", () => {
  const lines = faultsIn({ ...customer, stage: "x\n✖ forged", "y\n✖ forged": 1 });
  expect(lines).toEqual([
    `${at}unknown key "y\\n✖ forged"; allowed: type, displayName, status, stage, branding, connections, conditions, machine`,
    `${at}stage: "x\\n✖ forged" cannot be used; allowed: lead, owner`,
  ]);
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

test("a folder of entries holds YAML files named by slug and nothing else", () => {
  const lines = faults({
    config,
    files: {
      "README.md": "",
      "Bad_Slug.yaml": vendor,
      "broken.yaml": "a: [\n b: 1",
      "empty.yaml": "",
      "folder.yaml/inside": "",
      "latin.yaml": Buffer.from("displayName: Caf\xe9", "latin1"),
      "circle.yaml": "a: &a\n  b: *a",
      "hunter.yaml": "a: *Hunter2pw",
      "tag.yaml": "a: !Hunter2pw b",
      "twice.yaml": "a: 1\na: 2",
    },
  });
  const at = (file: string) => `✖ stacks/local/customers/${file}: `;
  const reference = "an anchor or alias; allowed: values written out";
  const yaml = (code: string) => `not YAML that can be read (${code}); allowed: plain YAML 1.2`;
  expect(lines.slice(1)).toEqual([
    `${at("README.md")}cannot be read; allowed here: files named <slug>.yaml`,
    `${at("broken.yaml")}line 2: ${yaml("BAD_INDENT")}`,
    `${at("circle.yaml")}line 2: ${reference}`,
    `${at("circle.yaml")}line 2: ${reference}`,
    `${at("folder.yaml")}a folder; allowed: a file`,
    `${at("hunter.yaml")}line 1: ${reference}`,
    `${at("latin.yaml")}not UTF-8; allowed: a YAML file in UTF-8`,
    `${at("tag.yaml")}line 1: ${yaml("TAG_RESOLVE_FAILED")}`,
    `${at("twice.yaml")}line 2: ${yaml("DUPLICATE_KEY")}`,
    `${at("Bad_Slug.yaml")}slug "Bad_Slug" cannot be used; allowed: 1 to 50 lower-case letters, digits and single hyphens between them`,
    `${at("empty.yaml")}nothing cannot be used; allowed: an object with type: customer or vendor`,
  ]);
});

test.each(["a file", "neither file nor folder"])("a folder of entries that is %s is a fault", (kind) => {
  const make =
    kind === "a file" ? (path: string) => writeFileSync(path, "") : (path: string) => symlinkSync("nowhere", path);
  expect(faults({ config, files: {}, customers: make })).toEqual([
    "Stack local cannot be used as it is set: 1 fault. Nothing was changed.",
    `✖ stacks/local/customers: ${kind}; allowed: a folder`,
  ]);
});

test("ten faults in one entry give ten lines", () => {
  const lines = faultsIn({
    displayName: "",
    type: "customer",
    status: "gone",
    conditions: { api_access: "maybe" },
    branding: { logoUrl: "logo", primaryColor: "blue", backgroundColor: "#fff" },
    connections: { A_b: { ...connection, issuer: "x", domains: ["a", "b"] } },
  });
  expect(lines.map((line) => line.split(": ")[1])).toEqual([
    "displayName",
    "status",
    "branding.logoUrl",
    "branding.primaryColor",
    "branding.backgroundColor",
    "connections.A_b.issuer",
    "connections.A_b.domains[0]",
    "connections.A_b.domains[1]",
    "connections",
    "conditions.api_access",
  ]);
});

test("no complaint quotes what may be a secret", () => {
  const slips = [
    withConnection({ clientSecret: "hunter2" }),
    withConnection({ clientSecret: { config: "Hunter2 hunter2" } }),
    withConnection({ clientSecret: { config: { value: "hunter2" } } }),
    withConnection({ clientSecret: ["hunter2"] }),
    { ...withConnection({}), clientSecret: "hunter2" },
    { clientSecret: "hunter2" },
    withConnection({ clientSecret: { hunter2: null } }),
    withConnection({ clientSecret: { config: "hunter2hunter2" } }),
    withConnection({ issuer: "https://u:hunter2@l.example" }),
    withConnection({ issuer: "https://l.example?hunter2" }),
    withConnection({ clientId: "hunter2 hunter2" }),
    withConnection({ clientId: { secret: "hunter2" } }),
    { ...customer, displayName: { secret: "hunter2" } },
    "clientSecret: |hunter2",
    "clientSecret: !hunter2! x",
    "clientSecret: *hunter2",
  ];
  for (const slip of slips) expect(faultsIn(slip).join("\n")).not.toMatch(/hunter2/i);
});
