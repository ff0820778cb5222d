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
  [[customer], "a list cannot be used; allowed: an object with type: customer or vendor"],
  [{ ...customer, type: "partner" }, 'type: "partner" cannot be used; allowed: customer, vendor'],
  [
    { ...customer, displayName: "<b>" },
    'displayName: "<b>" cannot be used; allowed: 1 to 255 characters without < and >',
  ],
  [{ ...customer, status: "gone" }, 'status: "gone" cannot be used; allowed: active, suspended'],
  [{ ...customer, stage: "king" }, "stage: unknown stage king; allowed: lead, owner"],
  [{ ...customer, conditions: {} }, "conditions.api_access: missing; allowed: on, off"],
  [{ ...customer, conditions: { api_access: true } }, "conditions.api_access: true cannot be used; allowed: on, off"],
  [
    { ...customer, conditions: { api_access: "on", vendor_kind: "catering" } },
    "conditions: unknown key vendor_kind; allowed: api_access",
  ],
  [
    { ...customer, conections: {} },
    "unknown key conections; allowed: type, displayName, status, stage, branding, connections, machine, conditions",
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
    `${place}.issuer: "login.acme.example" cannot be used; allowed: an https URL without user, query and fragment`,
  ],
  [
    withConnection({ clientSecret: "hunter2" }),
    `${place}.clientSecret: this string cannot be used; allowed: an object with config`,
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

test("a secret that an entry names must be set, encrypted, and no setting of the program", () => {
  const named = `${at}${place}.clientSecret.config: `;
  const allowed = 'allowed: a secret set with "pulumi config set --secret';
  expect(faultsIn(customer, {})).toEqual([`${named}no secret acme-secret is set; ${allowed} acme-secret"`]);
  expect(faultsIn(customer, { "acme-secret": "plain" })).toEqual([
    `${named}acme-secret is not encrypted; ${allowed} acme-secret"`,
  ]);
  expect(faultsIn(withConnection({ clientSecret: { config: "stages" } }), {})).toEqual([
    `${named}stages is a setting of the program; ${allowed} stages"`,
  ]);
});

test("slugs, connection names and domains belong to one company each", () => {
  const lines = faults({
    config: { ...config, ...secret, customers: { acme: vendor } },
    files: { "acme.yaml": customer, "beta.yaml": customer },
  });
  const owner = "already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once";
  expect(lines.slice(1)).toEqual([
    `✖ Pulumi.local.yaml: customers.acme: slug acme ${owner}`,
    `✖ stacks/local/customers/beta.yaml: connections.acme-sso: connection name acme-sso ${owner}`,
    `✖ stacks/local/customers/beta.yaml: connections.acme-sso.domains[0]: domain acme.example ${owner}`,
  ]);
});

test("a folder of entries holds YAML files named by slug and nothing else", () => {
  const lines = faults({
    config,
    files: { "README.md": "", "Bad_Slug.yaml": vendor, "broken.yaml": "a: [\n b: 1", "empty.yaml": "" },
  });
  expect(lines.slice(1)).toEqual([
    "✖ stacks/local/customers/README.md: cannot be read; allowed here: files named <slug>.yaml",
    expect.stringMatching(/^✖ stacks\/local\/customers\/broken\.yaml: line 2: not YAML: \S.*$/),
    '✖ stacks/local/customers/Bad_Slug.yaml: slug "Bad_Slug" cannot be used; allowed: 1 to 50 lower-case letters, digits and single hyphens between them',
    "✖ stacks/local/customers/empty.yaml: nothing cannot be used; allowed: an object with type: customer or vendor",
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
  expect(lines).toHaveLength(10);
});

test("no complaint quotes what may be a secret", () => {
  const slips = [
    withConnection({ clientSecret: "hunter2" }),
    withConnection({ clientSecret: { config: "Hunter2 hunter2" } }),
    withConnection({ clientSecret: { config: { value: "hunter2" } } }),
    withConnection({ clientSecret: ["hunter2"] }),
    { ...withConnection({}), clientSecret: "hunter2" },
    { clientSecret: "hunter2" },
  ];
  for (const slip of slips) expect(faultsIn(slip).join("\n")).not.toMatch(/hunter2/i);
});
