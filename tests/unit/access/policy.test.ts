import { expect, test } from "vitest";
import { type Policy, readPolicy, writePolicy } from "../../../access/policy.ts";

const portal: Policy = {
  orgTypes: ["vendor", "customer"],
  orgRequires: { vendor_kind: "catering", api_access: "on" },
  individuals: "deny",
  stageClaim: "off",
};

test("a policy is written as five sorted texts", () => {
  expect(writePolicy(portal)).toEqual({
    policy_version: "1",
    org_types: "customer,vendor",
    org_requires: "api_access=on,vendor_kind=catering",
    individuals: "deny",
    stage_claim: "off",
  });
});

test("empty lists are spelt out, because Auth0 removes empty metadata", () => {
  const personal: Policy = { orgTypes: [], orgRequires: {}, individuals: "allow", stageClaim: "on" };
  expect(writePolicy(personal)).toMatchObject({ org_types: "none", org_requires: "none" });
  expect(readPolicy(writePolicy(personal))).toEqual(personal);
});

test("a written policy is read back", () => {
  expect(readPolicy(writePolicy(portal))).toEqual({ ...portal, orgTypes: ["customer", "vendor"] });
});

test("metadata beside the policy is nobody's business", () => {
  expect(readPolicy({ ...writePolicy(portal), operator: "true" })).toBeDefined();
});

const damages: [what: string, change: Record<string, unknown>][] = [
  ["no version", { policy_version: undefined }],
  ["a later version", { policy_version: "2" }],
  ["a version that is a number", { policy_version: 1 }],
  ["no organization types", { org_types: undefined }],
  ["empty organization types", { org_types: "" }],
  ["an unknown organization type", { org_types: "customer,partner" }],
  ["an organization type in capitals", { org_types: "Customer" }],
  ["an organization type twice", { org_types: "customer,customer" }],
  ["a condition key in capitals", { org_requires: "Api_access=on" }],
  ["none with a space", { org_types: "none " }],
  ["a trailing comma", { org_types: "customer," }],
  ["a space in a list", { org_types: "customer, vendor" }],
  ["none among types", { org_types: "none,customer" }],
  ["no conditions", { org_requires: undefined }],
  ["a condition without a value", { org_requires: "api_access=" }],
  ["a condition without a key", { org_requires: "=on" }],
  ["a condition that is only a word", { org_requires: "api_access" }],
  ["a condition with two equals signs", { org_requires: "api_access=on=off" }],
  ["a condition twice", { org_requires: "api_access=on,api_access=off" }],
  ["no answer for individuals", { individuals: undefined }],
  ["an unknown answer for individuals", { individuals: "maybe" }],
  ["no answer for the stage claim", { stage_claim: undefined }],
  ["an unknown answer for the stage claim", { stage_claim: "yes" }],
];

test.each(damages)("a policy with %s is no policy", (_, change) => {
  expect(readPolicy({ ...writePolicy(portal), ...change })).toBeUndefined();
});
