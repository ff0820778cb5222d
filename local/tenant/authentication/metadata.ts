import type { Hono } from "hono";
import type { Tenant } from "../management/tables.ts";

/** What is served, and nothing else: https://auth0.com/docs/get-started/applications/configure-applications-with-oidc-discovery */
export function mountMetadata(app: Hono, { domain, objects }: Tenant): void {
  app.get("/.well-known/openid-configuration", (context) => {
    const at = (path: string) => `https://${domain}${path}`;
    const { oidc_logout } = objects.single("tenants/settings");
    const discovered = JSON.stringify(oidc_logout ?? {}).includes('"rp_logout_end_session_endpoint_discovery":true');
    return context.json({
      issuer: at("/"),
      authorization_endpoint: at("/authorize"),
      token_endpoint: at("/oauth/token"),
      userinfo_endpoint: at("/userinfo"),
      jwks_uri: at("/.well-known/jwks.json"),
      revocation_endpoint: at("/oauth/revoke"),
      ...(discovered ? { end_session_endpoint: at("/oidc/logout") } : {}),
      scopes_supported: [
        "openid",
        "profile",
        "offline_access",
        "name",
        "given_name",
        "family_name",
        "nickname",
        "email",
      ].concat("email_verified", "picture", "created_at", "identities", "phone", "address"),
      response_types_supported: ["code"],
      response_modes_supported: ["query", "form_post", "web_message"],
      grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
      code_challenge_methods_supported: ["S256"],
      subject_types_supported: ["public"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
      token_endpoint_auth_signing_alg_values_supported: ["RS256", "RS384", "PS256"],
      claims_supported: [
        "aud",
        "auth_time",
        "created_at",
        "email",
        "email_verified",
        "exp",
        "family_name",
        "given_name",
      ].concat("iat", "identities", "iss", "name", "nickname", "phone_number", "picture", "sub"),
      id_token_signing_alg_values_supported: ["HS256", "RS256", "PS256"],
      request_uri_parameter_supported: false,
      request_parameter_supported: false,
    });
  });
}
