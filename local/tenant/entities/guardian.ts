import { choice, flag, list, record, text } from "../management/fields.ts";
import { type Body, listAt, omit } from "../management/json.ts";
import type { Call, Family, Route, Singleton } from "../management/tables.ts";
import { validate } from "../management/validation.ts";

/** In the order in which a real tenant lists them. */
const factors = [
  ...["sms", "push-notification", "otp", "email", "duo", "webauthn-roaming", "webauthn-platform", "recovery-code"],
];

/** One switch or list of multi-factor authentication, kept whole: https://auth0.com/docs/api/management/v2/guardian/get-factors */
function setting(path: string, fields: Singleton["fields"], initial: Body): Singleton {
  return { family: path.slice(1), path, method: "PUT", fields, initial };
}

/** What a body leaves out stays as it is; what is hidden is kept and never shown. */
function partial(
  path: string,
  fields: Singleton["fields"],
  initial: Body,
  { hidden = [], ...more }: { readonly hidden?: readonly string[]; readonly method?: "PATCH" } = {},
): Singleton {
  return {
    ...setting(path, fields, initial),
    ...more,
    settle: (next, _call, before) => ({ ...before, ...next }),
    shown: (body) => omit(body, hidden),
  };
}

function enabled(factor: string, { tenant: { objects } }: Call): boolean {
  return objects.store.get("guardian-factors", factor)?.body.enabled === true;
}

const listFactors: Route = {
  method: "GET",
  path: "/guardian/factors",
  handle: (call) => ({
    status: 200,
    body: factors.map((name) => ({ name, enabled: enabled(name, call), trial_expired: false })),
  }),
};

const switchFactor: Route = {
  method: "PUT",
  path: "/guardian/factors/:name",
  fields: record({ enabled: flag() }, { required: ["enabled"] }),
  handle: ({ params, body, tenant: { objects } }) => {
    const name = params.name ?? "";
    validate({ name }, record({ name: choice(factors) }), "path");
    const known = objects.store.get("guardian-factors", name);
    if (known) objects.store.update(known, body, []);
    else objects.store.insert("guardian-factors", "", name, body, []);
    return { status: 200, body };
  },
};

const policies = "guardian/policies";

const policyRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `/${policies}`,
    handle: ({ tenant: { objects } }) => ({
      status: 200,
      body: listAt(objects.store.get(policies, policies)?.body ?? {}, "items"),
    }),
  },
  {
    method: "PUT",
    path: `/${policies}`,
    fields: list(choice(["all-applications", "confidence-score"])),
    handle: ({ body, tenant: { objects } }) => {
      const known = objects.store.get(policies, policies);
      if (known) objects.store.update(known, body, []);
      else objects.store.insert(policies, "", policies, body, []);
      return { status: 200, body: listAt(body, "items") };
    },
  },
];

const provider = choice(["auth0", "twilio", "phone-message-hook"]);

const relyingParty = { overrideRelyingParty: flag(), relyingPartyIdentifier: text() };
const push = "/guardian/factors/push-notification";
const pushProvider = choice(["guardian", "sns", "direct"]);

/** Settings of single factors, as the provider's acceptance tests found them on a tenant of Auth0's own. */
const factorSettings: readonly Singleton[] = [
  partial(
    "/guardian/factors/webauthn-roaming/settings",
    record({ userVerification: choice(["discouraged", "preferred", "required"]), ...relyingParty }),
    { userVerification: "required", overrideRelyingParty: false },
  ),
  partial("/guardian/factors/webauthn-platform/settings", record(relyingParty), { overrideRelyingParty: false }),
  partial("/guardian/factors/duo/settings", record({ ikey: text(), skey: text(), host: text() }), {}),
  setting(`${push}/selected-provider`, record({ provider: pushProvider }, { required: ["provider"] }), {
    provider: "guardian",
  }),
  partial(
    `${push}/providers/apns`,
    record({ sandbox: flag(), bundle_id: text(), p12: text() }),
    { sandbox: false, enabled: false },
    { hidden: ["p12"] },
  ),
  partial(`${push}/providers/fcm`, record({ server_key: text() }), {}, { hidden: ["server_key"] }),
  partial(
    `${push}/providers/sns`,
    record({
      aws_access_key_id: text(),
      aws_secret_access_key: text(),
      aws_region: text(),
      sns_apns_platform_application_arn: text(),
      sns_gcm_platform_application_arn: text(),
    }),
    {},
    { hidden: ["aws_secret_access_key"] },
  ),
  partial(
    "/prompts/mfa-push",
    record({ app_name: text(), apple_app_link: text(), google_app_link: text() }),
    {},
    { method: "PATCH" },
  ),
  // https://auth0.com/docs/api/management/v2/guardian/put-factor-sms-templates
  setting(
    "/guardian/factors/sms/templates",
    record(
      { enrollment_message: text(), verification_message: text() },
      { required: ["enrollment_message", "verification_message"] },
    ),
    {},
  ),
  // https://auth0.com/docs/api/management/v2/guardian/put-twilio
  setting(
    "/guardian/factors/sms/providers/twilio",
    record({ from: text(), messaging_service_sid: text(), auth_token: text(), sid: text() }),
    {},
  ),
];

export const guardian: Family = {
  singletons: [
    ...factorSettings,
    setting(
      "/guardian/factors/phone/message-types",
      record({ message_types: list(choice(["sms", "voice"])) }, { required: ["message_types"] }),
      { message_types: [] },
    ),
    setting("/guardian/factors/phone/selected-provider", record({ provider }, { required: ["provider"] }), {
      provider: "auth0",
    }),
  ],
  routes: [listFactors, switchFactor, ...policyRoutes],
};
