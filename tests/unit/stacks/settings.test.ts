import { expect, test } from "vitest";
import { config, customer, faults, liveConfig, load, secret, vendor } from "./project.ts";

const file = "✖ Pulumi.local.yaml: ";

test("settings without companies are accepted", () => {
  const { environment, companies, secret, previous, warnings, ...settings } = load({ config });
  expect(settings).toEqual(config);
  expect([companies, warnings]).toEqual([[], []]);
  expect(previous).toEqual({});
  expect(environment).toEqual({
    guard: { protect: false, retain: false },
    localhostApps: true,
    domainProof: false,
    testMail: true,
    plan: "enterprise",
    earlyAccess: ["organization-discovery-methods"],
  });
  expect(secret).toBeTypeOf("function");
});

test("companies come from files and from the configuration, by the same rules", () => {
  const { companies } = load({
    config: { ...config, ...secret, customers: { "fresh-table": vendor } },
    files: { "acme.yaml": customer },
  });
  expect(companies).toEqual([
    { slug: "acme", file: "stacks/local/customers/acme.yaml", path: [], entry: { ...customer, state: "live" } },
    {
      slug: "fresh-table",
      file: "Pulumi.local.yaml",
      path: ["customers", "fresh-table"],
      entry: { ...vendor, state: "live" },
    },
  ]);
});

test.each(["production", "Local", "constructor", "__proto__"])(
  "an unknown stack %s is refused with the known ones",
  (stack) => {
    expect(faults({ config, stack })).toEqual([
      `There is no environment for stack ${stack}; known stacks: local, dev, staging, prod.`,
    ]);
  },
);

test("an unknown stack's name cannot pass for a line of the program's own", () => {
  expect(faults({ config, stack: "a\n✖ b" })).toEqual([
    'There is no environment for stack "a\\n✖ b"; known stacks: local, dev, staging, prod.',
  ]);
});

test("without any setting every one is missing, all at once", () => {
  expect(faults({ config: {} })).toEqual([
    "Stack local cannot be used as it is set: 7 faults. Nothing was changed.",
    `${file}friendlyName: missing; allowed: 1 to 255 visible characters without < and >`,
    `${file}supportEmail: missing; allowed: an e-mail address`,
    `${file}claimNamespace: missing; allowed: an https URL that ends in / and is not under auth0.com, webtask.io or webtask.run`,
    `${file}branding: missing; allowed: an object with logoUrl, primaryColor, backgroundColor`,
    `${file}sites: missing; allowed: an object with main, portal, vendor-catering, vendor-rental`,
    `${file}apis: missing; allowed: an object with service, vendor`,
    `${file}stages: missing; allowed: a list of 1 to 50 funnel stages, in order`,
  ]);
});

const stageRule = "allowed: 1 to 50 lower-case letters, digits and hyphens, beginning with a letter";
const localUrl = "allowed: an https URL that ends without /, no wildcard";
const httpsUrl = "allowed: an https URL without user, query and fragment";
const identifier = `${httpsUrl}, not of the Management API (/api/v2/)`;
const namespace = "allowed: an https URL that ends in / and is not under auth0.com, webtask.io or webtask.run";

