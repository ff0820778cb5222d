import { expect, test } from "vitest";
import { matcherOf } from "../../../cli/customer/slice.ts";
import { targetsOf } from "../../../cli/customer/targets.ts";
import { connectedTenant, type Declared, declare } from "../../../cli/declared/declare.ts";
import { declareTenant } from "../../../stacks/declare.ts";
import type { Company } from "../../../stacks/entries.ts";
import { company } from "../../../stacks/schema/company.ts";
import { withAws } from "../../harness/aws/settings.ts";

const oidc = {
  strategy: "oidc",
  issuer: "https://login.example/",
  clientId: "travel",
  clientSecret: { config: "acme-sso-secret" },
};
const machine = { scopes: ["read:bookings"] };
const common = { displayName: "X", type: "customer", conditions: { api_access: "on" } };

/** Companies whose names are as near to each other's as the entries' checks let them be. */
const entries: Readonly<Record<string, object>> = {
  x: {
    ...common,
    connections: {
      "x-sso": { ...oidc, domains: ["x.example"] },
      "x-y": { ...oidc, domains: ["xy.example"] },
      "x-people": { strategy: "database" },
    },
    machines: { directory: machine, sso: machine },
    guests: ["users", "y-sso"],
  },
  "x-directory": { ...common, machines: { "x-directory": machine } },
  "x-sso": { ...common, connections: { x: { ...oidc, domains: ["z.example"] } }, guests: ["x-sso"] },
  "x-y": { ...common, connections: { "y-sso": { ...oidc, domains: ["y.example"] } }, breakGlass: "a@y.example" },
  "x-people": { ...common, connections: { "x-directory": { strategy: "database" } }, machines: { sso: machine } },
};

const companies: Company[] = Object.entries(entries).map(([slug, entry]) => {
  return { slug, file: "", path: [], entry: company.parse(entry) };
});

const all = await declare(() => declareTenant({ ...withAws("local"), companies }, connectedTenant));

/** The URN as the engine makes it. */
function urnOf(one: Declared): string {
  const types = (at: Declared): string => {
    const parent = all.find(({ type, name }) => `${type}::${name}` === at.parent);
    return parent && parent.type !== "pulumi:pulumi:Stack" ? `${types(parent)}$${at.type}` : at.type;
  };
  return `urn:pulumi:local::auth0-b2b::${types(one)}::${one.name}`;
}

/** What belongs to the company: what is under its component, and its guests' access. */
function ownOf(slug: string): string[] {
  const top = (one: Declared): Declared => {
    const parent = all.find(({ type, name }) => `${type}::${name}` === one.parent);
    return parent && parent.type !== "pulumi:pulumi:Stack" ? top(parent) : one;
  };
  const mine = (one: Declared) =>
    (one.type.endsWith(":Company") && one.name === slug) ||
    (one.type.endsWith(":GuestAccess") && one.name.startsWith(`${slug}/`)) ||
    (one.type.endsWith(":ClientCredential") && one.name.startsWith(`companies/${slug}/`));
  return all.filter((one) => mine(top(one))).map(urnOf);
}

function targeted(slug: string, domains: boolean): string[] {
  const { connections = {}, machines = {}, guests = [] } = entries[slug] as Record<string, never[]>;
  const names = { slug, connections: Object.keys(connections), machines: Object.keys(machines), guests };
  const patterns = targetsOf("local", names, domains);
  expect(patterns.filter((pattern) => !pattern.includes("*") || pattern.includes("**"))).toEqual([]);
  return all.map(urnOf).filter(matcherOf(patterns));
}

/** What tells the back ends of all companies. */
const directory = [
  "aws:s3/bucketObjectv2:BucketObjectv2::app-settings",
  "aws:ssm/parameter:Parameter::app-settings/directory",
].map((end) => `urn:pulumi:local::auth0-b2b::auth0-b2b:aws:AppSettings$${end}`);

test.each(Object.keys(entries))(
  "the targets of company %s are all that it has, the directory, and nothing that another has",
  (slug) => {
    expect(ownOf(slug).length).toBeGreaterThan(3);
    expect(targeted(slug, false)).toEqual([...ownOf(slug), ...directory]);
  },
);

test("a company's credentials are among its own", () => {
  const ofMachines = ownOf("x").filter((urn) => urn.includes("aws:ClientCredential"));
  expect(ofMachines).toHaveLength(8); // of two machines: component, secret, policy and version
});

test("where its domains change, the three Actions that hold them are targets too, and no binding", () => {
  const own = new Set([...ownOf("x"), ...directory]);
  expect(targeted("x", true).filter((urn) => !own.has(urn))).toEqual(
    ["post-login", "pre-user-registration", "password-reset-post-challenge"].flatMap((name) => [
      `urn:pulumi:local::auth0-b2b::auth0-b2b:actions:Gate::${name}`,
      `urn:pulumi:local::auth0-b2b::auth0-b2b:actions:Gate$auth0:index/action:Action::${name}`,
    ]),
  );
});
