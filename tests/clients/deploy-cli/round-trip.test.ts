import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { localFolder } from "../../../local/engine/folder.ts";
import { startTestTenant, type TestTenant } from "../../e2e/tenant.ts";
import { World } from "../../e2e/world.ts";
import { DeployCli } from "./cli.ts";
import { declared, type Exported, exported, resourcesOf } from "./declared.ts";
import { type Comparable, comparable, portable } from "./export.ts";
import { refusals, writes } from "./traffic.ts";

/** The database that each tenant has from its first day: the program declares nothing of it. */
const firstDatabase = "Username-Password-Authentication";

/** What an import gives each OIDC connection. */
const secret = "the secret of every OIDC connection";

let world: World;
/** deploy-cli on the tenant that the program made. */
let first: DeployCli;
/** The exports of that tenant. */
let asYaml: string;
let asDirectory: string;
/** A tenant that nobody has touched yet, and that asks for scopes, as Auth0 does. */
let empty: TestTenant;
/** deploy-cli on that one. */
let second: DeployCli;

beforeAll(async () => {
  world = await World.create();
  await world.up();
  first = await DeployCli.setUp(world.tenant, world.local.ca, join(world.folder, "first"), secret);
  const local = localFolder(join(world.folder, "empty"));
  mkdirSync(local.folder);
  empty = await startTestTenant(local, { SCOPES: "on" });
  second = await DeployCli.setUp(empty, local.ca, join(world.folder, "second"), secret);
});

afterAll(async () => {
  await empty?.stop();
  await world?.close();
});

const read = (folder: string): Exported => parse(readFileSync(join(folder, "tenant.yaml"), "utf8"));

// One story: each test stands on the one before.

test("an export as YAML and one as a directory end well, and write nothing to the tenant", async () => {
  const before = await world.tenant.last();
  [asYaml, asDirectory] = await Promise.all([first.export("yaml", "yaml"), first.export("directory", "directory")]);
  expect(await writes(world.tenant, before)).toEqual({});
  // Twice each. What a tenant does not have is absent, and one thing is not in its plan; nothing else is refused.
  expect(await refusals(world.tenant, before)).toEqual({
    "GET /branding/themes/default 404": 2,
    "GET /connections/:id/scim-configuration 404": 2 * 3,
    "GET /email-templates/:template 404": 2 * 13,
    "GET /emails/provider 404": 2,
    "GET /supplemental-signals 403": 2,
  });
});

test("the export has every object that the program declares, and no other", async () => {
  const resources = resourcesOf((await world.pulumi("stack", "export", "--show-secrets")).stdout);
  const tenant = read(asYaml);
  const wanted = declared(resources);
  const found = exported(tenant);
  expect(found.databases).toContain(firstDatabase);
  expect({
    ...found,
    databases: found.databases?.filter((name) => name !== firstDatabase),
    "clients of connections": found["clients of connections"]?.filter((line) => !line.startsWith(firstDatabase)),
  }).toEqual(wanted);
  expect(Object.entries(wanted).filter(([, lines]) => lines.length === 0)).toEqual([]);
  const code = tenant.actions.map((action) => [action.name, readFileSync(join(asYaml, action.code), "utf8")]);
  const actions = resources.filter(({ kind }) => kind === "Action").map(({ inputs: { name, code } }) => [name, code]);
  expect(Object.fromEntries(code)).toEqual(Object.fromEntries(actions));
});

test("of the other kinds the export has none", () => {
  const none = Object.entries(read(asYaml)).filter(([, objects]) => Object.keys(objects).length === 0);
  expect(none.map(([kind]) => kind)).toEqual([
    ...["connectionProfiles", "customDomains", "emailProvider", "emailTemplates", "eventStreams"],
    ...["flowVaultConnections", "flows", "forms", "guardianFactorProviders", "guardianFactorTemplates", "hooks"],
    ...["logStreams", "pages", "phoneProviders", "phoneTemplates", "rateLimitPolicies", "rules", "rulesConfigs"],
    ...["selfServiceProfiles", "themes", "tokenExchangeProfiles", "userAttributeProfiles"],
  ]);
});

/** Settings that a tenant has one of: an import writes each of them, whether it differs or not. */
const settings = {
  "PATCH /actions/triggers/credentials-exchange/bindings": 1,
  "PATCH /actions/triggers/password-reset-post-challenge/bindings": 1,
  "PATCH /actions/triggers/post-login/bindings": 1,
  "PATCH /actions/triggers/pre-user-registration/bindings": 1,
  "PATCH /attack-protection/bot-detection": 1,
  "PATCH /attack-protection/breached-password-detection": 1,
  "PATCH /attack-protection/brute-force-protection": 1,
  "PATCH /attack-protection/captcha": 1,
  "PATCH /attack-protection/suspicious-ip-throttling": 1,
  "PATCH /branding": 1,
  "PATCH /prompts": 2,
  "PATCH /risk-assessments/settings": 1,
  "PATCH /risk-assessments/settings/new-device": 1,
  "PATCH /tenants/settings": 1,
  "PUT /guardian/factors/duo": 1,
  "PUT /guardian/factors/email": 1,
  "PUT /guardian/factors/otp": 1,
  "PUT /guardian/factors/phone/message-types": 1,
  "PUT /guardian/factors/phone/selected-provider": 1,
  "PUT /guardian/factors/push-notification": 1,
  "PUT /guardian/factors/recovery-code": 1,
  "PUT /guardian/factors/sms": 1,
  "PUT /guardian/factors/webauthn-platform": 1,
  "PUT /guardian/factors/webauthn-roaming": 1,
  "PUT /guardian/policies": 1,
  "PUT /prompts/login-id/custom-text/en": 1,
  "PUT /prompts/organizations/custom-text/en": 1,
};

