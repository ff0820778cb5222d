import { bodiesAt, bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import { type Stored, scopeOf } from "../store.ts";
import { AppRefusal } from "./refusals.ts";
import { type Level, permissionsOf } from "./roles.ts";

/** Scopes of OpenID Connect, which no API defines: https://auth0.com/docs/get-started/apis/scopes/openid-connect-scopes */
const standard = ["openid", "profile", "email", "address", "phone", "offline_access"];

export interface ApiAccess {
  /** Undefined for a token that only /userinfo takes. */
  readonly api?: Stored;
  /** Granted, the standard ones first, in the order of the request. */
  readonly scopes: readonly string[];
  /** Every permission of the person for the API, where its tokens show them. */
  readonly permissions?: readonly string[];
}

/** What an app asks for in a person's name. */
export interface Wanted extends Level {
  readonly client: Stored;
  readonly audience?: string | undefined;
  readonly scopes: readonly string[];
}

/**
 * What an app gets in a person's name: asked for, and defined, and granted to the app where the API demands it, and allowed by the
 * person's roles where it enforces them. What falls out does so without a word.
 * https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis and
 * https://auth0.com/docs/get-started/apis/api-access-policies-for-applications. Throws an AppRefusal.
 */
export function apiAccess(objects: Objects, wanted: Wanted): ApiAccess {
  const audience = wanted.audience ?? (textAt(objects.single("tenants/settings"), "default_audience") || undefined);
  const own = wanted.scopes.filter((scope) => standard.includes(scope));
  if (audience === undefined) return { scopes: own };
  const api = objects.store.owner("resource-servers", "identifier", audience);
  if (!api) throw new AppRefusal("access_denied", `Service not found: ${audience}`);
  const allowed = allowedScopes(objects, wanted.client, api, audience);
  const permissions = permissionsOf(objects, wanted, audience);
  const enforced = api.body.enforce_policies === true;
  const scopes = wanted.scopes.filter(
    (scope) => !standard.includes(scope) && allowed.includes(scope) && (!enforced || permissions.includes(scope)),
  );
  const shows = enforced && textAt(api.body, "token_dialect")?.endsWith("_authz");
  const offline = own.filter((scope) => scope !== "offline_access" || api.body.allow_offline_access === true);
  return { api, scopes: [...offline, ...scopes], ...(shows ? { permissions } : {}) };
}

/** The words of both refusals are ours. */
function allowedScopes({ store }: Objects, client: Stored, api: Stored, audience: string): string[] {
  const defined = bodiesAt(api.body, "scopes").flatMap((scope) => textAt(scope, "value") ?? []);
  const policy = textAt(bodyAt(bodyAt(api.body, "subject_type_authorization"), "user"), "policy") ?? "allow_all";
  if (policy === "allow_all") return defined;
  const grant = store.owner("client-grants", "grant", scopeOf(client.id, audience, "user"));
  if (policy === "deny_all" || !grant)
    throw new AppRefusal(
      "access_denied",
      `Client "${client.id}" is not authorized to access resource server "${audience}".`,
    );
  return grant.body.allow_all_scopes === true
    ? defined
    : defined.filter((scope) => textsAt(grant.body, "scope").includes(scope));
}
