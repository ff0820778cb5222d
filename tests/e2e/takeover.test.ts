import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, parseDocument, stringify } from "yaml";
import { type Ended, run } from "../../local/engine/program.ts";
import { Browser } from "../../local/player/browser.ts";
import { overTls } from "../../local/player/over-tls.ts";
import { root } from "../harness/stack-settings.ts";
import { type Outputs, secretsOf } from "../scenarios/deploy.ts";
import { Hands } from "../scenarios/hands.ts";
import { Person } from "../scenarios/person.ts";
import { knownApp, landings } from "../scenarios/places.ts";
import { claimedDomainSet } from "./steps.ts";
import { visits } from "./strategies.logins.ts";
import { World } from "./world.ts";

// A company that somebody set up by hand, in the dashboard, before this program was there.

const address = "pia@beta.example";
const beta = {
  name: "Beta",
  issuer: "https://login.beta.example/",
  flavour: "oidc",
  clientId: "travel-at-beta",
  clientSecret: "beta-hush",
  people: [{ sub: "b-1", name: "Pia Pool", email: address }],
};

const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-takeover-"));
let world: World;
let hands: Hands;
let place: { readonly issuer: string; readonly ca: string };
let ids: { readonly organization: string; readonly connection: string; readonly person: string };

beforeAll(async () => {
  const file = join(folder, "providers.yaml");
  writeFileSync(file, stringify({ providers: { beta } }));
  world = await World.create({ IDENTITY_PROVIDERS: file });
  place = { issuer: `https://localhost:${world.tenant.port}/`, ca: readFileSync(world.local.ca, "utf8") };
  hands = new Hands(place.ca, place.issuer);
  // other companies only cost time here
  for (const name of readdirSync(join(world.folder, "stacks/local/customers")))
    world.remove(`stacks/local/customers/${name}`);
  const settings = parseDocument(world.read("Pulumi.local.yaml"));
  for (const name of ["acme-sso-secret", "cedar-sso-secret", "customers"])
    settings.deleteIn(["config", `auth0-b2b:${name}`]);
  world.write("Pulumi.local.yaml", settings.toString());
});

afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true });
});

const idOf = (made: unknown, key: string) => String(Object(made)[key]);

function customer(...args: string[]): Promise<Ended> {
  const all = ["cli/customer/main.ts", "--root", world.folder, ...args];
  return run(process.execPath, ["--disable-warning=ExperimentalWarning", ...all], { cwd: root, env: world.env });
}

/** What the program adds to what is there; nothing is replaced, and nothing is deleted. */
const changes = [
  ...claimedDomainSet,
  "update Company beta",
  "update auth0.Organization beta",
  "create auth0.OrganizationDiscoveryDomains beta",
  "update EnterpriseConnection beta-sso",
  "update auth0.Connection beta-sso",
  "update auth0.ConnectionClients beta-sso",
];

// One story: each test stands on the one before.

test("somebody signs in at a company that was made by hand", async () => {
  const { redirectUri } = knownApp("partner");
  const app = { name: "Old app", app_type: "spa", callbacks: [redirectUri], grant_types: ["authorization_code"] };
  const clientId = idOf(await world.tenant.make("clients", app), "client_id");
  const connection = await world.tenant.make("connections", {
    name: "beta-sso",
    strategy: "oidc",
    options: {
      type: "back_channel",
      issuer: beta.issuer,
      discovery_url: `${beta.issuer}.well-known/openid-configuration`,
      client_id: beta.clientId,
      client_secret: beta.clientSecret,
      scope: "openid profile email",
      domain_aliases: ["beta.example", "beta-group.example"],
      upstream_params: { screen: { value: "wide" } },
    },
  });
  const connectionId = idOf(connection, "id");
  await world.tenant.send("PATCH", `connections/${connectionId}/clients`, [{ client_id: clientId, status: true }]);
  const organization = await world.tenant.make("organizations", {
    name: "beta",
    display_name: "Beta Travel",
    metadata: { plan: "gold" },
    enabled_connections: [{ connection_id: connectionId, assign_membership_on_login: true }],
  });
  const login = new URL("authorize", place.issuer);
  const asked = { client_id: clientId, response_type: "code", redirect_uri: redirectUri, scope: "openid email" };
  login.search = new URLSearchParams({ ...asked, connection: "beta-sso", state: "any" }).toString();
  const person = new Person(new Browser(overTls(place.ca), landings), new URL(place.issuer).host);
  const { arrived } = await person.visit(login, { app: "main", provider: address });
  expect(arrived?.searchParams.get("code")).toMatch(/./);
  ids = { organization: idOf(organization, "id"), connection: connectionId, person: await hands.idOf("user", address) };
  await world.tenant.send("POST", `organizations/${ids.organization}/members`, { members: [ids.person] });
  expect(ids.person).toBe("oidc|beta-sso|b-1");
});

