import { expect, test } from "vitest";
import { type Policy, readPolicy, writePolicy } from "../../../access/policy.ts";

const policy: Policy = {
  orgTypes: ["vendor", "customer"],
  orgRequires: { vendor_kind: "catering", api_access: "on" },
  individuals: "deny",
  stageClaim: "off",
  mfa: "password",
};

test("a policy is written as six texts, its lists sorted", () => {
  expect(writePolicy(policy)).toEqual({
    policy_version: "2",
    org_types: "customer,vendor",
    org_requires: "api_access=on,vendor_kind=catering",
    individuals: "deny",
    stage_claim: "off",
    mfa: "password",
  });
  expect(policy.orgTypes).toEqual(["vendor", "customer"]);
});

test("empty lists are spelt out, because Auth0 removes empty metadata", () => {
  const personal: Policy = { orgTypes: [], orgRequires: {}, individuals: "allow", stageClaim: "on", mfa: "off" };
  expect(writePolicy(personal)).toMatchObject({ org_types: "none", org_requires: "none" });
  expect(readPolicy(writePolicy(personal))).toEqual(personal);
});

test("a written policy is read back", () => {
  expect(readPolicy(writePolicy(policy))).toEqual({ ...policy, orgTypes: ["customer", "vendor"] });
});

test("metadata beside the policy is nobody's business, up to ten keys of 255 characters", () => {
  const beside = { operator: 1, note: "x".repeat(255), c: "", d: "" };
  expect(readPolicy({ ...writePolicy(policy), ...beside })).toBeDefined();
  expect(readPolicy({ ...writePolicy(policy), ...beside, e: "" })).toBeUndefined();
  expect(readPolicy({ ...writePolicy(policy), note: "x".repeat(256) })).toBeUndefined();
});

test("a list that is longer than a value may be is no policy", () => {
  const orgRequires = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`condition_${n}`, "on"]));
  expect(readPolicy(writePolicy({ ...policy, orgRequires }))).toBeUndefined();
});

const damages: [what: string, change: Record<string, unknown>][] = [
  ["no version", { policy_version: undefined }],
  ["an earlier version", { policy_version: "1" }],
  ["a later version", { policy_version: "3" }],
  ["a version that is a number", { policy_version: 2 }],
  ["no organization types", { org_types: undefined }],
  ["empty organization types", { org_types: "" }],
  ["organization types in a list", { org_types: ["customer"] }],
  ["an unknown organization type", { org_types: "customer,partner" }],
  ["an organization type in capitals", { org_types: "Customer" }],
  ["an organization type twice", { org_types: "customer,customer" }],
  ["none with a space", { org_types: "none " }],
  ["a trailing comma", { org_types: "customer," }],
  ["a space in a list", { org_types: "customer, vendor" }],
  ["none among types", { org_types: "none,customer" }],
  ["no conditions", { org_requires: undefined }],
  ["empty conditions", { org_requires: "" }],
  ["a condition key in capitals", { org_requires: "Api_access=on" }],
  ["a condition key in capitals inside", { org_requires: "apI_access=on" }],
  ["a condition key that begins with a digit", { org_requires: "1api=on" }],
  ["a condition with a space before it", { org_requires: " api_access=on" }],
  ["a condition without a value", { org_requires: "api_access=" }],
  ["a condition without a key", { org_requires: "=on" }],
  ["a condition that is only a word", { org_requires: "api_access" }],
  ["a condition with two equals signs", { org_requires: "api_access=on=off" }],
  ["a condition twice", { org_requires: "api_access=on,api_access=off" }],
  ["a damaged condition among others", { org_requires: "api_access=on,x" }],
  ["no answer for individuals", { individuals: undefined }],
  ["an unknown answer for individuals", { individuals: "maybe" }],
  ["no answer for the stage claim", { stage_claim: undefined }],
  ["an unknown answer for the stage claim", { stage_claim: "yes" }],
  ["no answer for the second factor", { mfa: undefined }],
  ["an unknown answer for the second factor", { mfa: "on" }],
];

test.each(damages)("a policy with %s is no policy", (_, change) => {
  expect(readPolicy({ ...writePolicy(policy), ...change })).toBeUndefined();
});
