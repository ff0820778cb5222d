import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { json, kindOf, tagList, there } from "./kind.ts";

export const Topic = kindOf<aws.sns.TopicArgs>({
  takes: { name: "fixed", kmsMasterKeyId: "changes", tags: "kept" },
  async put({ name, kmsMasterKeyId = "", tags }, { sns }, before) {
    const made = await sns.send(new CreateTopicCommand({ Name: name, ...(!before && { Tags: tagList(tags) }) }));
    const TopicArn = there(made.TopicArn, "arn");
    const key = { AttributeName: "KmsMasterKeyId", AttributeValue: kmsMasterKeyId };
    await sns.send(new SetTopicAttributesCommand({ TopicArn, ...key }));
    return { id: TopicArn, outputs: { arn: TopicArn, name } };
  },
  remove: ({ id }, { sns }) => sns.send(new DeleteTopicCommand({ TopicArn: id })),
  find: ({ id }, { sns }) => sns.send(new GetTopicAttributesCommand({ TopicArn: id })),
});

export const TopicPolicy = kindOf<aws.sns.TopicPolicyArgs>({
  takes: { arn: "fixed", policy: "changes" },
  async put({ arn, policy }, { sns, account }) {
    const what = { TopicArn: arn, AttributeName: "Policy", AttributeValue: json(policy) };
    await sns.send(new SetTopicAttributesCommand(what));
    return { id: arn, outputs: { owner: account } };
  },
  // the provider puts back the one that a topic begins with
  remove: ({ id }, { sns, account }) => {
    const statement = { Sid: "__default_statement_ID", Effect: "Allow", Principal: { AWS: "*" }, Resource: id };
    const own = { Action: ["SNS:Publish"], Condition: { StringEquals: { "AWS:SourceOwner": account } } };
    const policy = JSON.stringify({ Version: "2008-10-17", Statement: [{ ...statement, ...own }] });
    const what = { TopicArn: id, AttributeName: "Policy", AttributeValue: policy };
    return sns.send(new SetTopicAttributesCommand(what));
  },
  find: async ({ id }, { sns }) => (await sns.send(new GetTopicAttributesCommand({ TopicArn: id }))).Attributes?.Policy,
});

export const TopicSubscription = kindOf<aws.sns.TopicSubscriptionArgs>({
  takes: { topic: "fixed", protocol: "fixed", endpoint: "fixed" },
  async put({ topic, protocol, endpoint }, { sns }) {
    const TopicArn = String(topic);
    const asked = { TopicArn, Protocol: protocol, Endpoint: endpoint, ReturnSubscriptionArn: true };
    const arn = there((await sns.send(new SubscribeCommand(asked))).SubscriptionArn, "arn");
    // until the person has followed the link: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
    return { id: arn, outputs: { arn, pendingConfirmation: protocol === "email" } };
  },
  remove: ({ id }, { sns }) => sns.send(new UnsubscribeCommand({ SubscriptionArn: id })),
  find: ({ id }, { sns }) => sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: id })),
});

type QueueInputs = pulumi.Unwrap<aws.sqs.QueueArgs>;

function queueAttributes(inputs: QueueInputs): Record<string, string> {
  const given = {
    MessageRetentionPeriod: inputs.messageRetentionSeconds,
    VisibilityTimeout: inputs.visibilityTimeoutSeconds,
    SqsManagedSseEnabled: inputs.sqsManagedSseEnabled,
    KmsMasterKeyId: inputs.kmsMasterKeyId,
    RedrivePolicy: inputs.redrivePolicy,
  };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

export const Queue = kindOf<aws.sqs.QueueArgs>({
  takes: {
    ...{ name: "fixed", tags: "kept", messageRetentionSeconds: "changes", visibilityTimeoutSeconds: "changes" },
    ...{ sqsManagedSseEnabled: "changes", kmsMasterKeyId: "changes", redrivePolicy: "changes" },
  },
  async put(inputs, { sqs }, before) {
    const Attributes = queueAttributes(inputs);
    if (before) {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: before.id, Attributes }));
      return before;
    }
    const made = await sqs.send(new CreateQueueCommand({ QueueName: inputs.name, Attributes, tags: inputs.tags }));
    const QueueUrl = there(made.QueueUrl, "url");
    const asked = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const arn = there(asked.Attributes?.QueueArn, "arn");
    return { id: QueueUrl, outputs: { arn, url: QueueUrl, name: inputs.name } };
  },
  remove: ({ id }, { sqs }) => sqs.send(new DeleteQueueCommand({ QueueUrl: id })),
  find: ({ id }, { sqs }) => sqs.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ["QueueArn"] })),
});

export const QueuePolicy = kindOf<aws.sqs.QueuePolicyArgs>({
  takes: { queueUrl: "fixed", policy: "changes" },
  async put({ queueUrl, policy }, { sqs }) {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy: json(policy) } }));
    return { id: queueUrl, outputs: {} };
  },
  remove: ({ id }, { sqs }) => sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes: { Policy: "" } })),
  find: async ({ id }, { sqs }) =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ["Policy"] }))).Attributes?.Policy,
});
