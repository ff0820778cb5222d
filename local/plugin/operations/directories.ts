import { rootAttributes } from "./root-attributes.ts";
import type { Strategy } from "./strategies.ts";

const switchesOf = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/azure-active-directory/v2 */
export const WAAD: Strategy = {
  enterprise: true,
  options: [
    "api_enable_users",
    "app_id",
    "client_id",
    "client_secret",
    "domain",
    "domain_aliases",
    "icon_url",
    "identity_api",
    "max_groups_to_retrieve",
    "non_persistent_attrs",
    "set_user_root_attributes",
    "should_trust_email_verified_connection",
    "strategy_version",
    "tenant_domain",
    "upstream_params",
    "use_wsfed",
    "user_id_attribute",
    "waad_common_endpoint",
    "waad_protocol",
  ],
  mapping: {
    // the provider sends and reads the one switch under the other's name
    names: { "options.user_id_attribute": "userid_attribute", "options.waad_common_endpoint": "useCommonEndpoint" },
    json: ["options.upstream_params"],
  },
  switches: switchesOf([
    ...["basic_profile", "ext_profile", "ext_groups", "ext_nested_groups", "ext_admin", "ext_is_suspended"],
    ...["ext_agreed_terms", "ext_assigned_plans"],
  ]),
  ...rootAttributes,
  passedThrough: ["thumbprints", "app_domain", "cert_rollover_notification", "granted", "tenantId"],
};

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/google-apps */
export const GOOGLE_APPS: Strategy = {
  enterprise: true,
  options: [
    "api_enable_groups",
    "api_enable_users",
    "client_id",
    "client_secret",
    "domain",
    "domain_aliases",
    "icon_url",
    "map_user_id_to_id",
    "non_persistent_attrs",
    "set_user_root_attributes",
    "tenant_domain",
    "upstream_params",
  ],
  mapping: { json: ["options.upstream_params"] },
  switches: switchesOf([
    ...["basic_profile", "ext_profile", "ext_groups", "ext_is_admin", "ext_is_suspended", "ext_agreed_terms"],
  ]),
  once: ["map_user_id_to_id"],
  ...rootAttributes,
  passedThrough: [
    ...["admin_access_token", "admin_refresh_token", "admin_access_token_expiresin", "handle_login_from_social"],
  ],
};

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/adfs */
export const ADFS: Strategy = {
  enterprise: true,
  options: [
    "adfs_server",
    "api_enable_users",
    "domain_aliases",
    "fed_metadata_xml",
    "icon_url",
    "non_persistent_attrs",
    "set_user_root_attributes",
    "should_trust_email_verified_connection",
    "sign_in_endpoint",
    "strategy_version",
    "tenant_domain",
    "upstream_params",
  ],
  mapping: {
    names: { "options.fed_metadata_xml": "fedMetadataXml", "options.sign_in_endpoint": "signInEndpoint" },
    json: ["options.upstream_params"],
  },
  ...rootAttributes,
  passedThrough: ["thumbprints", "cert_rollover_notification", "entityID", "prev_thumbprints"],
};
