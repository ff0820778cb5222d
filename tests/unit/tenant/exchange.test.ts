import { decode } from "hono/jwt";
import { expect, test, vi } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { askToken, deployExchange, exchangeCode, makeMachine, ownFolder, TestTenant } from "./harness.ts";

// a thread for each Action takes its time on a busy machine
vi.setConfig({ testTimeout: 30_000 });

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const trigger = "credentials-exchange";
const failed = { status: 500, body: { error: "server_error", error_description: `An Action of ${trigger} failed` } };

const runs = async (tenant: TestTenant, after = 0) =>
  (await tenant.local("GET", `/.local/actions?after=${after}`)).body;
const lastRun = async (tenant: TestTenant) => (await runs(tenant)).at(-1)?.seq ?? 0;

test("an Action sees the documented event: client, organization, scopes, secrets of its own, and no client secret", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/organizations", {
    name: "acme",
    display_name: "Acme",
    metadata: { type: "customer", status: "active" },
  });
  const machine = await makeMachine(tenant, {
    client: { client_metadata: { machine: "company" } },
    grant: { organization_usage: "require", allow_any_organization: true },
  });
  await deployExchange(tenant, {
    name: "Gate",
    does: "api.accessToken.setCustomClaim('https://b2b.example/event', event);",
    secrets: { KEY: "hush-hush" },
  });
  const asked = { organization: id, scope: "read:it" };
  const claims = decode((await askToken(tenant, machine, asked)).body.access_token).payload;
  expect(claims["https://b2b.example/event"]).toEqual({
    accessToken: { customClaims: {}, scope: ["read:it"] },
    client: { client_id: machine.client_id, name: "Machine", metadata: { machine: "company" } },
    organization: { id, name: "acme", display_name: "Acme", metadata: { type: "customer", status: "active" } },
    request: {
      body: {
        grant_type: "client_credentials",
        client_id: machine.client_id,
        audience: machine.audience,
        organization: id,
        scope: "read:it",
      },
      geoip: {},
      hostname: `localhost:${tenant.running.port}`,
      ip: "127.0.0.1",
      method: "POST",
    },
    resource_server: { identifier: machine.audience },
    secrets: { KEY: "hush-hush" },
    tenant: { id: "localhost" },
    transaction: { requested_scopes: ["read:it"] },
  });
});

test("without organization and metadata the event has none, and an empty one", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  await deployExchange(tenant, {
    name: "Gate",
    does: "api.access.deny('server_error', JSON.stringify(['organization' in event, event.client.metadata]));",
  });
  expect(await askToken(tenant, machine)).toEqual({
    status: 500,
    body: { error: "server_error", error_description: "[false,{}]" },
  });
});

test.each([
  ["invalid_scope", 400],
  ["invalid_request", 400],
  ["server_error", 500],
])("a denial with %s is answered with %i, the code and the reason", async (code, status) => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  await deployExchange(tenant, { name: "Gate", does: `api.access.deny('${code}', 'suspended: Not now.');` });
  const seq = await lastRun(tenant);
  expect(await askToken(tenant, machine)).toEqual({
    status,
    body: { error: code, error_description: "suspended: Not now." },
  });
  expect(await runs(tenant, seq)).toEqual([
    {
      seq: seq + 1,
      time,
      trigger,
      action: "Gate",
      version: 1,
      outcome: "denied",
      said: "",
      code,
      reason: "suspended: Not now.",
    },
  ]);
});

test("a denial with a code that there is not is a failure", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  await deployExchange(tenant, { name: "Gate", does: "api.access.deny('wrong_type', 'x');" });
  expect(await askToken(tenant, machine)).toEqual(failed);
  expect((await runs(tenant)).at(-1)).toMatchObject({
    outcome: "failed",
    error: expect.stringContaining(
      "api.access.deny: the code must be one of invalid_scope, invalid_request, server_error",
    ),
  });
});

