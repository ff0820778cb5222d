import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const id = (prefix: string, length: number) => expect.stringMatching(new RegExp(`^${prefix}_[A-Za-z0-9]{${length}}$`));

test("a brand-new tenant holds the Management API, the global client and the first database, and nothing else", async () => {
  const tenant = await TestTenant.fresh();
  const { body: apis } = await tenant.call("GET", "/resource-servers");
  expect(apis).toHaveLength(1);
  expect(apis[0]).toMatchObject({
    name: "Auth0 Management API",
    identifier: `https://localhost:${tenant.running.port}/api/v2/`,
    is_system: true,
    token_lifetime: 86400,
  });
  expect(apis[0].scopes).toContainEqual({ value: "read:clients", description: "Read Clients" });
  const { body: clients } = await tenant.call("GET", "/clients?fields=name,global&include_fields=true");
  expect(clients).toEqual([{ tenant: "localhost", name: "All Applications", global: true }]);
  const { body: connections } = await tenant.call("GET", "/connections?fields=name,strategy");
  expect(connections).toEqual([
    {
      id: id("con", 16),
      name: "Username-Password-Authentication",
      strategy: "auth0",
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
    },
  ]);
  for (const empty of ["/client-grants", "/roles", "/organizations", "/users", "/log-streams", "/custom-domains"]) {
    expect({ empty, ...(await tenant.call("GET", empty)) }).toEqual({ empty, status: 200, body: [] });
  }
  expect(await tenant.call("GET", "/actions/actions")).toEqual({ status: 200, body: { actions: [], per_page: 50 } });
});

test("a client gets an id, a secret and the defaults of its type", async () => {
  const tenant = await TestTenant.fresh();
  const { status, body } = await tenant.call("POST", "/clients", { name: "Main", app_type: "regular_web" });
  expect(status).toBe(201);
  expect(body).toEqual({
    client_id: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    client_secret: expect.stringMatching(/^[\w-]{64}$/),
    tenant: "localhost",
    global: false,
    name: "Main",
    app_type: "regular_web",
    is_first_party: true,
    is_token_endpoint_ip_header_trusted: false,
    oidc_conformant: false,
    sso_disabled: false,
    cross_origin_auth: false,
    cross_origin_authentication: false,
    callback_url_template: false,
    encrypted: true,
    custom_login_page_on: true,
    jwt_configuration: { lifetime_in_seconds: 36000, secret_encoded: false },
    grant_types: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
    refresh_token: {
      rotation_type: "non-rotating",
      expiration_type: "non-expiring",
      leeway: 0,
      token_lifetime: 2592000,
      idle_token_lifetime: 1296000,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
    },
    signing_keys: [{ cert: expect.stringContaining("BEGIN CERTIFICATE"), subject: "/CN=localhost" }],
  });
  const spa = await tenant.make("/clients", { name: "Spa", app_type: "spa" });
  expect(spa.grant_types).toEqual(["authorization_code", "implicit", "refresh_token"]);
  for (const app_type of ["regular_web", "non_interactive", null]) {
    const typed = app_type === null ? {} : { app_type };
    const made = await tenant.make("/clients", {
      name: "M",
      ...typed,
      token_endpoint_auth_method: "client_secret_post",
    });
    expect(made.refresh_token).toMatchObject({ token_lifetime: 31557600, idle_token_lifetime: 2592000 });
  }
});

test("a new client may use the connections there are, unless the tenant's flag is off", async () => {
  const tenant = await TestTenant.fresh();
  const connection = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const first = await tenant.make("/clients", { name: "First" });
  await tenant.call("PATCH", "/tenants/settings", { flags: { enable_client_connections: false } });
  const second = await tenant.make("/clients", { name: "Second" });
  expect(await tenant.call("GET", `/connections/${connection.id}/clients`)).toEqual({
    status: 200,
    body: { clients: [{ client_id: first.client_id }] },
  });
  expect((await tenant.call("GET", `/clients/${second.client_id}/connections`)).body).toEqual({ connections: [] });
});

