import { choice, flag, list, nullable, record, text, whole } from "../management/fields.ts";
import { type Body, bodyAt, omit } from "../management/json.ts";
import type { Family, Singleton } from "../management/tables.ts";
import { locales } from "./locales.ts";

const flags = [
  ...[
    "change_pwd_flow_v1",
    "enable_apis_section",
    "disable_impersonation",
    "enable_client_connections",
    "enable_pipeline2",
  ],
  ...["allow_legacy_delegation_grant_types", "allow_legacy_ro_grant_types", "allow_legacy_tokeninfo_endpoint"],
  ...["enable_legacy_profile", "enable_idtoken_api2", "enable_public_signup_user_exists_error", "enable_sso"],
  ...["allow_changing_enable_sso", "disable_clickjack_protection_headers", "no_disclose_enterprise_connections"],
  ...["enforce_client_authentication_on_passwordless_start", "enable_adfs_waad_email_verification"],
  ...["revoke_refresh_token_grant", "dashboard_log_streams_next", "dashboard_insights_view", "disable_fields_map_fix"],
  ...["mfa_show_factor_list_on_enrollment", "remove_alg_from_jwks", "improved_signup_bot_detection_in_classic"],
  ...["genai_trial", "enable_dynamic_client_registration", "disable_management_api_sms_obfuscation"],
  ...["trust_azure_adfs_email_verified_connection_property", "custom_domains_provisioning"],
  ...["use_scope_descriptions_for_consent", "universal_login", "enable_custom_domain_in_emails"],
  ...["enable_legacy_logs_search_v2", "require_signed_request_object"],
];

const quota = whole({ min: 1, max: 2147483647 });
const tokenQuota = record(
  { client_credentials: record({ enforce: flag(), per_day: quota, per_hour: quota }, { min: 1 }) },
  { required: ["client_credentials"], open: true },
);
const page = record({ enabled: flag(), html: text() });
const hours = whole({ min: 1 });
const minutes = whole({ min: 1 });

/** https://auth0.com/docs/api/management/v2/tenants/patch-settings; lifetimes in hours */
const fields = record(
  {
    change_password: nullable(page),
    device_flow: nullable(record({ charset: choice(["base20", "digits"]), mask: text({ max: 20 }) })),
    guardian_mfa_page: nullable(page),
    default_audience: text(),
    default_directory: text(),
    error_page: nullable(
      record({ html: text(), show_log_link: flag(), url: text({ format: "absolute-uri-or-empty" }) }),
    ),
    default_token_quota: nullable(record({ clients: tokenQuota, organizations: tokenQuota }, { min: 1 })),
    flags: record(Object.fromEntries(flags.map((name) => [name, flag()]))),
    friendly_name: text(),
    picture_url: text({ format: "absolute-uri-or-empty" }),
    support_email: text({ format: "email-or-empty" }),
    support_url: text({ format: "absolute-uri-or-empty" }),
    allowed_logout_urls: list(text({ format: "url-with-placeholders" })),
    // https://github.com/auth0/auth0-deploy-cli/issues/1110
    session_lifetime: whole({ min: 1, max: 8760 }),
    idle_session_lifetime: hours,
    ephemeral_session_lifetime: hours,
    idle_ephemeral_session_lifetime: hours,
    session_lifetime_in_minutes: minutes,
    idle_session_lifetime_in_minutes: minutes,
    ephemeral_session_lifetime_in_minutes: minutes,
    idle_ephemeral_session_lifetime_in_minutes: minutes,
    universal_login: record({}, { open: true }),
    country_codes: nullable(
      record(
        { list: list(text({ pattern: "^[A-Z]{2}$" }), { min: 1 }), mode: choice(["allow", "deny"]) },
        { required: ["list", "mode"] },
      ),
    ),
    sandbox_version: text({ max: 8 }),
    legacy_sandbox_version: text({ max: 8 }),
    default_redirection_uri: text({ format: "absolute-https-uri-or-empty" }),
    enabled_locales: list(choice(locales), { min: 1 }),
    session_cookie: nullable(record({ mode: choice(["persistent", "non-persistent"]) }, { required: ["mode"] })),
    sessions: nullable(record({ oidc_logout_prompt_enabled: flag() })),
    oidc_logout: record({ rp_logout_end_session_endpoint_discovery: flag() }),
    customize_mfa_in_postlogin_action: nullable(flag()),
    allow_organization_name_in_authentication_api: nullable(flag()),
    acr_values_supported: nullable(list(text())),
    mtls: nullable(record({ enable_endpoint_aliases: flag() })),
    pushed_authorization_requests_supported: nullable(flag()),
    authorization_response_iss_parameter_supported: nullable(flag()),
    skip_non_verifiable_callback_uri_confirmation_prompt: nullable(flag()),
    resource_parameter_profile: choice(["audience", "compatibility"]),
    client_id_metadata_document_supported: flag(),
    enable_ai_guide: flag(),
    phone_consolidated_experience: flag(),
    dynamic_client_registration_security_mode: choice(["strict", "permissive"]),
  },
  { min: 1 },
);

/** A new tenant, as recorded of the service. `enable_client_connections` is left out: its documented default is true. */
const initial: Body = {
  enabled_locales: ["en"],
  flags: {
    allow_changing_enable_sso: false,
    cannot_change_enforce_client_authentication_on_passwordless_start: true,
    disable_clickjack_protection_headers: false,
    disable_impersonation: true,
    enable_sso: true,
    enforce_client_authentication_on_passwordless_start: true,
    revoke_refresh_token_grant: false,
    universal_login: true,
  },
  idle_session_lifetime: 72,
  sandbox_version: "22",
  session_lifetime: 168,
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
};

/** What a read tells of settings that were never made, and an update does not. */
const unset: Body = {
  resource_parameter_profile: "audience",
  client_id_metadata_document_supported: false,
};

/** Flags that an update answers and a read does not. */
const updateOnly = [
  "cannot_change_enforce_client_authentication_on_passwordless_start",
  "enforce_client_authentication_on_passwordless_start",
  "non_oidc_conformant_updated_at",
];

/** Likewise of the login page, where the settings hold anything of it. */
const updateOnlyOfLogin = ["identifier_first", "is_custom_theme_set"];

const settings: Singleton = {
  family: "tenants/settings",
  path: "/tenants/settings",
  method: "PATCH",
  fields,
  narrow: true,
  initial,
  merged: ["flags", "change_password", "guardian_mfa_page", "error_page"],
  settle: inHours,
  shown: (body, method) => (method === "GET" ? read(body) : body),
};

/** Lifetimes can be given in minutes and are told in hours; an address to redirect to goes by an empty one. */
function inHours(next: Body): Body {
  const suffix = "_in_minutes";
  const kept = next.default_redirection_uri === "" ? omit(next, ["default_redirection_uri"]) : next;
  const entries = Object.entries(kept).map(([name, value]) =>
    name.endsWith(suffix) ? [name.slice(0, -suffix.length), Number(value) / 60] : [name, value],
  );
  return Object.fromEntries(entries);
}

function read(body: Body): Body {
  const login =
    body.universal_login === undefined
      ? {}
      : { universal_login: omit(bodyAt(body, "universal_login"), updateOnlyOfLogin) };
  const flags = omit(bodyAt(body, "flags"), updateOnly);
  return { ...unset, ...body, ...login, flags, sandbox_versions_available: ["22", "18"] };
}

export const tenantSettings: Family = { singletons: [settings] };
