import { asObject, type Json, type JsonObject } from "../management.ts";
import { type Dict, dictAt, elements, isDict, isZero, text, type Value } from "../value.ts";
import { addonNames, addonsWithoutSettings, receivedAddons, sentAddons } from "./client-addons.ts";
import { entity } from "./entity.ts";
import { type Mapping, mergedMap } from "./mapping.ts";
import { encodePath, type Operation, orGone, type Step } from "./operation.ts";
import { isQuotaEmpty, quotaOf } from "./quota.ts";

const PROMPT_SKIP = "skip_non_verifiable_callback_uri_confirmation_prompt";

const mapping: Mapping = {
  names: {
    cross_origin_auth: "cross_origin_authentication",
    ...addonNames,
  },
  unsent: [
    "client_metadata",
    "default_organization.disable",
    "oidc_backchannel_logout_urls",
    PROMPT_SKIP,
    "addons.samlp.flexible_mappings",
  ],
  unread: ["encryption_key", "addons.samlp.flexible_mappings"],
  once: ["resource_server_identifier"],
  whenChanged: [
    "addons",
    "default_organization",
    "require_pushed_authorization_requests",
    "session_transfer",
    "sso",
    "token_exchange",
  ],
  unlessEmpty: [
    "async_approval_notification_channels",
    "organization_discovery_methods",
    "my_organization_configuration.allowed_strategies",
    "refresh_token.policies",
  ],
  evenEmpty: [
    "fedcm_login",
    "addons",
    ...addonsWithoutSettings,
    "express_configuration",
    "my_organization_configuration",
    "session_transfer.delegation",
  ],
};

/** How a client proves itself until `ClientCredentials` says otherwise: https://auth0.com/docs/get-started/applications */
function firstAuthMethod(config: Dict): string | undefined {
  const type = text(config.app_type);
  if (type === "native" || type === "spa") return "none";
  if (type === "regular_web" || type === "non_interactive") return "client_secret_post";
  return config.is_token_endpoint_ip_header_trusted === null ? undefined : "client_secret_post";
}

function sent(body: JsonObject, step: Step): JsonObject {
  const { config, creates } = step;
  const result: JsonObject = { ...body };
  const logoutUrls = config.oidc_backchannel_logout_urls;
  if (logoutUrls !== null && logoutUrls !== undefined) {
    result.oidc_backchannel_logout = { backchannel_logout_urls: logoutUrls as Json };
  }
  const metadata = mergedMap(step, "client_metadata");
  if (metadata) result.client_metadata = metadata;
  const skip = text(config[PROMPT_SKIP]);
  if (skip === "true" || skip === "false") result[PROMPT_SKIP] = skip === "true";
  if (dictAt(config.default_organization).disable === true) delete result.default_organization;
  if (config.app_type !== "resource_server") delete result.resource_server_identifier;
  if (!creates && step.changed("addons")) result.addons ??= {};
  if (result.addons) result.addons = sentAddons(asObject(result.addons), config);
  if (result.session_transfer) result.session_transfer = sessionTransfer(asObject(result.session_transfer), step);
  if (result.jwt_configuration) result.jwt_configuration = tokenSettings(asObject(result.jwt_configuration), step);
  if (result.jwt_configuration && Object.keys(asObject(result.jwt_configuration)).length === 0) {
    delete result.jwt_configuration;
  }
  const express = asObject(result.express_configuration);
  if (express.okta_oin_client_id !== undefined) express.oin_submission_id = express.okta_oin_client_id;
  const method = creates ? firstAuthMethod(config) : undefined;
  return method ? { ...result, token_endpoint_auth_method: method } : result;
}

function sessionTransfer(body: JsonObject, { planned }: Step): JsonObject {
  const { enforce_cascade_revocation: cascade, enforce_online_refresh_tokens: online } = dictAt(
    planned.session_transfer,
  );
  return { ...body, enforce_cascade_revocation: cascade === true, enforce_online_refresh_tokens: online === true };
}

