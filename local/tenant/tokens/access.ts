import { bodiesAt, bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import { type Stored, scopeOf } from "../store.ts";
import { organizationOf } from "./organization.ts";
import type { Parameters } from "./parameters.ts";
import { accessDenied } from "./refusal.ts";

/** What a client may have a token for. */
export interface Access {
  readonly client: Stored;
  readonly api: Stored;
  readonly scopes: readonly string[];
  /** Those named in the request; none where it left them out. */
  readonly requested: readonly string[];
  readonly organization?: Stored;
}

/** https://auth0.com/docs/get-started/applications/application-access-to-apis-client-grants; throws a TokenRefusal */
export function accessOf(objects: Objects, client: Stored, given: Parameters): Access {
  const audience = given.audience || textAt(objects.single("tenants/settings"), "default_audience") || undefined;
  // https://support.auth0.com/center/s/article/Client-credentials-grant-requires-audience-parameter
  if (audience === undefined) throw accessDenied("Non-global clients are not allowed access to APIv1");
  const api = objects.store.owner("resource-servers", "identifier", audience);
  // https://github.com/auth0/node-auth0/issues/292
  if (!api) throw accessDenied(`Service not enabled within domain: ${audience}`);
  const grant = objects.store.owner("client-grants", "grant", scopeOf(client.id, audience, "client"));
  const policy = bodyAt(bodyAt(api.body, "subject_type_authorization"), "client").policy;
  if (!grant || policy === "deny_all") {
    // https://github.com/auth0/auth0-python/issues/173
    throw accessDenied(
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  }
  const organization = organizationOf(objects, { client, grant, asked: given.organization });
  const requested = (given.scope ?? "").split(" ").filter((scope) => scope !== "");
  const scopes = scopesOf(api, grant, requested);
  return { client, api, scopes, requested, ...(organization ? { organization } : {}) };
}

/** Those of the grant that the API still has; of these the requested ones, where the request names any. */
function scopesOf(api: Stored, grant: Stored, requested: readonly string[]): string[] {
  const known = bodiesAt(api.body, "scopes").flatMap((scope) => textAt(scope, "value") ?? []);
  const listed = textsAt(grant.body, "scope");
  const granted = grant.body.allow_all_scopes === true ? known : listed.filter((scope) => known.includes(scope));
  const refused = requested.filter((scope) => !granted.includes(scope));
  // https://github.com/auth0/docs/issues/5466
  if (refused.length > 0) throw accessDenied(`Client has not been granted scopes: ${refused.join(", ")}`);
  return requested.length === 0 ? granted : granted.filter((scope) => requested.includes(scope));
}