test("an API is found by its id and by its identifier in the path", async () => {
  const tenant = await TestTenant.fresh();
  const identifier = "https://api.example.com/v1?x=%41";
  const api = await tenant.make("/resource-servers", { name: "Service", identifier });
  expect(api).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    name: "Service",
    identifier,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
    token_lifetime: 86400,
    token_lifetime_for_web: 7200,
    signing_alg: "RS256",
  });
  const path = `/resource-servers/${encodeURIComponent(identifier)}`;
  expect(await tenant.call("GET", path)).toEqual({ status: 200, body: api });
  expect(await tenant.call("PATCH", path, { scopes: [{ value: "read:it" }] })).toEqual({
    status: 200,
    body: { ...api, scopes: [{ value: "read:it" }] },
  });
});

test("a role's unset description is null when it is made and empty afterwards", async () => {
  const tenant = await TestTenant.fresh();
  const { status, body } = await tenant.call("POST", "/roles", { name: "owner" });
  expect({ status, body }).toEqual({ status: 200, body: { id: id("rol", 16), name: "owner", description: null } });
  expect((await tenant.call("GET", `/roles/${body.id}`)).body).toEqual({ ...body, description: "" });
});

test("a role's permissions are joined with the API's name and the scope's description, and go with the scope", async () => {
  const tenant = await TestTenant.fresh();
  const scopes = [{ value: "read:it", description: "Read it" }, { value: "write:it" }];
  const api = await tenant.make("/resource-servers", { name: "Service", identifier: "https://api", scopes });
  const role = await tenant.make("/roles", { name: "owner" });
  const permissions = scopes.map(({ value }) => ({
    resource_server_identifier: "https://api",
    permission_name: value,
  }));
  expect(await tenant.call("POST", `/roles/${role.id}/permissions`, { permissions })).toEqual({
    status: 201,
    body: {},
  });
  expect((await tenant.call("GET", `/roles/${role.id}/permissions`)).body).toEqual([
    { ...permissions[0], description: "Read it", resource_server_name: "Service" },
    { ...permissions[1], description: "", resource_server_name: "Service" },
  ]);
  await tenant.call("PATCH", `/resource-servers/${api.id}`, { scopes: [{ value: "write:it" }] });
  expect((await tenant.call("GET", `/roles/${role.id}/permissions`)).body).toHaveLength(1);
  await tenant.call("DELETE", `/resource-servers/${api.id}`);
  expect((await tenant.call("GET", `/roles/${role.id}/permissions`)).body).toEqual([]);
});

test("an OIDC connection keeps what it is given and gets what its strategy adds; nothing is fetched", async () => {
  const tenant = await TestTenant.fresh();
  const options = { client_id: "x", discovery_url: "https://idp.example.com/.well-known/openid-configuration" };
  const { status, body } = await tenant.call("POST", "/connections", { name: "acme", strategy: "oidc", options });
  expect(status).toBe(201);
  expect(body).toEqual({
    id: id("con", 16),
    name: "acme",
    display_name: "acme",
    strategy: "oidc",
    show_as_button: false,
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
    realms: ["acme"],
    enabled_clients: [],
    options: {
      ...options,
      issuer: "https://idp.example.com",
      oidc_metadata: { issuer: "https://idp.example.com" },
      type: "front_channel",
      schema_version: "oidc-V4",
      attribute_map: { mapping_mode: "bind_all" },
      connection_settings: { pkce: "auto" },
    },
  });
});

test("an organization's connection shows the connection, and sign-up only where that is a database", async () => {
  const tenant = await TestTenant.fresh();
  const organization = await tenant.make("/organizations", { name: "acme", display_name: "Acme" });
  expect(organization).toEqual({ id: id("org", 16), name: "acme", display_name: "Acme" });
  const oidc = await tenant.make("/connections", { name: "acme", strategy: "oidc" });
  const database = await tenant.make("/connections", { name: "staff", strategy: "auth0" });
  const path = `/organizations/${organization.id}/connections`;
  const made = await tenant.call("POST", path, { connection_id: oidc.id, assign_membership_on_login: true });
  expect(made).toEqual({
    status: 201,
    body: {
      connection_id: oidc.id,
      assign_membership_on_login: true,
      show_as_button: true,
      is_enabled: true,
      organization_access_level: "none",
      connection: { name: "acme", strategy: "oidc" },
    },
  });
  expect((await tenant.make(path, { connection_id: database.id })).is_signup_enabled).toBe(false);
  expect((await tenant.call("GET", `/organizations/${organization.id}/enabled_connections/${oidc.id}`)).body).toEqual({
    connection_id: oidc.id,
    assign_membership_on_login: true,
    show_as_button: true,
    connection: { name: "acme", strategy: "oidc" },
  });
});

