import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { DescribeEventBusCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import * as auth0 from "@pulumi/auth0";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { afterEach, expect, inject, test } from "vitest";
import { untilSourceIsThere } from "../../components/aws/audit/partner-source.ts";
import { ensureEngine } from "../../local/engine/engine.ts";
import { World } from "../e2e/world.ts";
import { account } from "../harness/aws/account.ts";
import { placeProvider } from "./audit-provider.ts";

// The order that AWS and Auth0 force, with the real engine: the source exists only after the stream, and for AWS a moment later.

let world: World;

afterEach(() => world?.close());

const { settings, id } = account("100000000011");

/** What of the trail waits for one another. */
async function streamAndBus() {
  const sink = { awsAccountId: id, awsRegion: "eu-central-1" };
  const stream = new auth0.LogStream("audit", { name: "audit", type: "eventbridge", sink });
  const source = pulumi.unsecret(stream.sink.awsPartnerEventSource);
  const hooks = await untilSourceIsThere("audit");
  new aws.cloudwatch.EventBus("audit", { name: source, eventSourceName: source }, { ...(hooks && { hooks }) });
  return { source };
}

/** The CLI of the world, as Pulumi's Automation API looks for one. */
async function command(): Promise<PulumiCommand> {
  const { bin } = await ensureEngine(() => {});
  symlinkSync(bin, join(world.folder, "bin"));
  return PulumiCommand.get({ root: world.folder, skipVersionCheck: true });
}

test("one up makes the stream and its bus, though AWS knows the source only at the second attempt", async () => {
  world = await World.create();
  placeProvider(world.local.home);
  // The program runs in this process: without a language host, which may be older than the engine.
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "order", projectName: "order", program: streamAndBus },
    {
      workDir: world.folder,
      pulumiCommand: await command(),
      envVars: { ...world.env, MOTO: inject("moto"), ACCOUNT: id, AWS_REGION: "eu-central-1" },
    },
  );
  const { stdout, outputs } = await stack.up();
  expect(stdout).toContain("retrying create due to on-error hook request (1/100)");
  const source = String(outputs.source?.value);
  expect(source.split("/", 2)).toEqual(["aws.partner", "auth0.com"]);
  const made = await new EventBridgeClient(settings).send(new DescribeEventBusCommand({ Name: source }));
  expect(made).toMatchObject({ Name: source });
});

const program = `
import * as auth0 from "@pulumi/auth0";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { untilSourceIsThere } from "./components/aws/audit/partner-source.ts";

const sink = { awsAccountId: "${id}", awsRegion: "eu-central-1" };
const stream = new auth0.LogStream("audit", { name: "audit", type: "eventbridge", sink });
const source = pulumi.unsecret(stream.sink.awsPartnerEventSource);
const hooks = await untilSourceIsThere("audit");
new aws.cloudwatch.EventBus("audit", { name: source, eventSourceName: source }, { ...(hooks && { hooks }) });
`;

test("where the language host takes no hooks, the up says what AWS said and the next one makes the bus", async () => {
  world = await World.create();
  placeProvider(world.local.home);
  world.write("index.ts", program);
  world.env = { ...world.env, MOTO: inject("moto"), ACCOUNT: id, AWS_REGION: "eu-central-1" };
  const first = await world.pulumi("up", "--yes", "--skip-preview");
  expect(first.stdout).toContain("ResourceNotFoundException: Event source aws.partner/auth0.com/");
  // A newer one has tried again by itself.
  const left = first.status === 0 ? 0 : 1;
  expect((await world.up()).filter((step) => /^create .*EventBus audit$/.test(step))).toHaveLength(left);
});