const single: [change: Record<string, unknown>, line: string][] = [
  [{ friendlyName: "" }, 'friendlyName: "" cannot be used; allowed: 1 to 255 visible characters without < and >'],
  [{ friendlyName: "a<b" }, 'friendlyName: "a<b" cannot be used; allowed: 1 to 255 visible characters without < and >'],
  [{ supportEmail: "support" }, 'supportEmail: "support" cannot be used; allowed: an e-mail address'],
  [{ claimNamespace: "https://a.example" }, `claimNamespace: "https://a.example" cannot be used; ${namespace}`],
  [{ claimNamespace: "https://x.auth0.com/" }, `claimNamespace: "https://x.auth0.com/" cannot be used; ${namespace}`],
  [
    { branding: "blue" },
    "branding: this string cannot be used; allowed: an object with logoUrl, primaryColor, backgroundColor",
  ],
  [
    { branding: { ...config.branding, primaryColor: "blue" } },
    'branding.primaryColor: "blue" cannot be used; allowed: a colour such as "#1f6feb"',
  ],
  [
    { branding: { ...config.branding, logoUrl: "http://a.example/logo" } },
    `branding.logoUrl: "http://a.example/logo" cannot be used; ${httpsUrl}`,
  ],
  [
    { branding: { ...config.branding, color: "#ffffff" } },
    "branding: unknown key color; allowed: logoUrl, primaryColor, backgroundColor",
  ],
  [{ branding: [] }, "branding: a list cannot be used; allowed: an object with logoUrl, primaryColor, backgroundColor"],
  [{ sites: { ...config.sites, portal: undefined } }, `sites.portal: missing; ${localUrl}`],
  [
    { sites: { ...config.sites, main: "https://a.example/" } },
    `sites.main: "https://a.example/" cannot be used; ${localUrl}`,
  ],
  [
    { sites: { ...config.sites, main: "https://*.a.example" } },
    `sites.main: "https://*.a.example" cannot be used; ${localUrl}`,
  ],
  [
    { sites: { ...config.sites, main: "https://a.example/*" } },
    `sites.main: "https://a.example/*" cannot be used; ${localUrl}`,
  ],
  [
    { sites: { ...config.sites, main: "http://localhost:3000" } },
    `sites.main: "http://localhost:3000" cannot be used; ${localUrl}`,
  ],
  [{ sites: { ...config.sites, main: 3000 } }, `sites.main: this number cannot be used; ${localUrl}`],
  [
    { sites: { ...config.sites, shop: "https://a.example" } },
    "sites: unknown key shop; allowed: main, portal, vendor-catering, vendor-rental",
  ],
  [
    { sites: { ...config.sites, portal: config.sites.main } },
    "sites: two sites have the same URL; allowed: each its own",
  ],
  [
    { sites: `{"__proto__":{},${JSON.stringify(config.sites).slice(1)}` },
    "sites: unknown key __proto__; allowed: main, portal, vendor-catering, vendor-rental",
  ],
  [{ apis: [] }, "apis: a list cannot be used; allowed: an object with service, vendor"],
  [{ apis: { service: config.apis.service } }, `apis.vendor: missing; ${identifier}`],
  [
    { apis: { ...config.apis, service: "https://u:p@a.example/" } },
    `apis.service: this string cannot be used; ${identifier}`,
  ],
  [
    { apis: { ...config.apis, service: "https://x.eu.auth0.com/api/v2/" } },
    `apis.service: "https://x.eu.auth0.com/api/v2/" cannot be used; ${identifier}`,
  ],
  [
    { apis: { ...config.apis, service: "https://api.travel.example/API/v2/" } },
    `apis.service: "https://api.travel.example/API/v2/" cannot be used; ${identifier}`,
  ],
  [
    { apis: { service: config.apis.service, vendor: config.apis.service } },
    "apis: two APIs have the same identifier; allowed: each its own",
  ],
  [{ stages: [] }, "stages: empty; allowed: a list of 1 to 50 funnel stages, in order"],
  [{ stages: "lead" }, 'stages: "lead" cannot be used; allowed: a list of 1 to 50 funnel stages, in order'],
  [{ stages: ["lead", "lead"] }, "stages: something stands twice; allowed: each once"],
  [{ stages: ["Lead"] }, `stages[0]: "Lead" cannot be used; ${stageRule}`],
  [{ stages: ["lead", 2] }, `stages[1]: 2 cannot be used; ${stageRule}, in quotes`],
  [{ stages: ["x".repeat(51)] }, `stages[0]: "${"x".repeat(51)}" cannot be used; ${stageRule}`],
  [
    { stages: Array.from({ length: 51 }, (_, n) => `s${n}`) },
    "stages: too long; allowed: a list of 1 to 50 funnel stages, in order",
  ],
  [{ customers: "acme" }, "customers: not a map; allowed: a map from slug to entry"],
  [{ customers: null }, "customers: not a map; allowed: a map from slug to entry"],
  [{ customers: [] }, "customers: not a map; allowed: a map from slug to entry"],
  [
    { freindlyName: "x" },
    'freindlyName: unknown setting; allowed: friendlyName, supportEmail, claimNamespace, branding, mail, sites, apis, stages, aws, customers, and secrets that an entry or a setting names; "pulumi config rm NAME" takes one away',
  ],
  [
    { friendlyName: { secure: "v1:…" } },
    "friendlyName: encrypted; allowed: plain values, secrets have a setting of their own",
  ],
];

