import {
  choice,
  extended,
  flag,
  freeRecord,
  list,
  nullable,
  record,
  text,
  whole,
  without,
} from "../management/fields.ts";
import { addons } from "./client-addons.ts";
import {
  backchannel,
  expressConfiguration,
  myOrganization,
  refreshToken,
  sessionTransfer,
  tokenQuota,
} from "./client-configurations.ts";
import { credentialId, givenMethods, namedMethods, publicKey, vaultAccess } from "./client-credential-fields.ts";

/** https://auth0.com/docs/api/management/v2/clients/post-clients */
export const clientFields = record(
  {
    name: text({ pattern: "^[^<>]+$" }),
    description: text({ max: 140 }),
    logo_uri: text({ format: "absolute-uri-or-empty" }),
    callbacks: list(text({ format: "callback-url" })),
    oidc_logout: backchannel,
    oidc_backchannel_logout: backchannel,
    session_transfer: nullable(sessionTransfer),
    allowed_origins: list(text({ format: "url-with-placeholders" }), { max: 100 }),
    web_origins: list(text({ format: "url-with-placeholders" }), { max: 100 }),
    client_aliases: list(text({ min: 1 })),
    allowed_clients: list(text({ min: 1 })),
    allowed_logout_urls: list(text({ format: "url-with-placeholders" }), { max: 100 }),
    // https://github.com/wso2/product-apim/issues/12765
    grant_types: {
      ...list(text({ min: 1 })),
      uniqueItems: true,
      description: "A set of grant types that the client is authorized to use",
    },
    token_endpoint_auth_method: choice(["none", "client_secret_post", "client_secret_basic"]),
    is_token_endpoint_ip_header_trusted: flag(),
    app_type: choice([
      ...["native", "spa", "regular_web", "non_interactive", "resource_server", "express_configuration", "rms", "box"],
      ...["cloudbees", "concur", "dropbox", "mscrm", "echosign", "egnyte", "newrelic", "office365", "salesforce"],
      ...["sentry", "sharepoint", "slack", "springcm", "zendesk", "zoom", "sso_integration", "oag"],
    ]),
    is_first_party: flag(),
    oidc_conformant: flag(),
    jwt_configuration: record(
      {
        lifetime_in_seconds: whole(),
        secret_encoded: flag(),
        scopes: freeRecord(),
        alg: choice(["HS256", "RS256", "RS512", "PS256"]),
      },
      { open: true },
    ),
    encryption_key: nullable(record({ pub: text(), cert: text(), subject: text() }, { open: true })),
    sso: flag(),
    cross_origin_authentication: flag(),
    cross_origin_loc: text({ format: "url" }),
    sso_disabled: flag(),
    custom_login_page_on: flag(),
    custom_login_page: text({ min: 1 }),
    custom_login_page_preview: text({ min: 1 }),
    form_template: text({ min: 1 }),
    addons,
    client_metadata: freeRecord({ max: 10, values: text({ max: 255 }) }),
    mobile: record(
      {
        android: record(
          { app_package_name: text(), sha256_cert_fingerprints: list(text({ min: 1 }), { min: 1 }) },
          { open: true },
        ),
        ios: record({ team_id: text(), app_bundle_identifier: text() }, { open: true }),
      },
      { open: true },
    ),
    initiate_login_uri: text({ format: "absolute-https-uri-with-placeholders-or-empty" }),
    native_social_login: record(
      {
        apple: record({ enabled: flag() }, { min: 1 }),
        facebook: record({ enabled: flag() }, { min: 1 }),
        google: record({ enabled: flag() }, { min: 1 }),
      },
      { min: 1 },
    ),
    fedcm_login: record({ google: record({ is_enabled: flag() }, { open: true }) }, { open: true }),
    refresh_token: nullable(refreshToken),
    default_organization: nullable(
      record(
        { organization_id: text({ format: "organization-id" }), flows: list(choice(["client_credentials"])) },
        { required: ["organization_id", "flows"] },
      ),
    ),
    organization_usage: choice(["deny", "allow", "require"]),
    organization_require_behavior: choice(["no_prompt", "pre_login_prompt", "post_login_prompt"]),
    organization_discovery_methods: list(choice(["email", "organization_name"]), { min: 1 }),
    client_authentication_methods: givenMethods,
    require_pushed_authorization_requests: flag(),
    require_proof_of_possession: flag(),
    signed_request_object: record({ required: flag(), credentials: list(publicKey) }),
    token_vault_privileged_access: nullable(vaultAccess(publicKey)),
    identity_assertion_authorization_grant: nullable(record({ active: flag() }, { required: ["active"] })),
    compliance_level: nullable(
      choice(["none", "fapi1_adv_pkj_par", "fapi1_adv_mtls_par", "fapi2_sp_pkj_mtls", "fapi2_sp_mtls_mtls"]),
    ),
    skip_non_verifiable_callback_uri_confirmation_prompt: nullable(flag()),
    token_exchange: nullable(
      record({
        allow_any_profile_of_type: list(choice(["custom_authentication", "on_behalf_of_token_exchange"])),
      }),
    ),
    par_request_expiry: nullable(whole({ min: 10, max: 600 })),
    token_quota: nullable(tokenQuota),
    resource_server_identifier: text({ min: 1, max: 600 }),
    third_party_security_mode: choice(["strict", "permissive"]),
    redirection_policy: choice(["allow_always", "open_redirect_protection"]),
    express_configuration: expressConfiguration,
    my_organization_configuration: nullable(myOrganization),
    async_approval_notification_channels: list(choice(["guardian-push", "email"]), { min: 1 }),
  },
  { required: ["name"] },
);

/** What a PATCH can take away. */
const removable = [
  ...["addons", "async_approval_notification_channels", "cross_origin_loc", "express_configuration", "fedcm_login"],
  ...["mobile", "native_social_login", "oidc_backchannel_logout", "oidc_logout", "organization_discovery_methods"],
  ...["organization_require_behavior", "organization_usage", "token_endpoint_auth_method"],
];

/** https://auth0.com/docs/api/management/v2/clients/patch-clients-by-id: the same, a secret, and null where a field can go. */
export const clientPatchFields = extended(without(clientFields, "resource_server_identifier"), {
  ...Object.fromEntries(removable.map((name) => [name, nullable(clientFields.properties?.[name] ?? {})])),
  client_metadata: nullable(freeRecord({ max: 10, values: nullable(text({ max: 255 })) })),
  custom_login_page: text(),
  form_template: text(),
  client_secret: text({ min: 1 }),
  client_authentication_methods: nullable(namedMethods),
  token_vault_privileged_access: nullable(vaultAccess(credentialId)),
  signed_request_object: nullable(record({ required: flag(), credentials: list(credentialId) })),
});
