import { expect, test } from "vitest";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";

const types = resourceTypes();

/** What a server decides by itself, as far as a state must hold it. */
const DECIDED: Readonly<Record<string, Dict>> = {
  client: { callbacks: [], grantTypes: [], oidcBackchannelLogoutUrls: [], signingKeys: [] },
};

/** How a change of a type's inputs shows, by path. */
function changes(type: string, olds: Dict, news: Dict): Record<string, string> {
  const token = `auth0:index/${type}:${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  const found = types.get(token)?.diff("id", { ...DECIDED[type], ...olds, id: "id" }, news, []).changes ?? new Map();
  return Object.fromEntries([...found].map(([path, { kind }]) => [path, kind]));
}

test("elements of a set are the same in any order", () => {
  const permission = (name: string) => ({
    name,
    resourceServerIdentifier: "https://api",
    description: "D",
    resourceServerName: "N",
  });
  const written = (name: string) => ({ name, resourceServerIdentifier: "https://api" });
  const olds = { roleId: "r", permissions: [permission("a"), permission("b")] };
  expect(changes("rolePermissions", olds, { roleId: "r", permissions: [written("b"), written("a")] })).toEqual({});
});

test("an element put into a set is shown where the program writes it", () => {
  const olds = {
    roleId: "r",
    permissions: [{ name: "b", resourceServerIdentifier: "x", description: "", resourceServerName: "X" }],
  };
  const news = {
    roleId: "r",
    permissions: [
      { name: "a", resourceServerIdentifier: "x" },
      { name: "b", resourceServerIdentifier: "x" },
    ],
  };
  expect(changes("rolePermissions", olds, news)).toEqual({ "permissions[0]": "add" });
});

test("of a plain list only what is put in or taken out is shown", () => {
  const olds = { name: "c", callbacks: ["https://a", "https://b", "https://c"] };
  expect(changes("client", olds, { name: "c", callbacks: ["https://a", "https://c", "https://d"] })).toEqual({
    "callbacks[1]": "delete",
    "callbacks[2]": "add",
  });
});

test("a map changes key by key", () => {
  const olds = { name: "o", metadata: { type: "vendor", stage: "dev", status: "active" } };
  expect(
    changes("organization", olds, { name: "o", metadata: { type: "customer", status: "active", "a b": "c" } }),
  ).toEqual({
    "metadata.stage": "delete",
    "metadata.type": "update",
    'metadata["a b"]': "add",
  });
});

test("what the server decides is no change when the program says nothing of it", () => {
  const olds = {
    name: "c",
    appType: "spa",
    clientId: "id",
    oidcConformant: true,
    grantTypes: ["implicit"],
    jwtConfiguration: { alg: "RS256", lifetimeInSeconds: 36000, scopes: {}, secretEncoded: false },
  };
  expect(changes("client", olds, { name: "c", appType: "spa", jwtConfiguration: { alg: "RS256" } })).toEqual({});
});

test("empty and absent are one, so a state that says false shows no change", () => {
  expect(
    changes(
      "clientGrant",
      { clientId: "c", audience: "a", scopes: [], allowAnyOrganization: false, organizationUsage: "" },
      { clientId: "c", audience: "a", scopes: [] },
    ),
  ).toEqual({});
});

test("an output that is not known yet is a change", () => {
  const olds = { organizationId: "o", connectionId: "c", showAsButton: true, isEnabled: true };
  expect(changes("organizationConnection", olds, { organizationId: "o", connectionId: UNKNOWN })).toEqual({
    connectionId: "update",
  });
});

test("the value of a write-only field is no change, its version is", () => {
  const action = { name: "a", code: "x", supportedTriggers: { id: "post-login", version: "v3" } };
  const olds = {
    ...action,
    deploy: false,
    runtime: "node22",
    secretsWos: [{ name: "S", value: null }],
    secretsWoVersion: 1,
  };
  const news = { ...action, secretsWos: [{ name: "S", value: "new" }], secretsWoVersion: 2 };
  expect(changes("action", olds, news)).toEqual({ secretsWoVersion: "update" });
});

test.each<[string, Dict, string]>([
  [
    "clientGrant",
    { clientId: "c", audience: "a" },
    "either `scopes` must be provided or `allow_all_scopes` must be set to `true`",
  ],
  [
    "tenant",
    { disableAcrValuesSupported: true, acrValuesSupporteds: ["a"] },
    "only one of disable_acr_values_supported and acr_values_supported should be set",
  ],
  [
    "resourceServer",
    { identifier: "i", tokenEncryption: { disable: true, format: "compact-nested-jwe" } },
    "only one of disable and format or encryption_key should be set in the token_encryption blocks",
  ],
])("%s refuses what no table can describe", (type, news, reason) => {
  expect(() => changes(type, {}, news)).toThrow(new Error(reason));
});