test.each(single)("%j is refused", (change, line) => {
  expect(faults({ config: { ...config, ...change } })).toEqual([
    "Stack local cannot be used as it is set: 1 fault. Nothing was changed.",
    file + line,
  ]);
});

/** URLs that a parser would mend or a reader misread. */
const odd = [
  "https://a.example\n",
  "https://a.example ",
  "https://a.ex\tample",
  "https://a.example?",
  "https://a.example#",
  "https://@a.example",
  "https://u:hunter2@a.example",
  "https:///a.example",
  "https:a.example",
  "https://a.example\\x",
  "https://a.example:0",
  "https://a..b",
  "https://a.example.",
  "https://A.example",
  "https://\u0430cme.example",
  "https://a.example,https://b.example",
  "https://a.example:443",
  "http://a.example",
  "https://10.0.0.1",
  "https://[::1]",
  `https://a.example/${"x".repeat(255)}`,
];

test.each(odd)("%j is no URL of an app, an API, a logo, a namespace or an issuer", (url) => {
  const lines = faults({
    config: {
      ...config,
      ...secret,
      claimNamespace: `${url}/`,
      branding: { ...config.branding, logoUrl: url },
      sites: { ...config.sites, main: url },
      apis: { ...config.apis, service: url },
    },
    files: {
      "acme.yaml": { ...customer, connections: { "acme-sso": { ...customer.connections["acme-sso"], issuer: url } } },
    },
  });
  expect(lines.map((line) => line.split(": ")[1])).toEqual([
    expect.stringMatching(/^5 faults/),
    "claimNamespace",
    "branding.logoUrl",
    "sites.main",
    "apis.service",
    "connections.acme-sso.issuer",
  ]);
  expect(lines.join("\n")).not.toContain("hunter2");
});

test.each([
  "https://localhost",
  "https://localhost:3000",
  "https://127.0.0.1",
  "https://0.0.0.0",
  "https://[::]",
  "https://localhost.",
])("a site of a live stack is not at %s", (main) => {
  for (const stack of ["dev", "staging", "prod"]) {
    const lines = faults({ config: { ...liveConfig, sites: { ...liveConfig.sites, main } }, stack });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^✖ Pulumi\.\w+\.yaml: sites\.main: .* no wildcard, not localhost$/);
  }
});

test("that two sites share a URL is said beside other faults of the sites", () => {
  expect(
    faults({ config: { ...config, sites: { ...config.sites, main: config.sites.portal, "vendor-rental": "x" } } }),
  ).toEqual([
    "Stack local cannot be used as it is set: 2 faults. Nothing was changed.",
    `${file}sites.vendor-rental: this string cannot be used; ${localUrl}`,
    `${file}sites: two sites have the same URL; allowed: each its own`,
  ]);
});

test.each([
  " Acme",
  "Acme ",
  "",
  "a\u202eb",
  "a\u200bb",
  "a\u2028b",
  "a\nb",
  "x".repeat(256),
  "\u00a0",
  "Acme\u3000",
  "\u3164",
  "a\u00adb",
  "\u2800\ud800",
  "a\u009bb",
])("%j is no name", (friendlyName) => {
  expect(faults({ config: { ...config, friendlyName } })).toHaveLength(2);
});

test.each(["a@b", "<x>@a.example", "a@.b.example", "a@a.example.", "a b@a.example", "a@a.example\n"])(
  "%j is no e-mail address",
  (email) => {
    expect(faults({ config: { ...config, supportEmail: email } })).toHaveLength(2);
  },
);

test("a claim namespace under Auth0's own domains is refused, one that only looks alike is not", () => {
  for (const host of ["auth0.com", "x.auth0.com", "webtask.io", "webtask.run"]) {
    expect(faults({ config: { ...config, claimNamespace: `https://${host}/` } })).toHaveLength(2);
  }
  expect(faults({ config: { ...config, claimNamespace: "https://notauth0.com/" } })).toEqual([]);
});
