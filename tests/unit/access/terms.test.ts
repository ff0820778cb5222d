import { expect, test } from "vitest";
import { mayHold, writeTerms } from "../../../access/terms.ts";

test("what is set becomes organization metadata, and what is not set leaves no key", () => {
  expect(writeTerms({})).toEqual({});
  expect(writeTerms({ limits: {} })).toEqual({});
  expect(writeTerms({ memberRoles: ["owner", "api-administrator"], limits: { credentials: 2, members: 50 } })).toEqual({
    member_roles: "api-administrator,owner",
    limit_credentials: "2",
    limit_members: "50",
  });
});

test("members may hold the roles that are named, and every one where none is", () => {
  const metadata = writeTerms({ memberRoles: ["owner", "api-administrator"] });
  expect(["owner", "api-administrator", "pre-customer", "own"].map((role) => mayHold(metadata, role))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(mayHold({}, "owner")).toBe(true);
  expect([null, 1, ["owner"], ""].map((member_roles) => mayHold({ member_roles }, "owner"))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
