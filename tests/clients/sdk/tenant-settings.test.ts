import { invalid } from "./refusals.ts";
import { singleton } from "./singleton.ts";
import { sdk } from "./tenant.ts";

const flags = {
  allow_changing_enable_sso: false,
  disable_clickjack_protection_headers: false,
  disable_impersonation: true,
  enable_sso: true,
  revoke_refresh_token_grant: false,
  universal_login: true,
};

singleton({
  family: "tenant settings",
  get: () => sdk.tenants.settings.get(),
  initial: {
    enabled_locales: ["en"],
    flags,
    idle_session_lifetime: 72,
    session_lifetime: 168,
    sandbox_version: "22",
    sandbox_versions_available: ["22", "18"],
    oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
    resource_parameter_profile: "audience",
    client_id_metadata_document_supported: false,
  },
  update: () => sdk.tenants.settings.update({ friendly_name: "Acme", session_lifetime: 24 }),
  changes: { friendly_name: "Acme", session_lifetime: 24 },
  // an update tells of two flags more, and of nothing that was never set
  answered: {
    enabled_locales: ["en"],
    flags: {
      ...flags,
      cannot_change_enforce_client_authentication_on_passwordless_start: true,
      enforce_client_authentication_on_passwordless_start: true,
    },
    friendly_name: "Acme",
    idle_session_lifetime: 72,
    session_lifetime: 24,
    sandbox_version: "22",
    oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
  },
  invalid: {
    send: () => sdk.tenants.settings.update({ session_lifetime: 0 }),
    refused: invalid("Value 0 is less than minimum 1", "session_lifetime"),
  },
});
