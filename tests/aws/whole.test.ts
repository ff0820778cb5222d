import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { World } from "../e2e/world.ts";
import { account } from "../harness/aws/account.ts";
import { root } from "../harness/stack-settings.ts";
import { worldWithAws } from "./world.ts";

const mine = account("100000000005");
const { id, region } = mine;
const role = (name: string) => `arn:aws:iam::${id}:role/${name}`;
const secrets = new SecretsManagerClient(mine.settings);
let world: World;

beforeAll(async () => {
  world = await worldWithAws(mine);
  const asked = new CreateHostedZoneCommand({ Name: "travel.example", CallerReference: "1" });
  const { HostedZone } = await new Route53Client(mine.settings).send(asked);
  const zone = HostedZone?.Id?.replace("/hostedzone/", "") ?? "";
  world.edit("Pulumi.local.yaml", ["config", "auth0-b2b:aws"], {
    account: id,
    region,
    deployers: [role("deploy")],
    auditTrail: { retentionDays: 365, alarmsTo: ["security@travel.example"], quietHours: 6, refusalsPerHour: 20 },
    credentials: { readers: { operators: { sales: [role("crm")] }, companies: [role("handover")] }, recoveryDays: 30 },
    appSettings: { readers: [role("main-app")] },
    mail: { domain: "travel.example", zone, from: "no-reply@travel.example", keyRotation: 1 },
    loginDomain: { domain: "login.travel.example", zone },
  });
});

afterAll(() => world?.close());

/** What Secrets Manager holds, by name. */
async function kept(): Promise<Record<string, { clientSecret: string }>> {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({ MaxResults: 100 }));
  const texts = SecretList.map(async ({ Name = "" }) => {
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: Name }));
    return [Name, JSON.parse(SecretString)] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

const stateTexts = (): string[] =>
  readdirSync(world.local.state, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));

// One story: each test stands on the one before.

test("one up makes the tenant and all that surrounds it; the preview after it is empty", async () => {
  const done = await world.up();
  expect(done.every((step) => step.startsWith("create "))).toBe(true);
  const listed = readFileSync(join(root, "tests/golden/local.aws.txt"), "utf8").match(/^aws:\w+\/.*$/gm) ?? [];
  const names = listed.map((line) => line.split("   ")[0]);
  expect(done.filter((step) => step.startsWith("create aws:")).toSorted()).toEqual(
    names.map((name) => `create ${name}`).toSorted(),
  );
  expect(await world.preview()).toEqual([]);
  expect(await world.refresh()).toEqual([]);
});

test("every client's secret lies with AWS, and in no file of the state", async () => {
  const all = await kept();
  const machines = ["acme/machine", "dune-crafts/machine"].map((path) => `companies/${path}`);
  const apps = ["main", "main-personal", "portal", "vendor-catering"].map((name) => `apps/${name}`);
  const operators = ["back-office", "people", "sales"].map((name) => `operators/${name}`);
  expect(Object.keys(all).toSorted()).toEqual(
    [...apps, ...machines, ...operators].map((path) => `auth0-b2b-local/${path}`),
  );
  expect(stateTexts().length).toBeGreaterThan(0);
  for (const { clientSecret } of Object.values(all))
    expect(stateTexts().filter((text) => text.includes(clientSecret))).toEqual([]);
});

test("destroy takes all of it away", async () => {
  await world.destroy();
  expect(await kept()).toEqual({});
});
