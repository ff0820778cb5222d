import { expect, test } from "vitest";
import { inputsOf } from "../../../local/plugin/inputs.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { refusal, store } from "./fake-management-api.ts";

const held = connected();

test("what nobody wrote stays null after a write, and is empty after a refresh", async () => {
  const type = typeOf("client");
  held.fake.answer = store("clients", "client_1", { callbacks: [], client_metadata: {} }, "client_id");
  const made = await type.create(held.api, { name: "app" });
  expect(made.properties).toMatchObject({ allowedClients: null, clientMetadata: null, callbacks: [] });
  const found = await type.read(held.api, "client_1", plain(made.properties));
  expect(found?.properties).toMatchObject({ allowedClients: [], clientMetadata: {}, callbacks: [] });
});

test("a set is read in one order, whatever order the server answers in", async () => {
  const scopes = [
    { value: "write", description: "B" },
    { value: "read", description: "A" },
  ];
  held.fake.answer = () => ({ status: 200, body: { identifier: "https://api/", scopes } });
  const found = await typeOf("resourceServerScopes").read(held.api, "https://api/", {
    resourceServerIdentifier: "https://api/",
  });
  expect(found?.properties.scopes).toEqual([
    { name: "read", description: "A" },
    { name: "write", description: "B" },
  ]);
});

test("a resource that is gone is dropped by a refresh, tolerated by a deletion, told by an update", async () => {
  held.fake.answer = () => refusal(404, "Not Found", "It does not exist.");
  const olds = { name: "r", description: "d" };
  expect(await typeOf("role").read(held.api, "rol_1", olds)).toBeNull();
  await expect(typeOf("role").delete(held.api, "rol_1", olds)).resolves.toBeUndefined();
  await expect(typeOf("role").update(held.api, "rol_1", olds, { name: "s" })).rejects.toThrow(
    "auth0_role rol_1 does not exist any more: run `pulumi refresh`, then update again.",
  );
});

test("an organization's connection that is gone is a fault, as the provider has it", async () => {
  held.fake.answer = () => refusal(404, "Not Found", "No connection found by that id");
  const olds = { organizationId: "org_1", connectionId: "con_1" };
  await expect(typeOf("organizationConnection").read(held.api, "org_1::con_1", olds)).rejects.toThrow(
    '404: {"statusCode":404,"error":"Not Found","message":"No connection found by that id"}',
  );
});

test("an import takes over all that can be written, leaves out defaults, and then changes nothing", async () => {
  const type = typeOf("organizationConnection");
  held.fake.answer = () => ({
    status: 200,
    body: {
      connection_id: "con_1",
      assign_membership_on_login: true,
      show_as_button: false,
      is_enabled: true,
      organization_access_level: "none",
      connection: { name: "acme", strategy: "oidc" },
    },
  });
  const found = await type.read(held.api, "org_1::con_1");
  if (!found) throw new Error("not found");
  const inputs = inputsOf(type.table, found.state, undefined);
  expect(inputs).toEqual({
    organizationId: "org_1",
    connectionId: "con_1",
    assignMembershipOnLogin: true,
    organizationAccessLevel: "none",
    __defaults: [],
  });
  const news = type.check(inputs, inputs, { resourceName: "it", seed: new Uint8Array() }).inputs as Dict;
  expect([...type.diff(found.id, plain(found.properties), news, []).changes]).toEqual([]);
});

test("of two fields that exclude each other inside an object an import takes over the first", () => {
  const { table } = typeOf("client");
  const samlp = { flexible_mappings: '{"a":["b"]}', mappings: { a: "b" }, audience: "urn:a" };
  const { addons } = inputsOf(table, { id: "c", name: "it", addons: [{ samlp: [samlp] }] }, undefined);
  expect(addons).toMatchObject({ samlp: { audience: "urn:a", flexibleMappings: '{"a":["b"]}' } });
  expect(addons).not.toHaveProperty("samlp.mappings");
});

test("an id of another form cannot be imported", async () => {
  expect(await typeOf("organizationConnection").read(held.api, "org_1")).toBeNull();
  expect(held.fake.lines()).toEqual([]);
});

test("a refresh takes what changed into the inputs that were written, and nothing more", async () => {
  const type = typeOf("organization");
  held.fake.answer = () => ({
    status: 200,
    body: { id: "org_1", name: "acme", display_name: "Drift", metadata: { type: "vendor", more: "x" } },
  });
  const found = await type.read(held.api, "org_1", {
    name: "acme",
    displayName: "Acme",
    metadata: { type: "customer" },
  });
  if (!found) throw new Error("not found");
  const inputs = inputsOf(type.table, found.state, { name: "acme", metadata: { type: "customer" }, __defaults: [] });
  expect(inputs).toEqual({ name: "acme", metadata: { type: "vendor" } });
});
