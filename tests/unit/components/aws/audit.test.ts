import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Declared, declare } from "../../../../cli/declared/declare.ts";
import { AuditTrail } from "../../../../components/aws/audit/audit-trail.ts";
import {
  account,
  args,
  declared,
  inputsOf,
  keyArn,
  kind,
  logGroupArn,
  make,
  of,
  policyOf,
  queueArn,
  region,
  ruleArn,
  source,
  tags,
  topicArn,
} from "./audit-trail.ts";

const administration = expect.objectContaining({
  Sid: "Administration",
  Principal: { AWS: [`arn:aws:iam::${account}:root`] },
});

const all = await declared();

test("from Auth0's stream to the log, each has its name from the one before", () => {
  expect(inputsOf(all, "LogStream")).toEqual([
    {
      name: "auth0-b2b-prod-audit",
      type: "eventbridge",
      status: "active",
      sink: { awsAccountId: account, awsRegion: region },
    },
  ]);
  expect(inputsOf(all, "EventBus")).toEqual([{ name: source, eventSourceName: source, tags }]);
  expect(inputsOf(all, "EventRule")).toEqual([
    {
      name: "auth0-b2b-prod-auth0-audit",
      description: "Everything that Auth0 logs",
      eventBusName: source,
      eventPattern: JSON.stringify({ source: [source] }),
      state: "ENABLED",
      tags,
    },
  ]);
  expect(inputsOf(all, "EventTarget")).toEqual([
    {
      targetId: "log",
      eventBusName: source,
      rule: "auth0-b2b-prod-auth0-audit",
      arn: logGroupArn,
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: queueArn },
    },
  ]);
  const [target] = of(all, "EventTarget");
  expect([target?.opts.dependsOn].flat()).toEqual(
    [of(all, "LogResourcePolicy"), of(all, "QueuePolicy")].flat().map(({ resource }) => resource),
  );
});

test("what is kept is encrypted, kept for the days that are asked for, and written by the rule alone", () => {
  expect(inputsOf(all, "LogGroup")).toEqual([
    {
      name: "/aws/events/auth0-b2b-prod-auth0",
      logGroupClass: "STANDARD",
      kmsKeyId: keyArn,
      retentionInDays: 365,
      deletionProtectionEnabled: true,
      tags,
    },
  ]);
  const writers = { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] };
  expect(of(all, "LogResourcePolicy").map(({ inputs }) => inputs.policyName)).toEqual(["auth0-b2b-prod-auth0-audit"]);
  expect(policyOf(all, "LogResourcePolicy", "policyDocument")).toEqual([
    {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "NewLogStreams",
          Effect: "Allow",
          Principal: writers,
          Action: ["logs:CreateLogStream"],
          Resource: [`${logGroupArn}:*`],
        },
        {
          Sid: "EventsOfTheRule",
          Effect: "Allow",
          Principal: writers,
          Action: ["logs:PutLogEvents"],
          Resource: [`${logGroupArn}:*:*`],
          Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
        },
      ],
    },
  ]);
});

