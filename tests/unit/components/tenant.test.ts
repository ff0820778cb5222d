import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { connectedTenant, declare } from "../../../cli/declared/declare.ts";
import { declareTenant } from "../../../stacks/declare.ts";
import { environments } from "../../../stacks/environments.ts";
import { settingsOf } from "../../harness/stack-settings.ts";

const settings = settingsOf("local");
const all = await declare(() => declareTenant(settings, connectedTenant));
const named = (type: string, name: string) => all.find((one) => one.type.endsWith(`:${type}`) && one.name === name);

test("every Auth0 resource is a child of a component of ours", () => {
  const resources = all.filter(({ type }) => type.startsWith("auth0:"));
  expect(resources).toHaveLength(87);
  expect(resources.filter(({ parent }) => !parent?.startsWith("auth0-b2b:"))).toEqual([]);
});

const waitsFor = (type: string, name: string) =>
  [named(type, name)?.opts.dependsOn ?? []]
    .flat()
    .map((one) => all.find(({ resource }) => resource === one))
    .map((one) => `${one?.type.split(":").at(-1)} ${one?.name}`);

const gates = [
  "Gate post-login",
  "Gate credentials-exchange",
  "Gate pre-user-registration",
  "Gate password-reset-post-challenge",
];

test("nothing that opens a door is declared before every gate is bound", async () => {
  const order: string[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      order.push(type.split(":").at(-1) ?? "");
      return { id: `${name}-id`, state: { ...inputs, clientId: name, clientSecret: name } };
    },
    call: () => ({}),
  });
  await pulumi.runtime.runInPulumiStack(async () => void (await declareTenant(settings, connectedTenant)));
  await pulumi.runtime.disconnect();
  const gates = order.slice(0, order.lastIndexOf("TriggerActions") + 1);
  expect(gates.filter((type) => type === "TriggerActions")).toHaveLength(4);
  const doors = ["Tenant", "ConnectionClients", "OrganizationConnection", "OrganizationClientGrant"];
  expect(gates.filter((type) => doors.includes(type))).toEqual([]);
  expect(doors.filter((type) => !order.includes(type))).toEqual([]);
});

test("apps and operators' clients wait for the tenant's flags, so that no client is enabled by itself", () => {
  for (const app of ["main", "main-personal", "portal", "vendor-catering", "vendor-rental"]) {
    expect(waitsFor("App", app)).toEqual(["TenantSettings tenant"]);
  }
  for (const operator of ["sales", "back-office"]) {
    expect(waitsFor("OperatorClient", operator)).toEqual(["TenantSettings tenant"]);
  }
  // The gates need this one, so it comes before the flags: and before any connection, on which it would be enabled.
  expect(waitsFor("OperatorClient", "first-roles")).toEqual([]);
  expect(waitsFor("UserDirectory", "users")).toEqual(["OperatorClient first-roles"]);
  expect(named("Client", "first-roles")?.inputs.grantTypes).toEqual(["client_credentials"]);
});

test("whatever lets people or machines in waits for the flags; no company depends on the gates, which change without it", () => {
  expect(waitsFor("DirectoryAccess", "users")).toEqual(["TenantSettings tenant", ...gates]);
  const companies = all.filter(({ type }) => type === "auth0-b2b:company:Company");
  expect(companies).toHaveLength(6);
  for (const { name } of companies) expect(waitsFor("Company", name)).toEqual(["TenantSettings tenant"]);
});

test("the prompt is written after branding and whenever branding changes, which may turn identifier first off", () => {
  expect(waitsFor("Prompt", "login")).toEqual(["Branding login"]);
  expect(named("Prompt", "login")?.opts.replacementTrigger).toEqual(settings.branding);
  expect(named("LoginExperience", "login")?.opts.protect).toBeUndefined(); // protected, it could not be replaced
});

test("a connection is enabled for the apps that its company and its hosts use, and for no other", () => {
  const enabled = (name: string) => named("ConnectionClients", name)?.inputs.enabledClients;
  expect(enabled("acme-sso")).toEqual(["main-client", "portal-client"]);
  expect(enabled("users")).toEqual([
    "main-client",
    "main-personal-client",
    "portal-client",
    "vendor-catering-client",
    "vendor-rental-client",
  ]);
});

test("guests of a vendor reach the vendors' apps through their own company's connection", async () => {
  const companies = settings.companies.map((company) =>
    company.slug === "wheelhouse" ? { ...company, entry: { ...company.entry, guests: ["cedar-sso"] } } : company,
  );
  const declared = await declare(() => declareTenant({ ...settings, companies }, connectedTenant));
  const clients = declared.find(({ type, name }) => type.endsWith(":ConnectionClients") && name === "cedar-sso");
  expect(clients?.inputs.enabledClients).toEqual([
    "main-client",
    "portal-client",
    "vendor-catering-client",
    "vendor-rental-client",
  ]);
});

