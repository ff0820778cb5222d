import type { Declared } from "../../../cli/declared/declare.ts";
import { assumed, days, type Month } from "./load.ts";
import { type Price, prices } from "./prices.ts";

/** What of a resource is paid for. */
export interface Counted {
  readonly what: string;
  readonly quantity: number;
  readonly price: Price;
}

type Rule = (resource: Declared, month: Month, all: readonly Declared[]) => readonly Counted[];

const counted = (what: string, quantity: number, price: Price): Counted => ({ what, quantity, price });

/** AWS's is 7 % larger: what comes of it is too much rather than too little. */
const gigabyte = 1_000_000_000;
/** Of each event, beside its text: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const bytesBesideText = 26;
/** Versions of a key that are paid for: itself and its first two rotations, https://aws.amazon.com/kms/pricing/ */
const paidVersions = 3;

/** What each type of AWS costs that does cost something. */
export const priced: Readonly<Record<string, Rule>> = {
  "aws:cloudwatch/eventBus:EventBus": (_, { events }) => {
    const chunks = Math.ceil(assumed.bytesPerEvent / 65_536);
    return [counted("events", events * chunks, prices.partnerEvent)];
  },
  "aws:cloudwatch/logGroup:LogGroup": (resource, { events, keyRequestsOfLogs }) => {
    only(resource, "logGroupClass", "STANDARD");
    const written = (events * (assumed.bytesPerEvent + bytesBesideText)) / gigabyte;
    const months = numberOf(resource, "retentionInDays") / days;
    return [
      counted("GB written", written, prices.logsIngested),
      counted("GB kept", written * months * assumed.keptOfWritten, prices.logsKept),
      ...byKey(resource, "kmsKeyId", keyRequestsOfLogs),
    ];
  },
  // Several filters may count into one metric.
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (resource, _, all) => {
    const together = all.filter(
      ({ type, inputs }) => type === resource.type && metricOf(inputs) === metricOf(resource.inputs),
    );
    return [counted("metrics", 1 / together.length, prices.metric)];
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ inputs }) => {
    const queries = (inputs.metricQueries ?? [{ metric: {} }]) as readonly { readonly metric?: unknown }[];
    return [counted("metrics", queries.filter(({ metric }) => metric !== undefined).length, prices.alarmedMetric)];
  },
  "aws:sqs/queue:Queue": (_, { undelivered }) => [counted("requests", undelivered, prices.queueRequest)],
  "aws:sns/topic:Topic": (resource, { alarms }) => [
    counted("alarms", alarms, prices.published),
    ...byKey(resource, "kmsMasterKeyId", 2 * alarms), // written with a data key, and read
  ],
  "aws:sns/topicSubscription:TopicSubscription": (resource, { alarms }) => {
    only(resource, "protocol", "email");
    return [counted("mails", alarms, prices.alarmMail)];
  },
  "aws:kms/key:Key": ({ inputs }) => [
    counted("versions", inputs.enableKeyRotation === true ? paidVersions : 1, prices.key),
  ],
  "aws:secretsmanager/secret:Secret": (resource, { secretReads }) => [
    counted("secrets", 1, prices.secret),
    counted("reads", secretReads, prices.secretRequest),
    ...byKey(resource, "kmsKeyId", secretReads),
  ],
  "aws:s3/bucketObjectv2:BucketObjectv2": (resource, { directories, directoryReads }, all) => {
    const oldOnes = (directories / days) * oldVersionsDays(resource, all);
    const bytes = Buffer.byteLength(String(resource.inputs.content));
    return [
      counted("GB kept", (bytes * (1 + oldOnes)) / gigabyte, prices.objectsKept),
      counted("written", directories, prices.objectPut),
      counted("read", directoryReads, prices.objectGet),
    ];
  },
  // At most one query for each login or mail: who asks keeps the answer for some minutes.
  "aws:route53/record:Record": (resource, { logins, mails }) => {
    const ofLogin = resource.parent?.startsWith("auth0-b2b:aws:LoginDomain::");
    return [counted("queries", ofLogin ? logins : mails, prices.query)];
  },
  "aws:sesv2/emailIdentity:EmailIdentity": (_, { mails }) => [counted("mails", mails, prices.mail)],
};

/** What costs nothing by itself, and why. */
export const free: Readonly<Record<string, string>> = {
  "aws:cloudwatch/eventRule:EventRule": "paid with the event",
  "aws:cloudwatch/eventTarget:EventTarget": "paid with the event",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "a policy",
  "aws:iam/accessKey:AccessKey": "IAM",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "IAM",
  "aws:iam/policy:Policy": "IAM",
  "aws:iam/role:Role": "IAM",
  "aws:iam/rolePolicy:RolePolicy": "IAM",
  "aws:iam/user:User": "IAM",
  "aws:iam/userPolicy:UserPolicy": "IAM",
  "aws:kms/alias:Alias": "a name",
  "aws:s3/bucket:Bucket": "paid by what lies in it",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "deletes only",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "a setting",
  "aws:s3/bucketPolicy:BucketPolicy": "a policy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "a setting",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "keys of S3's own",
  "aws:s3/bucketVersioning:BucketVersioning": "a setting",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "a policy",
  "aws:secretsmanager/secretVersion:SecretVersion": "paid with the secret",
  "aws:sesv2/configurationSet:ConfigurationSet": "paid with the mail",
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": "a setting",
  "aws:sns/topicPolicy:TopicPolicy": "a policy",
  "aws:sqs/queuePolicy:QueuePolicy": "a policy",
  "aws:ssm/parameter:Parameter": "a standard one, read at the standard throughput",
};

/** What a resource costs in a month. @throws Error for a type that nobody has looked up */
export function countedOf(resource: Declared, month: Month, all: readonly Declared[]): readonly Counted[] {
  const rule = priced[resource.type];
  if (rule) return rule(resource, month, all);
  if (free[resource.type] === undefined) {
    throw new Error(
      `${resource.type}: no price is known of it; allowed: a rule or a line in tests/golden/cost/rules.ts`,
    );
  }
  if (resource.type === "aws:ssm/parameter:Parameter") only(resource, "tier", "Standard");
  return [];
}

/** A key of our own is asked for; one of the service's costs nothing. */
function byKey({ inputs }: Declared, input: string, requests: number): Counted[] {
  return inputs[input] === undefined ? [] : [counted("requests to KMS", requests, prices.keyRequest)];
}

function metricOf(inputs: Declared["inputs"]): string {
  const { namespace, name } = inputs.metricTransformation as { readonly namespace: string; readonly name: string };
  return `${namespace} ${name}`;
}

function oldVersionsDays({ inputs: { bucket } }: Declared, all: readonly Declared[]): number {
  const found = all.find(
    ({ type, inputs }) => type.endsWith(":BucketLifecycleConfiguration") && inputs.bucket === bucket,
  );
  const [rule] = (found?.inputs.rules ?? []) as { noncurrentVersionExpiration: { noncurrentDays: number } }[];
  if (rule === undefined) throw new Error(`bucket ${bucket}: old versions are kept for ever`);
  return rule.noncurrentVersionExpiration.noncurrentDays;
}

/** The price is that of one kind: another one is dearer or cheaper. */
function only({ type, name, inputs }: Declared, input: string, value: string): void {
  if (inputs[input] === value) return;
  throw new Error(`${type} ${name}: ${input} is ${inputs[input]}, and only that of ${value} has a price here`);
}

function numberOf({ type, name, inputs }: Declared, input: string): number {
  const value = inputs[input];
  if (typeof value === "number") return value;
  throw new Error(`${type} ${name}: ${input} is no number`);
}
