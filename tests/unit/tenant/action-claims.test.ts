import { expect, test } from "vitest";
import { allowedClaims, areTooLarge } from "../../../local/tenant/actions/claims.ts";

const ofNames = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]));
const kept = (names: readonly string[], ownApi = false) => Object.keys(allowedClaims(ofNames(names), { ownApi }));

test.each(["roles", "groups", "permissions", "entitlements", "org_id", "org_name", "scope", "sub", "x5t#S256", "txn"])(
  "a bare claim %s is dropped",
  (name) => {
    expect(kept([name, "email", "team"])).toEqual(["email", "team"]);
  },
);

test("a namespace is any web address but Auth0's, or a URN but Auth0's", () => {
  const good = ["https://b2b.example/roles", "http://b2b.example/org_id", "https://notauth0.com/a", "urn:b2b:roles"];
  const bad = ["https://auth0.com/a", "https://x.auth0.com/a", "http://webtask.io/a", "https://a.webtask.run/b"];
  expect(kept([...good, ...bad, "urn:auth0:a", "urn:auth0", "https://"])).toEqual(good);
});

test("a token for Auth0's own API takes claims of a web namespace only", () => {
  expect(kept(["https://b2b.example/a", "urn:b2b:a", "team", "email"], true)).toEqual(["https://b2b.example/a"]);
});

test("all claims together hold 100,000 bytes", () => {
  const frame = JSON.stringify({ "https://a/b": "" }).length;
  expect(areTooLarge({ "https://a/b": "x".repeat(100_000 - frame) })).toBe(false);
  expect(areTooLarge({ "https://a/b": "x".repeat(100_001 - frame) })).toBe(true);
});
