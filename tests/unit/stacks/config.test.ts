import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test, vi } from "vitest";
import { readConfig, readTenantDomain } from "../../../stacks/config.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  pulumi.runtime.setAllConfig({});
});

test("the project's own keys are read without its name, and those that are encrypted are known", () => {
  pulumi.runtime.setAllConfig({ "auth0-b2b:friendlyName": "Acme", "auth0-b2b:acme-secret": "hush", "aws:region": "x" });
  vi.stubEnv("PULUMI_CONFIG_SECRET_KEYS", JSON.stringify(["auth0-b2b:acme-secret", "aws:token"]));
  const { values, secretKeys } = readConfig("auth0-b2b");
  expect(Object.fromEntries(values)).toEqual({ friendlyName: "Acme", "acme-secret": "hush" });
  expect([...secretKeys]).toEqual(["acme-secret"]);
});

test("without any encrypted key none is known", () => {
  pulumi.runtime.setAllConfig({ "auth0-b2b:friendlyName": "Acme" });
  vi.stubEnv("PULUMI_CONFIG_SECRET_KEYS", undefined);
  expect(readConfig("auth0-b2b").secretKeys.size).toBe(0);
});

test("the tenant's domain is that of the environment, else that of the stack's configuration", () => {
  vi.stubEnv("AUTH0_DOMAIN", undefined);
  expect(readTenantDomain()).toBeUndefined();
  pulumi.runtime.setAllConfig({ "auth0:domain": "travel.eu.auth0.com" });
  expect(readTenantDomain()).toBe("travel.eu.auth0.com");
  vi.stubEnv("AUTH0_DOMAIN", "other.eu.auth0.com");
  expect(readTenantDomain()).toBe("other.eu.auth0.com");
});
