import { choice, flag, freeRecord, nullable, record, type Schema } from "../management/fields.ts";
import type { Call, Family, Route, Singleton } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import { locales } from "./locales.ts";

/** https://auth0.com/docs/api/management/v2/prompts/patch-prompts */
const prompt: Singleton = {
  family: "prompts",
  path: "/prompts",
  method: "PATCH",
  fields: record(
    {
      universal_login_experience: choice(["new", "classic"]),
      identifier_first: nullable(flag()),
      webauthn_platform_first_factor: nullable(flag()),
    },
    { min: 1 },
  ),
  initial: { universal_login_experience: "new", identifier_first: false, webauthn_platform_first_factor: false },
};

const texts = [
  ...["login", "login-id", "login-password", "login-passwordless", "login-email-verification", "signup", "signup-id"],
  ...["signup-password", "phone-identifier-enrollment", "phone-identifier-challenge", "email-identifier-challenge"],
  ...["reset-password", "custom-form", "consent", "customized-consent", "logout", "mfa-push", "mfa-otp", "mfa-voice"],
  ...["mfa-phone", "mfa-webauthn", "mfa-sms", "mfa-email", "mfa-recovery-code", "mfa", "status", "device-flow"],
  ...["email-verification", "email-otp-challenge", "organizations", "invitation", "common", "passkeys", "captcha"],
  ...["brute-force-protection", "async-approval-flow"],
];

const partials = [
  ...["login", "login-id", "login-password", "login-passwordless", "signup", "signup-id", "signup-password"],
  ...["customized-consent", "passkeys"],
];

const textPath = record({ prompt: choice(texts), language: choice(locales) });
const partialPath = record({ prompt: choice(partials) });

/** Texts or markup of one prompt, by screen; a write replaces them whole and answers them. */
function perPrompt(family: string, path: string, params: Schema): Route[] {
  const idOf = (call: Call): string => {
    validate({ ...call.params }, params, "path");
    return Object.values(call.params).join("/");
  };
  return [
    {
      method: "GET",
      path,
      handle: (call) => ({ status: 200, body: call.tenant.objects.store.get(family, idOf(call))?.body ?? {} }),
    },
    {
      method: "PUT",
      path,
      fields: freeRecord(),
      handle: (call) => {
        const { store } = call.tenant.objects;
        const id = idOf(call);
        const known = store.get(family, id);
        if (known) store.update(known, call.body, []);
        else store.insert(family, "", id, call.body, []);
        return { status: 200, body: call.body };
      },
    },
  ];
}

export const prompts: Family = {
  singletons: [prompt],
  routes: [
    ...perPrompt("custom-text", "/prompts/:prompt/custom-text/:language", textPath),
    ...perPrompt("partials", "/prompts/:prompt/partials", partialPath),
  ],
};
