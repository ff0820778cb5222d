import { expect, test } from "vitest";
import { admitMachine, operatorMetadata, writeMachinePolicy } from "../../../access/machine.ts";
import type { Metadata } from "../../../access/metadata.ts";
import type { Organization } from "../../../access/organization.ts";
import { organization } from "./policies.ts";

const customer = { type: "customer", status: "active", api_access: "on" };
const acme = organization(customer, "org_acme");
const own = writeMachinePolicy("org_acme");

test("a company's client carries its policy and its organization in eight texts", () => {
  expect(writeMachinePolicy("org_acme")).toEqual({
    machine: "company",
    policy_version: "2",
    org_types: "customer",
    org_requires: "api_access=on",
    individuals: "deny",
    stage_claim: "off",
    mfa: "off",
    org_id: "org_acme",
  });
});

test("an id that is not known yet is handed through", () => {
  const later = Promise.resolve("org_acme");
  expect(writeMachinePolicy(later).org_id).toBe(later);
});

test("an operator's client carries one text", () => {
  expect(operatorMetadata).toEqual({ machine: "operator" });
});

const answer = (
  clientMetadata: Metadata,
  visitor: Organization | undefined,
  audience: unknown = "https://api.example",
) => {
  const verdict = admitMachine({ clientMetadata, audience, organization: visitor });
  return verdict.admitted ? "admitted" : verdict.refusal.code;
};

test.each<[string, Metadata, Organization | undefined, string]>([
  ["a company's client for its company", own, acme, "admitted"],
  ["the same without its company", own, undefined, "org_required"],
  ["the same for a damaged company", own, { damaged: true }, "suspended"],
  [
    "the same for a suspended company",
    own,
    organization({ ...customer, status: "suspended" }, "org_acme"),
    "suspended",
  ],
  ["the same for another company", own, organization(customer, "org_rival"), "not_entitled"],
  ["a suspended other company", own, organization({ ...customer, status: "x" }, "org_rival"), "suspended"],
  ["another company of another type", own, organization({ ...customer, type: "vendor" }, "org_rival"), "not_entitled"],
  ["its company as a vendor", own, organization({ ...customer, type: "vendor" }, "org_acme"), "wrong_type"],
  ["its company without API access", own, organization({ ...customer, api_access: "off" }, "org_acme"), "not_entitled"],
  ["an operator's client", operatorMetadata, undefined, "admitted"],
  ["an operator's client with more on it", { machine: "operator", note: "x".repeat(300) }, acme, "admitted"],
  ["a client without metadata", {}, acme, "no_policy"],
  ["a client with the policy of an app", { ...own, machine: undefined }, acme, "no_policy"],
  ["a client of an unknown kind", { ...own, machine: "Company" }, acme, "no_policy"],
  ["a client of an operator in a list", { machine: ["operator"] }, acme, "no_policy"],
  ["a client without a policy", { machine: "company", org_id: "org_acme" }, acme, "no_policy"],
  ["a client with a damaged policy", { ...own, mfa: "on" }, acme, "no_policy"],
  ["a client without an organization's id", { ...own, org_id: undefined }, acme, "no_policy"],
  ["a client with an empty id", { ...own, org_id: "" }, organization(customer, ""), "no_policy"],
  ["a client with an id that is no text", { ...own, org_id: ["org_acme"] }, acme, "no_policy"],
  ["a client without an id, and no organization", { ...own, org_id: undefined }, undefined, "no_policy"],
])("%s is answered %4$s", (_, clientMetadata, visitor, expected) => {
  expect(answer(clientMetadata, visitor)).toBe(expected);
});

test.each<[unknown, string]>([
  ["https://tenant.eu.auth0.com/api/v2/", "admitted"],
  ["https://LOCALHOST:8443/api/v2/", "admitted"],
  ["https://tenant.eu.auth0.com/api/v2", "no_policy"],
  ["https://tenant.eu.auth0.com/api/v2/users", "no_policy"],
  ["http://tenant.eu.auth0.com/api/v2/", "no_policy"],
  ["https:///api/v2/", "no_policy"],
  ["https://tenant/x/api/v2/", "no_policy"],
  ["https://x?/api/v2/", "no_policy"],
  [" https://tenant/api/v2/", "no_policy"],
  ["https://tenant/api/v2/ ", "no_policy"],
  [["https://tenant/api/v2/"], "no_policy"],
  [undefined, "no_policy"],
])("a damaged client that asks for %j is answered %s", (audience, expected) => {
  expect(answer({}, undefined, audience)).toBe(expected);
});

test("who passes is admitted without an organization, and a company's client with its own", () => {
  const visit = { audience: "https://api.example", organization: acme };
  expect(admitMachine({ ...visit, clientMetadata: operatorMetadata })).toEqual({
    admitted: true,
    organization: undefined,
  });
  expect(admitMachine({ ...visit, clientMetadata: own })).toEqual({
    admitted: true,
    organization: { damaged: false, id: "org_acme", metadata: customer, type: "customer" },
  });
});

test("a machine is told to ask, where a person is told to sign in", () => {
  const visit = { clientMetadata: own, audience: "https://api.example", organization: undefined };
  expect(admitMachine(visit)).toEqual({
    admitted: false,
    refusal: { code: "org_required", sentence: "Please ask for the token with your company's organization." },
  });
});
