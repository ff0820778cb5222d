import { expect, test } from "vitest";
import { organizationRequired, type RefusalCode, refusal, refusalText } from "../../../access/refusal.ts";

const texts: Record<RefusalCode, string> = {
  no_policy: "This application does not admit anyone yet. Please tell its operator.",
  wrong_type: "This application is not for this kind of company.",
  not_entitled: "Your company has no access to this application.",
  individuals_not_admitted: "Please sign in to this application through your company.",
  org_required: "Please sign in as a member of your company.",
  sso_required: "Please sign in through your company's own login.",
  domain_mismatch: "Your company's login did not give an e-mail address of your company.",
  unverified_email: "Please use an e-mail address that is valid and verified.",
  suspended: "Your company's access is suspended.",
  left: "You are no longer a member of this company.",
  mfa_required: "This application asks for a second factor. Please sign in through the browser.",
};

test.each(Object.entries(texts))("%s is told as %j", (code, sentence) => {
  expect(refusal(code as RefusalCode)).toEqual({ code, sentence });
  expect(refusalText(refusal(code as RefusalCode))).toBe(`${code}: ${sentence}`);
});

test("the company that is to be asked for is part of the code", () => {
  expect(refusalText(organizationRequired("acme-2"))).toBe(
    "org_required:acme-2: Please sign in as a member of your company.",
  );
});
