import { expect, test } from "vitest";
import { answerFunction } from "../../../local/plugin/functions.ts";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected } from "./connected.ts";
import { refusal } from "./fake-management-api.ts";

const held = connected();
const types = resourceTypes();
const GET_TENANT = "auth0:index/getTenant:getTenant";
const ask = (token: string, given: Dict = {}) => answerFunction(token, given, types, () => held.api);

test("the tenant is told with its address, its audience and every setting; an object is a list of one", async () => {
  held.fake.answer = () => ({
    status: 200,
    body: {
      friendly_name: "Acme",
      enabled_locales: ["en", "de"],
      flags: { enable_client_connections: false, no_disclose_enterprise_connections: true },
      session_cookie: { mode: "persistent" },
      oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
      default_token_quota: { clients: { client_credentials: { per_day: 4, enforce: true } } },
      error_page: { html: "<p>", show_log_link: true },
      session_lifetime: 24,
    },
  });
  const { results, failures } = await ask(GET_TENANT);
  expect(failures).toEqual([]);
  const { flags, ...rest } = results;
  expect(flags).toEqual([
    expect.objectContaining({
      enableClientConnections: false,
      noDiscloseEnterpriseConnections: true,
      enableSso: false,
    }),
  ]);
  expect(rest).toEqual({
    id: "tenant",
    domain: "localhost",
    managementApiIdentifier: `https://${held.fake.domain}/api/v2/`,
    acrValuesSupporteds: [],
    allowOrganizationNameInAuthenticationApi: false,
    allowedLogoutUrls: [],
    clientIdMetadataDocumentSupported: false,
    customizeMfaInPostloginAction: false,
    defaultAudience: "",
    defaultDirectory: "",
    defaultRedirectionUri: "",
    defaultTokenQuotas: [
      { clients: [{ clientCredentials: [{ enforce: true, perDay: 4, perHour: 0 }] }], organizations: [] },
    ],
    disableAcrValuesSupported: true,
    dynamicClientRegistrationSecurityMode: "",
    enabledLocales: ["en", "de"],
    ephemeralSessionLifetime: 72,
    errorPages: [{ html: "<p>", showLogLink: true, url: "" }],
    friendlyName: "Acme",
    idleEphemeralSessionLifetime: 24,
    idleSessionLifetime: 72,
    mtls: [{ disable: true, enableEndpointAliases: false }],
    oidcLogouts: [{ rpLogoutEndSessionEndpointDiscovery: true }],
    phoneConsolidatedExperience: false,
    pictureUrl: "",
    pushedAuthorizationRequestsSupported: false,
    resourceParameterProfile: "",
    sandboxVersion: "",
    sessionCookies: [{ mode: "persistent" }],
    sessionLifetime: 24,
    sessions: [{ oidcLogoutPromptEnabled: true }],
    skipNonVerifiableCallbackUriConfirmationPrompt: "null",
    supportEmail: "",
    supportUrl: "",
  });
  expect(held.fake.lines()).toEqual(["GET tenants/settings"]);
});

test("arguments are refused one by one, before any request", async () => {
  expect(await ask(GET_TENANT, { domain: "x", stage: "prod" })).toEqual({
    results: {},
    failures: [
      '[domain] Value for unconfigurable attribute: Can\'t configure a value for "domain": its value will be decided automatically based on the result of applying this configuration.',
      "[stage] Invalid or unknown key",
    ],
  });
  expect(held.fake.lines()).toEqual([]);
});

test("any other function is refused by name", async () => {
  await expect(ask("auth0:index/getClient:getClient", { name: "x" })).rejects.toThrow(
    "unrecognized data function (Invoke): auth0:index/getClient:getClient; this stand-in knows only auth0:index/getTenant:getTenant.",
  );
  expect(held.fake.lines()).toEqual([]);
});

test("a tenant that refuses to answer is told in its words", async () => {
  held.fake.answer = () => refusal(403, "Forbidden", "Insufficient scope, expected any of: read:tenant_settings");
  await expect(ask(GET_TENANT)).rejects.toThrow(
    "403 Forbidden: Insufficient scope, expected any of: read:tenant_settings",
  );
});