test("a discovery domain starts pending, and may be made verified at once", async () => {
  const tenant = await TestTenant.fresh();
  const { id: organization } = await tenant.make("/organizations", { name: "acme" });
  const path = `/organizations/${organization}/discovery-domains`;
  const domain = await tenant.make(path, { domain: "acme.com" });
  expect(domain).toEqual({
    id: id("ord", 22),
    domain: "acme.com",
    status: "pending",
    use_for_organization_discovery: true,
    verification_host: `_ss-verification.${organization}.acme.com`,
    verification_txt: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect((await tenant.call("PATCH", `${path}/${domain.id}`, { status: "verified" })).body).toEqual({
    ...domain,
    status: "verified",
  });
});

test("an organization's client grant answers the grant, and goes when the client goes", async () => {
  const tenant = await TestTenant.fresh();
  const { id: organization } = await tenant.make("/organizations", { name: "acme" });
  await tenant.make("/resource-servers", { name: "Service", identifier: "https://api" });
  const client = await tenant.make("/clients", { name: "Machine", app_type: "non_interactive" });
  const given = {
    client_id: client.client_id,
    audience: "https://api",
    scope: ["read:it"],
    organization_usage: "require",
  };
  const grant = await tenant.make("/client-grants", given);
  expect(grant).toEqual({ id: id("cgr", 16), ...given, subject_type: "client" });
  const path = `/organizations/${organization}/client-grants`;
  expect(await tenant.call("POST", path, { grant_id: grant.id })).toEqual({
    status: 201,
    body: { grant_id: grant.id, ...given },
  });
  expect((await tenant.call("GET", `${path}?include_totals=true`)).body).toEqual({
    client_grants: [grant],
    start: 0,
    limit: 50,
    total: 1,
  });
  expect((await tenant.call("DELETE", `/clients/${client.client_id}`)).status).toBe(204);
  expect((await tenant.call("GET", path)).body).toEqual([]);
  expect((await tenant.call("GET", "/client-grants")).body).toEqual([]);
});

test("a member's roles belong to the organization and go with the membership", async () => {
  const tenant = await TestTenant.fresh();
  const { id: organization } = await tenant.make("/organizations", { name: "acme" });
  const role = await tenant.make("/roles", { name: "owner" });
  const person = { connection: "Username-Password-Authentication", email: "ann@acme.com", password: "Secret-1" };
  const user = await tenant.make("/users", person);
  const user_id = String(user.user_id);
  expect(user).toMatchObject({
    user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
    email: "ann@acme.com",
    nickname: "ann",
  });
  const members = `/organizations/${organization}/members`;
  const roles = `${members}/${encodeURIComponent(user_id)}/roles`;
  expect(await tenant.call("POST", roles, { roles: [role.id] })).toEqual({
    status: 404,
    body: { statusCode: 404, error: "Not Found", message: "The user is not a member of the organization." },
  });
  expect(await tenant.call("POST", members, { members: [user_id] })).toEqual({ status: 204, body: undefined });
  expect((await tenant.call("POST", roles, { roles: [role.id] })).status).toBe(204);
  expect((await tenant.call("GET", roles)).body).toEqual([{ id: role.id, name: "owner", description: "" }]);
  expect((await tenant.call("DELETE", members, { members: [user_id] })).status).toBe(204);
  await tenant.call("POST", members, { members: [user_id] });
  expect((await tenant.call("GET", roles)).body).toEqual([]);
});
