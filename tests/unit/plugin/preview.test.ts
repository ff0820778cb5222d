import { expect, test } from "vitest";
import { Secret } from "../../../local/plugin/marshal.ts";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { UNKNOWN } from "../../../local/plugin/value.ts";
import { baseInputs, stateOf } from "./samples.ts";

const types = [...resourceTypes().values()];

/** What a creation leaves open, by type: all the server decides and the program does not write. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  auth0_action: ["id", "runtime", "versionId"],
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

test("what is only ever sent is in no plan", () => {
  const type = types.find(({ table }) => table.resource === "auth0_action");
  const action = { name: "a", code: "x", supportedTriggers: { id: "post-login", version: "v3" } };
  const planned = type?.preview({ ...action, secretsWos: [{ name: "S", value: "shh" }], secretsWoVersion: 1 });
  expect(planned?.secretsWos).toEqual([{ name: "S", value: new Secret(null) }]);
});