test("Actions run in binding order, each sees the claims before it, and a denial stops those after it", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  const seen = "console.log(Object.keys(event.accessToken.customClaims).join());";
  await deployExchange(
    tenant,
    { name: "One", does: `${seen} api.accessToken.setCustomClaim('https://x/one', 1);` },
    { name: "Two", does: `${seen} api.access.deny('invalid_request', 'no');` },
    { name: "Three", does: seen },
  );
  const seq = await lastRun(tenant);
  await askToken(tenant, machine);
  const said = (await runs(tenant, seq)).map((run: { [key: string]: string }) => [run.action, run.outcome, run.said]);
  expect(said).toEqual([
    ["One", "passed", "\n"],
    ["Two", "denied", "https://x/one\n"],
  ]);
});

test("what runs is the deployed code with the deployed secrets, whatever the draft says", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  const does = "api.access.deny('invalid_request', event.secrets.KEY);";
  const [id = ""] = await deployExchange(tenant, { name: "Gate", does, secrets: { KEY: "first" } });
  const denied = (error_description: string) => ({
    status: 400,
    body: { error: "invalid_request", error_description },
  });
  expect(await askToken(tenant, machine)).toEqual(denied("first"));

  const path = `/actions/actions/${id}`;
  const code = exchangeCode("api.access.deny('invalid_request', 'new ' + event.secrets.KEY);");
  await tenant.call("PATCH", path, { code, secrets: [{ name: "KEY", value: "second" }] });
  expect(await askToken(tenant, machine)).toEqual(denied("first"));

  await tenant.call("GET", path);
  await tenant.call("POST", `${path}/deploy`);
  expect(await askToken(tenant, machine)).toEqual(denied("new second"));
  expect((await runs(tenant)).at(-1).version).toBe(2);

  await tenant.call("PATCH", "/actions/triggers/credentials-exchange/bindings", { bindings: [] });
  expect((await askToken(tenant, machine)).status).toBe(200);
});

test("of custom claims those with a name of Auth0's are dropped without a word", async () => {
  const tenant = await TestTenant.fresh();
  const machine = await makeMachine(tenant);
  const names = ["https://b2b.example/org_type", "org_id", "permissions", "https://x.auth0.com/a", "team"];
  const does = names.map((name) => `api.accessToken.setCustomClaim('${name}', 'mine');`).join(" ");
  await deployExchange(tenant, { name: "Gate", does });
  const claims = decode((await askToken(tenant, machine)).body.access_token).payload;
  expect(Object.fromEntries(Object.entries(claims).filter(([, value]) => value === "mine"))).toEqual({
    "https://b2b.example/org_type": "mine",
    team: "mine",
  });
});

test("an Action that loops fails its own request, and the tenant goes on answering", async () => {
  const tenant = await TestTenant.start(ownFolder(), { triggerTime: 2_500 });
  const machine = await makeMachine(tenant);
  await deployExchange(
    tenant,
    { name: "Before", does: "console.log('one hush-hush');", secrets: { KEY: "hush-hush" } },
    { name: "Loop", does: "console.log('two'); while (true);" },
  );
  const order: string[] = [];
  const looping = askToken(tenant, machine);
  const others = tenant.call("GET", "/organizations").then(() => order.push("list"));
  expect(await looping).toEqual(failed);
  order.push("token");
  await others;
  expect(order).toEqual(["list", "token"]);
  expect(await runs(tenant)).toEqual([
    { seq: 1, time, trigger, action: "Before", version: 1, outcome: "passed", said: "one [masked]\n" },
    {
      seq: 2,
      time,
      trigger,
      action: "Loop",
      version: 1,
      outcome: "failed",
      said: "two\n",
      error: "The Actions of the trigger took longer than 2.5 s",
    },
  ]);
});

