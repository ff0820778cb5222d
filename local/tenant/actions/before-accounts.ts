import { cacheApi } from "./asked.ts";
import type { TriggerCache } from "./cache.ts";
import { userApi } from "./post-login.ts";
import type { Effects } from "./protocol.ts";

/** https://auth0.com/docs/actions/reference/pre-user-registration/pre-user-registration-api-object */
export function preUserRegistrationApi(effects: Effects, cache: TriggerCache) {
  const api = {
    access: {
      deny: (reason: unknown, message: unknown) => {
        effects.denied ??= { code: "access_denied", reason: String(reason), message: String(message) };
        return api;
      },
    },
    validation: {
      error: (code: unknown, message: unknown) => {
        effects.denied ??= { code: String(code), reason: String(code), message: String(message) };
        return api;
      },
    },
    user: userApi(effects, (): object => api),
    cache: cacheApi(cache),
  };
  return api;
}

/** https://auth0.com/docs/actions/reference/password-reset-post-challenge/password-reset-post-challenge-api-object, without second factors, redirects and prompts */
export function passwordResetApi(effects: Effects, cache: TriggerCache) {
  const api = {
    access: {
      deny: (reason: unknown) => {
        effects.denied ??= { code: "access_denied", reason: String(reason) };
        return api;
      },
    },
    cache: cacheApi(cache),
  };
  return api;
}
