import { secret } from "../ids.ts";
import { type Body, bodyAt, textAt } from "../management/json.ts";
import type { Call } from "../management/tables.ts";

/** Kinds of client whose tokens are of the newer form from the start. */
const conformantTypes = ["resource_server", "express_configuration"];

/** What a client of Okta's integration network starts with. */
const express: Body = {
  callbacks: ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"],
  organization_usage: "require",
  organization_require_behavior: "pre_login_prompt",
  client_authentication_methods: { private_key_jwt: { credentials: [] } },
};

/** What a new client has where its request does not say otherwise. */
export function clientDefaults(body: Body, { tenant }: Call): Body {
  const type = textAt(body, "app_type") ?? "";
  const thirdParty = body.is_first_party === false;
  return {
    tenant: tenant.domain.split(":")[0] ?? "",
    global: false,
    is_token_endpoint_ip_header_trusted: false,
    is_first_party: true,
    oidc_conformant: conformantTypes.includes(type) || thirdParty,
    sso_disabled: false,
    cross_origin_auth: false,
    cross_origin_authentication: false,
    callback_url_template: false,
    custom_login_page_on: true,
    ...(type === "express_configuration" ? express : { client_secret: secret() }),
    ...(thirdParty ? { third_party_security_mode: "permissive" } : {}),
    grant_types: grantTypes(type, body),
  };
}

/** Fills in what the request left out of the objects about tokens. */
export function completedTokens(given: Body): Body {
  return {
    ...given,
    jwt_configuration: { ...jwtDefaults(given), ...bodyAt(given, "jwt_configuration") },
    ...(given.refresh_token === null ? {} : { refresh_token: refreshTokenDefaults(given) }),
  };
}

/** Lifetime in seconds. It is only filled in where the request has no `jwt_configuration` at all. */
function jwtDefaults(given: Body): Body {
  const strict = given.third_party_security_mode === "strict";
  if (strict) return { secret_encoded: false, alg: "RS256", lifetime_in_seconds: 3600 };
  if (conformantTypes.includes(textAt(given, "app_type") ?? "")) return { secret_encoded: false, alg: "RS256" };
  const lifetime = given.jwt_configuration === undefined ? { lifetime_in_seconds: 36000 } : {};
  return { secret_encoded: false, ...lifetime };
}

/** Lifetimes in seconds; a client that names a secret as its proof gets the longer ones, whatever its type. */
export function refreshTokenDefaults(client: Body): Body {
  const given = bodyAt(client, "refresh_token");
  const secretive = /^client_secret_/.test(textAt(client, "token_endpoint_auth_method") ?? "");
  const lifetimes = secretive
    ? { token_lifetime: 31557600, idle_token_lifetime: 2592000 }
    : { token_lifetime: 2592000, idle_token_lifetime: 1296000 };
  const thirdParty = client.is_first_party === false;
  const rotating = thirdParty && client.app_type === "spa";
  const expiration = textAt(given, "expiration_type") ?? (thirdParty ? "expiring" : "non-expiring");
  // tokens that a third party's confidential client was given no rule for end when idle, but not otherwise
  const idleOnly = thirdParty && !rotating && given.expiration_type === undefined;
  return {
    expiration_type: expiration,
    rotation_type: rotating ? "rotating" : "non-rotating",
    leeway: 0,
    infinite_token_lifetime: expiration !== "expiring" || idleOnly,
    infinite_idle_token_lifetime: expiration !== "expiring",
    ...lifetimes,
    ...given,
  };
}

function grantTypes(type: string, body: Body): string[] {
  if (type === "resource_server") return [];
  if (type === "express_configuration") return ["authorization_code", "client_credentials"];
  if (body.third_party_security_mode === "strict") return ["authorization_code"];
  const all = ["authorization_code", "implicit", "refresh_token", "client_credentials"];
  return ["native", "spa"].includes(type) || body.token_endpoint_auth_method === "none" ? all.slice(0, 3) : all;
}