/** Of the token settings an update sends only what it changes. */
function tokenSettings(body: JsonObject, { creates, prior, planned }: Step): JsonObject {
  if (creates) return body;
  const [before, after] = [dictAt(prior?.jwt_configuration), dictAt(planned.jwt_configuration)];
  const { secret_encoded: _, ...rest } = body;
  if (before.lifetime_in_seconds === after.lifetime_in_seconds) delete rest.lifetime_in_seconds;
  if (JSON.stringify(before.scopes ?? {}) === JSON.stringify(after.scopes ?? {})) delete rest.scopes;
  return rest;
}

function nulls(step: Step): JsonObject {
  const { config } = step;
  const emptied = (name: string) => step.changed(name) && isZero(config[name]);
  const cleared: JsonObject = {};
  for (const name of [
    "cross_origin_loc",
    "encryption_key",
    "organization_discovery_methods",
    "token_exchange",
    "async_approval_notification_channels",
    "fedcm_login",
  ]) {
    if (emptied(name)) cleared[name] = null;
  }
  if (step.changed("default_organization") && hasNoDefaultOrganization(config)) cleared.default_organization = null;
  if (step.changed("oidc_logout") && elements(config.oidc_logout).every(isZero)) cleared.oidc_backchannel_logout = null;
  if (step.changed("addons")) cleared.addons = null;
  if (step.changed("token_quota") && isQuotaEmpty(config.token_quota)) cleared.token_quota = null;
  if (step.changed(PROMPT_SKIP) && config[PROMPT_SKIP] === null) cleared[PROMPT_SKIP] = null;
  return { ...cleared, ...sessionTransferNulls(step) };
}

const hasNoDefaultOrganization = (config: Dict): boolean =>
  elements(config.default_organization).every(
    (item) => isDict(item) && (item.disable === true || (item.flows === null && item.organization_id === null)),
  );

/** Without any of these a transfer of sessions counts as taken out, whatever else is written. */
const TRANSFERS = [
  "can_create_session_transfer_token",
  "enforce_device_binding",
  "allowed_authentication_methods",
  "delegation",
];

function sessionTransferNulls({ changed, config, prior }: Step): JsonObject {
  if (!changed("session_transfer")) return {};
  const written = dictAt(config.session_transfer);
  const isOut = TRANSFERS.every((name) => isZero(written[name]));
  if (isOut) return { session_transfer: null };
  const hadDelegation = elements(dictAt(prior?.session_transfer).delegation).length > 0;
  return hadDelegation && elements(written.delegation).length === 0 ? { session_transfer: { delegation: null } } : {};
}

function received(read: Dict, answer: JsonObject): Dict {
  const organization = dictAt(read.default_organization);
  const logout = asObject(answer.oidc_backchannel_logout).backchannel_logout_urls;
  return {
    ...read,
    oidc_backchannel_logout_urls: answer.oidc_logout || !logout ? [] : (logout as Value),
    default_organization: answer.default_organization
      ? [{ flows: organization.flows ?? null, organization_id: organization.organization_id ?? null }]
      : [{ disable: true }],
    addons: elements(read.addons)
      .filter(isDict)
      .map((addons) => receivedAddons(addons, asObject(answer.addons))),
    native_social_login: elements(read.native_social_login).filter(isDict).map(withEveryNetwork),
    token_quota: quotaOf(answer.token_quota),
    [PROMPT_SKIP]: answer[PROMPT_SKIP] == null ? "null" : String(answer[PROMPT_SKIP]),
  };
}

/** Where there is a login by one social network, the others are off. */
const withEveryNetwork = (logins: Dict): Dict =>
  Object.fromEntries(Object.entries(logins).map(([network, login]) => [network, login ?? [{ enabled: false }]]));

const clients = entity({
  collection: "clients",
  idField: "client_id",
  mapping,
  sent,
  nulls,
  received,
  nullsFirst: true,
  pauses: { create: 800, update: 200 },
});

/** https://auth0.com/docs/api/management/v2/clients */
export const client: Operation = {
  ...clients,
  /** A client that describes itself by a document belongs to another resource type. */
  async isImportable({ api, id }) {
    const answer = await orGone(api.object("GET", `clients/${encodePath(id)}`));
    return answer !== null && answer.external_metadata_type !== "cimd";
  },
};
