import * as pulumi from "@pulumi/pulumi";
import type { Declared } from "../../../cli/declared/declare.ts";

type Inputs = Readonly<Record<string, unknown>>;
type Rule = (inputs: Inputs, all: readonly Declared[]) => readonly (string | undefined)[];

/** What a reader of a declared AWS resource would object to, one line each; a type without a rule is objected to as well. */
export function objections(all: readonly Declared[]): string[] {
  return all
    .filter(({ type }) => type.startsWith("aws:"))
    .flatMap((resource) => {
      const { type, name, inputs } = resource;
      const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
      const found = rule ? rule(inputs, all) : ["no rule says how this type should be"];
      return [...found, ...policiesOf(inputs).flatMap((policy) => policyObjections(type, policy))]
        .filter((objection) => objection !== undefined)
        .map((objection) => `${type.split(":").at(-1)} ${name}: ${objection}`);
    });
}

const unless = (holds: boolean, objection: string) => (holds ? undefined : objection);
const is = (inputs: Inputs, key: string, value: unknown) =>
  unless(JSON.stringify(inputs[key]) === JSON.stringify(value), `${key} is not ${JSON.stringify(value)}`);
const stated = (inputs: Inputs, key: string) => unless(inputs[key] !== undefined, `${key} is not stated`);
const tagged = ({ tags }: Inputs) =>
  unless(
    Object.keys(Object(tags)).sort().join().includes("environment,program"),
    "tags do not say environment and program",
  );
const named = (inputs: Inputs, key = "name", begins = /^\/?(aws\/events\/|alias\/)?auth0-b2b-/) =>
  unless(begins.test(String(inputs[key])), `${key} ${inputs[key]} does not begin with the prefix`);
