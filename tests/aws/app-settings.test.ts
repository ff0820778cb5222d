import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { PutParameterCommand, paginateGetParametersByPath, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppSettings } from "../../components/aws/settings/app-settings.ts";
import { directoryBucketName } from "../../components/aws/settings/names.ts";
import type { AppSettings as ReadAppSettings } from "../../kit/app-settings-source.ts";
import { appSettings, guard, resolve } from "../../kit/index.ts";
import { account } from "../harness/aws/account.ts";
import { type AtMoto, declareAtMoto } from "../harness/aws/declared-aws.ts";
import { directory } from "../unit/kit/known.ts";
import { PageCode } from "./page-code.ts";
import { upAgain } from "./second-up.ts";

const mine = account("100000000022");
const place = { account: mine.id, region: mine.region, prefix: "auth0-b2b-prod", tags: { environment: "prod" } };
const Bucket = directoryBucketName(place.prefix, place.account);
const s3 = new S3Client(mine.settings);
const ssm = new SSMClient(mine.settings);

const apps = ["main", "main-personal", "portal", "vendor-catering", "vendor-rental"];
const apis = { service: "https://api.example", vendor: "https://vendor.example" };
// eleven, and the pointer: more than SSM gives at once
const parameters: Record<string, string> = {
  issuer: directory.issuer,
  "claim-namespace": "https://claims.example/",
  ...Object.fromEntries(apps.map((name) => [`apps/${name}/client-id`, `${name}-client`])),
  ...Object.fromEntries(Object.entries(apis).map(([name, identifier]) => [`apis/${name}/identifier`, identifier])),
  "apps/one-more/client-id": "client",
  "apps/two-more/client-id": "client",
};
const expected = (read: object) => ({
  issuer: directory.issuer,
  claimNamespace: "https://claims.example/",
  apps: Object.fromEntries(
    [...apps, "one-more", "two-more"].map((name) => [name, { clientId: parameters[`apps/${name}/client-id`] }]),
  ),
  apis: Object.fromEntries(Object.entries(apis).map(([name, identifier]) => [name, { identifier }])),
  directory: read,
});

const program = (text: string) => () => {
  const readers = [`arn:aws:iam::${mine.id}:role/back-end`];
  const writers = [`arn:aws:iam::${mine.id}:role/deploy`];
  new AppSettings("settings", { place, readers, writers, parameters, directory: text });
};
/** What a later up writes: a company has left. */
const { org_dune: _, ...staying } = directory.organizations;
const later = { ...directory, organizations: staying };

const env = {
  AWS_ENDPOINT_URL: mine.endpoint,
  AWS_REGION: mine.region,
  AWS_ACCESS_KEY_ID: mine.settings.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: mine.settings.credentials.secretAccessKey,
};

let at: AtMoto;
let code: PageCode;
let clock = 0;

beforeAll(async () => {
  code = new PageCode("app-settings.md");
  at = await declareAtMoto(mine, program(JSON.stringify(directory)));
});

afterAll(() => code.remove());

const requests: string[] = [];
const settings = appSettings({
  path: `/${place.prefix}`,
  maxAgeSeconds: 60,
  staleAfterSeconds: 3600,
  now: () => clock,
  async parameters(path, abortSignal) {
    const values: Record<string, string> = {};
    for await (const { Parameters = [] } of paginateGetParametersByPath(
      { client: ssm },
      { Path: path, Recursive: true },
      { abortSignal },
    )) {
      requests.push(`${Parameters.length} parameters`);
      for (const { Name = "", Value = "" } of Parameters) values[Name] = Value;
    }
    return values;
  },
  async object({ bucket, key, versionId }, abortSignal) {
    requests.push(key);
    const asked = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
    return (await (await s3.send(asked, { abortSignal })).Body?.transformToString()) ?? "";
  },
});

test("AWS takes all that is declared, and has it so", async () => {
  expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });
  const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
  expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: "BucketOwnerEnforced" }]);
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
  ]);
  const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(Rules).toMatchObject([
    { ID: "old-versions", Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
  ]);
  const { Policy = "" } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  const declared = at.taken.find(({ type }) => type.endsWith(":BucketPolicy"))?.inputs.policy;
  expect(JSON.parse(Policy)).toEqual(JSON.parse(String(declared)));
});

test("a back end reads what was declared, on several pages", async () => {
  expect(await settings()).toEqual(expected(directory));
  expect(requests.splice(0)).toEqual(["10 parameters", "2 parameters", "directory.json"]);
});

test("guard and resolver work on it", async () => {
  const { directory: read, apis: known } = await settings();
  expect(resolve({ app: "main", email: "ann@acme.example" }, read)).toMatchObject({ organization: "org_acme" });
  const claims = { iss: read.issuer, aud: known.service?.identifier, exp: 2, sub: "auth0|1", org_id: "org_dune" };
  const check = guard({
    directory: read,
    api: "service",
    admits: { orgTypes: ["customer"], orgRequires: {}, individuals: "deny" },
    verify: async () => ({ ...claims, scope: "read:bookings" }),
    now: () => 1,
  });
  expect(await check("any", "read:bookings")).toMatchObject({ allowed: true, organization: "org_dune" });
});

test("the page's code is right, and reads the same", async () => {
  expect(await code.check()).toEqual({ status: 0, said: "" });
  expect(await code.print("await page.settings()", env)).toEqual(expected(directory));
});

test("an object that is written over by somebody changes nothing: the pointer says which version counts", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "directory.json", Body: "{}" }));
  expect(await code.print("await page.settings()", env)).toEqual(expected(directory));
});

test("another directory is another version and another pointer, and nothing else", async () => {
  const first = await settings();
  expect(await upAgain(mine, at, program(JSON.stringify(later)))).toEqual([
    "BucketObjectv2 settings",
    "Parameter settings/directory",
  ]);
  expect(await settings()).toBe(first);
  clock = 61;
  const second: ReadAppSettings = await settings();
  expect(second).toEqual(expected(later));
  expect(requests.splice(0)).toEqual(["10 parameters", "2 parameters", "directory.json"]);
});

test("a pointer that somebody damaged is not believed, and the last good settings serve", async () => {
  const Name = "/auth0-b2b-prod/directory";
  const good = at.taken.find(({ inputs }) => inputs.name === Name)?.inputs.insecureValue;
  const bad = JSON.stringify({ ...JSON.parse(String(good)), sha256: "0".repeat(64) });
  await ssm.send(new PutParameterCommand({ Name, Value: bad, Overwrite: true }));
  clock = 122;
  expect(await settings()).toEqual(expected(later));
  clock = 61 + 3601;
  await expect(settings()).rejects.toThrow(
    /^the app settings below \/auth0-b2b-prod are 3601 seconds old, and may be 3600: directory\.json in version \S+ has another checksum than its pointer says$/,
  );
});