test("a company's own database serves every app whose policy names the company's type, as its other connections do", async () => {
  const companies = settings.companies.map((company) =>
    company.slug === "cedar" || company.slug === "wheelhouse"
      ? {
          ...company,
          entry: { ...company.entry, connections: { [`${company.slug}-people`]: { strategy: "database" } as const } },
        }
      : company,
  );
  const declared = await declare(() => declareTenant({ ...settings, companies }, connectedTenant));
  const enabled = (name: string) =>
    declared.find((one) => one.type.endsWith(":ConnectionClients") && one.name === name)?.inputs.enabledClients;
  expect(enabled("cedar-people")).toEqual(["main-client", "portal-client"]);
  expect(enabled("wheelhouse-people")).toEqual(["vendor-catering-client", "vendor-rental-client"]);
});

test("a role is given the scopes that the catalog bundles, at the API that has them", () => {
  expect(named("RolePermissions", "pre-customer")?.inputs.permissions).toEqual([
    { name: "read:account", resourceServerIdentifier: "https://api.travel.example/" },
    { name: "update:account", resourceServerIdentifier: "https://api.travel.example/" },
  ]);
});

test("the gates know every company's domains, and a preview can name them", () => {
  const gate = named("Gate", "post-login")?.resource;
  expect(gate).toBeDefined();
  for (const name of ["post-login", "pre-user-registration", "password-reset-post-challenge"]) {
    const code = String(named("Action", name)?.inputs.code);
    expect(code.split("`;\n")[0]?.split("\n").slice(1, -1)).toHaveLength(4);
  }
  expect(named("Action", "credentials-exchange")?.inputs.code).not.toContain("CLAIMED_DOMAINS");
});

test("what is retired is not protected, what is suspended is", async () => {
  const withState = (state: "suspended" | "retired") => ({
    ...settingsOf("local"),
    environment: environments.prod,
    companies: settings.companies.map((one) => ({ ...one, entry: { ...one.entry, state } })),
  });
  for (const [state, protect] of [
    ["suspended", true],
    ["retired", false],
  ] as const) {
    const declared = await declare(() => declareTenant(withState(state), connectedTenant));
    const acme = (type: string) => declared.find((one) => one.type.endsWith(`:${type}`) && one.name === "acme");
    expect(acme("Company")?.opts.protect).toBe(protect);
    expect(acme("Organization")?.inputs.metadata).toMatchObject({ type: "customer", status: "suspended" });
  }
});

test("a company that gives up a domain is written before the one that gets it", async () => {
  const previous = { cedar: { state: "live", connections: ["cedar-sso"], domains: ["acme.example"] } };
  const declared = await declare(() => declareTenant({ ...settings, previous }, connectedTenant));
  const acme = declared.find(({ type, name }) => type.endsWith(":Company") && name === "acme");
  const first = [acme?.opts.dependsOn ?? []]
    .flat()
    .map((one) => declared.find(({ resource }) => resource === one)?.name);
  expect(first).toEqual(["tenant", "cedar"]);
});

test("what other programs need of the tenant is exported, client secrets as secrets", async () => {
  let outputs: Awaited<ReturnType<typeof declareTenant>> | undefined;
  await declare(async () => {
    outputs = await declareTenant(settings, connectedTenant);
  });
  if (!outputs) throw new Error("nothing was exported");
  expect(Object.keys(outputs)).toEqual(["apps", "apis", "roles", "operators", "companies", "directory", "applied"]);
  expect(Object.keys(outputs.apps)).toEqual(["main", "main-personal", "portal", "vendor-catering", "vendor-rental"]);
  expect(Object.keys(outputs.apis)).toEqual(["service", "vendor"]);
  expect(Object.keys(outputs.roles)).toEqual(["owner", "pre-customer", "vendor-editor", "api-administrator"]);
  expect(Object.keys(outputs.operators)).toEqual(["first-roles", "sales", "people", "back-office"]);
  expect(outputs.companies.borealis).toMatchObject({
    type: "customer",
    state: "live",
    conditions: { api_access: "off" },
    connections: ["borealis-sso"],
    domains: ["borealis.example", "borealis-group.example"],
  });
  expect(Object.keys(outputs.companies).sort()).toEqual([
    "acme",
    "borealis",
    "cedar",
    "dune-crafts",
    "fresh-table",
    "wheelhouse",
  ]);
  for (const { clientSecret, clientId } of [outputs.apps.main, outputs.operators.sales]) {
    if (!clientSecret) throw new Error("no secret was exported");
    expect(await pulumi.isSecret(clientSecret)).toBe(true);
    expect(await pulumi.isSecret(clientId)).toBe(false);
  }
  expect(await pulumi.isSecret(outputs.directory)).toBe(false);
  expect(outputs.apps["vendor-rental"].clientSecret).toBeUndefined(); // code in a browser keeps none
});
