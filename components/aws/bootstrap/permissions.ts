import type { Statement } from "../policy.ts";
import { type Scope, type Target, type TargetName, targetsOf } from "./scope.ts";

/** Actions on one kind of target: those that only read, and those that the change of a resource takes as well. */
export interface Grant {
  readonly on: TargetName;
  readonly read?: readonly string[];
  readonly write?: readonly string[];
}

/**
 * What the provider calls for each type that this program declares, to create, read, update and delete it
 * (https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service). A test goes red where a component declares a type that
 * has no row here.
 */
export const resourcePermissions: Readonly<Record<string, readonly Grant[]>> = {
  "cloudwatch.EventBus": [
    {
      on: "bus",
      read: ["events:DescribeEventBus", "events:ListTagsForResource"],
      write: tagged("events", "CreateEventBus", "UpdateEventBus", "DeleteEventBus"),
    },
  ],
  "cloudwatch.EventRule": [
    {
      on: "rule",
      read: ["events:DescribeRule", "events:ListTagsForResource"],
      write: tagged("events", "PutRule", "DeleteRule"),
    },
  ],
  "cloudwatch.EventTarget": [
    { on: "rule", read: ["events:ListTargetsByRule"], write: ["events:PutTargets", "events:RemoveTargets"] },
  ],
  "cloudwatch.LogGroup": [
    { on: "account", read: ["logs:DescribeLogGroups"] },
    {
      on: "logGroup",
      read: ["logs:ListTagsForResource"],
      write: tagged(
        "logs",
        ...["CreateLogGroup", "DeleteLogGroup", "PutLogGroupDeletionProtection"],
        ...["PutRetentionPolicy", "DeleteRetentionPolicy", "AssociateKmsKey", "DisassociateKmsKey"],
      ),
    },
  ],
  "cloudwatch.LogMetricFilter": [
    {
      on: "logGroup",
      read: ["logs:DescribeMetricFilters"],
      write: ["logs:PutMetricFilter", "logs:DeleteMetricFilter"],
    },
  ],
  "cloudwatch.LogResourcePolicy": [
    {
      on: "account",
      read: ["logs:DescribeResourcePolicies"],
      write: ["logs:PutResourcePolicy", "logs:DeleteResourcePolicy"],
    },
  ],
  "cloudwatch.MetricAlarm": [
    {
      on: "alarm",
      read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
      write: tagged("cloudwatch", "PutMetricAlarm", "DeleteAlarms"),
    },
  ],
  "iam.AccessKey": [
    {
      on: "user",
      read: ["iam:ListAccessKeys"],
      write: ["iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:DeleteAccessKey"],
    },
  ],
  "iam.User": [
    {
      on: "user",
      read: ["iam:GetUser", "iam:ListGroupsForUser"],
      write: ["iam:DeleteUser", "iam:TagUser", "iam:UntagUser"],
    },
    { on: "boundedUser", write: ["iam:CreateUser", "iam:PutUserPermissionsBoundary"] },
  ],
  "iam.UserPolicy": [
    { on: "user", read: ["iam:GetUserPolicy"], write: ["iam:DeleteUserPolicy"] },
    { on: "boundedUser", write: ["iam:PutUserPolicy"] },
  ],
  "kms.Alias": [
    { on: "account", read: ["kms:ListAliases"] },
    // Both the alias and its key are asked about.
    { on: "alias", write: ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"] },
    { on: "key", write: ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"] },
  ],
  "kms.Key": [
    { on: "newKey", write: ["kms:CreateKey"] },
    { on: "markedKey", write: ["kms:TagResource"] },
    {
      on: "key",
      read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      write: [
        ...["kms:DisableKey", "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation"],
        ...["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:UntagResource", "kms:UpdateKeyDescription"],
      ],
    },
  ],
  "route53.Record": [
    { on: "zone", read: ["route53:GetHostedZone", "route53:ListResourceRecordSets"] },
    { on: "change", read: ["route53:GetChange"] },
    { on: "mailRecords", write: ["route53:ChangeResourceRecordSets"] },
    { on: "loginRecord", write: ["route53:ChangeResourceRecordSets"] },
  ],
  "s3.Bucket": [
    {
      on: "bucket",
      // All that a bucket can be set to is looked at, also what nobody set.
      read: [
        ...["s3:GetAccelerateConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLocation"],
        ...["s3:GetBucketLogging", "s3:GetBucketObjectLockConfiguration", "s3:GetBucketPolicy"],
        ...["s3:GetBucketRequestPayment", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetBucketWebsite"],
        ...["s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration"],
        ...["s3:ListBucket", "s3:ListTagsForResource"],
      ],
      write: tagged("s3", "CreateBucket", "DeleteBucket", "PutBucketTagging"),
    },
  ],
  "s3.BucketLifecycleConfiguration": [
    { on: "bucket", read: ["s3:GetLifecycleConfiguration"], write: ["s3:PutLifecycleConfiguration"] },
  ],
  "s3.BucketObjectv2": [
    { on: "bucket", write: ["s3:ListBucketVersions"] },
    {
      on: "object",
      read: ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"],
      write: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject", "s3:PutObjectTagging"],
    },
  ],
  "s3.BucketOwnershipControls": [
    { on: "bucket", read: ["s3:GetBucketOwnershipControls"], write: ["s3:PutBucketOwnershipControls"] },
  ],
  "s3.BucketPolicy": [
    { on: "bucket", read: ["s3:GetBucketPolicy"], write: ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"] },
  ],
  "s3.BucketPublicAccessBlock": [
    { on: "bucket", read: ["s3:GetBucketPublicAccessBlock"], write: ["s3:PutBucketPublicAccessBlock"] },
  ],
  "s3.BucketServerSideEncryptionConfiguration": [
    { on: "bucket", read: ["s3:GetEncryptionConfiguration"], write: ["s3:PutEncryptionConfiguration"] },
  ],
  "s3.BucketVersioning": [{ on: "bucket", read: ["s3:GetBucketVersioning"], write: ["s3:PutBucketVersioning"] }],
  "secretsmanager.Secret": [
    {
      on: "secret",
      read: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
      write: tagged("secretsmanager", "CreateSecret", "DeleteSecret", "UpdateSecret"),
    },
  ],
  "secretsmanager.SecretPolicy": [
    {
      on: "secret",
      read: ["secretsmanager:GetResourcePolicy"],
      write: ["secretsmanager:DeleteResourcePolicy", "secretsmanager:PutResourcePolicy"],
    },
  ],
  "secretsmanager.SecretVersion": [
    {
      on: "secret",
      read: ["secretsmanager:GetSecretValue", "secretsmanager:ListSecretVersionIds"],
      write: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
    },
  ],
  "sesv2.ConfigurationSet": [
    {
      on: "configurationSet",
      read: ["ses:GetConfigurationSet", "ses:ListTagsForResource"],
      write: tagged(
        "ses",
        ...["CreateConfigurationSet", "DeleteConfigurationSet", "PutConfigurationSetDeliveryOptions"],
        ...["PutConfigurationSetReputationOptions", "PutConfigurationSetSendingOptions"],
        "PutConfigurationSetSuppressionOptions",
      ),
    },
  ],
  "sesv2.EmailIdentity": [
    {
      on: "identity",
      read: ["ses:GetEmailIdentity", "ses:ListTagsForResource"],
      write: tagged(
        "ses",
        ...["CreateEmailIdentity", "DeleteEmailIdentity", "PutEmailIdentityConfigurationSetAttributes"],
        "PutEmailIdentityDkimSigningAttributes",
      ),
    },
    { on: "configurationSet", write: ["ses:PutEmailIdentityConfigurationSetAttributes"] },
  ],
  "sesv2.EmailIdentityMailFromAttributes": [
    { on: "identity", read: ["ses:GetEmailIdentity"], write: ["ses:PutEmailIdentityMailFromAttributes"] },
  ],
  "sns.Topic": [
    {
      on: "topic",
      read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
      write: tagged("sns", "CreateTopic", "DeleteTopic", "SetTopicAttributes"),
    },
  ],
  "sns.TopicPolicy": [{ on: "topic", read: ["sns:GetTopicAttributes"], write: ["sns:SetTopicAttributes"] }],
  "sns.TopicSubscription": [
    {
      on: "topic",
      read: ["sns:GetSubscriptionAttributes", "sns:ListSubscriptionsByTopic"],
      write: ["sns:SetSubscriptionAttributes", "sns:Subscribe", "sns:Unsubscribe"],
    },
  ],
  "sqs.Queue": [
    {
      on: "queue",
      read: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
      write: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
    },
  ],
  "sqs.QueuePolicy": [{ on: "queue", read: ["sqs:GetQueueAttributes"], write: ["sqs:SetQueueAttributes"] }],
  "ssm.Parameter": [
    { on: "account", read: ["ssm:DescribeParameters"] },
    {
      on: "parameter",
      read: ["ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource"],
      write: ["ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter", "ssm:RemoveTagsFromResource"],
    },
  ],
};

/** What it asks AWS before it declares anything. */
export const questionPermissions: Readonly<Record<string, readonly Grant[]>> = {
  getCallerIdentity: [], // everybody may: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  "route53.getZone": [{ on: "zone", read: ["route53:GetHostedZone", "route53:ListTagsForResource"] }],
  "secretsmanager.getSecretVersion": [{ on: "customerSecret", read: ["secretsmanager:GetSecretValue"] }],
};

/**
 * One statement for each kind of target that the environment has.
 * @param access `read`: what a preview asks for, also one that refreshes. `write`: what an `up` asks for beside it
 */
export function permissionStatements(scope: Scope, access: readonly ("read" | "write")[]): Statement[] {
  const grants = [...Object.values(resourcePermissions), ...Object.values(questionPermissions)].flat();
  const targets: Readonly<Record<string, Target>> = targetsOf(scope);
  return Object.entries(targets).flatMap(([name, { arns, conditions }]) => {
    const own = grants.filter(({ on }) => on === name).flatMap((grant) => access.flatMap((kind) => grant[kind] ?? []));
    if (own.length === 0 || arns.length === 0) return [];
    const sid = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return [{ sid, actions: [...new Set(own)].sort(), resources: arns, ...(conditions && { conditions }) }];
  });
}

/** Actions of a service, with those that put tags on what they are about and take them off. */
function tagged(service: string, ...actions: readonly string[]): string[] {
  return [...actions, "TagResource", "UntagResource"].map((action) => `${service}:${action}`);
}
