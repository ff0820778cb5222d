import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

const summary = {
  name: "Shop",
  is_first_party: true,
  grant_types: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
};
const early = { third_party_client_access: "block", is_app_entitlement_active: false };

test("applications are added to an organization by a list, changed one by one, and removed by a list", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const { client_id } = await tenant.make("/clients", { name: "Shop" });
  const path = `/organizations/${id}/clients`;
  const given = { client_id, use_for_member_access: true };
  const whole = { ...given, client: summary };
  expect(await tenant.call("POST", path, { clients: [given] })).toEqual({ status: 201, body: [whole] });
  expect((await tenant.call("GET", `${path}/${client_id}`)).body).toEqual(whole);
  const closed = { ...whole, use_for_member_access: false };
  const change = { use_for_member_access: false };
  expect(await tenant.call("PATCH", `${path}/${client_id}`, change)).toEqual({ status: 200, body: closed });
  expect((await tenant.call("GET", `${path}?take=50`)).body).toEqual({ clients: [closed] });
  const listed = await tenant.call("GET", `/organizations?include_client_association_for=${client_id}`);
  expect(listed.body).toEqual([{ id, name: "acme", ...early, client: { use_for_member_access: false } }]);
  expect(await tenant.call("DELETE", path, { clients: [client_id] })).toEqual({ status: 204, body: undefined });
  expect((await tenant.call("GET", path)).body).toEqual({ clients: [] });
});

test("an application that an organization has already is refused, and so are those beside it", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const shop = { client_id: (await tenant.make("/clients", { name: "Shop" })).client_id };
  const desk = { client_id: (await tenant.make("/clients", { name: "Desk" })).client_id };
  const path = `/organizations/${id}/clients`;
  await tenant.call("POST", path, { clients: [shop] });
  expect(await tenant.call("POST", path, { clients: [desk, shop] })).toEqual({
    status: 409,
    body: {
      statusCode: 409,
      error: "Conflict",
      message: "The client has already been added to this organization.",
    },
  });
  const { clients } = (await tenant.call("GET", path)).body;
  expect(clients.map(({ client_id }: Body) => client_id)).toEqual([shop.client_id]);
});

test("an application that is gone is gone from its organizations, and an unknown one is refused", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const { client_id } = await tenant.make("/clients", { name: "Shop" });
  const path = `/organizations/${id}/clients`;
  await tenant.call("POST", path, { clients: [{ client_id }] });
  await tenant.call("DELETE", `/clients/${client_id}`);
  expect((await tenant.call("GET", path)).body).toEqual({ clients: [] });
  expect(await tenant.call("POST", path, { clients: [{ client_id }] })).toEqual({
    status: 404,
    body: {
      statusCode: 404,
      error: "Not Found",
      message: "The client does not exist",
      errorCode: "inexistent_client",
    },
  });
});

test("fields of early access show on every organization and role once the tenant uses it", async () => {
  const tenant = await TestTenant.fresh();
  const organization = await tenant.make("/organizations", { name: "acme" });
  const role = await tenant.make("/roles", { name: "Viewer" });
  expect(organization).toEqual({ id: organization.id, name: "acme" });
  expect(role).toEqual({ id: role.id, name: "Viewer", description: null });
  expect(await tenant.make("/roles", { name: "Own", type: "organization", owner_id: organization.id })).toEqual({
    id: expect.stringMatching(/^rol_/),
    name: "Own",
    type: "organization",
    owner_id: organization.id,
  });
  expect((await tenant.call("GET", `/organizations/${organization.id}`)).body).toEqual({ ...organization, ...early });
  expect((await tenant.call("GET", "/organizations/name/acme")).body).toEqual({ ...organization, ...early });
  expect((await tenant.call("GET", `/roles/${role.id}`)).body).toEqual({ ...role, description: "", type: "tenant" });
  const names = async (filter: string) =>
    (await tenant.call("GET", `/roles?${filter}`)).body.map(({ name }: Body) => name);
  expect(await names("type=tenant")).toEqual(["Viewer"]);
  expect(await names(`type=organization&owner_id=${organization.id}`)).toEqual(["Own"]);
  expect((await tenant.call("PATCH", `/roles/${role.id}`, { type: "tenant" })).body.message).toBe(
    "Payload validation error: 'Additional properties not allowed: type'.",
  );
});

test("who may come from third parties is shown on the organization that it was said of", async () => {
  const tenant = await TestTenant.fresh();
  const [one, two] = [
    await tenant.make("/organizations", { name: "a" }),
    await tenant.make("/organizations", { name: "b" }),
  ];
  const change = { third_party_client_access: "allow" };
  expect((await tenant.call("PATCH", `/organizations/${one.id}`, change)).body).toEqual({ ...one, ...change });
  expect((await tenant.call("GET", `/organizations/${two.id}`)).body).toEqual(two);
});

test("connections that come with an organization are in the answer to its create only", async () => {
  const tenant = await TestTenant.fresh();
  const connection = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const enabled_connections = [{ connection_id: connection.id, assign_membership_on_login: true }];
  const made = await tenant.make("/organizations", { name: "acme", enabled_connections });
  expect(made.enabled_connections).toEqual([
    {
      connection_id: connection.id,
      assign_membership_on_login: true,
      show_as_button: true,
      is_signup_enabled: false,
      connection: { name: "staff", strategy: "auth0" },
    },
  ]);
  expect((await tenant.call("GET", `/organizations/${made.id}`)).body).toEqual({ id: made.id, name: "acme" });
});

test("an organization's grants are selected and counted by what they grant", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", { name: "acme" });
  const path = `/organizations/${id}/client-grants`;
  const { client_id } = await tenant.make("/clients", { name: "Shop" });
  for (const audience of ["https://a", "https://b"]) {
    await tenant.make("/resource-servers", { identifier: audience, name: audience });
    const grant = { client_id, audience, scope: [], organization_usage: "allow" };
    await tenant.make(path, { grant_id: (await tenant.make("/client-grants", grant)).id });
  }
  const { body } = await tenant.call("GET", `${path}?audience=https://b&include_totals=true&per_page=1`);
  expect({ ...body, client_grants: body.client_grants.map((grant: Body) => grant.audience) }).toEqual({
    client_grants: ["https://b"],
    start: 0,
    limit: 1,
    total: 1,
  });
});

test("a discovery domain is found by its name within its organization", async () => {
  const tenant = await TestTenant.fresh();
  const [one, two] = [
    await tenant.make("/organizations", { name: "a" }),
    await tenant.make("/organizations", { name: "b" }),
  ];
  const domain = await tenant.make(`/organizations/${one.id}/discovery-domains`, { domain: "a.com" });
  const named = (id: string) => tenant.call("GET", `/organizations/${id}/discovery-domains/name/a.com`);
  expect(await named(one.id)).toEqual({ status: 200, body: domain });
  expect((await named(two.id)).body.message).toBe("No organization domain found by that id");
});
