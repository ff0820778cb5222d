import { expect, test } from "vitest";
import { organizationRequired, refusal, refusalText } from "../../../access/refusal.ts";
import { retryAfter } from "../../../kit/retry.ts";

const directory = { organizations: { acme: "org_acme" }, individualsClientId: "personal" };
const login = (description: string | undefined, more = {}) => ({
  clientId: "main",
  description,
  retried: false,
  ...more,
});

test("who must come as a member of a company is sent to that company's organization", () => {
  expect(retryAfter(login(refusalText(organizationRequired("acme"))), directory)).toEqual({
    retry: true,
    clientId: "main",
    organization: "org_acme",
    prompt: "login",
  });
});

test("who was put into an organization of another type comes as an individual", () => {
  expect(retryAfter(login(refusalText(refusal("wrong_type"))), directory)).toEqual({
    retry: true,
    clientId: "personal",
    organization: undefined,
    prompt: "login",
  });
});

test.each([
  ["a second time", login("org_required:acme: Once more.", { retried: true }), directory, "org_required", "Once more."],
  ["an unknown company", login("org_required:other: Come in."), directory, "org_required", "Come in."],
  ["a name of every object", login("org_required:constructor: Come in."), directory, "org_required", "Come in."],
  ["no company", login("org_required: Come in."), directory, "org_required", "Come in."],
  ["the individuals' own", login("wrong_type: No.", { clientId: "personal" }), directory, "wrong_type", "No."],
  ["no second registration", login("wrong_type: No."), { organizations: {} }, "wrong_type", "No."],
  ["another refusal of a company", login("suspended:acme: Suspended."), directory, "suspended", "Suspended."],
  ["another refusal", login("suspended: Suspended."), directory, "suspended", "Suspended."],
])("%s is told and not tried again", (_, refused, known, code, sentence) => {
  expect(retryAfter(refused, known)).toEqual({ retry: false, code, sentence });
});

test.each([
  undefined,
  "",
  "Something else went wrong",
  "org_required:acme",
  "org_required:acme: Come in.\nNow.",
  "wrong_type:",
  "org_required:../x: Come in.",
])("%j is none of the Actions' refusals", (description) => {
  expect(retryAfter(login(description), directory)).toEqual({
    retry: false,
    code: undefined,
    sentence: "Signing in did not work. Please try again, or tell the operator.",
  });
});