test("the key is used by the log of the trail and by its alarms, and by nobody else", () => {
  expect(inputsOf(all, "Key")).toEqual([
    {
      description: "Audit trail of auth0-b2b-prod: kept events and sent alarms",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: expect.any(String),
      tags,
    },
  ]);
  expect(policyOf(all, "Key")).toEqual([
    {
      Version: "2012-10-17",
      Statement: [
        administration,
        {
          Sid: "KeptEvents",
          Effect: "Allow",
          Principal: { Service: [`logs.${region}.amazonaws.com`] },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:DescribeKey",
          ],
          Resource: ["*"],
          Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
        },
        {
          Sid: "SentAlarms",
          Effect: "Allow",
          Principal: { Service: ["cloudwatch.amazonaws.com"] },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: ["*"],
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:auth0-b2b-prod-auth0-*` },
          },
        },
      ],
    },
  ]);
  expect(inputsOf(all, "Alias")).toEqual([{ name: "alias/auth0-b2b-prod-auth0-audit", targetKeyId: "1234" }]);
});

test("what cannot be kept waits in a queue for two weeks, and comes from the rule alone", () => {
  expect(inputsOf(all, "Queue")).toEqual([
    {
      name: "auth0-b2b-prod-auth0-undelivered",
      messageRetentionSeconds: 1_209_600,
      sqsManagedSseEnabled: true,
      tags,
    },
  ]);
  expect(policyOf(all, "QueuePolicy")).toEqual([
    {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "UndeliveredEventsOfTheRule",
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["sqs:SendMessage"],
          Resource: [queueArn],
          Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
        },
        expect.objectContaining({
          Sid: "NothingWithoutTls",
          Effect: "Deny",
          Principal: { AWS: ["*"] },
          Resource: [queueArn],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      ],
    },
  ]);
});

test("alarms go by mail, from the alarms of the trail alone", () => {
  expect(inputsOf(all, "Topic")).toEqual([{ name: "auth0-b2b-prod-auth0-alarms", kmsMasterKeyId: keyArn, tags }]);
  expect(policyOf(all, "TopicPolicy")).toEqual([
    {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsOfTheTrail",
          Effect: "Allow",
          Principal: { Service: ["cloudwatch.amazonaws.com"] },
          Action: ["sns:Publish"],
          Resource: [topicArn],
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:auth0-b2b-prod-auth0-*` },
          },
        },
        {
          Sid: "NothingWithoutTls",
          Effect: "Deny",
          Principal: { AWS: ["*"] },
          Action: ["sns:Publish", "sns:Subscribe"],
          Resource: [topicArn],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  ]);
  expect(of(all, "TopicSubscription").map(({ name, inputs }) => ({ name, ...inputs }))).toEqual([
    { name: "audit-security@travel.example", topic: topicArn, protocol: "email", endpoint: "security@travel.example" },
  ]);
});

test("where it is guarded the key, what is kept and what waits cannot be deleted, and AWS refuses it too", async () => {
  const guarded = (list: readonly Declared[]) =>
    list.filter(({ opts }) => opts.protect).map((one) => `${kind(one)} ${one.name}`);
  expect(guarded(all)).toEqual(["Key audit", "LogGroup audit", "Queue audit"]);
  const open = await declared({ guard: { protect: false, retain: false } });
  expect(guarded(open)).toEqual([]);
  expect(inputsOf(open, "LogGroup")).toMatchObject([{ deletionProtectionEnabled: false }]);
});

test("it has a stream, a bus, a rule, a target, a log, a queue, a topic and a key, and nothing else", () => {
  const kinds = Map.groupBy(all, kind);
  expect(Object.fromEntries([...kinds].map(([name, list]) => [name, list.length]))).toEqual({
    AuditTrail: 1,
    LogStream: 1,
    EventBus: 1,
    EventRule: 1,
    EventTarget: 1,
    LogGroup: 1,
    LogResourcePolicy: 1,
    Queue: 1,
    QueuePolicy: 1,
    Topic: 1,
    TopicPolicy: 1,
    TopicSubscription: 1,
    Key: 1,
    Alias: 1,
    LogMetricFilter: 15,
    MetricAlarm: 14,
  });
  expect(all.slice(1).filter(({ parent }) => parent !== "auth0-b2b:aws:AuditTrail::audit")).toEqual([]);
});

test("what the trail is for is among its outputs", async () => {
  const trails: AuditTrail[] = [];
  await declare(() => void trails.push(new AuditTrail("audit", args)), { make });
  const outputs = trails.map(({ busArn, logGroupName, topicArn, queueUrl }) =>
    pulumi.output({ busArn, logGroupName, topicArn, queueUrl }),
  );
  const values = outputs.map((output) => new Promise((resolve) => output.apply(resolve)));
  expect(await Promise.all(values)).toEqual([
    {
      busArn: `arn:aws:events:${region}:${account}:event-bus/${source}`,
      logGroupName: "/aws/events/auth0-b2b-prod-auth0",
      topicArn,
      queueUrl: `https://sqs.${region}.amazonaws.com/${account}/undelivered`,
    },
  ]);
});
