import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../local/plugin/management.ts";
import { Secret } from "../../../local/plugin/marshal.ts";
import { RefusedError } from "../../../local/plugin/provider.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { refusal } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("guardian");
const LISTED = ["sms", "push-notification", "otp", "email", "duo", "webauthn-roaming", "webauthn-platform"];

let start = 0;
/** From here on `sent` begins anew. */
const forget = () => {
  start = held.fake.requests.length;
};

/** No answer shows what proves the tenant to a push service. */
function shown(body: Json): Json {
  if (Array.isArray(body)) return body;
  const { p12, server_key, aws_secret_access_key, ...rest } = body as JsonObject;
  return rest;
}

/** A tenant that keeps each setting as it was put; `more` is what it has to begin with. */
function tenant(more: Readonly<Record<string, Json>> = {}): void {
  const settings = new Map<string, Json>(Object.entries({ "guardian/policies": [], ...more }));
  forget();
  held.fake.answer = ({ method, path, body }) => {
    if (method !== "GET") settings.set(path, body);
    if (path !== "guardian/factors") return { status: 200, body: shown(settings.get(path) ?? {}) };
    const enabled = (name: string) => JSON.stringify(settings.get(`guardian/factors/${name}`)) === '{"enabled":true}';
    return { status: 200, body: [...LISTED, "recovery-code"].map((name) => ({ name, enabled: enabled(name) })) };
  };
}
const sent = () =>
  held.fake.requests.slice(start).map(({ method, path, body }) => [method, path.replace("guardian/", ""), body]);
const on = { enabled: true };
const off = { enabled: false };

test("factors are switched in the provider's order, and read in the order in which the API lists them", async () => {
  tenant({ "guardian/factors/webauthn-platform/settings": { overrideRelyingParty: false } });
  const inputs: Dict = {
    policy: "never",
    otp: true,
    recoveryCode: true,
    webauthnRoaming: { enabled: true, userVerification: "preferred" },
    webauthnPlatform: { enabled: true },
  };
  const made = await type.create(held.api, inputs);
  expect(sent()).toEqual([
    ["PUT", "policies", []],
    ["PUT", "factors/otp", on],
    ["PUT", "factors/recovery-code", on],
    ["PUT", "factors/webauthn-roaming", on],
    ["PUT", "factors/webauthn-roaming/settings", { userVerification: "preferred" }],
    ["PUT", "factors/webauthn-platform", on],
    ["GET", "policies", null],
    ["GET", "factors", null],
    ["GET", "factors/webauthn-roaming/settings", null],
    ["GET", "factors/webauthn-platform/settings", null],
  ]);
  expect(made.properties).toEqual({
    id: made.id,
    policy: "never",
    email: false,
    otp: true,
    recoveryCode: true,
    webauthnRoaming: {
      enabled: true,
      userVerification: "preferred",
      overrideRelyingParty: false,
      relyingPartyIdentifier: "",
    },
    webauthnPlatform: { enabled: true, overrideRelyingParty: false, relyingPartyIdentifier: "" },
    phone: { enabled: false, provider: "", messageTypes: [], options: null },
    duo: { enabled: false, integrationKey: "", secretKey: new Secret(""), hostname: "" },
    push: { enabled: false, provider: "", amazonSns: null, customApp: null, directApns: null, directFcm: null },
  });
  expect(type.diff(made.id, plain(made.properties), inputs, []).changes.size).toBe(0);
});

test("an update sends only what changes, and no settings of a factor that goes off", async () => {
  tenant();
  const made = await type.create(held.api, { policy: "never", otp: true, webauthnRoaming: on });
  forget();
  const webauthnRoaming = { enabled: false, userVerification: "required" };
  await type.update(held.api, made.id, plain(made.properties), { policy: "all-applications", webauthnRoaming });
  expect(sent()).toEqual([
    ["PUT", "policies", ["all-applications"]],
    ["PUT", "factors/otp", off],
    ["PUT", "factors/webauthn-roaming", off],
    ["GET", "policies", null],
    ["GET", "factors", null],
  ]);
});

test("a deletion takes the policy away and switches every factor off", async () => {
  tenant();
  await type.delete(held.api, "id", { policy: "all-applications", otp: true });
  expect(sent()).toEqual([
    ["PUT", "policies", []],
    ...[
      "sms",
      "email",
      "otp",
      "recovery-code",
      "webauthn-roaming",
      "webauthn-platform",
      "duo",
      "push-notification",
    ].map((factor) => ["PUT", `factors/${factor}`, off]),
  ]);
});

test("every switch of a deletion is tried, and all refusals are told", async () => {
  held.fake.answer = ({ path }) => refusal(403, "Forbidden", path);
  const error: unknown = await type.delete(held.api, "id", {}).catch((thrown: unknown) => thrown);
  expect((error as AggregateError).errors).toHaveLength(9);
  expect((error as AggregateError).errors[1]).toMatchObject({ message: "403 Forbidden: guardian/factors/sms" });
  expect(held.fake.lines()).toHaveLength(9);
});