test("the company is read into an entry and a file of ids, and what no entry says is told; nothing is written to the tenant", async () => {
  await world.up();
  const before = await world.tenant.last();
  const { status, stdout, stderr } = await customer(
    "import",
    "beta",
    "--type",
    "customer",
    "--condition",
    "api_access=off",
  );
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")).toEqual([
    "Written: stacks/local/customers/beta.yaml, and beta.import.json with the ids of 4 resources. Next:",
    "  pulumi config set --secret beta-sso-secret --stack local",
    "  pulumi import --file beta.import.json --generate-code=false --stack local",
    "  pulumi preview --diff --stack local",
    "  pulumi up --stack local && rm beta.import.json",
    "What no entry says:",
    "  connection beta-sso: options.upstream_params: no entry says it; an up takes it away",
    '  connection beta-sso: apps that the catalog does not have use it ("Old app"): an up takes it from them',
    "  organization: metadata.plan: no entry says it; an up takes it away",
    "",
  ]);
  expect(parse(world.read("stacks/local/customers/beta.yaml"))).toEqual({
    displayName: "Beta Travel",
    type: "customer",
    conditions: { api_access: "off" },
    connections: {
      "beta-sso": {
        strategy: "oidc",
        issuer: beta.issuer,
        clientId: beta.clientId,
        clientSecret: { config: "beta-sso-secret" },
        domains: ["beta.example", "beta-group.example"],
      },
    },
  });
  expect(await world.tenant.writes(before)).toEqual([]);
});

test("what there is comes into the stack without a write, and the first preview replaces nothing and deletes nothing", async () => {
  expect(await world.pulumi("config", "set", "--secret", "beta-sso-secret", beta.clientSecret)).toMatchObject({
    status: 0,
  });
  const outputs = await world.outputs();
  const before = await world.tenant.last();
  const ended = await world.pulumi(
    "import",
    "--file",
    "beta.import.json",
    "--generate-code=false",
    "--skip-preview",
    "--yes",
  );
  expect([ended.status, ended.stderr]).toEqual([0, ""]);
  expect(await world.tenant.writes(before)).toEqual([]);
  world.remove("beta.import.json");
  const steps = await world.preview();
  expect(steps.toSorted()).toEqual(changes.toSorted());
  expect(await world.outputs()).toEqual(outputs);
});

test("after the up nothing is left to do, and whoever was there signs in as before, with the same account", async () => {
  expect((await world.up()).toSorted()).toEqual(changes.toSorted());
  expect(await world.preview()).toEqual([]);
  const outputs = (await world.outputs()) as unknown as Outputs;
  const visit = visits({ ...place, secrets: new Map(secretsOf(outputs)) }, hands);
  expect(await visit({ app: "main", as: address })).toMatchObject({
    organization: "beta",
    sub: ids.person,
    email: address,
  });
  expect(await hands.idOf("org", "beta")).toBe(ids.organization);
  expect(await hands.idOf("connection", "beta-sso")).toBe(ids.connection);
  expect(await hands.idOf("user", address)).toBe(ids.person);
});
