import { expect, test } from "vitest";
import { expectRefused, invalid, refusal } from "./refusals.ts";
import { singleton } from "./singleton.ts";
import { sdk } from "./tenant.ts";

const { factors, policies } = sdk.guardian;
const names = [
  ...["sms", "push-notification", "otp", "email", "duo", "webauthn-roaming", "webauthn-platform", "recovery-code"],
];
const off = names.map((name) => ({ name, enabled: false, trial_expired: false }));

test("a factor is switched on, and the others stay off", async () => {
  expect(await factors.list()).toEqual(off);
  expect(await factors.set("otp", { enabled: true })).toEqual({ enabled: true });
  expect(await factors.list()).toEqual(
    off.map((factor) => (factor.name === "otp" ? { ...factor, enabled: true } : factor)),
  );
  await expectRefused(
    factors.set(JSON.parse('"smoke"'), { enabled: true }),
    refusal(400, "Path validation error: 'No enum match for: smoke' on property name.", "invalid_uri"),
  );
});

test("policies are a list, replaced whole", async () => {
  expect(await policies.list()).toEqual([]);
  expect(await policies.set(["all-applications"])).toEqual(["all-applications"]);
  expect(await policies.list()).toEqual(["all-applications"]);
  await expectRefused(policies.set(JSON.parse('["none"]')), invalid("No enum match for: none", "[0]"));
});

singleton({
  family: "message types of the phone factor",
  get: () => factors.phone.getMessageTypes(),
  initial: { message_types: [] },
  update: () => factors.phone.setMessageTypes({ message_types: ["voice"] }),
  changes: { message_types: ["voice"] },
  invalid: {
    send: () => factors.phone.setMessageTypes({ message_types: JSON.parse('["smoke"]') }),
    refused: invalid("No enum match for: smoke", "message_types[0]"),
  },
});

singleton({
  family: "provider of the phone factor",
  get: () => factors.phone.getSelectedProvider(),
  initial: { provider: "auth0" },
  update: () => factors.phone.setProvider({ provider: "twilio" }),
  changes: { provider: "twilio" },
  invalid: {
    send: () => factors.phone.setProvider({ provider: JSON.parse('"pigeon"') }),
    refused: invalid("No enum match for: pigeon", "provider"),
  },
});

singleton({
  family: "provider of push notifications",
  get: () => factors.pushNotification.getSelectedProvider(),
  initial: { provider: "guardian" },
  update: () => factors.pushNotification.setProvider({ provider: "sns" }),
  changes: { provider: "sns" },
  invalid: {
    send: () => factors.pushNotification.setProvider({ provider: JSON.parse('"pigeon"') }),
    refused: invalid("No enum match for: pigeon", "provider"),
  },
});

singleton({
  family: "push notifications by Amazon SNS",
  get: () => factors.pushNotification.getSnsProvider(),
  initial: {},
  update: () =>
    factors.pushNotification.setSnsProvider({ aws_region: "eu-west-1", aws_secret_access_key: "never shown" }),
  changes: { aws_region: "eu-west-1" },
  invalid: {
    send: () => factors.pushNotification.setSnsProvider({ aws_region: JSON.parse("1") }),
    refused: invalid("Expected type string but found type integer", "aws_region"),
  },
});

singleton({
  family: "push notifications by Apple",
  get: () => factors.pushNotification.getApnsProvider(),
  initial: { sandbox: false, enabled: false },
  update: () => factors.pushNotification.setApnsProvider({ bundle_id: "com.example", p12: "never shown" }),
  changes: { bundle_id: "com.example" },
  invalid: {
    send: () => factors.pushNotification.setApnsProvider({ sandbox: JSON.parse('"no"') }),
    refused: invalid("Expected type boolean but found type string", "sandbox"),
  },
});

singleton({
  family: "the Duo factor",
  get: () => factors.duo.settings.get(),
  initial: {},
  update: () => factors.duo.settings.set({ ikey: "key", host: "duo.example.com" }),
  changes: { ikey: "key", host: "duo.example.com" },
  invalid: {
    send: () => factors.duo.settings.set({ host: JSON.parse("1") }),
    refused: invalid("Expected type string but found type integer", "host"),
  },
});

singleton({
  family: "templates of text messages",
  get: async () => (await factors.sms.getTemplates()) ?? {},
  initial: {},
  update: () => factors.sms.setTemplates({ enrollment_message: "join: {{code}}", verification_message: "{{code}}" }),
  changes: { enrollment_message: "join: {{code}}", verification_message: "{{code}}" },
  invalid: {
    send: () => factors.sms.setTemplates({ enrollment_message: "a", verification_message: JSON.parse("1") }),
    refused: invalid("Expected type string but found type integer", "verification_message"),
  },
});

singleton({
  family: "text messages by Twilio",
  get: () => factors.sms.getTwilioProvider(),
  initial: {},
  update: () => factors.sms.setTwilioProvider({ from: "+15550100", sid: "AC1", auth_token: "token" }),
  changes: { from: "+15550100", sid: "AC1", auth_token: "token" },
  invalid: {
    send: () => factors.sms.setTwilioProvider({ sid: JSON.parse("1") }),
    refused: invalid("Expected type string but found type integer", "sid"),
  },
});
