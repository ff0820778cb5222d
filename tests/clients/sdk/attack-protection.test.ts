import { expect, test } from "vitest";
import { expectRefused, invalid, untyped } from "./refusals.ts";
import { singleton } from "./singleton.ts";
import { sdk } from "./tenant.ts";

const { botDetection, breachedPasswordDetection, bruteForceProtection, captcha, suspiciousIpThrottling } =
  sdk.attackProtection;
const allowlist = ["192.0.2.1", "198.51.100.0/24", "2001:db8::1", "2001:db8::/32"];

singleton({
  family: "bot detection",
  get: () => botDetection.get(),
  initial: {
    challenge_password_policy: "never",
    challenge_passwordless_policy: "never",
    challenge_password_reset_policy: "never",
    allowlist: [],
    bot_detection_level: "medium",
    monitoring_mode_enabled: false,
  },
  update: () => botDetection.update({ bot_detection_level: "high", allowlist }),
  changes: { bot_detection_level: "high", allowlist },
  invalid: {
    send: () => botDetection.update({ allowlist: ["nowhere"] }),
    refused: invalid("Data does not match any schemas from 'oneOf'", "allowlist[0]"),
  },
});

singleton({
  family: "breached-password detection",
  get: () => breachedPasswordDetection.get(),
  initial: {
    enabled: false,
    shields: [],
    admin_notification_frequency: [],
    method: "standard",
    stage: { "pre-user-registration": { shields: [] }, "pre-change-password": { shields: [] } },
  },
  update: () =>
    breachedPasswordDetection.update({
      ...{ enabled: true, shields: ["block"] },
      stage: { "pre-user-registration": { shields: ["block"] } },
    }),
  changes: {
    enabled: true,
    shields: ["block"],
    stage: { "pre-user-registration": { shields: ["block"] }, "pre-change-password": { shields: [] } },
  },
  invalid: {
    send: () => breachedPasswordDetection.update(JSON.parse('{"method":"none"}')),
    refused: invalid("No enum match for: none", "method"),
  },
});

singleton({
  family: "brute-force protection",
  get: () => bruteForceProtection.get(),
  initial: {
    enabled: true,
    shields: ["block", "user_notification"],
    mode: "count_per_identifier_and_ip",
    allowlist: [],
    max_attempts: 10,
  },
  update: () => bruteForceProtection.update({ max_attempts: 3, mode: "count_per_identifier", allowlist }),
  changes: { max_attempts: 3, mode: "count_per_identifier", allowlist },
  invalid: {
    send: () => bruteForceProtection.update({ max_attempts: 101 }),
    refused: invalid("Value 101 is greater than maximum 100", "max_attempts"),
  },
});

singleton({
  family: "captcha",
  get: () => captcha.get(),
  initial: {
    active_provider_id: "auth_challenge",
    simple_captcha: {},
    auth_challenge: { fail_open: false },
    recaptcha_v2: { site_key: "" },
    recaptcha_enterprise: { site_key: "", project_id: "" },
    hcaptcha: { site_key: "" },
    friendly_captcha: { site_key: "" },
    arkose: { site_key: "", client_subdomain: "client-api", verify_subdomain: "verify-api", fail_open: false },
  },
  update: () =>
    captcha.update({ active_provider_id: "hcaptcha", hcaptcha: { site_key: "key", secret: "never shown" } }),
  changes: { active_provider_id: "hcaptcha", hcaptcha: { site_key: "key" } },
  invalid: {
    send: () => captcha.update({ hcaptcha: { site_key: "x".repeat(101), secret: "s" } }),
    refused: untyped(invalid("String is too long (101 chars), maximum 100", "hcaptcha.site_key")),
  },
});

singleton({
  family: "suspicious-IP throttling",
  get: () => suspiciousIpThrottling.get(),
  initial: {
    enabled: true,
    shields: ["admin_notification", "block"],
    allowlist: [],
    stage: {
      "pre-login": { max_attempts: 100, rate: 864000 },
      "pre-user-registration": { max_attempts: 50, rate: 1200 },
      "pre-custom-token-exchange": { max_attempts: 10, rate: 600000 },
    },
  },
  update: () => suspiciousIpThrottling.update({ stage: { "pre-login": { max_attempts: 9 } } }),
  changes: {
    stage: {
      "pre-login": { max_attempts: 9, rate: 864000 },
      "pre-user-registration": { max_attempts: 50, rate: 1200 },
      "pre-custom-token-exchange": { max_attempts: 10, rate: 600000 },
    },
  },
  invalid: {
    send: () => suspiciousIpThrottling.update({ allowlist: ["198.51.100.0/33"] }),
    refused: invalid("Data does not match any schemas from 'anyOf'", "allowlist[0]"),
  },
});

test("attempts before a login come back less often than those before a sign-up", async () => {
  const stages = (rate: number) => ({ "pre-login": { rate }, "pre-user-registration": { rate } });
  await expectRefused(
    suspiciousIpThrottling.update({ stage: stages(34559) }),
    invalid("Value 34559 is less than minimum 34560", "stage.pre-login.rate"),
  );
  const answer = await suspiciousIpThrottling.update({ stage: stages(34560) });
  expect(answer.stage?.["pre-login"]?.rate).toBe(34560);
});
