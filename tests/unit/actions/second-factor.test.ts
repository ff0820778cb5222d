import { expect, test } from "vitest";
import { challengeable, enrollable, type Proof, secondFactor } from "../../../actions/post-login/second-factor.ts";

const proof: Proof = {
  strategy: "auth0",
  protocol: "oidc-basic-profile",
  methods: [{ name: "pwd" }],
  enrolledFactors: [],
};

test.each<[string, Partial<Proof>, string]>([
  ["a person without a factor", {}, "enroll"],
  ["a social login", { strategy: "github" }, "enroll"],
  ["a code by mail", { strategy: "email" }, "enroll"],
  ["a company's login", { strategy: "samlp" }, "none"],
  ["a connection that is not known", { strategy: undefined }, "none"],
  ["a session with a second factor", { methods: [{ name: "pwd" }, { name: "mfa" }] }, "none"],
  ["a session whose methods are damaged", { methods: { name: "mfa" } }, "enroll"],
  ["a session without methods", { methods: undefined }, "enroll"],
  ["a method that is only text", { methods: ["mfa"] }, "enroll"],
  ["a method that is nothing", { methods: [null] }, "enroll"],
  ["a refresh", { protocol: "oauth2-refresh-token" }, "none"],
  ["a password grant", { protocol: "oauth2-password" }, "refuse"],
  ["a password grant after a second factor", { protocol: "oauth2-password", methods: [{ name: "mfa" }] }, "none"],
  ["SAML", { protocol: "samlp" }, "enroll"],
  ["an authenticator app", { enrolledFactors: [{ type: "otp" }] }, "challenge"],
  ["a security key", { enrolledFactors: [{ type: "webauthn-roaming" }] }, "challenge"],
  ["only a recovery code", { enrolledFactors: [{ type: "recovery-code" }] }, "challenge"],
  ["only factors that are not used here", { enrolledFactors: [{ type: "email" }, { type: "phone" }] }, "enroll"],
  ["factors that could not be looked up", { enrolledFactors: undefined }, "challenge"],
  ["factors that are damaged", { enrolledFactors: "otp" }, "challenge"],
])("%s: %j is answered %s", (_, changes, answer) => {
  expect(secondFactor("password", { ...proof, ...changes })).toBe(answer);
});

test.each(["auth0", "github", "samlp"])("an app that asks for no second factor gets none from %s", (strategy) => {
  expect(secondFactor("off", { ...proof, strategy, protocol: "oauth2-password" })).toBe("none");
});

test.each<[string, Partial<Proof>, string]>([
  ["a password", {}, "enroll"],
  ["a company's login", { strategy: "samlp" }, "enroll"],
  ["a company's login with a factor", { strategy: "oidc", enrolledFactors: [{ type: "otp" }] }, "challenge"],
  ["a session with a second factor", { strategy: "oidc", methods: [{ name: "mfa" }] }, "none"],
  ["a refresh", { strategy: "oidc", protocol: "oauth2-refresh-token" }, "none"],
  ["a password grant", { protocol: "oauth2-password" }, "refuse"],
])("where everybody is asked, %s: %j is answered %s", (_, changes, answer) => {
  expect(secondFactor("everyone", { ...proof, ...changes })).toBe(answer);
});

test("a recovery code answers a challenge and is never enrolled alone", () => {
  expect(enrollable).toEqual([{ type: "otp" }, { type: "webauthn-roaming" }]);
  expect(challengeable).toEqual([...enrollable, { type: "recovery-code" }]);
});
