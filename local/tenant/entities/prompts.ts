import { choice, flag, freeRecord, nullable, record, type Schema } from "../management/fields.ts";
import { type Body, isBody } from "../management/json.ts";
import type { Call, Family, Route, Singleton } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import { locales } from "./locales.ts";
import { demandCustomDomain } from "./page-template.ts";

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

/** A screen without markup is as none: https://auth0.com/docs/customize/login-pages/universal-login/customize-signup-and-login-prompts */
function filledScreens(body: Body): Body {
  return Object.fromEntries(
    Object.entries(body).filter(([, screen]) => !isBody(screen) || Object.keys(screen).length > 0),
  );
}

/** Texts or markup of one prompt, by screen; a write replaces them whole and answers what is `kept` of them. */
function perPrompt(family: string, path: string, params: Schema, kept: (body: Body) => Body = (body) => body): Route[] {
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
        const body = kept(call.body);
        if (known) store.update(known, body, []);
        else store.insert(family, "", id, body, []);
        return { status: 200, body };
      },
    },
  ];
}

/** Markup is shown on custom domains only, so that a tenant without one cannot store any. */
function onCustomDomain({ handle, ...route }: Route): Route {
  if (route.method === "GET") return { ...route, handle };
  return {
    ...route,
    handle: (call) => {
      demandCustomDomain(call.tenant);
      return handle(call);
    },
  };
}

export const prompts: Family = {
  singletons: [prompt],
  routes: [
    ...perPrompt("custom-text", "/prompts/:prompt/custom-text/:language", textPath),
    ...perPrompt("partials", "/prompts/:prompt/partials", partialPath, filledScreens).map(onCustomDomain),
  ],
};
