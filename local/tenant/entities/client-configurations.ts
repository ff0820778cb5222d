import { choice, flag, list, nullable, record, text, whole } from "../management/fields.ts";

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

/** https://auth0.com/docs/authenticate/login/logout/back-channel-logout */
export const backchannel = record(
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

/** How a client is set up in Okta's integration network: https://auth0.com/docs/get-started/applications/express-configuration */
export const expressConfiguration = record(
  {
    initiate_login_uri_template: text(),
    user_attribute_profile_id: text(),
    connection_profile_id: text(),
    enable_client: flag(),
    enable_organization: flag(),
    linked_clients: list(record({ client_id: text({ format: "client-id" }) }, { required: ["client_id"] })),
    okta_oin_client_id: text({ format: "client-id" }),
    admin_login_domain: text({ min: 1 }),
    oin_submission_id: text({ min: 1, max: 200 }),
  },
  {
    required: [
      ...["initiate_login_uri_template", "user_attribute_profile_id", "connection_profile_id", "enable_client"],
      ...["enable_organization", "okta_oin_client_id", "admin_login_domain"],
    ],
  },
);

/** What customers may manage themselves: https://auth0.com/docs/api/management/v2/clients/post-clients */
export const myOrganization = record(
  {
    connection_profile_id: text(),
    user_attribute_profile_id: text(),
    invitation_landing_client_id: text({ format: "client-id" }),
    allowed_strategies: list(choice(["pingfederate", "adfs", "waad", "google-apps", "okta", "oidc", "samlp"])),
    connection_deletion_behavior: choice(["allow", "allow_if_empty"]),
  },
  { required: ["allowed_strategies", "connection_deletion_behavior"] },
);

/** https://auth0.com/docs/authenticate/single-sign-on/native-to-web */
export const sessionTransfer = record({
  can_create_session_transfer_token: flag(),
  enforce_cascade_revocation: flag(),
  allowed_authentication_methods: nullable(list(choice(["cookie", "query"]))),
  enforce_device_binding: choice(["ip", "asn", "none"]),
  allow_refresh_token: flag(),
  enforce_online_refresh_tokens: flag(),
  delegation: nullable(record({ allow_delegated_access: flag(), enforce_device_binding: choice(["ip", "asn"]) })),
});

/** Lifetimes in seconds: https://auth0.com/docs/secure/tokens/refresh-tokens */
export const refreshToken = record(
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
);

const perPeriod = whole({ min: 1, max: 2147483647 });

/** Most tokens by client credentials: https://auth0.com/docs/get-started/applications/configure-token-quotas */
export const tokenQuota = record(
  {
    client_credentials: record({ enforce: flag(), per_day: perPeriod, per_hour: perPeriod }, { min: 1 }),
  },
  { required: ["client_credentials"] },
);
