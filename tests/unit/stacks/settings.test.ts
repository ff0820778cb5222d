import { expect, test } from "vitest";
import { config, customer, faults, load, secret, vendor } from "./project.ts";

const file = "✖ Pulumi.local.yaml: ";

test("settings without companies are accepted", () => {
  const { environment, companies, secret, ...settings } = load({ config });
  expect(settings).toEqual(config);
  expect(companies).toEqual([]);
  expect(environment).toEqual({ guard: { protect: false, retain: false }, localhostApps: true });
  expect(secret).toBeTypeOf("function");
});

test("companies come from files and from the configuration, by the same rules", () => {
  const { companies } = load({
    config: { ...config, ...secret, customers: { "fresh-table": vendor } },
    files: { "acme.yaml": customer },
  });
  expect(companies).toEqual([
    { slug: "acme", file: "stacks/local/customers/acme.yaml", path: [], entry: { ...customer, status: "active" } },
    {
      slug: "fresh-table",
      file: "Pulumi.local.yaml",
      path: ["customers", "fresh-table"],
      entry: { ...vendor, status: "active" },
    },
  ]);
});

test("an unknown stack is refused with the known ones", () => {
  expect(faults({ config, stack: "production" })).toEqual([
    "There is no environment for stack production; known stacks: local, dev.",
  ]);
  expect(faults({ config, stack: "constructor" })).toEqual([
    "There is no environment for stack constructor; known stacks: local, dev.",
  ]);
});

test("without any setting every one is missing, all at once", () => {
  expect(faults({ config: {} })).toEqual([
    "Stack local cannot be used as it is set: 7 faults. Nothing was changed.",
    `${file}friendlyName: missing; allowed: 1 to 255 characters without < and >`,
    `${file}supportEmail: missing; allowed: an e-mail address`,
    `${file}claimNamespace: missing; allowed: an https URL that ends in / and is not under auth0.com, webtask.io or webtask.run`,
    `${file}branding: missing; allowed: an object with logoUrl, primaryColor, backgroundColor`,
    `${file}apps: missing; allowed: an object with main, vendor-catering`,
    `${file}apis: missing; allowed: an object with service`,
    `${file}stages: missing; allowed: a list of funnel stages, in order`,
  ]);
});

const localUrl = "allowed: an https URL that ends without /, no wildcard";
const httpsUrl = "allowed: an https URL without user, query and fragment";
const namespace = "allowed: an https URL that ends in / and is not under auth0.com, webtask.io or webtask.run";

const single: [change: Record<string, unknown>, line: string][] = [
  [{ friendlyName: "" }, 'friendlyName: "" cannot be used; allowed: 1 to 255 characters without < and >'],
  [{ friendlyName: "a<b" }, 'friendlyName: "a<b" cannot be used; allowed: 1 to 255 characters without < and >'],
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
  [{ apps: { main: "https://a.example" } }, `apps.vendor-catering: missing; ${localUrl}`],
  [
    { apps: { ...config.apps, main: "https://a.example/" } },
    `apps.main: "https://a.example/" cannot be used; ${localUrl}`,
  ],
  [
    { apps: { ...config.apps, main: "https://*.a.example" } },
    `apps.main: "https://*.a.example" cannot be used; ${localUrl}`,
  ],
  [
    { apps: { ...config.apps, main: "http://localhost:3000" } },
    `apps.main: "http://localhost:3000" cannot be used; ${localUrl}`,
  ],
  [{ apps: { ...config.apps, shop: "https://a.example" } }, "apps: unknown key shop; allowed: main, vendor-catering"],
  [{ apis: [] }, "apis: a list cannot be used; allowed: an object with service"],
  [
    { apis: { service: "https://u:p@a.example/" } },
    `apis.service: "https://u:p@a.example/" cannot be used; ${httpsUrl}`,
  ],
  [{ stages: [] }, "stages: empty; allowed: a list of funnel stages, in order"],
  [{ stages: "lead" }, 'stages: "lead" cannot be used; allowed: a list of funnel stages, in order'],
  [{ stages: ["lead", "lead"] }, "stages: a stage stands twice; allowed: each once"],
  [
    { stages: ["Lead"] },
    'stages[0]: "Lead" cannot be used; allowed: 1 to 50 lower-case letters, digits and hyphens, beginning with a letter',
  ],
  [{ customers: [] }, "customers: not a map; allowed: a map from slug to entry"],
  [
    { freindlyName: "x" },
    "freindlyName: unknown setting; allowed: friendlyName, supportEmail, claimNamespace, branding, apps, apis, stages, customers, and secrets that an entry names",
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

test("an app may live at localhost only where the environment says so", () => {
  expect(faults({ config: { ...config, apps: { ...config.apps, main: "https://127.0.0.1" } }, stack: "dev" })).toEqual([
    "Stack dev cannot be used as it is set: 2 faults. Nothing was changed.",
    '✖ Pulumi.dev.yaml: apps.main: "https://127.0.0.1" cannot be used; allowed: an https URL that ends without /, no wildcard, not localhost',
    '✖ Pulumi.dev.yaml: apps.vendor-catering: "https://localhost:3001" cannot be used; allowed: an https URL that ends without /, no wildcard, not localhost',
  ]);
});
