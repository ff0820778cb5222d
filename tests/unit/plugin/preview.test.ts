import { expect, test } from "vitest";
import { Secret } from "../../../local/plugin/marshal.ts";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";
import { baseInputs, stateOf } from "./samples.ts";

const types = [...resourceTypes().values()];

/** What a creation leaves open, by type: all the server decides and the program does not write. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  auth0_action: ["id", "runtime", "versionId"],
  auth0_attack_protection: [
    "botDetection",
    "breachedPasswordDetection",
    "bruteForceProtection",
    "captcha",
    "id",
    "suspiciousIpThrottling",
  ],
  auth0_client_credentials: ["clientSecret", "id"],
  auth0_client_grant: ["id", "isSystem", "subjectType"],
  auth0_connection: [
    "authentication",
    "connectedAccounts",
    "displayName",
    "id",
    "isDomainConnection",
    "options",
    "realms",
  ],
  auth0_connection_clients: ["id", "name", "strategy"],
  auth0_connection_scim_configuration: [
    "connectionName",
    "id",
    "mappings",
    "strategy",
    "tenantName",
    "userIdAttribute",
  ],
  auth0_email_provider: ["id", "settings"],
  auth0_email_template: ["id", "includeEmailInRedirect"],
  auth0_guardian: ["duo", "id", "phone", "push", "webauthnPlatform", "webauthnRoaming"],
  auth0_organization: ["branding", "id", "thirdPartyClientAccess"],
  auth0_organization_client_grant: ["id"],
  auth0_organization_connection: [
    "assignMembershipOnLogin",
    "id",
    "isSignupEnabled",
    "name",
    "organizationAccessLevel",
    "organizationConnectionName",
    "showAsButton",
    "strategy",
  ],
  auth0_organization_discovery_domain: ["id", "useForOrganizationDiscovery", "verificationHost", "verificationTxt"],
  auth0_prompt_custom_text: ["id"],
  auth0_prompt: ["id", "universalLoginExperience", "webauthnPlatformFirstFactor"],
  auth0_resource_server_scopes: ["id"],
  auth0_role: ["id"],
  auth0_role_permissions: ["id"],
  auth0_trigger_actions: ["id"],
};

test.each(types.filter(({ table }) => table.resource in OPEN).map((type) => [type.table.resource, type] as const))(
  "a creation of %s leaves open what the server decides, nothing else",
  (resource, type) => {
    const planned = type.preview(baseInputs(type.table));
    const open = Object.entries(planned).filter(
      ([, value]) => value === UNKNOWN || (value instanceof Secret && value.value === UNKNOWN),
    );
    expect(open.map(([name]) => name).sort()).toEqual(OPEN[resource]);
  },
);

test.each(types.map((type) => [type.table.resource, type] as const))(
  "an update of %s keeps what is known, the id first",
  (_, type) => {
    const inputs = baseInputs(type.table);
    const planned = type.preview(inputs, { id: "id", olds: stateOf(type, inputs) });
    expect(planned.id).toBe("id");
    expect(Object.values(planned).filter((value) => value === UNKNOWN)).toEqual([]);
  },
);

test("a value another resource has yet to give stays open, its neighbours do not", () => {
  const type = types.find(({ table }) => table.resource === "auth0_trigger_actions");
  const planned = type?.preview({ trigger: "post-login", actions: [{ id: UNKNOWN, displayName: "policy" }] });
  expect(planned).toEqual({ id: UNKNOWN, trigger: "post-login", actions: [{ id: UNKNOWN, displayName: "policy" }] });
});

test("of an object that an update puts in, what the server decides is open where it is an object or a map itself", () => {
  const type = types.find(({ table }) => table.resource === "auth0_connection");
  const before = { name: "people", strategy: "auth0", options: { disableSignup: true } };
  const olds = { ...before, id: "id", options: { disableSignup: true, authenticationMethods: [] } };
  const methods = [{ password: { enabled: true } }];
  const news = { ...before, options: { disableSignup: true, authenticationMethods: methods } };
  expect(type?.preview(news, { id: "id", olds })).toHaveProperty("options.authenticationMethods", [
    {
      emailOtp: UNKNOWN,
      passkey: UNKNOWN,
      password: { apiBehavior: "required", enabled: true, signupBehavior: "allow" },
      phoneOtp: UNKNOWN,
    },
  ]);
});

test("a map that holds nothing is no value in a creation", () => {
  const type = types.find(({ table }) => table.resource === "auth0_client");
  const planned = type?.preview({ name: "app", clientMetadata: {}, jwtConfiguration: { scopes: {} } });
  expect(planned?.clientMetadata).toBeNull();
  expect(planned?.jwtConfiguration).toMatchObject({ scopes: null });
});

test("a set that holds nothing stays open in a creation where the server may decide it, and is no value elsewhere", () => {
  const protection = types.find(({ table }) => table.resource === "auth0_attack_protection");
  const planned = protection?.preview({ bruteForceProtection: { enabled: true, allowlists: [] } });
  expect(planned?.bruteForceProtection).toMatchObject({ enabled: true, allowlists: UNKNOWN });
  const client = types.find(({ table }) => table.resource === "auth0_client");
  const urls = client?.preview({ name: "app", oidcLogout: { backchannelLogoutUrls: [] } });
  expect(urls?.oidcLogout).toMatchObject({ backchannelLogoutUrls: null });
});

test("inside an object that holds a set, what becomes open is seen as a change", () => {
  const type = types.find(({ table }) => table.resource === "auth0_attack_protection");
  const policies = ["Password", "PasswordReset", "Passwordless"].map((flow) => [`challenge${flow}Policy`, "never"]);
  const bots = {
    ...Object.fromEntries(policies),
    allowlists: [],
    botDetectionLevel: "low",
    monitoringModeEnabled: false,
  };
  const news = { botDetection: { monitoringModeEnabled: UNKNOWN } };
  expect([...(type?.diff("id", { botDetection: bots }, news, []).changes ?? [])]).toEqual([
    ["botDetection.monitoringModeEnabled", { kind: "update", replaces: false }],
  ]);
});

test("inside an object that holds no set, an object that becomes open is not seen as a change", () => {
  const type = types.find(({ table }) => table.resource === "auth0_email_provider");
  if (!type) throw new Error("no type");
  const inputs = baseInputs(type.table);
  const before = { ...stateOf(type, inputs), settings: { headers: null, message: null } };
  const changes = (settings: Dict) => [...type.diff("id", before, { ...inputs, settings }, []).changes.keys()];
  expect(changes({ headers: UNKNOWN })).toEqual([]);
  expect(changes({ headers: { xSesConfigurationSet: "c" } })).toContain("settings.headers");
});

test("what is only ever sent is in no plan", () => {
  const type = types.find(({ table }) => table.resource === "auth0_action");
  const action = { name: "a", code: "x", supportedTriggers: { id: "post-login", version: "v3" } };
  const planned = type?.preview({ ...action, secretsWos: [{ name: "S", value: "shh" }], secretsWoVersion: 1 });
  expect(planned?.secretsWos).toEqual([{ name: "S", value: new Secret(null) }]);
});
