import { expect, test } from "vitest";
import { config, customer, liveConfig, load, mailSecrets, secret, ses, smtp, vendor } from "./project.ts";

/** Settings that are accepted, each with what they come to where that is not what was written. */
const good: [title: string, change: Record<string, unknown>, more?: { stack?: string; expected?: object }][] = [
  ["the name of the business has 255 letters", { friendlyName: "x".repeat(255) }],
  ["the name of the business has one letter", { friendlyName: "X" }],
  ["the name of the business is in another script", { friendlyName: "東京トラベル株式会社" }],
  [
    "the name of the business has signs that HTML or YAML would take for their own",
    { friendlyName: "R&D: \"A\" # 'B', 100 %" },
  ],
  ["the name of the business is a number", { friendlyName: "1234" }],
  ["the name of the business looks like a list", { friendlyName: "[x] Travel" }],
  ["the name of the business has an emoji", { friendlyName: "Travel 🚆" }],
  ["the support address has a plus", { supportEmail: "support+login@travel.example" }],
  ["the support address is written in capitals", { supportEmail: "Support@Travel.Example" }],
  ["the support address is at a domain in punycode", { supportEmail: "hilfe@xn--mnchen-3ya.example" }],
  ["claims begin with the root of a domain", { claimNamespace: "https://travel.example/" }],
  ["claims begin with a domain that only ends like Auth0's", { claimNamespace: "https://notauth0.com/" }],
  ["claims begin with a URL that has a port and a path", { claimNamespace: "https://travel.example:8443/a/b/" }],
  ["a colour is in capitals", { branding: { ...config.branding, primaryColor: "#0B57D0" } }],
  ["the logo has a long path", { branding: { ...config.branding, logoUrl: `https://a.example/${"x".repeat(237)}` } }],
  [
    "the logo's path has a space, percent-encoded",
    { branding: { ...config.branding, logoUrl: "https://a.example/our%20logo.svg" } },
  ],
  [
    "sites are told apart by port",
    {
      sites: {
        main: "https://a.example",
        portal: "https://a.example:8443",
        "vendor-catering": "https://a.example:8444",
        "vendor-rental": "https://a.example:8445",
      },
    },
  ],
  [
    "sites are told apart by path",
    {
      sites: {
        main: "https://a.example",
        portal: "https://a.example/portal",
        "vendor-catering": "https://a.example/catering",
        "vendor-rental": "https://a.example/rental",
      },
    },
  ],
  [
    "a site is at a domain in punycode with a top-level one",
    { sites: { ...config.sites, main: "https://xn--e1aybc.xn--p1ai" } },
  ],
  [
    "a site is at localhost without a port, on a developer's machine",
    { sites: { ...config.sites, main: "https://localhost" } },
  ],
  ["an API's identifier has no slash at the end", { apis: { ...config.apis, service: "https://api.travel.example" } }],
  [
    "two APIs are told apart by path",
    { apis: { service: "https://api.travel.example/", vendor: "https://api.travel.example/vendor" } },
  ],
  ["there is one stage", { stages: ["owner"] }],
  [
    "there are fifty stages of fifty letters",
    { stages: Array.from({ length: 50 }, (_, n) => `s${n}`.padEnd(50, "x")) },
  ],
  ["nobody sends mail, on a developer's machine", { mail: {} }, { expected: { mail: undefined } }],
  ["mail goes over SMTP, on a developer's machine too", { mail: smtp, "mail-password": mailSecrets["mail-password"] }],
  [
    "mail goes over the last port there is",
    { mail: { ...smtp, port: 65_535 }, "mail-password": mailSecrets["mail-password"] },
  ],
  [
    "the account at the mail server is an address",
    { mail: { ...smtp, user: "travel@mail.example" }, "mail-password": mailSecrets["mail-password"] },
  ],
  ["mail goes by SES", { mail: ses, "mail-key-id": mailSecrets["mail-key-id"], "mail-key": mailSecrets["mail-key"] }],
  [
    "mail goes by SES in a region of three words",
    {
      mail: { ...ses, region: "us-gov-west-1" },
      "mail-key-id": mailSecrets["mail-key-id"],
      "mail-key": mailSecrets["mail-key"],
    },
  ],
  [
    "both halves of SES's access are one secret",
    { mail: { ...ses, accessKeyId: { config: "mail-key" } }, "mail-key": mailSecrets["mail-key"] },
  ],
  ["dev has its mail and no localhost", liveConfig, { stack: "dev" }],
  ["staging has its mail and no localhost", liveConfig, { stack: "staging" }],
  [
    "prod sends mail by SES",
    {
      ...liveConfig,
      mail: ses,
      "mail-password": undefined,
      "mail-key-id": mailSecrets["mail-key-id"],
      "mail-key": mailSecrets["mail-key"],
    },
    { stack: "prod" },
  ],
];

test.each(good)("settings are accepted where %s", (_, change, { stack = "local", expected = {} } = {}) => {
  const set = Object.fromEntries(Object.entries({ ...config, ...change }).filter(([, value]) => value !== undefined));
  const { environment, companies, secret, previous, warnings, ...settings } = load({ config: set, stack });
  const values = Object.entries({ ...set, ...expected }).filter(
    ([key, value]) => !(key in mailSecrets) && value !== undefined,
  );
  expect(settings).toEqual(Object.fromEntries(values));
  expect([companies, warnings]).toEqual([[], []]);
});

test("companies of a live stack come from its own folder, with the secret that one names", () => {
  const { companies } = load({
    config: { ...liveConfig, ...secret },
    stack: "prod",
    files: { "acme.yaml": customer, "fresh-table.yaml": vendor },
  });
  expect(companies.map(({ slug, file }) => [slug, file])).toEqual([
    ["acme", "stacks/prod/customers/acme.yaml"],
    ["fresh-table", "stacks/prod/customers/fresh-table.yaml"],
  ]);
});

test("each environment has what it states, and reads the entries of its own folder", () => {
  const plans = ["local", "dev", "staging", "prod"].map((stack) => {
    const set = stack === "local" ? config : liveConfig;
    const { environment, companies } = load({ config: set, stack, files: { [`${stack}-co.yaml`]: vendor } });
    expect(companies.map(({ slug }) => slug)).toEqual([`${stack}-co`]);
    return [stack, environment.plan, environment.guard.protect];
  });
  expect(plans).toEqual([
    ["local", "enterprise", false],
    ["dev", "professional", true],
    ["staging", "enterprise", true],
    ["prod", "enterprise", true],
  ]);
});
