import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  DeleteMetricFilterCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, ListEventBusesCommand } from "@aws-sdk/client-eventbridge";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { World } from "../e2e/world.ts";
import { account } from "../harness/aws/account.ts";
import { worldWithAws } from "./world.ts";

const mine = account("100000000004");
const { id, region } = mine;
const hush = "a client secret that nobody reads";
let world: World;

beforeAll(async () => {
  world = await worldWithAws(mine);
  world.write("index.ts", program({ retentionDays: 365, operator: "one" }));
});

afterAll(() => world?.close());

const program = ({ retentionDays, operator }: { retentionDays: number; operator: string }) => `
  import * as pulumi from "@pulumi/pulumi";
  import { AuditTrail } from "./components/aws/audit/audit-trail.ts";
  import { ClientCredential } from "./components/aws/credentials/client-credential.ts";
  import { CredentialStore } from "./components/aws/credentials/credential-store.ts";

  const place = { account: "${id}", region: "${region}", prefix: "auth0-b2b-local", tags: { environment: "local" } };
  new AuditTrail("audit", {
    place, retentionDays: ${retentionDays}, alarmsTo: ["security@travel.example"], quietHours: 24, refusalsPerHour: 20,
    breakGlass: [], codes: ["wrong_type"], guard: { protect: false, retain: false },
  });
  const writers = ["arn:aws:iam::${id}:role/deploy"];
  const store = new CredentialStore("credentials", { place, readers: [], writers, recoveryDays: 0 });
  new ClientCredential("operator", {
    place, store, path: "operators/${operator}", readers: [], clientId: "one", clientSecret: pulumi.secret(${JSON.stringify(hush)}),
    issuer: "https://tenant.example/",
  });
`;

const buses = async () =>
  ((await new EventBridgeClient(mine.settings).send(new ListEventBusesCommand())).EventBuses ?? []).map(
    ({ Name }) => Name,
  );

const stateTexts = (): string[] =>
  readdirSync(world.local.state, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));

// One story: each test stands on the one before.

test("up makes everything, the bus after the stream whose source it takes; a preview after it is empty", async () => {
  const done = await world.up();
  expect(done.every((step) => step.startsWith("create "))).toBe(true);
  const at = (step: string) => done.findIndex((one) => one.startsWith(step));
  expect(at("create aws:cloudwatch/eventBus:EventBus")).toBeGreaterThan(at("create auth0.LogStream"));
  const [stream] = (await world.tenant.read("log-streams")) as { sink: { awsPartnerEventSource: string } }[];
  expect(await buses()).toEqual(["default", stream?.sink.awsPartnerEventSource]);
  expect(await world.preview()).toEqual([]);
});

test("the secret lies with AWS, and in no file of the state", async () => {
  const asked = new GetSecretValueCommand({ SecretId: "auth0-b2b-local/operators/one" });
  const { SecretString = "" } = await new SecretsManagerClient(mine.settings).send(asked);
  expect(JSON.parse(SecretString)).toEqual({ clientId: "one", clientSecret: hush, issuer: "https://tenant.example/" });
  expect(stateTexts().length).toBeGreaterThan(0);
  expect(stateTexts().filter((text) => text.includes(hush))).toEqual([]);
});

test("a refresh finds nothing changed, and what somebody took away by hand, which the next up makes again", async () => {
  expect(await world.refresh()).toEqual([]);
  const filter = { logGroupName: "/aws/events/auth0-b2b-local-auth0", filterName: "attack" };
  await new CloudWatchLogsClient(mine.settings).send(new DeleteMetricFilterCommand(filter));
  const step = "aws:cloudwatch/logMetricFilter:LogMetricFilter audit-attack";
  expect(await world.refresh()).toEqual([`delete ${step}`]);
  expect(await world.up()).toEqual([`create ${step}`]);
});

test("what AWS changes in place is changed there, and what it cannot is replaced", async () => {
  world.write("index.ts", program({ retentionDays: 400, operator: "one" }));
  expect((await world.up()).toSorted()).toEqual(
    ["update aws:cloudwatch/logGroup:LogGroup audit", "update AuditTrail audit"].toSorted(),
  );
  const logs = new CloudWatchLogsClient(mine.settings);
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  expect(logGroups.map(({ retentionInDays }) => retentionInDays)).toEqual([400]);

  world.write("index.ts", program({ retentionDays: 400, operator: "two" }));
  const replaced = ["secret:Secret", "secretPolicy:SecretPolicy", "secretVersion:SecretVersion"];
  expect((await world.preview()).toSorted()).toEqual([
    ...replaced.map((type) => `replace aws:secretsmanager/${type} operator`),
    "update ClientCredential operator",
  ]);
  await world.up();
  expect(await world.preview()).toEqual([]);
});

test("destroy leaves nothing, with AWS or with the tenant", async () => {
  await world.destroy();
  expect(await buses()).toEqual(["default"]);
  expect((await new CloudWatchLogsClient(mine.settings).send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  expect(await world.tenant.read("log-streams")).toEqual([]);
});

test("a bus of a source that no stream has is refused, as is an input that the stand-in would leave out", async () => {
  const bus = (more: string) => `
    import * as aws from "@pulumi/aws";
    const name = "aws.partner/auth0.com/nobody/auth0.logs";
    new aws.cloudwatch.EventBus("bus", { name, eventSourceName: name${more} });
  `;
  world.write("index.ts", bus(""));
  expect(await world.refusal()).toContain(
    "ResourceNotFoundException: Event source aws.partner/auth0.com/nobody/auth0.logs does not exist.",
  );
  world.write("index.ts", bus(', kmsKeyIdentifier: "alias/one"'));
  expect(await world.refusal()).toContain(
    "tests/harness/aws/kinds does not pass on kmsKeyIdentifier of aws:cloudwatch/eventBus:EventBus",
  );
});
