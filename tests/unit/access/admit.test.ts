import { expect, test } from "vitest";
import { admit } from "../../../access/admit.ts";
import type { Policy } from "../../../access/policy.ts";
import { catering, main, organization, portal } from "./policies.ts";

const customer = { type: "customer", status: "active", api_access: "off" };
const apiCustomer = { ...customer, api_access: "on" };
const caterer = { type: "vendor", status: "active", vendor_kind: "catering" };
const renter = { ...caterer, vendor_kind: "rental" };
const both: Policy = { ...catering, orgRequires: { vendor_kind: "catering", api_access: "on" } };

const rows: [app: Policy, organization: Record<string, string> | undefined, answer: string][] = [
  [main, undefined, "admitted"],
  [main, customer, "admitted"],
  [main, apiCustomer, "admitted"],
  [main, caterer, "wrong_type"],
  [main, { ...customer, status: "suspended" }, "suspended"],
  [main, { type: "customer" }, "suspended"],
  [main, { ...customer, status: "Active" }, "suspended"],
  [main, { status: "active" }, "wrong_type"],
  [main, { ...customer, type: "Customer" }, "wrong_type"],
  [main, {}, "suspended"],
  [{ ...main, orgTypes: [] }, customer, "wrong_type"],
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
  [both, { ...caterer, api_access: "on" }, "admitted"],
  [both, { ...caterer, api_access: "off" }, "not_entitled"],
  [both, { ...renter, api_access: "on" }, "not_entitled"],
];

test.each(rows)("policy %j meets organization %j: %s", (policy, metadata, answer) => {
  const verdict = admit(policy, metadata && organization(metadata));
  expect(verdict.admitted ? "admitted" : verdict.refusal.code).toBe(answer);
});

test("an organization that names its apps is let into these alone, and asked of its type and conditions first", () => {
  const named = (app: unknown, more: Record<string, string> = {}) => {
    const verdict = admit(
      { ...portal, app },
      organization({ ...customer, api_access: "on", apps: "main,portal", ...more }),
    );
    return verdict.admitted || verdict.refusal.code;
  };
  expect([named("portal"), named("main"), named("kiosk"), named(null)]).toEqual([
    true,
    true,
    "not_entitled",
    "not_entitled",
  ]);
  expect([named("kiosk", { type: "vendor" }), named("portal", { api_access: "off" })]).toEqual([
    "wrong_type",
    "not_entitled",
  ]);
  expect(named(undefined)).toBe(true);
});

test("a damaged organization is suspended, where individuals are admitted too", () => {
  expect(admit(main, { damaged: true })).toEqual({
    admitted: false,
    refusal: { code: "suspended", sentence: "Your company's access is suspended." },
  });
});

test("an admitted visit hands over the organization and its type", () => {
  expect(admit(main, organization(customer))).toEqual({
    admitted: true,
    organization: { damaged: false, id: "org_1", metadata: customer, type: "customer" },
  });
  expect(admit(main, undefined)).toEqual({ admitted: true, organization: undefined });
});
