import { cacheApi, note } from "./asked.ts";
import type { TriggerCache } from "./cache.ts";
import type { Effects, SecondFactor } from "./protocol.ts";

interface Factor {
  readonly type?: unknown;
}

/**
 * https://auth0.com/docs/actions/reference/post-login/post-login-api-object. What is not here (redirects, account linking, sessions,
 * prompts, transaction metadata) is a TypeError in the Action, and so a failed login: never a silent pass.
 */
export function postLoginApi(effects: Effects, cache: TriggerCache) {
  const api = {
    access: {
      deny: (reason: unknown) => {
        effects.denied ??= { code: "access_denied", reason: String(reason) };
        return api;
      },
    },
    accessToken: {
      setCustomClaim: (name: unknown, value: unknown) => {
        note(effects.accessToken, name, value);
        return api;
      },
      addScope: (scope: unknown) => {
        effects.scopes.added.push(String(scope));
        return api;
      },
      removeScope: (scope: unknown) => {
        effects.scopes.removed.push(String(scope));
        return api;
      },
    },
    idToken: {
      setCustomClaim: (name: unknown, value: unknown) => {
        note(effects.idToken, name, value);
        return api;
      },
    },
    user: userApi(effects, (): object => api),
    authentication: {
      challengeWith: (factor: Factor, options?: { additionalFactors?: readonly Factor[] }) =>
        ask("challenge", [factor, ...(options?.additionalFactors ?? [])]),
      challengeWithAny: (factors: readonly Factor[]) => ask("challenge", factors),
      enrollWith: (factor: Factor, options?: { additionalFactors?: readonly Factor[] }) =>
        ask("enroll", [factor, ...(options?.additionalFactors ?? [])]),
      enrollWithAny: (factors: readonly Factor[]) => ask("enroll", factors),
    },
    cache: cacheApi(cache),
  };
  const ask = (kind: SecondFactor["kind"], factors: readonly Factor[]) => {
    effects.secondFactor = { kind, factors: factors.map(({ type }) => String(type)) };
    return api;
  };
  return api;
}

/** Metadata is written once, when the trigger is over, whatever it comes to. */
export function userApi(effects: Effects, api: () => object) {
  return {
    setAppMetadata: (name: unknown, value: unknown): object => {
      note(effects.appMetadata, name, value);
      return api();
    },
    setUserMetadata: (name: unknown, value: unknown): object => {
      note(effects.userMetadata, name, value);
      return api();
    },
  };
}
