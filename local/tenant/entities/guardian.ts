import { choice, flag, list, record } from "../management/fields.ts";
import { type Body, listAt } from "../management/json.ts";
import type { Call, Family, Route, Singleton } from "../management/tables.ts";
import { validate } from "../management/validation.ts";

const factors = [
  ...["push-notification", "sms", "email", "duo", "otp", "webauthn-roaming", "webauthn-platform", "recovery-code"],
];

/** One switch or list of multi-factor authentication, kept whole: https://auth0.com/docs/api/management/v2/guardian/get-factors */
function setting(path: string, fields: Singleton["fields"], initial: Body): Singleton {
  return { family: path.slice(1), path, method: "PUT", fields, initial };
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

export const guardian: Family = {
  singletons: [
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
