import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { AuditTrail } from "../../components/aws/audit/audit-trail.ts";
import { ClientCredential } from "../../components/aws/credentials/client-credential.ts";
import { CredentialStore } from "../../components/aws/credentials/credential-store.ts";
import { LoginDomain } from "../../components/aws/domain/login-domain.ts";
import { MailIdentity } from "../../components/aws/mail/mail-identity.ts";
import { AppSettings } from "../../components/aws/settings/app-settings.ts";
import { account } from "../harness/aws/account.ts";
import { type AtMoto, declareAtMoto } from "../harness/aws/declared-aws.ts";

const mine = account("100000000003");
const { id, region } = mine;
const place = { account: id, region, prefix: "auth0-b2b-prod", tags: { environment: "prod" } };
const reader = `arn:aws:iam::${id}:role/back-end`;
const writer = `arn:aws:iam::${id}:role/deploy`;

async function zone(name: string): Promise<string> {
  const asked = new CreateHostedZoneCommand({ Name: name, CallerReference: name });
  const { HostedZone } = await new Route53Client(mine.settings).send(asked);
  return HostedZone?.Id?.replace("/hostedzone/", "") ?? "";
}

const counts = ({ taken }: AtMoto) => {
  const types = taken.map(({ type }) => type.split(":").at(-1) ?? "").toSorted();
  return Object.fromEntries(types.map((type) => [type, types.filter((one) => one === type).length]));
};

const components: readonly [string, (zoneId: string) => unknown, Record<string, number>][] = [
  [
    "an audit trail",
    () =>
      new AuditTrail("audit", {
        place,
        retentionDays: 365,
        alarmsTo: ["security@travel.example"],
        quietHours: 24,
        refusalsPerHour: 20,
        breakGlass: [{ slug: "acme", address: "glass@acme.example" }],
        codes: ["wrong_type", "left"],
        guard: { protect: false, retain: false },
      }),
    {
      ...{
        Alias: 1,
        EventBus: 1,
        EventRule: 1,
        EventTarget: 1,
        Key: 1,
        LogGroup: 1,
        LogMetricFilter: 11,
        LogResourcePolicy: 1,
      },
      ...{ MetricAlarm: 12, Queue: 1, QueuePolicy: 1, Topic: 1, TopicPolicy: 1, TopicSubscription: 1 },
    },
  ],
  [
    "credentials",
    () => {
      const store = new CredentialStore("credentials", {
        place,
        readers: [reader],
        writers: [writer],
        recoveryDays: 30,
      });
      const issuer = "https://tenant.example/";
      const clientSecret = pulumi.output("a client secret");
      const client = { clientId: "one", clientSecret, issuer };
      return new ClientCredential("one", { place, store, path: "apps/one", readers: [reader], ...client });
    },
    { Alias: 1, Key: 1, Secret: 1, SecretPolicy: 1, SecretVersion: 1 },
  ],
  [
    "settings",
    () =>
      new AppSettings("settings", {
        place,
        readers: [reader],
        writers: [writer],
        parameters: { issuer: "a" },
        directory: "{}",
      }),
    {
      ...{ Bucket: 1, BucketLifecycleConfiguration: 1, BucketObjectv2: 1, BucketOwnershipControls: 1, BucketPolicy: 1 },
      ...{ BucketPublicAccessBlock: 1, BucketServerSideEncryptionConfiguration: 1, BucketVersioning: 1, Parameter: 2 },
    },
  ],
  [
    "mail",
    (zoneId) =>
      new MailIdentity("mail", {
        ...{ place, domain: "travel.example", zone: zoneId, from: "no-reply@travel.example", keyRotation: 1 },
        dmarc: { policy: "none" },
      }),
    {
      ...{ AccessKey: 1, ConfigurationSet: 1, EmailIdentity: 1, EmailIdentityMailFromAttributes: 1 },
      ...{ Record: 6, User: 1, UserPolicy: 1 },
    },
  ],
  [
    "a login domain",
    (zoneId) => new LoginDomain("login", { domain: "login.travel.example", zone: zoneId }),
    { Record: 1 },
  ],
];

test.each(components)("AWS takes %s, and it can be taken away again", async (_, program, expected) => {
  const zoneId = await zone("travel.example");
  const verifications = [{ methods: [{ name: "CNAME", record: "alias.edge.tenants.example" }] }];
  const at = await declareAtMoto(
    mine,
    () => program(zoneId),
    () => ({ verifications }),
  );
  expect(counts(at)).toEqual(expected);
  expect(await at.there()).toEqual(at.taken.map(({ type, name }) => `${type} ${name}`));
  await at.remove();
  expect(await at.there()).toEqual([]);
});
