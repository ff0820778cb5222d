import {
  choice,
  decimal,
  extended,
  flag,
  freeRecord,
  list,
  nullable,
  record,
  type Schema,
  text,
  whole,
  without,
} from "../management/fields.ts";
import { addons } from "./client-addons.ts";

const initiators = choice([
  "rp-logout",
  "idp-logout",
  "password-changed",
  "session-expired",
  "session-revoked",
  "account-deleted",
  "email-identifier-changed",
  "mfa-phone-unenrolled",
  "account-deactivated",
]);

const backchannel = record(
  {
    backchannel_logout_urls: list(text({ format: "absolute-https-uri-with-placeholders-or-empty" })),
    backchannel_logout_initiators: record(
      { mode: choice(["custom", "all"]), selected_initiators: list(initiators) },
      { open: true },
    ),
    backchannel_logout_session_metadata: nullable(record({ include: flag() }, { open: true })),
  },
  { open: true },
);

/** A key or certificate that a client proves itself with: https://auth0.com/docs/api/management/v2/clients/post-credentials */
export const credential = record(
  {
    credential_type: choice(["public_key", "cert_subject_dn", "x509_cert"]),
    name: text({ max: 128 }),
    subject_dn: text({ min: 1, max: 256 }),
    pem: text({ min: 1, max: 4096 }),
    alg: choice(["RS256", "RS384", "PS256"]),
    parse_expiry_from_cert: flag(),
    expires_at: text({ format: "date-time" }),
    kid: text({ pattern: "^([0-9a-zA-Z-_]{10,64})$" }),
  },
  { required: ["credential_type"] },
);

const credentials = record({ credentials: list(credential) }, { required: ["credentials"] });
const credentialIds = record(
  { credentials: list(record({ id: text({ min: 1 }) }, { required: ["id"] })) },
  { required: ["credentials"] },
);
const methodsOf = (kept: Schema): Schema =>
  record({ private_key_jwt: kept, tls_client_auth: kept, self_signed_tls_client_auth: kept }, { min: 1 });

/** https://auth0.com/docs/api/management/v2/clients/post-clients */
export const clientFields = record(
  {
    name: text({ min: 1, pattern: "^[^<>]+$" }),
    description: text({ max: 140 }),
    logo_uri: text({ format: "absolute-uri-or-empty" }),
    callbacks: list(text({ format: "callback-url" })),
    oidc_logout: backchannel,
    oidc_backchannel_logout: backchannel,
    session_transfer: nullable(
      record({
        can_create_session_transfer_token: flag(),
        enforce_cascade_revocation: flag(),
        allowed_authentication_methods: nullable(list(choice(["cookie", "query"]))),
        enforce_device_binding: choice(["ip", "asn", "none"]),
        allow_refresh_token: flag(),
        enforce_online_refresh_tokens: flag(),
        delegation: nullable(record({ allow_delegated_access: flag(), enforce_device_binding: choice(["ip", "asn"]) })),
      }),
    ),
    allowed_origins: list(text({ format: "url-with-placeholders" }), { max: 100 }),
    web_origins: list(text({ format: "url-with-placeholders" }), { max: 100 }),
    client_aliases: list(text({ min: 1 })),
    allowed_clients: list(text({ min: 1 })),
    allowed_logout_urls: list(text({ format: "url-with-placeholders" }), { max: 100 }),
    grant_types: list(text({ min: 1 })),
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
    custom_login_page: text(),
    custom_login_page_preview: text({ min: 1 }),
    form_template: text(),
    addons,
    client_metadata: freeRecord({ max: 10, values: text({ max: 255 }) }),
    mobile: record(
      {
        android: record({ app_package_name: text(), sha256_cert_fingerprints: list(text({ min: 1 })) }, { open: true }),
        ios: record({ team_id: text(), app_bundle_identifier: text() }, { open: true }),
      },
      { open: true },
    ),
    initiate_login_uri: text({ format: "absolute-https-uri-with-placeholders-or-empty" }),
    native_social_login: record(
      {
        apple: record({ enabled: flag() }),
        facebook: record({ enabled: flag() }),
        google: record({ enabled: flag() }),
      },
      { min: 1 },
    ),
    fedcm_login: record({ google: record({ is_enabled: flag() }, { open: true }) }, { open: true }),
    refresh_token: nullable(
      record(
        {
          rotation_type: choice(["rotating", "non-rotating"]),
          expiration_type: choice(["expiring", "non-expiring"]),
          leeway: whole({ min: 0 }),
          token_lifetime: whole({ min: 1, max: 157788000 }),
          infinite_token_lifetime: flag(),
          idle_token_lifetime: whole({ min: 1 }),
          infinite_idle_token_lifetime: flag(),
          policies: nullable(
            list(
              record(
                { audience: text({ min: 1, max: 600 }), scope: list(text({ min: 1, max: 280 })) },
                { required: ["audience", "scope"] },
              ),
              { min: 1 },
            ),
          ),
        },
        { required: ["rotation_type", "expiration_type"] },
      ),
    ),
    default_organization: nullable(
      record(
        { organization_id: text({ format: "organization-id" }), flows: list(choice(["client_credentials"])) },
        { required: ["organization_id", "flows"] },
      ),
    ),
    organization_usage: choice(["deny", "allow", "require"]),
    organization_require_behavior: choice(["no_prompt", "pre_login_prompt", "post_login_prompt"]),
    organization_discovery_methods: list(choice(["email", "organization_name"]), { min: 1 }),
    client_authentication_methods: methodsOf(credentials),
    require_pushed_authorization_requests: flag(),
    require_proof_of_possession: flag(),
    signed_request_object: record({ required: flag(), credentials: list(credential) }),
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
    token_quota: nullable(
      record(
        {
          client_credentials: record(
            {
              enforce: flag(),
              per_day: decimal({ min: 1, max: 2147483647 }),
              per_hour: decimal({ min: 1, max: 2147483647 }),
            },
            { min: 1 },
          ),
        },
        { required: ["client_credentials"] },
      ),
    ),
    resource_server_identifier: text({ min: 1, max: 600 }),
    third_party_security_mode: choice(["strict", "permissive"]),
    redirection_policy: choice(["allow_always", "open_redirect_protection"]),
    express_configuration: freeRecord(),
    my_organization_configuration: nullable(
      record(
        {
          connection_profile_id: text(),
          user_attribute_profile_id: text(),
          allowed_strategies: list(choice(["pingfederate", "adfs", "waad", "google-apps", "okta", "oidc", "samlp"])),
          connection_deletion_behavior: choice(["allow", "allow_if_empty"]),
        },
        { open: true, required: ["allowed_strategies", "connection_deletion_behavior"] },
      ),
    ),
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
  client_secret: text({ min: 1 }),
  client_authentication_methods: nullable(methodsOf(credentialIds)),
  signed_request_object: nullable(
    record({ required: flag(), credentials: list(record({ id: text() }, { required: ["id"] })) }),
  ),
});
