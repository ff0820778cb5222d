import { expect, test } from "vitest";
import { connectedTenant, type Declared, declare } from "../../cli/declared/declare.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { objections } from "../harness/aws/rules.ts";
import { withAws } from "../harness/aws/settings.ts";

const declared = (stack: string) => declare(() => declareTenant(withAws(stack), connectedTenant), { stack });

test.each(["local", "dev", "staging", "prod"])("nobody objects to what stack %s declares in AWS", async (stack) => {
  expect(objections(await declared(stack))).toEqual([]);
});

const all = await declared("local");

/** The same with one input of one resource changed. */
function broken(kind: string, key: string, value: unknown): Declared[] {
  const first = all.find(({ type }) => type.startsWith("aws:") && type.endsWith(`:${kind}`));
  return all.map((one) => (one === first ? { ...one, inputs: { ...one.inputs, [key]: value } } : one));
}

const withTag = { environment: "local" };
const policy = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "One", Effect: "Allow", ...statement }] });
const to = {
  Principal: { AWS: ["arn:aws:iam::000000000001:role/x"] },
  Action: ["sqs:SendMessage"],
  Resource: ["arn:aws:sqs:::x"],
};

test.each<[kind: string, key: string, value: unknown, objection: string]>([
  ["Key", "enableKeyRotation", false, "enableKeyRotation is not true"],
  ["Key", "deletionWindowInDays", 7, "deletionWindowInDays is not 30"],
  ["Key", "tags", withTag, "tags do not say environment and program"],
  ["LogGroup", "retentionInDays", undefined, "retentionInDays is not stated"],
  ["LogGroup", "kmsKeyId", undefined, "kmsKeyId names no KMS key of its own"],
  ["LogGroup", "name", "/aws/events/x", "name /aws/events/x does not begin with the prefix"],
  ["Secret", "recoveryWindowInDays", 0, "a deleted secret is gone at once"],
  ["Secret", "kmsKeyId", "alias/aws/secretsmanager", "kmsKeyId names no KMS key of its own"],
  ["SecretPolicy", "blockPublicPolicy", undefined, "blockPublicPolicy is not true"],
  ["SecretVersion", "secretString", "plain", "its text is no secret to the engine"],
  ["Bucket", "forceDestroy", true, "it may be deleted with what is in it"],
  ["BucketPublicAccessBlock", "restrictPublicBuckets", false, "restrictPublicBuckets is not true"],
  [
    "BucketVersioning",
    "versioningConfiguration",
    { status: "Suspended" },
    'versioningConfiguration is not {"status":"Enabled"}',
  ],
  [
    "BucketPolicy",
    "policy",
    policy({
      Effect: "Deny",
      Principal: { AWS: ["*"] },
      Action: ["s3:GetObject"],
      Resource: ["x"],
      Condition: { Bool: {} },
    }),
    "it does not refuse http",
  ],
  ["Queue", "sqsManagedSseEnabled", false, "sqsManagedSseEnabled is not true"],
  ["Queue", "messageRetentionSeconds", 60, "messageRetentionSeconds is not 1209600"],
  ["Topic", "kmsMasterKeyId", undefined, "kmsMasterKeyId names no KMS key of its own"],
  ["MetricAlarm", "alarmActions", [], "it tells nobody"],
  ["EventTarget", "deadLetterConfig", undefined, "deadLetterConfig is not stated"],
  ["ConfigurationSet", "deliveryOptions", undefined, 'deliveryOptions is not {"tlsPolicy":"REQUIRE"}'],
  ["Parameter", "tier", "Advanced", 'tier is not "Standard"'],
  ["UserPolicy", "policy", policy({ Action: ["ses:*"], Resource: ["arn:x"] }), "One: an action with a wildcard"],
  ["UserPolicy", "policy", policy({ Action: "*", Resource: ["arn:x"] }), "One: an action with a wildcard"],
  ["UserPolicy", "policy", policy({ Action: ["ses:SendEmail"], Resource: "*" }), "One: every resource"],
  [
    "UserPolicy",
    "policy",
    policy({ NotAction: ["ses:SendEmail"], Action: ["ses:SendEmail"], Resource: ["arn:x"] }),
    "One: has NotAction",
  ],
  ["SecretPolicy", "policy", policy({ ...to, Principal: "*" }), "One: allows everybody"],
  ["SecretPolicy", "policy", policy({ ...to, Principal: { AWS: ["*"] } }), "One: allows everybody"],
  [
    "SecretPolicy",
    "policy",
    policy({ ...to, Effect: "Deny", Principal: { AWS: ["*"] } }),
    "One: denies everybody without a condition",
  ],
  [
    "TopicPolicy",
    "policy",
    policy({ ...to, Principal: { Service: ["events.amazonaws.com"] } }),
    "One: a service in anybody's name",
  ],
  ["TopicPolicy", "policy", policy({ ...to, Sid: "a b" }), "a statement without a name of its own"],
  ["TopicPolicy", "policy", JSON.stringify({ Statement: [] }), "a policy of another version"],
])("a %s with %s: %j is objected to", (kind, key, value, objection) => {
  const { name } = all.find(({ type }) => type.startsWith("aws:") && type.endsWith(`:${kind}`)) ?? {};
  expect(objections(broken(kind, key, value))).toContain(`${kind} ${name}: ${objection}`);
});

test("a bucket without its settings is objected to, and a type that no rule knows", () => {
  const bucket = all.filter(({ type }) => type === "aws:s3/bucket:Bucket");
  const kinds = [
    "LifecycleConfiguration",
    "OwnershipControls",
    "Policy",
    "PublicAccessBlock",
    "ServerSideEncryptionConfiguration",
    "Versioning",
  ];
  expect(objections(bucket)).toEqual(kinds.map((kind) => `Bucket app-settings: no Bucket${kind}`));
  const unknown = bucket.map((one) => ({ ...one, type: "aws:s3/objectCopy:ObjectCopy" }));
  expect(objections(unknown)).toEqual(["ObjectCopy app-settings: no rule says how this type should be"]);
});
