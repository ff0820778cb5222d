import { expect, test } from "vitest";
import { admit, type Metadata } from "../../../access/admit.ts";
import { type Policy, writePolicy } from "../../../access/policy.ts";

const main: Policy = { orgTypes: ["customer"], orgRequires: {}, individuals: "allow", stageClaim: "on" };
const portal: Policy = {
  orgTypes: ["customer"],
  orgRequires: { api_access: "on" },
  individuals: "deny",
  stageClaim: "off",
};
const catering: Policy = {
  orgTypes: ["vendor"],
  orgRequires: { vendor_kind: "catering" },
  individuals: "deny",
  stageClaim: "off",
};

const customer = { type: "customer", status: "active", api_access: "off" };
const apiCustomer = { ...customer, api_access: "on" };
const caterer = { type: "vendor", status: "active", vendor_kind: "catering" };
const renter = { ...caterer, vendor_kind: "rental" };

const both: Policy = { ...catering, orgRequires: { vendor_kind: "catering", api_access: "on" } };

const rows: [app: Policy, organization: Metadata | undefined, answer: string][] = [
  [main, undefined, "admitted"],
  [main, customer, "admitted"],
  [main, apiCustomer, "admitted"],
  [main, caterer, "wrong_type"],
  [main, { ...customer, status: "suspended" }, "suspended"],
  [main, { type: "customer" }, "suspended"],
  [main, { ...customer, status: "Active" }, "suspended"],
  [main, { status: "active" }, "wrong_type"],
  [main, { ...customer, type: "Customer" }, "wrong_type"],
  [main, { ...customer, type: ["customer"] }, "wrong_type"],
  [main, {}, "suspended"],
  [portal, undefined, "individuals_not_admitted"],
  [portal, apiCustomer, "admitted"],
  [portal, customer, "not_entitled"],
  [portal, { type: "customer", status: "active" }, "not_entitled"],
  [portal, { ...apiCustomer, api_access: "ON" }, "not_entitled"],
  [portal, { ...apiCustomer, status: "suspended" }, "suspended"],
  [portal, { ...caterer, api_access: "on" }, "wrong_type"],
  [catering, undefined, "individuals_not_admitted"],
  [catering, caterer, "admitted"],
  [catering, renter, "not_entitled"],
  [catering, { type: "vendor", status: "active" }, "not_entitled"],
  [catering, { ...customer, vendor_kind: "catering" }, "wrong_type"],
  [catering, { ...renter, status: "suspended" }, "suspended"],
  [catering, { ...caterer, vendor_kind: ["catering"] }, "not_entitled"],
  [both, { ...caterer, api_access: "on" }, "admitted"],
  [both, { ...caterer, api_access: "off" }, "not_entitled"],
  [both, { ...renter, api_access: "on" }, "not_entitled"],
];

test.each(rows)("policy %j meets organization %j: %s", (policy, organizationMetadata, answer) => {
  const verdict = admit({ clientMetadata: writePolicy(policy), organizationMetadata });
  expect(verdict.admitted ? "admitted" : verdict.code).toBe(answer);
});

test("an app without a policy admits nobody, whoever comes", () => {
  for (const organizationMetadata of [undefined, customer, apiCustomer, caterer]) {
    expect(admit({ clientMetadata: {}, organizationMetadata })).toEqual({
      admitted: false,
      code: "no_policy",
      sentence: "This application does not admit anyone yet. Please tell its operator.",
    });
  }
});

test("an admitted visit hands over the policy that admitted it", () => {
  expect(admit({ clientMetadata: writePolicy(main), organizationMetadata: customer })).toEqual({
    admitted: true,
    policy: main,
  });
});
