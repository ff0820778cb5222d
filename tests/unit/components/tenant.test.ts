import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { declareTenant } from "../../../stacks/declare.ts";
import { declare } from "../../harness/declare.ts";
import { settingsOf } from "../../harness/stack-settings.ts";

const settings = settingsOf("local");
const all = await declare(() => declareTenant(settings));
const named = (type: string, name: string) => all.find((one) => one.type.endsWith(`:${type}`) && one.name === name);

test("every Auth0 resource is a child of a component of ours", () => {
  const resources = all.filter(({ type }) => type.startsWith("auth0:"));
  expect(resources).toHaveLength(27);
  expect(resources.filter(({ parent }) => !parent?.startsWith("auth0-b2b:"))).toEqual([]);
});

const waitsFor = (type: string, name: string) =>
  [named(type, name)?.opts.dependsOn ?? []].flat().map((one) => all.find(({ resource }) => resource === one)?.type);

test("apps wait for the tenant's flags, so that no client is enabled by itself", () => {
  for (const app of ["main", "vendor-catering"]) {
    expect(waitsFor("App", app)).toEqual(["auth0-b2b:tenant:TenantSettings"]);
  }
});

test("whatever lets people or machines in waits for the flags and for the gate", () => {
  const gate = ["auth0-b2b:tenant:TenantSettings", "auth0-b2b:actions:PostLogin"];
  expect(waitsFor("UserDirectory", "users")).toEqual(gate);
  expect(waitsFor("Company", "acme")).toEqual(gate);
  expect(waitsFor("Company", "fresh-table")).toEqual(gate);
});

test("the prompt is written after branding, which may turn identifier first off", () => {
  expect(waitsFor("Prompt", "login")).toEqual(["auth0:index/branding:Branding"]);
});

test("a company's connection is enabled for the apps whose policy names its type, and for no other", () => {
  expect(named("ConnectionClients", "acme-sso")?.inputs.enabledClients).toEqual(["main-client"]);
  expect(named("ConnectionClients", "users")?.inputs.enabledClients).toEqual(["main-client", "vendor-catering-client"]);
});

test("a role is given the scopes that the catalog bundles, at the API that has them", () => {
  expect(named("RolePermissions", "pre-customer")?.inputs.permissions).toEqual([
    { name: "read:account", resourceServerIdentifier: "https://api.travel.example/" },
    { name: "update:account", resourceServerIdentifier: "https://api.travel.example/" },
  ]);
});

test("what other programs need of the tenant is exported, client secrets as secrets", async () => {
  let outputs: ReturnType<typeof declareTenant> | undefined;
  await declare(() => {
    outputs = declareTenant(settings);
  });
  expect(Object.keys(outputs?.apps ?? {})).toEqual(["main", "vendor-catering"]);
  expect(Object.keys(outputs?.apis ?? {})).toEqual(["service"]);
  expect(Object.keys(outputs?.roles ?? {})).toEqual(["owner", "pre-customer"]);
  expect(Object.keys(outputs?.companies ?? {})).toEqual(["acme", "fresh-table"]);
  if (!outputs) throw new Error("nothing was exported");
  expect(await pulumi.isSecret(outputs.apps.main.clientSecret)).toBe(true);
  expect(await pulumi.isSecret(outputs.apps.main.clientId)).toBe(false);
});
