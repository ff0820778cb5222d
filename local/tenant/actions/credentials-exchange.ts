import type { Json } from "../management/json.ts";
import { cacheApi, note } from "./asked.ts";
import type { TriggerCache } from "./cache.ts";
import type { Effects } from "./protocol.ts";

/** https://auth0.com/docs/actions/reference/credentials-exchange/credentials-exchange-event-object; each Action gets its `secrets` with it. */
export interface CredentialsExchangeEvent {
  readonly accessToken: { readonly customClaims: { readonly [name: string]: Json }; readonly scope: readonly string[] };
  readonly client: { readonly client_id: string; readonly name: string; readonly metadata: Json };
  readonly organization?: {
    readonly id: string;
    readonly name: string;
    readonly display_name: string;
    readonly metadata: Json;
  };
  readonly request: {
    readonly body: { readonly [name: string]: string };
    readonly geoip: { readonly [name: string]: Json };
    readonly hostname: string;
    readonly ip: string;
    readonly language?: string;
    readonly method: string;
    readonly user_agent?: string;
  };
  readonly resource_server: { readonly identifier: string };
  readonly tenant: { readonly id: string };
  readonly transaction: { readonly requested_scopes: readonly string[] };
}

/** Codes that a denial may have, and the HTTP status of each: https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-exchange */
export const denialStatus: { readonly [code: string]: 400 | 500 } = {
  invalid_scope: 400,
  invalid_request: 400,
  server_error: 500,
};

/** https://auth0.com/docs/actions/reference/credentials-exchange/credentials-exchange-api-object, without what is early access there */
export function credentialsExchangeApi(effects: Effects, cache: TriggerCache) {
  const api = {
    access: {
      deny: (code: unknown, reason?: unknown) => {
        if (typeof code !== "string" || !Object.hasOwn(denialStatus, code))
          throw new TypeError(`api.access.deny: the code must be one of ${Object.keys(denialStatus).join(", ")}`);
        effects.denied ??= { code, reason: reason === undefined ? "" : String(reason) };
        return api;
      },
    },
    accessToken: {
      setCustomClaim: (name: unknown, value: unknown) => {
        note(effects.accessToken, name, value);
        return api;
      },
    },
    cache: cacheApi(cache),
  };
  return api;
}
