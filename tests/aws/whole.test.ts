import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { ListEmailIdentitiesCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { contentsOf } from "../harness/aws/contents.ts";
import { authorizing } from "../harness/aws/moto.ts";
import { root } from "../harness/stack-settings.ts";
import { State } from "./state.ts";
import { order, secret } from "./whole-order.ts";
import { issuer, patience, prefix, sender, WholeWorld } from "./whole-world.ts";

vi.setConfig({ testTimeout: patience, hookTimeout: patience });

let whole: WholeWorld;
/** What the tenant has before the first `up`. */
let brandNew: Record<string, unknown[]>;

beforeAll(async () => {
  whole = await WholeWorld.create("100000000005");
  brandNew = await whole.world.tenant.contents();
});

afterAll(() => whole?.world.close());

// One story: each test stands on the one before.

test("one up makes the tenant and all that surrounds it, each thing once, as the preview said", async () => {
  const before = await contentsOf(whole.clients);
  const planned = await whole.world.preview();
  expect(await contentsOf(whole.clients)).toEqual(before);
  const done = await whole.world.up();
  expect(done.toSorted()).toEqual(planned.toSorted());
  expect(done.every((step) => step.startsWith("create "))).toBe(true);
  const listed = ["local", "local.aws"].flatMap((name) => {
    const text = readFileSync(join(root, `tests/golden/${name}.txt`), "utf8");
    return text.match(/^(aws:\w+\/|auth0\.)\S+ \S+/gm) ?? [];
  });
  expect(done.filter((step) => /^create (aws:|auth0\.)/.test(step)).toSorted()).toEqual(
    [...new Set(listed)].map((name) => `create ${name}`).toSorted(), // what stands in both differs by AWS
  );
  const state = await State.of(whole.world);
  expect(state.counts("aws:")).toEqual({
    ...{ "cloudwatch.EventBus": 1, "cloudwatch.EventRule": 1, "cloudwatch.EventTarget": 1, "cloudwatch.LogGroup": 1 },
    ...{ "cloudwatch.LogMetricFilter": 25, "cloudwatch.LogResourcePolicy": 1, "cloudwatch.MetricAlarm": 20 },
    ...{ "iam.AccessKey": 1, "iam.User": 1, "iam.UserPolicy": 1, "kms.Alias": 2, "kms.Key": 2, "route53.Record": 6 },
    ...{
      "s3.Bucket": 1,
      "s3.BucketLifecycleConfiguration": 1,
      "s3.BucketObjectv2": 1,
      "s3.BucketOwnershipControls": 1,
    },
    ...{ "s3.BucketPolicy": 1, "s3.BucketPublicAccessBlock": 1, "s3.BucketServerSideEncryptionConfiguration": 1 },
    ...{ "s3.BucketVersioning": 1, "secretsmanager.Secret": 9, "secretsmanager.SecretPolicy": 9 },
    ...{ "secretsmanager.SecretVersion": 9, "sesv2.ConfigurationSet": 1, "sesv2.EmailIdentity": 1 },
    ...{ "sesv2.EmailIdentityMailFromAttributes": 1, "sns.Topic": 1, "sns.TopicPolicy": 1, "sns.TopicSubscription": 1 },
    ...{ "sqs.Queue": 1, "sqs.QueuePolicy": 1, "ssm.Parameter": 10 },
  });
  const { LogStream, CustomDomain, CustomDomainVerification, EmailProvider } = state.counts("auth0.");
  expect({ LogStream, CustomDomain, CustomDomainVerification, EmailProvider }).toEqual({
    ...{ LogStream: 1, CustomDomain: 1, CustomDomainVerification: 1, EmailProvider: 1 },
  });
});

test("in the order that AWS and Auth0 force, and nobody is led anywhere before it is there", async () => {
  const state = await State.of(whole.world);
  const hasty = order.flatMap(([later, all]) =>
    all.filter((one) => !state.waits(later, one)).map((one) => [later, one]),
  );
  expect(hasty).toEqual([]);
});

test("a preview after it is empty, and a refresh finds nothing changed", async () => {
  const before = await whole.world.tenant.last();
  expect(await whole.world.preview()).toEqual([]);
  expect(await whole.world.refresh()).toEqual([]);
  expect(await whole.world.preview()).toEqual([]);
  expect(await whole.world.tenant.writes(before)).toEqual([]);
});

test("each client's secret lies in Secrets Manager as the stack exports it, and as the tenant has it", async () => {
  const expected = await whole.withSecret();
  expect(Object.keys(expected).toSorted()).toEqual([
    ...["apps/main", "apps/main-personal", "apps/portal", "apps/vendor-catering"],
    ...["companies/acme/machine", "companies/dune-crafts/machine"],
    ...["operators/back-office", "operators/people", "operators/sales"],
  ]);
  expect(await whole.kept()).toEqual(expected);
  const { clients } = (await whole.world.tenant.contents()) as { clients: Record<string, string>[] };
  const atTenant = new Map(clients.map(({ client_id = "", client_secret }) => [client_id, client_secret]));
  for (const { clientId, clientSecret } of Object.values(expected)) expect(atTenant.get(clientId)).toBe(clientSecret);
});

test("a back end reads what the stack exports, under the login domain", async () => {
  const { apps, apis, directory } = await whole.outputs();
  expect(directory.issuer).toBe(issuer);
  expect(Object.keys(directory.organizations)).toHaveLength(6);
  expect(await whole.reader()()).toEqual({
    issuer,
    claimNamespace: "https://travel.example/claims/",
    apps: Object.fromEntries(Object.entries(apps).map(([name, { clientId }]) => [name, { clientId }])),
    apis,
    directory,
  });
});

test("Auth0 sends mail by SES, with the key of the user that may do that alone", async () => {
  const { clients, mine, world } = whole;
  expect(await world.tenant.read("emails/provider")).toEqual({
    name: "ses",
    enabled: true,
    default_from_address: sender,
    credentials: { region: "eu-central-1" },
    settings: { message: { configuration_set_name: `${prefix}-mail` } },
  });
  const { accessKeyId = "", secretAccessKey = "" } = whole.mailCredentials();
  const { AccessKeyMetadata } = await clients.iam.send(new ListAccessKeysCommand({ UserName: `${prefix}-mail` }));
  expect(AccessKeyMetadata).toMatchObject([{ AccessKeyId: accessKeyId, Status: "Active" }]);
  const ses = new SESv2Client(mine.as({ accessKeyId, secretAccessKey }));
  await authorizing(inject("moto"), async () => {
    // a key that is not the user's would be told that its signature does not match
    await expect(ses.send(new ListEmailIdentitiesCommand())).rejects.toThrow(
      `User: arn:aws:iam::${mine.id}:user/${prefix}-mail is not authorized to perform: ses:ListEmailIdentities`,
    );
  });
});

const acme = "stacks/local/customers/acme.yaml";

test("a machine's rotation counted up makes one new version of its secret, and nothing else", async () => {
  const { world } = whole;
  const before = await whole.kept();
  world.edit(acme, ["machines", "machine", "rotation"], 2);
  expect((await world.up()).toSorted()).toEqual([
    `create-replacement aws:secretsmanager/secretVersion:SecretVersion ${secret}`,
    `delete-replaced aws:secretsmanager/secretVersion:SecretVersion ${secret}`,
    `replace aws:secretsmanager/secretVersion:SecretVersion ${secret}`,
    `update ClientCredential ${secret}`,
    "update auth0.ClientCredentials acme-machine",
  ]);
  const { [secret]: after, ...others } = await whole.kept();
  const { [secret]: old, ...othersBefore } = before;
  expect(after?.clientSecret).not.toBe(old?.clientSecret);
  expect(others).toEqual(othersBefore);
  expect(await whole.kept()).toEqual(await whole.withSecret());
  expect(await whole.kept("AWSPREVIOUS")).toEqual({ [secret]: old });
  expect(await world.preview()).toEqual([]);
});

const beta = `
displayName: Beta
type: customer
conditions: { api_access: "on" }
machines: { importer: { scopes: [read:bookings] } }
`;

test("a new company makes its credential, the directory and the pointer in AWS, and nothing else", async () => {
  const { world } = whole;
  const before = await whole.kept();
  const read = whole.reader();
  const { directory: known } = await read();
  world.write("stacks/local/customers/beta.yaml", beta);
  const own = "companies/beta/importer";
  expect((await world.up()).filter((step) => !step.includes("auth0.")).toSorted()).toEqual([
    `create ClientCredential ${own}`,
    "create Company beta",
    "create MachineAccess beta-importer",
    `create aws:secretsmanager/secret:Secret ${own}`,
    `create aws:secretsmanager/secretPolicy:SecretPolicy ${own}`,
    `create aws:secretsmanager/secretVersion:SecretVersion ${own}`,
    "update AppSettings app-settings",
    "update aws:s3/bucketObjectv2:BucketObjectv2 app-settings",
    "update aws:ssm/parameter:Parameter app-settings/directory",
  ]);
  const { [own]: made, ...others } = await whole.kept();
  expect(others).toEqual(before);
  expect(made).toEqual((await whole.withSecret())[own]);
  const { Tags } = await whole.clients.secrets.send(new DescribeSecretCommand({ SecretId: `${prefix}/${own}` }));
  expect(Tags).toContainEqual({ Key: "company", Value: "beta" });
  const { directory } = await read();
  expect(directory).toEqual((await whole.outputs()).directory);
  const slugs = ({ organizations }: typeof directory) => Object.values(organizations).map(({ slug }) => slug);
  expect(slugs(directory).toSorted()).toEqual([...slugs(known), "beta"].toSorted());
  expect(await world.preview()).toEqual([]);
});

test("destroy leaves what can be had back for a while, and what was there before", async () => {
  const { clients, world } = whole;
  const secrets = Object.keys(await whole.kept()).toSorted();
  const done = await world.destroy();
  expect(done.filter((step) => !step.startsWith("delete "))).toEqual([]);
  expect(await contentsOf(clients)).toEqual([
    "bus default",
    `key Audit trail of ${prefix}: kept events and sent alarms (PendingDeletion)`,
    `key Credentials of Auth0 clients below ${prefix} (PendingDeletion)`,
    "record NS travel.example.",
    "record SOA travel.example.",
    ...secrets.map((path) => `secret ${prefix}/${path} (deleted)`),
  ]);
  expect(await world.tenant.contents()).toEqual(brandNew);
  expect(await world.tenant.read("log-streams")).toEqual([]);
  expect(await world.tenant.read("custom-domains")).toEqual([]);
});
