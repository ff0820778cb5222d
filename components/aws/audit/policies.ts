import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import type { Statement } from "../policy.ts";
import type { AuditNames } from "./names.ts";

/** Who uses the key that encrypts what is kept and what is sent. Readers of the log need nothing here: the service decrypts for them. */
export function keyStatements({ account, region }: Place, names: AuditNames): Statement[] {
  return [
    {
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      sid: "KeptEvents",
      principals: { service: [`logs.${region}.amazonaws.com`] },
      actions: [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:DescribeKey",
      ],
      resources: ["*"], // in a key's policy: this key
      conditions: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": names.logGroupArn } },
    },
    {
      // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
      sid: "SentAlarms",
      principals: { service: ["cloudwatch.amazonaws.com"] },
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      conditions: ofAlarms(account, names),
    },
  ];
}

/** Of CloudWatch Logs: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions */
export function logStatements({ logGroupArn }: AuditNames, ruleArn: pulumi.Input<string>): Statement[] {
  const writers = { service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] };
  return [
    // That call is not made for a rule, and has no source to name.
    {
      sid: "NewLogStreams",
      principals: writers,
      actions: ["logs:CreateLogStream"],
      resources: [`${logGroupArn}:*`],
    },
    {
      sid: "EventsOfTheRule",
      principals: writers,
      actions: ["logs:PutLogEvents"],
      resources: [`${logGroupArn}:*:*`],
      conditions: { ArnEquals: { "aws:SourceArn": ruleArn } },
    },
  ];
}

/** Of the queue: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html#eb-dlq-perms */
export function queueStatements(queueArn: pulumi.Input<string>, ruleArn: pulumi.Input<string>): Statement[] {
  return [
    {
      sid: "UndeliveredEventsOfTheRule",
      principals: { service: ["events.amazonaws.com"] },
      actions: ["sqs:SendMessage"],
      resources: [queueArn],
      conditions: { ArnEquals: { "aws:SourceArn": ruleArn } },
    },
    {
      sid: "NothingWithoutTls",
      effect: "Deny",
      principals: { aws: ["*"] },
      actions: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:PurgeQueue",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
        "sqs:SetQueueAttributes",
      ],
      resources: [queueArn],
      conditions: withoutTls,
    },
  ];
}

/** Of the topic: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
export function topicStatements(topicArn: pulumi.Input<string>, { account }: Place, names: AuditNames): Statement[] {
  return [
    {
      sid: "AlarmsOfTheTrail",
      principals: { service: ["cloudwatch.amazonaws.com"] },
      actions: ["sns:Publish"],
      resources: [topicArn],
      conditions: ofAlarms(account, names),
    },
    {
      sid: "NothingWithoutTls",
      effect: "Deny",
      principals: { aws: ["*"] },
      actions: ["sns:Publish", "sns:Subscribe"],
      resources: [topicArn],
      conditions: withoutTls,
    },
  ];
}

const withoutTls = { Bool: { "aws:SecureTransport": "false" } } as const;

const ofAlarms = (account: string, { alarmArns }: AuditNames) => ({
  StringEquals: { "aws:SourceAccount": account },
  ArnLike: { "aws:SourceArn": alarmArns },
});
