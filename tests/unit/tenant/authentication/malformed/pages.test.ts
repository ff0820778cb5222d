import { describe, expect, test } from "vitest";
import { formed, type Raw } from "../raw.ts";
import { openShop, page, said } from "./sent.ts";

openShop();

const notLogoutUrl = (uri: string) =>
  page(
    "invalid_request",
    `The "returnTo" querystring parameter "${uri}" is not defined as a valid URL in "Allowed Logout URLs".`,
  );
const notAfterLogout = (uri: string) =>
  page("invalid_request", `The post_logout_redirect_uri "${uri}" is not in the list of allowed logout URLs`);
const bye = "https://app.example.com/bye";

describe("signing out leads to no foreign place", () => {
  test.each<[string, string, unknown]>([
    [
      "another address",
      "/v2/logout?client_id={client}&returnTo=https://evil.example/",
      notLogoutUrl("https://evil.example/"),
    ],
    ["an address without its app", `/v2/logout?returnTo=${bye}`, notLogoutUrl(bye)],
    ["an unknown app", `/v2/logout?client_id=x&returnTo=${bye}`, page("invalid_request", "Unknown client: x")],
    [
      "a control character behind an allowed address",
      `/v2/logout?client_id={client}&returnTo=${bye}?a%00%01=x`,
      { status: 302, to: bye, "a\0\u0001": "x" },
    ],
    ["a hint that is none", "/oidc/logout?id_token_hint=x", page("invalid_request", "Invalid id_token_hint")],
    [
      "another address by OpenID Connect",
      "/oidc/logout?client_id={client}&post_logout_redirect_uri=https://evil.example/",
      notAfterLogout("https://evil.example/"),
    ],
    ["no app by OpenID Connect", `/oidc/logout?post_logout_redirect_uri=${bye}`, notAfterLogout(bye)],
  ])("%s", async (_, path, expected) => {
    expect(await said({ path })).toEqual(expected);
  });
});

const over = page("invalid_request", "This login is over or began in another browser. Start again from the app.");
const pages = [
  ...["/u/login/identifier", "/u/login/password", "/u/signup", "/u/organization", "/u/organization/selection"],
  ...[
    "/u/organization/picker",
    "/u/mfa-otp-challenge",
    "/u/mfa-otp-enrollment",
    "/u/consent",
    "/u/reset-password/request",
  ],
  "/login/callback",
];

describe("a page of no login says so", () => {
  test.each(pages)("%s", async (path) => {
    for (const query of ["", "?state=", "?state=unknown", "?state=%ff%00", "?state=constructor"])
      expect(await said({ path: `${path}${query}` })).toEqual(over);
    for (const fields of [{}, { state: "" }, { state: "unknown", username: "x", password: "x", code: "x" }])
      expect(await said(formed(path, fields))).toEqual(over);
  });

  test.each(["/u/login", "/u/login?state=unknown"])("%s", async (path) => {
    expect(await said({ path })).toEqual(over);
  });

  const used = page("access_expired", "This link was used, or is over");
  test.each<[Raw, unknown]>([
    [{ path: "/u/reset-password" }, used],
    [{ path: "/u/reset-password?ticket=x" }, used],
    [formed("/u/reset-password", {}), used],
    [formed("/u/reset-password", { passed: "x", password: "Let-Me-In-2" }), used],
    [{ path: "/u/email-verification" }, page("access_expired", "This link is not known")],
    [{ path: "/u/email-verification?ticket=x" }, page("access_expired", "This link is not known")],
  ])("%o", async (request, expected) => {
    expect(await said(request)).toEqual(expected);
  });
});
