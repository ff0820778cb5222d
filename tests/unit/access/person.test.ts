import { expect, test } from "vitest";
import { type FirstRoles, firstRole } from "../../../access/first-role.ts";
import { hasLeft } from "../../../access/membership.ts";

test.each<[unknown, boolean]>([
  [undefined, false],
  [null, false],
  [{}, false],
  [{ left: undefined }, false],
  [{ left: [] }, false],
  [{ left: ["org_2"] }, false],
  [{ left: ["org_2", "org_1"] }, true],
  [{ left: null }, true],
  [{ left: "org_2" }, true],
  [{ left: ["org_2", 1] }, true],
  [{ left: {} }, true],
  ["left", true],
  [[], true],
])("a person with app_metadata %j has left org_1: %s", (appMetadata, answer) => {
  expect(hasLeft(appMetadata, "org_1")).toBe(answer);
});

const roles: FirstRoles = {
  individual: { default: "pre-customer", byStage: { owner: "owner", undefined: "nobody" } },
  customer: { default: "newcomer", byStage: { owner: "owner", lead: "guest" } },
  vendor: { default: "vendor-editor", byStage: {} },
};

test.each<[keyof FirstRoles, string | undefined, string]>([
  ["individual", undefined, "pre-customer"],
  ["individual", "lead", "pre-customer"],
  ["individual", "owner", "owner"],
  ["individual", "constructor", "pre-customer"],
  ["customer", "lead", "guest"],
  ["customer", undefined, "newcomer"],
  ["vendor", "owner", "vendor-editor"],
])("%s at stage %s begins as %s", (level, stage, role) => {
  expect(firstRole(roles, level, stage)).toBe(role);
});
