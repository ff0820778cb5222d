import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { declareBootstrap } from "../../bootstrap/declare.ts";
import type { BootstrapSettings } from "../../bootstrap/settings.ts";
import { ensureEngine } from "../../local/engine/engine.ts";
import { PROJECT } from "../../local/engine/folder.ts";
import { run } from "../../local/engine/program.ts";
import { account } from "../harness/aws/account.ts";
import type { ClientSettings } from "../harness/aws/clients.ts";
import { type AtMoto, declareAtMoto } from "../harness/aws/declared-aws.ts";
import { authorizing } from "../harness/aws/moto.ts";

const mine = account("100000000011");
const { id, region, endpoint } = mine;
const bucket = `auth0-b2b-prod-state-${id}`;
const hush = "a secret of the stack";
let at: AtMoto;
let folder: string;
let bin: string;

const settings: BootstrapSettings = {
  environment: "prod",
  account: id,
  region,
  repository: { owner: "example-travel", ownerId: 1, name: "auth0-b2b", id: 2 },
  branch: "main",
  identityProvider: "new",
  state: { administrators: [`arn:aws:iam::${id}:role/administrator`], oldVersionsDays: 365 },
  mail: { domain: "travel.example", zone: "Z0TRAVEL" },
  loginDomain: { domain: "login.travel.example", zone: "Z0TRAVEL" },
  customerSecrets: [`arn:aws:secretsmanager:${region}:${id}:secret:customers/*`],
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "state-"));
  mkdirSync(join(folder, "home"));
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  const runtime = { name: "nodejs", options: { packagemanager: "npm", typescript: false } };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "kept", main: "index.js", runtime }));
  ({ bin } = await ensureEngine(console.log));
  program(1);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(version: number): void {
  const text = `import * as pulumi from "@pulumi/pulumi";
export const hush = pulumi.secret(${JSON.stringify(hush)});
export const version = ${version};
`;
  writeFileSync(join(folder, "index.js"), text);
}

/** The CLI on the bucket, with somebody's credentials. */
async function pulumi({ credentials }: ClientSettings, ...args: string[]) {
  const env = {
    HOME: folder,
    PATH: [dirname(process.execPath), bin, process.env.PATH].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `s3://${bucket}?region=${region}&use_path_style=true`,
    PULUMI_CONFIG_PASSPHRASE: "of this test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
  };
  const { status, stdout, stderr } = await run(join(bin, "pulumi"), [...args, "--non-interactive"], {
    cwd: folder,
    env,
  });
  return { status, said: `${stdout}${stderr}` };
}

/** The same where it has to go well. @returns what it said */
async function done(by: ClientSettings, ...args: string[]): Promise<string> {
  const { status, said } = await pulumi(by, ...args);
  if (status !== 0) throw new Error(`pulumi ${args.join(" ")}: ${said}`);
  return said;
}

/** Credentials of a role, as a job gets them. moto looks at no token: who may have them is evaluated elsewhere. */
async function session(role: "preview" | "deploy"): Promise<ClientSettings> {
  const asked = new AssumeRoleWithWebIdentityCommand({
    RoleArn: `arn:aws:iam::${id}:role/auth0-b2b-prod-${role}`,
    RoleSessionName: "job",
    WebIdentityToken: "a token of GitHub",
  });
  const { Credentials } = await new STSClient(mine.settings).send(asked);
  return mine.as({
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  });
}

/** Every version of every file in the bucket: key, and its version. */
async function versions(): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await new S3Client(mine.settings).send(
    new ListObjectVersionsCommand({ Bucket: bucket }),
  );
  return [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => `${Key} ${VersionId}`).sort();
}

async function stateOf(stack: string): Promise<string> {
  const asked = new GetObjectCommand({ Bucket: bucket, Key: `.pulumi/stacks/kept/${stack}.json` });
  return (await (await new S3Client(mine.settings).send(asked)).Body?.transformToString()) ?? "";
}

// One story: each test stands on the one before.

test("AWS takes all of it", async () => {
  at = await declareAtMoto(mine, () => declareBootstrap(settings));
  expect(await at.there()).toEqual(at.taken.map(({ type, name }) => `${type} ${name}`));
  expect(at.taken.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort()).toEqual([
    ...["Alias state-files", "Alias state-secrets", "Bucket state", "BucketLifecycleConfiguration state"],
    ...["BucketOwnershipControls state", "BucketPolicy state", "BucketPublicAccessBlock state"],
    ...["BucketServerSideEncryptionConfiguration state", "BucketVersioning state"],
    ...["Key state-files", "Key state-secrets", "OpenIdConnectProvider ci", "Policy ci-mail-sender"],
    ...["Role ci-deploy", "Role ci-preview", "RolePolicy ci-deploy", "RolePolicy ci-preview"],
  ]);
});

test("a stack lies in the bucket, and its secrets under the key", async () => {
  const key = at.taken.find(({ type, name }) => type.endsWith(":Key") && name === "state-secrets")?.outputs.arn;
  await done(mine.settings, "stack", "init", "prod", "--secrets-provider", `awskms:///${key}?region=${region}`);
  await done(mine.settings, "up", "--stack", "prod", "--yes");
  const state = await stateOf("prod");
  expect(state).toContain(`"url":"awskms:///${key}`);
  expect(state).not.toContain(hush);
  expect((await done(mine.settings, "stack", "output", "hush", "--show-secrets", "--stack", "prod")).trim()).toBe(hush);
});

test("a preview in its role reads, locks nothing and writes nothing; an up in it ends at its lock", async () => {
  await done(mine.settings, "stack", "init", "roles", "--secrets-provider", "passphrase");
  await done(mine.settings, "up", "--stack", "roles", "--yes");
  program(2);
  const before = await versions();
  const preview = await session("preview");
  await authorizing(endpoint, async () => {
    expect(await done(preview, "preview", "--stack", "roles", "--diff")).toContain("version: 1 => 2");
    const refused = await pulumi(preview, "up", "--stack", "roles", "--yes");
    expect(refused.status).not.toBe(0);
    expect(refused.said).toMatch(/operation error S3: PutObject, .*AccessDenied/);
  });
  expect(await versions()).toEqual(before);
});

test("an up in the role of deployments goes through, and every state before stays a version", async () => {
  const before = await versions();
  const deploy = await session("deploy");
  await authorizing(endpoint, async () => {
    await done(deploy, "up", "--stack", "roles", "--yes");
  });
  expect(JSON.parse(await stateOf("roles")).checkpoint.latest.resources[0].outputs.version).toBe(2);
  const after = await versions();
  expect(before.filter((version) => !after.includes(version))).toEqual([]);
  const ofState = (all: readonly string[]) => all.filter((one) => one.startsWith(".pulumi/stacks/kept/roles.json "));
  expect(ofState(after).length).toBeGreaterThan(ofState(before).length);
});
