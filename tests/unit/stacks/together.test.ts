import { expect, test } from "vitest";
import { config, customer, entryFaults, faults, oidc } from "./project.ts";

const domainRule = "allowed: a domain in lower case such as example.com (punycode for other scripts)";
const nameRule = "allowed: 1 to 255 visible characters without < and >";

test("ten faults in one entry give ten lines", () => {
  const lines = entryFaults(
    {
      type: "customer",
      displayName: "",
      state: "gone",
      branding: { logoUrl: "x", primaryColor: "red", backgroundColor: "#fff" },
      connections: { A_b: { ...oidc, issuer: "x", domains: ["a", "b"] } },
    },
    { "acme-secret": { secure: "v1:…" } },
  );
  expect(lines.map((line) => line.split(": ")[0])).toEqual([
    "displayName",
    "state",
    "branding.logoUrl",
    "branding.primaryColor",
    "branding.backgroundColor",
    "connections.A_b.issuer",
    "connections.A_b.domains[0]",
    "connections.A_b.domains[1]",
    "connections",
    "conditions",
  ]);
});

test("thirteen faults in four files give thirteen lines: in settings, mail, entries, guests, domains, secrets and the past", () => {
  const lines = faults({
    config: {
      ...config,
      supportEmail: "x",
      mail: { provider: "post", from: "post@travel.example" },
      sites: { ...config.sites, main: "https://localhost" },
      freindlyName: "x",
      stages: ["lead", "owner"],
    },
    files: {
      "acme.yaml": { ...customer, stage: "king", guests: ["gamma-sso"] },
      "beta.yaml": { ...customer, connections: { "beta-sso": { ...oidc, domains: ["acme.example"] } } },
    },
    stack: "prod",
    previous: { delta: { state: "live", connections: [], domains: [] } },
  });
  const portal = "allowed: an https URL that ends without /, no wildcard, not localhost";
  const secretRule = 'no such secret is set; allowed: a secret set with "pulumi config set --secret NAME"';
  const acme = "✖ stacks/prod/customers/acme.yaml: ";
  const beta = "✖ stacks/prod/customers/beta.yaml: ";
  expect(lines).toEqual([
    "Stack prod cannot be used as it is set: 13 faults. Nothing was changed.",
    '✖ Pulumi.prod.yaml: supportEmail: "x" cannot be used; allowed: an e-mail address',
    '✖ Pulumi.prod.yaml: mail.provider: "post" cannot be used; allowed: smtp, ses',
    `✖ Pulumi.prod.yaml: sites.main: "https://localhost" cannot be used; ${portal}`,
    `✖ Pulumi.prod.yaml: sites.portal: "https://localhost:3001" cannot be used; ${portal}`,
    `✖ Pulumi.prod.yaml: sites.vendor-catering: "https://localhost:3002" cannot be used; ${portal}`,
    `✖ Pulumi.prod.yaml: sites.vendor-rental: "https://localhost:3003" cannot be used; ${portal}`,
    `${beta}connections.beta-sso.domains[0]: domain acme.example already belongs to acme (stacks/prod/customers/acme.yaml); allowed: each once`,
    `${acme}guests[0]: no company has this connection; allowed: a connection of another company, or users`,
    `${acme}stage: "king" cannot be used; allowed: lead, owner`,
    `${acme}connections.acme-sso.clientSecret.config: ${secretRule}`,
    `${beta}connections.beta-sso.clientSecret.config: ${secretRule}`,
    '✖ Pulumi.prod.yaml: freindlyName: unknown setting; allowed: friendlyName, supportEmail, claimNamespace, branding, mail, sites, apis, stages, aws, customers, and secrets that an entry or a setting names; "pulumi config rm NAME" takes one away',
    "✖ stacks/prod/customers/delta.yaml: the entry of delta is gone; allowed: an entry whose state was retired in an earlier up",
  ]);
});

test("one fault hides no other: of the same entry, of another entry, of the settings", () => {
  const lines = faults({
    config: { ...config, supportEmail: "x" },
    files: {
      "acme.yaml": { ...customer, state: "gone", stage: "king" },
      "beta.yaml": {
        ...customer,
        type: "partner",
        displayName: "",
        connections: { "acme-sso": { ...oidc, strategy: "saml", domains: ["X", "acme.example"] } },
      },
    },
  });
  const acme = "✖ stacks/local/customers/acme.yaml: ";
  const beta = "✖ stacks/local/customers/beta.yaml: ";
  const missing = 'no such secret is set; allowed: a secret set with "pulumi config set --secret NAME"';
  const owner = "already belongs to acme (stacks/local/customers/acme.yaml); allowed: each once";
  expect(lines.slice(1)).toEqual([
    '✖ Pulumi.local.yaml: supportEmail: "x" cannot be used; allowed: an e-mail address',
    `${acme}state: "gone" cannot be used; allowed: pilot, live, suspended, retired`,
    `${beta}type: "partner" cannot be used; allowed: customer, vendor`,
    `${beta}displayName: "" cannot be used; ${nameRule}`,
    `${beta}connections.acme-sso.strategy: "saml" cannot be used; allowed: oidc, okta, samlp, waad, google-apps, adfs, database`,
    `${beta}connections.acme-sso.domains[0]: "X" cannot be used; ${domainRule}`,
    `${beta}connections.acme-sso: connection name acme-sso ${owner}`,
    `${beta}connections.acme-sso.domains[1]: domain acme.example ${owner}`,
    `${acme}stage: "king" cannot be used; allowed: lead, owner`,
    `${acme}connections.acme-sso.clientSecret.config: ${missing}`,
    `${beta}connections.acme-sso.clientSecret.config: ${missing}`,
  ]);
});