const underKey = (inputs: Inputs, key: string) =>
  unless(/:key\//.test(String(inputs[key])), `${key} names no KMS key of its own`);

/** Another resource of the same bucket, which S3 keeps its settings in. */
const bucketHas = (all: readonly Declared[], bucket: unknown, kind: string) =>
  unless(
    all.some(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs.bucket === bucket),
    `no ${kind}`,
  );

const rules: Readonly<Record<string, Rule>> = {
  "aws:cloudwatch/eventBus:EventBus": (inputs) => [tagged(inputs), is(inputs, "name", inputs.eventSourceName)],
  "aws:cloudwatch/eventRule:EventRule": (inputs) => [tagged(inputs), named(inputs), is(inputs, "state", "ENABLED")],
  "aws:cloudwatch/eventTarget:EventTarget": (inputs) => [
    stated(inputs, "deadLetterConfig"),
    stated(inputs, "retryPolicy"),
  ],
  "aws:cloudwatch/logGroup:LogGroup": (inputs) => [
    tagged(inputs),
    named(inputs),
    stated(inputs, "retentionInDays"),
    underKey(inputs, "kmsKeyId"),
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (inputs) => [stated(inputs, "metricTransformation")],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": (inputs) => [named(inputs, "policyName")],
  "aws:cloudwatch/metricAlarm:MetricAlarm": (inputs) => [
    tagged(inputs),
    named(inputs),
    stated(inputs, "treatMissingData"),
    unless([inputs.alarmActions].flat().length === 1, "it tells nobody"),
  ],
  "aws:iam/policy:Policy": (inputs) => [tagged(inputs), named(inputs)],
  "aws:iam/accessKey:AccessKey": (inputs) => [is(inputs, "status", "Active")],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (inputs) => [tagged(inputs), stated(inputs, "clientIdLists")],
  "aws:iam/role:Role": (inputs) => [tagged(inputs), named(inputs), stated(inputs, "maxSessionDuration")],
  "aws:iam/rolePolicy:RolePolicy": (inputs) => [stated(inputs, "role")],
  "aws:iam/user:User": (inputs) => [tagged(inputs), named(inputs)],
  "aws:iam/userPolicy:UserPolicy": (inputs) => [stated(inputs, "user")],
  "aws:kms/alias:Alias": (inputs) => [named(inputs)],
  "aws:kms/key:Key": (inputs) => [
    tagged(inputs),
    is(inputs, "enableKeyRotation", true),
    is(inputs, "deletionWindowInDays", 30),
    stated(inputs, "policy"),
  ],
  "aws:route53/record:Record": (inputs) => [stated(inputs, "ttl"), stated(inputs, "zoneId")],
  "aws:s3/bucket:Bucket": (inputs, all) => [
    tagged(inputs),
    named(inputs, "bucket"),
    unless(inputs.forceDestroy !== true, "it may be deleted with what is in it"),
    ...[
      "BucketLifecycleConfiguration",
      "BucketOwnershipControls",
      "BucketPolicy",
      "BucketPublicAccessBlock",
      "BucketServerSideEncryptionConfiguration",
      "BucketVersioning",
    ].map((kind) => bucketHas(all, inputs.bucket, kind)),
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (inputs) => [
    unless(JSON.stringify(inputs.rules).includes("noncurrentDays"), "old versions stay forever"),
  ],
  "aws:s3/bucketObjectv2:BucketObjectv2": (inputs) => [tagged(inputs), is(inputs, "contentType", "application/json")],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": (inputs) => [
    is(inputs, "rule", { objectOwnership: "BucketOwnerEnforced" }),
  ],
  "aws:s3/bucketPolicy:BucketPolicy": ({ policy }) => [
    unless(String(policy).includes('"aws:SecureTransport":"false"'), "it does not refuse http"),
  ],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (inputs) =>
    ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((key) =>
      is(inputs, key, true),
    ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (inputs) => [
    unless(/"sseAlgorithm":"(AES256|aws:kms)"/.test(JSON.stringify(inputs.rules)), "no encryption is stated"),
  ],
  "aws:s3/bucketVersioning:BucketVersioning": (inputs) => [
    is(inputs, "versioningConfiguration", { status: "Enabled" }),
  ],
  "aws:secretsmanager/secret:Secret": (inputs) => [
    tagged(inputs),
    named(inputs),
    underKey(inputs, "kmsKeyId"),
    unless(Number(inputs.recoveryWindowInDays) >= 7, "a deleted secret is gone at once"),
  ],
  "aws:secretsmanager/secretPolicy:SecretPolicy": (inputs) => [is(inputs, "blockPublicPolicy", true)],
  "aws:secretsmanager/secretVersion:SecretVersion": (inputs) => [
    unless(pulumi.runtime.isRpcSecret(inputs.secretString), "its text is no secret to the engine"),
  ],
  "aws:sesv2/configurationSet:ConfigurationSet": (inputs) => [
    tagged(inputs),
    named(inputs, "configurationSetName"),
    is(inputs, "deliveryOptions", { tlsPolicy: "REQUIRE" }),
  ],
  "aws:sesv2/emailIdentity:EmailIdentity": (inputs) => [
    tagged(inputs),
    is(inputs, "dkimSigningAttributes", { nextSigningKeyLength: "RSA_2048_BIT" }),
  ],
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": (inputs) => [
    stated(inputs, "mailFromDomain"),
  ],
  "aws:sns/topic:Topic": (inputs, all) => [
    tagged(inputs),
    named(inputs),
    underKey(inputs, "kmsMasterKeyId"),
    unless(
      all.some(({ type }) => type.endsWith(":TopicPolicy")),
      "no TopicPolicy",
    ),
  ],
  "aws:sns/topicPolicy:TopicPolicy": (inputs) => [stated(inputs, "arn")],
  "aws:sns/topicSubscription:TopicSubscription": (inputs) => [is(inputs, "protocol", "email")],
  "aws:sqs/queue:Queue": (inputs, all) => [
    tagged(inputs),
    named(inputs),
    is(inputs, "messageRetentionSeconds", 1_209_600),
    is(inputs, "sqsManagedSseEnabled", true),
    unless(
      all.some(({ type }) => type.endsWith(":QueuePolicy")),
      "no QueuePolicy",
    ),
  ],
  "aws:sqs/queuePolicy:QueuePolicy": ({ policy }) => [
    unless(String(policy).includes('"aws:SecureTransport":"false"'), "it does not refuse http"),
  ],
  "aws:ssm/parameter:Parameter": (inputs) => [
    tagged(inputs),
    named(inputs),
    is(inputs, "type", "String"),
    is(inputs, "tier", "Standard"),
  ],
};

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

function policiesOf(
  inputs: Inputs,
): readonly { readonly Version?: string; readonly Statement: readonly Statement[] }[] {
  const texts = [inputs.policy, inputs.policyDocument, inputs.assumeRolePolicy].filter(
    (one) => typeof one === "string",
  );
  return texts.map((text) => JSON.parse(text));
}

/** Services that name neither account nor resource when they do this: the source says so. */
const bare = new Set([
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
  "logs:CreateLogStream",
]);

function policyObjections(type: string, { Version, Statement: statements }: ReturnType<typeof policiesOf>[number]) {
  const sids = statements.map(({ Sid }) => Sid);
  return [
    unless(Version === "2012-10-17", "a policy of another version"),
    unless(
      sids.every((sid) => /^[A-Za-z0-9]+$/.test(sid ?? "")) && new Set(sids).size === sids.length,
      "a statement without a name of its own",
    ),
    ...statements.flatMap((statement) => statementObjections(type, statement)),
  ];
}

function statementObjections(type: string, statement: Statement): (string | undefined)[] {
  const { Sid, Effect, Principal, Action = [], Resource = [], Condition } = statement;
  const known = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];
  const odd = Object.keys(statement).filter((key) => !known.includes(key));
  const objection = (holds: boolean, text: string) => unless(holds, `${Sid}: ${text}`);
  const actions = [Action].flat();
  const anyone = JSON.stringify(Principal ?? "").includes('"*"');
  if (Effect === "Deny") {
    return [
      objection(odd.length === 0, `has ${odd.join()}`),
      objection(!anyone || Condition !== undefined, "denies everybody without a condition"),
    ];
  }
  const services = [Object(Principal).Service ?? []].flat();
  const bounded =
    /aws:Source(Arn|Account)|kms:(ViaService|EncryptionContext)|token\.actions\.githubusercontent\.com:sub/.test(
      JSON.stringify(Condition ?? {}),
    );
  return [
    objection(Effect === "Allow", "neither allows nor denies"),
    objection(odd.length === 0, `has ${odd.join()}`),
    objection(!anyone, "allows everybody"),
    objection(
      actions.length > 0 && actions.every((action) => /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)),
      "an action with a wildcard",
    ),
    objection(
      services.length === 0 || bounded || actions.every((action) => bare.has(action)),
      "a service in anybody's name",
    ),
    objection(type === "aws:kms/key:Key" || ![Resource].flat().includes("*") || everywhere(actions), "every resource"),
  ];
}

/** Actions that AWS gives no resource to: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
function everywhere(actions: readonly string[]): boolean {
  return actions.every((action) => unbound.has(action));
}

const unbound = new Set<string>(["sts:GetCallerIdentity"]);
