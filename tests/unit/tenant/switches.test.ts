import { expect, test } from "vitest";
import { defaultSwitches, switchesFrom } from "../../../local/tenant/switches.ts";
import { askToken, deployExchange, type Machine, outcome, ownFolder, spawnTenant, TestTenant } from "./harness.ts";

const prompt = async (tenant: TestTenant) => (await tenant.call("GET", "/prompts")).body;
const logo_url = "https://acme.com/logo.png";
const colors = { primary: "#000000", page_background: "#ffffff" };

test("nothing said is the first answer of every switch", () => {
  const first = {
    BRANDING_RESETS: "without-colours",
    MANAGEMENT_TOKENS_RUN_ACTIONS: "on",
    SCOPES: "off",
    DNS_RECORDS: "counted",
    REFRESH_AFTER_LEAVING: "serves",
    ASSERTION_REFUSED: "invalid_client",
    ONE_ORGANIZATION: "organization",
    PICKER_LISTS: "memberships",
    PICKER_APPLICATIONS: "all",
    APPLICATION_ACCESS: "before-actions",
    HIDDEN_CONNECTIONS: "routed",
    ORGANIZATION_CONNECTIONS: "organization",
    SHARED_ALIAS: "oldest",
    UNFIT_SESSION: "prompt",
    LOGIN_HINT: "prefills",
    DISCOVERED_ADDRESS: "asked-again",
  };
  expect(switchesFrom({})).toEqual(first);
  expect(switchesFrom({ BRANDING_RESETS: "", HOME: "/" })).toEqual(first);
  expect(defaultSwitches).toEqual(first);
  const second = {
    BRANDING_RESETS: "always",
    MANAGEMENT_TOKENS_RUN_ACTIONS: "off",
    SCOPES: "on",
    DNS_RECORDS: "told",
    REFRESH_AFTER_LEAVING: "refused",
    ASSERTION_REFUSED: "access_denied",
    ONE_ORGANIZATION: "picker",
    PICKER_LISTS: "usable",
    PICKER_APPLICATIONS: "entitled",
    APPLICATION_ACCESS: "after-actions",
    HIDDEN_CONNECTIONS: "unreachable",
    ORGANIZATION_CONNECTIONS: "organization-and-app",
    SHARED_ALIAS: "newest",
    UNFIT_SESSION: "refuse",
    LOGIN_HINT: "submits",
    DISCOVERED_ADDRESS: "goes-on",
  };
  expect(switchesFrom(second)).toEqual(second);
});

test("an answer that a switch does not have is one sentence, and nothing starts", async () => {
  const folder = ownFolder();
  const env = { PORT: "0", DATA: `${folder}/tenant.db`, CA_DIR: folder };
  const { out, err, code } = await outcome(spawnTenant({ ...env, BRANDING_RESETS: "never" }));
  expect({ out, err, code }).toEqual({
    out: "",
    err: 'BRANDING_RESETS must be without-colours or always, not "never".\n',
    code: 1,
  });
});

test("a PATCH of branding without colors turns identifier first off, whatever colours are stored", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.call("PATCH", "/branding", { colors });
  for (const body of [{ logo_url }, { font: { url: logo_url } }, { colors: null }]) {
    await tenant.call("PATCH", "/prompts", { identifier_first: true });
    expect((await tenant.call("PATCH", "/branding", body)).status).toBe(200);
    expect({ body, ...(await prompt(tenant)) }).toEqual({
      body,
      universal_login_experience: "new",
      identifier_first: false,
      webauthn_platform_first_factor: false,
    });
  }
});

test("BRANDING_RESETS=without-colours: any colours in the PATCH leave identifier first on", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.call("PATCH", "/prompts", { identifier_first: true });
  for (const body of [{ colors }, { colors: { primary: "#111111" } }, { colors, logo_url }]) {
    expect((await tenant.call("PATCH", "/branding", body)).status).toBe(200);
    expect({ body, on: (await prompt(tenant)).identifier_first }).toEqual({ body, on: true });
  }
});

test("BRANDING_RESETS=always: a PATCH with both colours turns identifier first off too", async () => {
  const tenant = await TestTenant.start(ownFolder(), { switches: { BRANDING_RESETS: "always" } });
  for (const body of [{ colors }, { logo_url }]) {
    await tenant.call("PATCH", "/prompts", { identifier_first: true });
    await tenant.call("PATCH", "/branding", body);
    expect({ body, on: (await prompt(tenant)).identifier_first }).toEqual({ body, on: false });
  }
});

/** A client as a deployment uses it: for the Management API. */
async function deployClient(tenant: TestTenant): Promise<Machine> {
  const audience = `https://localhost:${tenant.running.port}/api/v2/`;
  const { client_id, client_secret } = await tenant.make("/clients", { name: "Deploy", app_type: "non_interactive" });
  const { id } = await tenant.make("/client-grants", { client_id, audience, scope: ["update:actions"] });
  return { client_id, client_secret: String(client_secret), audience, grant: id };
}

const refusesAll = { name: "Gate", does: "api.access.deny('invalid_request', 'no_policy: Nobody may.')" };

test("MANAGEMENT_TOKENS_RUN_ACTIONS=on: an Action that refuses everything refuses the deploy client too", async () => {
  const tenant = await TestTenant.fresh();
  const deploy = await deployClient(tenant);
  expect((await askToken(tenant, deploy)).status).toBe(200);
  await deployExchange(tenant, refusesAll);
  expect(await askToken(tenant, deploy)).toEqual({
    status: 400,
    body: { error: "invalid_request", error_description: "no_policy: Nobody may." },
  });
});

test("MANAGEMENT_TOKENS_RUN_ACTIONS=off: no Action stops the deploy client, and it runs for other APIs as before", async () => {
  const tenant = await TestTenant.start(ownFolder(), { switches: { MANAGEMENT_TOKENS_RUN_ACTIONS: "off" } });
  const deploy = await deployClient(tenant);
  await deployExchange(tenant, refusesAll);
  expect(await askToken(tenant, deploy)).toEqual({
    status: 200,
    body: {
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      scope: "update:actions",
      expires_in: 86400,
      token_type: "Bearer",
    },
  });
  expect((await tenant.local("GET", "/.local/actions")).body).toEqual([]);
  const { client_id } = deploy;
  const audience = "https://api.example.com";
  await tenant.make("/resource-servers", { identifier: audience });
  await tenant.make("/client-grants", { client_id, audience, scope: [] });
  expect((await askToken(tenant, deploy, { audience })).status).toBe(400);
});