test("an Action may get a token at this tenant and assign a role with it, and cannot touch /.local", async () => {
  const tenant = await TestTenant.start(ownFolder(), { switches: { MANAGEMENT_TOKENS_RUN_ACTIONS: "off" } });
  const audience = `https://localhost:${tenant.running.port}/api/v2/`;
  const { id: role } = await tenant.make("/roles", { name: "owner" });
  const { user_id } = await tenant.make("/users", {
    connection: "Username-Password-Authentication",
    email: "ann@acme.com",
    password: "Secret-1",
  });
  const firstRoles = await tenant.make("/clients", { name: "first-roles", app_type: "non_interactive" });
  const scope = ["create:organization_member_roles", "create:role_members"];
  await tenant.make("/client-grants", { client_id: firstRoles.client_id, audience, scope });
  const machine = await makeMachine(tenant);
  await deployExchange(tenant, {
    name: "Roles",
    secrets: {
      DOMAIN: `localhost:${tenant.running.port}`,
      CLIENT_ID: firstRoles.client_id,
      CLIENT_SECRET: String(firstRoles.client_secret),
      ROLE: role,
      USER: String(user_id),
    },
    does: `
      const { DOMAIN, CLIENT_ID, CLIENT_SECRET, ROLE, USER } = event.secrets;
      const post = (path, body, headers = {}) => fetch("https://" + DOMAIN + path, {
        method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers },
        signal: AbortSignal.timeout(4000),
      });
      const audience = "https://" + DOMAIN + "/api/v2/";
      const asked = { grant_type: "client_credentials", client_id: CLIENT_ID, client_secret: CLIENT_SECRET, audience };
      const { access_token, scope } = await (await post("/oauth/token", asked)).json();
      console.log(access_token, scope);
      const answer = await post("/api/v2/roles/" + ROLE + "/users", { users: [USER] }, { authorization: "Bearer " + access_token });
      console.log(answer.status);
      await post("/.local/reset", {}).catch((error) => console.log(error.message, "-", error.cause.message));
      await fetch("https://example.com/").catch((error) => console.log(error.cause.message));`,
  });
  expect((await askToken(tenant, machine)).status).toBe(200);
  expect((await tenant.call("GET", `/users/${encodeURIComponent(String(user_id))}/roles`)).body).toEqual([
    { id: role, name: "owner", description: "" },
  ]);
  const own = `https://localhost:${tenant.running.port}`.replace(/localhost:\d+/, "[masked]");
  expect((await runs(tenant)).at(-1).said).toBe(
    [
      "[masked] create:organization_member_roles create:role_members",
      "200",
      "fetch failed - no Action may use /.local",
      `an Action here reaches ${own} only, not https://example.com`,
      "",
    ]
      .join("\n")
      .slice(0, 256),
  );
  const requests = (await tenant.local("GET", "/.local/requests")).body;
  const calls = requests
    .slice(-4, -1)
    .map(({ path, body }: { path: string; body: Body }) => [path, body.client_secret]);
  expect(calls).toEqual([
    ["/oauth/token", "[masked]"],
    [`/api/v2/roles/${role}/users`, undefined],
    ["/oauth/token", "[masked]"],
  ]);
});

test("what an Action caches is there for the next token, and gone with a reset", async () => {
  const tenant = await TestTenant.fresh();
  const does = `const known = api.cache.get("n");
    api.cache.set("n", String(Number(known?.value ?? 0) + 1));
    api.accessToken.setCustomClaim("https://b2b.example/n", api.cache.get("n").value);`;
  const nth = async (machine: Awaited<ReturnType<typeof makeMachine>>) =>
    decode((await askToken(tenant, machine)).body.access_token).payload["https://b2b.example/n"];
  const machine = await makeMachine(tenant);
  await deployExchange(tenant, { name: "Count", does });
  expect([await nth(machine), await nth(machine)]).toEqual(["1", "2"]);
  await tenant.local("POST", "/.local/reset");
  const again = await makeMachine(tenant);
  await deployExchange(tenant, { name: "Count", does });
  expect(await nth(again)).toBe("1");
});

test("the log of Actions takes a whole number only", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.local("GET", "/.local/actions?after=x")).toEqual({
    status: 400,
    body: { error: "after must be a whole number" },
  });
});
