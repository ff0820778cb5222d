import { describe, expect, test } from "vitest";
import { organizationRequired, refusal, refusalText } from "../../../access/refusal.ts";
import { type RefusedLogin, type Retry, retryAfter } from "../../../kit/retry.ts";
import { directory } from "./known.ts";

const login = (description: string | undefined, more: Partial<RefusedLogin> = {}): RefusedLogin => ({
  clientId: "main-client",
  description,
  retried: false,
  ...more,
});
const again = (more: Partial<Retry>) => ({
  retry: true,
  clientId: "main-client",
  organization: undefined,
  prompt: undefined,
  loginHint: undefined,
  ...more,
});
const acme = refusalText(organizationRequired("acme"));
const wrongType = refusalText(refusal("wrong_type"));
const sso = refusalText(refusal("sso_required"));
const atAcme = { email: "ann@acme.example" };
const atMail = { email: "willa@mail.example" };
const personal = { clientId: "personal-client" };
const portal = { clientId: "portal-client" };

describe("one login more", () => {
  test.each<[string, RefusedLogin, Partial<Retry>]>([
    ["who must come as a member of a company: in it", login(acme), { organization: "org_acme" }],
    ["the same with the address", login(acme, atAcme), { organization: "org_acme", loginHint: atAcme.email }],
    [
      "the same from the individuals' registration: by the app's own",
      login(acme, personal),
      { organization: "org_acme" },
    ],
    ["the same in another app", login(acme, portal), { ...portal, organization: "org_acme" }],
    ["who was put into an organization of another type: as an individual", login(wrongType), personal],
    ["the same with an address that nobody claims", login(wrongType, atMail), { ...personal, loginHint: atMail.email }],
    ["whose company has single sign-on: by an address that is typed anew", login(sso), { prompt: "login" }],
    [
      "the same with the address: in the company",
      login(sso, atAcme),
      { organization: "org_acme", prompt: "login", loginHint: atAcme.email },
    ],
    [
      "the same from the individuals' registration: by the app's own, which knows more than passwords",
      login(sso, { ...personal, ...atAcme }),
      { organization: "org_acme", prompt: "login", loginHint: atAcme.email },
    ],
  ])("%s", (_, refused, retry) => {
    expect(retryAfter(refused, directory)).toEqual(again(retry));
  });
});

describe("told, and not tried again", () => {
  test.each<[string, RefusedLogin, string, string]>([
    ["a second time", login("org_required:acme: Once more.", { retried: true }), "org_required", "Once more."],
    ["single sign-on a second time", login("sso_required: Go.", { retried: true }), "sso_required", "Go."],
    ["an unknown company", login("org_required:other: Come in."), "org_required", "Come in."],
    ["a name of every object", login("org_required:constructor: Come in."), "org_required", "Come in."],
    ["no company", login("org_required: Come in."), "org_required", "Come in."],
    ["another type for an individual", login("wrong_type: No.", personal), "wrong_type", "No."],
    ["another type in an app without individuals", login("wrong_type: No.", portal), "wrong_type", "No."],
    ["another type, by a company's own sign-in", login("wrong_type: No.", atAcme), "wrong_type", "No."],
    ["an app that is not known", login("wrong_type: No.", { clientId: "other" }), "wrong_type", "No."],
    ["another refusal of a company", login("suspended:acme: Suspended."), "suspended", "Suspended."],
    ["another refusal", login("suspended: Suspended."), "suspended", "Suspended."],
  ])("%s", (_, refused, code, sentence) => {
    expect(retryAfter(refused, directory)).toEqual({ retry: false, code, sentence });
  });
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