test("Duo's keys are sent under the API's names, its secret marked", async () => {
  tenant();
  const duo = { enabled: true, integrationKey: "i", secretKey: "shh", hostname: "h" };
  const made = await type.create(held.api, { policy: "never", duo });
  expect(sent()).toContainEqual(["PUT", "factors/duo/settings", { ikey: "i", skey: "shh", host: "h" }]);
  expect(made.properties.duo).toEqual({ ...duo, secretKey: new Secret("shh") });
});

test("with the consolidated phone experience only the message types are the factor's", async () => {
  tenant();
  const made = await type.create(held.api, {
    policy: "never",
    phone: { enabled: true, messageTypes: ["sms", "voice"] },
  });
  expect(sent().slice(1)).toEqual([
    ["PUT", "factors/sms", on],
    ["GET", "tenants/settings", null],
    ["PUT", "factors/phone/message-types", { message_types: ["sms", "voice"] }],
    ["GET", "policies", null],
    ["GET", "factors", null],
    ["GET", "factors/phone/message-types", null],
    ["GET", "tenants/settings", null],
  ]);
  expect(made.properties.phone).toEqual({
    enabled: true,
    provider: "",
    messageTypes: ["sms", "voice"],
    options: null,
  });
  const refused = type.create(held.api, {
    policy: "never",
    phone: { enabled: true, provider: "auth0", messageTypes: ["sms"] },
  });
  await expect(refused).rejects.toMatchObject({
    cause: {
      errors: [
        new RefusedError(
          "provider or options cannot be specified when phone consolidated experience is enabled for tenant",
        ),
      ],
    },
  });
});

test("without it the provider and its texts are sent first", async () => {
  tenant({ "tenants/settings": { phone_consolidated_experience: false } });
  const options = { from: "+1", sid: "s", authToken: "shh", enrollmentMessage: "e", verificationMessage: "v" };
  const phone = { enabled: true, provider: "twilio", messageTypes: ["sms"], options };
  const made = await type.create(held.api, { policy: "never", phone });
  expect(sent().slice(3, 7)).toEqual([
    ["PUT", "factors/phone/selected-provider", { provider: "twilio" }],
    ["PUT", "factors/sms/providers/twilio", { from: "+1", sid: "s", auth_token: "shh" }],
    ["PUT", "factors/sms/templates", { enrollment_message: "e", verification_message: "v" }],
    ["PUT", "factors/phone/message-types", { message_types: ["sms"] }],
  ]);
  expect(made.properties.phone).toEqual({
    ...phone,
    options: { ...options, authToken: new Secret("shh"), messagingServiceSid: "" },
  });
});

test("of push notifications each service is sent by itself, and what no answer shows is kept", async () => {
  tenant({ "guardian/factors/push-notification/providers/apns": {} });
  const push = {
    enabled: true,
    provider: "direct",
    customApp: { appName: "App", appleAppLink: "https://apple.example", googleAppLink: "" },
    directApns: { sandbox: true, bundleId: "b", p12: "cDEy", enabled: true },
    directFcm: { serverKey: "shh" },
  };
  const made = await type.create(held.api, { policy: "never", push });
  const factor = "factors/push-notification";
  expect(sent().slice(1)).toEqual([
    ["PUT", factor, on],
    ["PUT", `${factor}/selected-provider`, { provider: "direct" }],
    ["PATCH", "prompts/mfa-push", { app_name: "App", apple_app_link: "https://apple.example", google_app_link: "" }],
    ["PUT", `${factor}/providers/apns`, { sandbox: true, bundle_id: "b", p12: "cDEy" }],
    ["PUT", `${factor}/providers/fcm`, { server_key: "shh" }],
    ["GET", "policies", null],
    ["GET", "factors", null],
    ["GET", `${factor}/selected-provider`, null],
    ["GET", "prompts/mfa-push", null],
    ["GET", `${factor}/providers/apns`, null],
  ]);
  expect(made.properties.push).toEqual({
    ...push,
    directApns: { sandbox: true, bundleId: "b", p12: new Secret("cDEy"), enabled: false },
    directFcm: { serverKey: new Secret("shh") },
    amazonSns: null,
  });
});

test("Amazon's push service is read only where it is the provider, its secret kept", async () => {
  tenant();
  const amazonSns = {
    awsAccessKeyId: "a",
    awsRegion: "r",
    awsSecretAccessKey: "shh",
    snsApnsPlatformApplicationArn: "x",
    snsGcmPlatformApplicationArn: "y",
  };
  const made = await type.create(held.api, { policy: "never", push: { enabled: true, provider: "sns", amazonSns } });
  expect(sent()).toContainEqual([
    "PUT",
    "factors/push-notification/providers/sns",
    {
      aws_access_key_id: "a",
      aws_region: "r",
      aws_secret_access_key: "shh",
      sns_apns_platform_application_arn: "x",
      sns_gcm_platform_application_arn: "y",
    },
  ]);
  expect(made.properties.push).toMatchObject({
    amazonSns: { ...amazonSns, awsSecretAccessKey: new Secret("shh") },
  });
});
