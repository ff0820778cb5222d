import { expect, test } from "vitest";
import { failure } from "../../../local/plugin/failure.ts";
import type { Json, JsonObject } from "../../../local/plugin/management.ts";
import { Secret } from "../../../local/plugin/marshal.ts";
import { RefusedError } from "../../../local/plugin/provider.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { refusal } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("attackProtection");
const at = (name: string) => `attack-protection/${name}`;
const READS = [
  "breached-password-detection",
  "brute-force-protection",
  "suspicious-ip-throttling",
  "bot-detection",
  "captcha",
].map((name) => `GET ${at(name)}`);

/** What a tenant holds; a PATCH answers with it and changes nothing. */
const ANSWERS: Readonly<Record<string, JsonObject>> = {
  [at("breached-password-detection")]: {
    enabled: true,
    shields: ["block"],
    admin_notification_frequency: ["daily"],
    method: "standard",
    stage: { "pre-user-registration": { shields: ["block"] }, "pre-change-password": { shields: [] } },
  },
  [at("brute-force-protection")]: {
    enabled: true,
    shields: ["user_notification", "block"],
    mode: "count_per_identifier",
    allowlist: ["10.0.0.1"],
    max_attempts: 7,
  },
  [at("suspicious-ip-throttling")]: {
    enabled: true,
    shields: ["block"],
    allowlist: [],
    stage: {
      "pre-login": { max_attempts: 100, rate: 864000 },
      "pre-user-registration": { max_attempts: 50, rate: 1200 },
      "pre-custom-token-exchange": { max_attempts: 10, rate: 600000 },
    },
  },
  [at("bot-detection")]: { bot_detection_level: "medium", allowlist: [], monitoring_mode_enabled: false },
  [at("captcha")]: { active_provider_id: "", simple_captcha: {} },
};
const answering = () => {
  held.fake.answer = ({ path }) => ({ status: 200, body: ANSWERS[path] ?? {} });
};
let start = 0;
/** What has been asked since the test said `forget`. */
const sent = () => held.fake.requests.slice(start);
const forget = () => {
  start = held.fake.requests.length;
};
const patches = (): [string, Json][] =>
  sent()
    .filter(({ method }) => method === "PATCH")
    .map(({ path, body }) => [path, body]);

const written: Dict = {
  breachedPasswordDetection: {
    enabled: true,
    shields: ["block"],
    adminNotificationFrequencies: ["daily"],
    preUserRegistration: { shields: ["block"] },
  },
  bruteForceProtection: { enabled: true, mode: "count_per_identifier", maxAttempts: 7, allowlists: ["10.0.0.1"] },
  suspiciousIpThrottling: { enabled: true, preLogin: { maxAttempts: 100, rate: 864000 } },
};

