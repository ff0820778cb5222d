import { describe, expect, test } from "vitest";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";
import { baseInputs, sample, stateOf, writableFields } from "./samples.ts";

/** The fields whose change replaces a resource, all of them: a wrong table fails here, not in a tenant. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  auth0_action: [],
  auth0_attack_protection: [],
  auth0_branding: [],
  auth0_client: [],
  auth0_client_credentials: ["clientId"],
  auth0_client_grant: ["audience", "clientId", "defaultFor", "subjectType"],
  auth0_connection: ["name", "strategy"],
  auth0_connection_clients: ["connectionId"],
  auth0_connection_scim_configuration: ["connectionId"],
  auth0_custom_domain: ["domain", "type"],
  auth0_custom_domain_verification: ["customDomainId"],
  auth0_email_provider: [],
  auth0_email_template: [],
  auth0_guardian: [],
  auth0_log_stream: ["type"],
  auth0_organization: [],
  auth0_organization_client_grant: ["grantId", "organizationId"],
  auth0_organization_connection: [],
  auth0_organization_discovery_domain: ["domain", "organizationId"],
  auth0_organization_discovery_domains: ["organizationId"],
  auth0_prompt: [],
  auth0_prompt_custom_text: [],
  auth0_resource_server: ["identifier"],
  auth0_resource_server_scopes: ["resourceServerIdentifier"],
  auth0_role: [],
  auth0_role_permissions: ["roleId"],
  auth0_tenant: [],
  auth0_trigger_actions: ["trigger"],
};

/** Objects in which a field replaces, though the object itself does not. */
const REPLACING_INSIDE: Readonly<Record<string, readonly string[]>> = {
  auth0_client_credentials: ["selfSignedTlsClientAuth", "signedRequestObject", "tlsClientAuth"],
};

const types = [...resourceTypes().values()];

test("the tables hold the types in use", () => {
  expect(types.map(({ table }) => table.resource).sort()).toEqual(Object.keys(REPLACING));
});

describe.each(types.map((type) => [type.table.resource, type] as const))("%s", (resource, type) => {
  const base = baseInputs(type.table);

  test("the same inputs change nothing", () => {
    const { changes, replaces, stables } = type.diff("id", stateOf(type, base), base, []);
    expect([...changes.keys()]).toEqual([]);
    expect(replaces).toEqual([]);
    expect(stables).toEqual(REPLACING[resource]);
  });

  test.each(writableFields(type.table).map(([, field]) => [field.name, field] as const))(
    "a changed %s replaces exactly where the provider says so",
    (name, field) => {
      const shared: Dict = name === "allowAllScopes" ? { ...base, scopes: [] } : base;
      const to = { ...shared, [name]: sample(field, 1) };
      const other = { ...shared, [name]: sample(field, 0) };
      const { [name]: _, ...without } = shared;
      const from = JSON.stringify(other) === JSON.stringify(to) ? without : other;
      const { changes, replaces } = type.diff("id", stateOf(type, from), to, []);
      const touched = [...changes.keys()].some((path) => path === name || /^[.[]/.test(path.slice(name.length)));
      expect(touched).toBe(!field.writeOnly);
      const replacing = [...(REPLACING[resource] ?? []), ...(REPLACING_INSIDE[resource] ?? [])].includes(name);
      expect(new Set(replaces)).toEqual(new Set(replacing ? [name] : []));
    },
  );
});

const connection = types.find(({ table }) => table.resource === "auth0_connection");

test("a name that the program wrote is freed first, one that was made up is not", () => {
  const olds = { id: "id", name: "acme", strategy: "oidc", realms: [] };
  const news = { name: "acme", strategy: "samlp" };
  expect(connection?.diff("id", olds, { ...news, __defaults: [] }, []).deleteBeforeReplace).toBe(true);
  expect(connection?.diff("id", olds, { ...news, __defaults: ["name"] }, []).deleteBeforeReplace).toBe(false);
});

test("a strategy that is not known yet replaces", () => {
  const found = connection?.diff(
    "id",
    { id: "id", name: "acme", strategy: "oidc", realms: [] },
    { name: "acme", strategy: UNKNOWN },
    [],
  );
  expect([...(found?.changes ?? [])]).toEqual([["strategy", { kind: "update", replaces: true }]]);
});

test("a change of an ignored property is no change", () => {
  const olds = { id: "id", name: "acme", strategy: "oidc", displayName: "A", realms: [] };
  const news = { name: "acme", strategy: "samlp", displayName: "B" };
  expect([...(connection?.diff("id", olds, news, ["strategy"]).changes.keys() ?? [])]).toEqual(["displayName"]);
});
