import { expect, test } from "vitest";
import { isAmong, isBreakGlass, writeTerms } from "../../../access/terms.ts";

test("what is set becomes organization metadata, and what is not set leaves no key", () => {
  expect(writeTerms({})).toEqual({});
  expect(writeTerms({ limits: {} })).toEqual({});
  expect(
    writeTerms({
      apps: ["portal", "main"],
      memberRoles: ["owner", "api-administrator"],
      mfa: "required",
      limits: { credentials: 2, members: 50 },
      breakGlass: "admin@acme.example",
    }),
  ).toEqual({
    apps: "main,portal",
    member_roles: "api-administrator,owner",
    mfa: "required",
    limit_credentials: "2",
    limit_members: "50",
    break_glass: "admin@acme.example",
  });
});

test("a list has the names that are in it, and every one where there is none", () => {
  const { apps } = writeTerms({ apps: ["portal", "main"] });
  const names = ["main", "portal", "main,portal", "port", "", undefined, null];
  expect(names.map((name) => isAmong(apps, name))).toEqual([true, true, false, false, false, false, false]);
  expect(names.every((name) => isAmong(undefined, name))).toBe(true);
  expect(isAmong("", "main")).toBe(false);
});

test("the account with a password goes by one address, in any case", () => {
  const metadata = writeTerms({ breakGlass: "admin@acme.example" });
  const addresses = ["admin@acme.example", "Admin@ACME.example", "ann@acme.example", "", undefined, null];
  expect(addresses.map((address) => isBreakGlass(metadata, address))).toEqual([true, true, false, false, false, false]);
  expect(addresses.filter((address) => isBreakGlass({}, address))).toEqual([]);
  // the sign for kelvin, whose small letter is a k: another mailbox
  expect(isBreakGlass(writeTerms({ breakGlass: "desk@acme.example" }), "des\u{212a}@acme.example")).toBe(false);
});