test("attack protection is written section by section, and all five sections are read", async () => {
  answering();
  forget();
  const made = await type.create(held.api, written);
  expect(patches()).toEqual([
    [at("suspicious-ip-throttling"), { enabled: true, stage: { "pre-login": { max_attempts: 100, rate: 864000 } } }],
    [
      at("brute-force-protection"),
      { enabled: true, mode: "count_per_identifier", max_attempts: 7, allowlist: ["10.0.0.1"] },
    ],
    [
      at("breached-password-detection"),
      {
        enabled: true,
        shields: ["block"],
        admin_notification_frequency: ["daily"],
        stage: { "pre-user-registration": { shields: ["block"] }, "pre-change-password": {} },
      },
    ],
  ]);
  expect(
    sent()
      .slice(3)
      .map(({ method, path }) => `${method} ${path}`),
  ).toEqual(READS);
  expect(made.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(made.properties).toEqual({
    id: made.id,
    breachedPasswordDetection: {
      enabled: true,
      method: "standard",
      shields: ["block"],
      adminNotificationFrequencies: ["daily"],
      preUserRegistration: { shields: ["block"] },
      preChangePassword: { shields: [] },
    },
    bruteForceProtection: {
      enabled: true,
      mode: "count_per_identifier",
      maxAttempts: 7,
      shields: ["block", "user_notification"],
      allowlists: ["10.0.0.1"],
    },
    suspiciousIpThrottling: {
      enabled: true,
      shields: ["block"],
      allowlists: [],
      preLogin: { maxAttempts: 100, rate: 864000 },
      preUserRegistration: { maxAttempts: 50, rate: 1200 },
    },
    botDetection: {
      botDetectionLevel: "medium",
      challengePasswordPolicy: "",
      challengePasswordlessPolicy: "",
      challengePasswordResetPolicy: "",
      allowlists: [],
      monitoringModeEnabled: false,
    },
    captcha: {
      activeProviderId: "",
      arkose: null,
      authChallenge: null,
      friendlyCaptcha: null,
      hcaptcha: null,
      recaptchaEnterprise: null,
      recaptchaV2: null,
    },
  });
  expect(type.diff(made.id, plain(made.properties), written, []).changes.size).toBe(0);
});

test("an update sends only the section that changes", async () => {
  answering();
  const made = await type.create(held.api, written);
  forget();
  const bruteForceProtection = { enabled: true, mode: "count_per_identifier", maxAttempts: 8 };
  await type.update(held.api, made.id, plain(made.properties), { ...written, bruteForceProtection });
  expect(patches()).toEqual([
    [at("brute-force-protection"), { enabled: true, mode: "count_per_identifier", max_attempts: 8 }],
  ]);
});

test("a deletion switches three sections off and leaves the rest", async () => {
  answering();
  forget();
  await type.delete(held.api, "id", {});
  expect(sent()).toEqual(
    ["breached-password-detection", "brute-force-protection", "suspicious-ip-throttling"].map((name) => ({
      method: "PATCH",
      path: at(name),
      body: { enabled: false },
    })),
  );
});

test("where the plan has no bot detection and no captcha, the rest goes on without them", async () => {
  const missing = {
    status: 403,
    body: { statusCode: 403, error: "Forbidden", message: "Insufficient scope", errorCode: "insufficient_scope" },
  };
  held.fake.answer = ({ path }) =>
    /bot-detection|captcha/.test(path) ? missing : { status: 200, body: ANSWERS[path] ?? {} };
  const made = await type.create(held.api, { botDetection: { botDetectionLevel: "high" } });
  expect(held.fake.lines()).toEqual([`PATCH ${at("bot-detection")}`, ...READS]);
  expect(made.properties).toMatchObject({ botDetection: null, captcha: null });
});

test("a section that is in every plan is not passed over", async () => {
  held.fake.answer = () => ({
    status: 403,
    body: { error: "Forbidden", message: "no", errorCode: "insufficient_scope" },
  });
  await expect(type.read(held.api, "id", {})).rejects.toThrow("403 Forbidden: no");
  expect(held.fake.lines()).toEqual(READS.slice(0, 1));
});

test("any other refusal of a section is a fault, told together with the others", async () => {
  held.fake.answer = ({ method, path }) =>
    method === "PATCH" ? refusal(400, "Bad Request", `no ${path}`) : { status: 200, body: ANSWERS[path] ?? {} };
  const made = type.create(held.api, { botDetection: { botDetectionLevel: "high" }, ...written });
  const error: unknown = await made.catch((thrown: unknown) => thrown);
  const refused = ["suspicious-ip-throttling", "brute-force-protection", "breached-password-detection"];
  const reasons = refused.map((name) => `400 Bad Request: no ${at(name)}`);
  reasons.push(`400: {"statusCode":400,"error":"Bad Request","message":"no ${at("bot-detection")}"}`);
  const listed = reasons.map((reason) => `\t* ${reason}\n`).join("");
  expect(failure(error, "creating urn").message).toBe(
    `creating urn: 1 error occurred:\n\t* 4 errors occurred:\n${listed}\n\n\n`,
  );
  expect(held.fake.lines()).toHaveLength(4);
});

test("a captcha's secret is sent and kept, though no answer shows it", async () => {
  held.fake.answer = ({ path }) => ({
    status: 200,
    body: path === at("captcha") ? { active_provider_id: "hcaptcha", hcaptcha: { site_key: "k" } } : {},
  });
  forget();
  const captcha = { activeProviderId: "hcaptcha", hcaptcha: { siteKey: "k", secret: "shh" } };
  const made = await type.create(held.api, { captcha });
  expect(patches()).toEqual([
    [at("captcha"), { active_provider_id: "hcaptcha", hcaptcha: { site_key: "k", secret: "shh" } }],
  ]);
  expect(made.properties.captcha).toMatchObject({ hcaptcha: { siteKey: "k", secret: new Secret("shh") } });
});

test("an active captcha service without its secret is refused, but not in a state that stays as it was imported", () => {
  const captcha = { activeProviderId: "arkose", arkose: { siteKey: "k" } };
  const sentence =
    'Arkose Labs is configured as the active CAPTCHA provider, but "secret" is not set. Please provide the secret for Arkose Labs';
  expect(() => type.preview({ captcha })).toThrow(new RefusedError(sentence));
  const imported = { captcha: { activeProviderId: "arkose", arkose: { siteKey: "k", secret: "" } } };
  expect(type.diff("id", imported, { captcha }, []).changes.size).toBe(0);
  expect(() => type.diff("id", imported, { captcha: { ...captcha, arkose: { siteKey: "other" } } }, [])).toThrow(
    new RefusedError(sentence),
  );
});

test("a creation leaves what nobody writes to the server", () => {
  const planned = type.preview({ suspiciousIpThrottling: { enabled: true } });
  expect(planned.suspiciousIpThrottling).toEqual({
    enabled: true,
    shields: UNKNOWN,
    allowlists: UNKNOWN,
    preLogin: UNKNOWN,
    preUserRegistration: UNKNOWN,
  });
});