/** How many objects of each kind the export has. */
const size = (kind: string): number => exported(read(asYaml))[kind]?.length ?? 0;

test("an import into an empty tenant ends well, and creates each object once", async () => {
  const copy = join(world.folder, "portable-yaml");
  expect(portable(asYaml, first.domain, copy)).toEqual(["tenant.yaml"]);
  const before = await empty.last();
  await second.import(join(copy, "tenant.yaml"));
  expect(await writes(empty, before)).toEqual({
    ...settings,
    "POST /actions/actions": size("actions"),
    "POST /actions/actions/:id/deploy": size("actions"),
    "POST /client-grants": size("client grants"),
    "POST /clients": size("clients"),
    "POST /connections": size("connections") + size("databases") - 1,
    "PATCH /connections/:id": 1,
    "PATCH /connections/:id/clients": size("connections") + size("databases"),
    "POST /organizations": size("organizations"),
    "POST /organizations/:id/client-grants": size("client grants of organizations"),
    "POST /organizations/:id/connections": size("connections of organizations"),
    "POST /organizations/:id/discovery-domains": size("discovery domains"),
    "POST /resource-servers": size("resource servers"),
    "POST /roles": size("roles"),
    "POST /roles/:id/permissions": size("roles"),
  });
  expect(await refusals(empty, before)).toEqual({
    "GET /branding/themes/default 404": 1,
    "GET /emails/provider 404": 1,
  });
  const oidc = (await empty.read("connections?strategy=oidc")) as { options: { client_secret: string } }[];
  expect(oidc.map(({ options }) => options.client_secret)).toEqual([secret, secret]);
});

/** What an import adds to the databases, by the file that it then stands in. */
const completed = (file: (database: string) => string): string[] => [
  `${file(firstDatabase)} options disable_self_service_change_password`,
  `${file("users")} options authentication_methods email_otp`,
  `${file("users")} options authentication_methods phone_otp`,
  `${file("users")} options disable_self_service_change_password`,
];

function expectSame(again: Comparable, before: Comparable): void {
  expect(Object.keys(again.files)).toEqual(Object.keys(before.files));
  for (const [file, text] of Object.entries(again.files)) expect(text, file).toBe(before.files[file]);
}

test("what was imported is exported the same again, but for what each tenant makes up itself", async () => {
  const [before, again] = [comparable(asYaml), comparable(await second.export("yaml", "yaml"))];
  expectSame(again, before);
  expect(before.completed).toEqual([]);
  expect(again.completed).toEqual(completed((database) => `tenant.yaml databases ${database}`));
});

test("an import of the same as a directory ends well, and creates and deletes nothing", async () => {
  const copy = join(world.folder, "portable-directory");
  expect(portable(asDirectory, first.domain, copy)).toEqual([
    "grants/First roles (machine)-Auth0 Management API.json",
    "grants/People (machine)-Auth0 Management API.json",
    "grants/Sales (machine)-Auth0 Management API.json",
  ]);
  const before = await empty.last();
  await second.import(copy);
  expect(await writes(empty, before)).toEqual({
    ...settings,
    "PATCH /actions/actions/:id": size("actions"),
    "POST /actions/actions/:id/deploy": size("actions"),
    "PATCH /client-grants/:id": size("client grants"),
    "PATCH /clients/:id": size("clients"),
    "PATCH /connections/:id": size("connections") + size("databases"),
    // The verification of a domain is the tenant's own, so that the tool takes each for changed.
    "PATCH /organizations/:id/discovery-domains/:id": size("discovery domains"),
    "PATCH /resource-servers/:id": size("resource servers"),
    // A role's permissions are taken from it and given again.
    "PATCH /roles/:id": size("roles"),
    "DELETE /roles/:id/permissions": size("roles"),
    "POST /roles/:id/permissions": size("roles"),
  });
  expect(await refusals(empty, before)).toEqual({
    "GET /branding/themes/default 404": 1,
    "GET /connections/:id/scim-configuration 404": 3,
    "GET /emails/provider 404": 1,
  });
});

test("after that the tenant is exported the same once more, in both formats", async () => {
  const folders = await Promise.all([second.export("directory", "directory"), second.export("yaml", "yaml-after")]);
  const [directory, yaml] = folders.map(comparable) as [Comparable, Comparable];
  expectSame(directory, comparable(asDirectory));
  expect(directory.completed).toEqual(completed((database) => `database-connections/${database}/database.json`));
  expectSame(yaml, comparable(asYaml));
});
