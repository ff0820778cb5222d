import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Declared, declare } from "../../../../cli/declared/declare.ts";
import { AuditTrail, type AuditTrailArgs } from "../../../../components/aws/audit/audit-trail.ts";

const account = "123456789012";
const region = "eu-central-1";
const source = "aws.partner/auth0.com/travel-7f0c/auth0.logs";
const ruleArn = `arn:aws:events:${region}:${account}:rule/${source}/auth0-b2b-prod-auth0-audit`;
const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:/aws/events/auth0-b2b-prod-auth0`;
const queueArn = `arn:aws:sqs:${region}:${account}:auth0-b2b-prod-auth0-undelivered`;
const topicArn = `arn:aws:sns:${region}:${account}:auth0-b2b-prod-auth0-alarms`;
const keyArn = `arn:aws:kms:${region}:${account}:key/1234`;
const tags = { environment: "prod", program: "auth0-b2b" };

const args: AuditTrailArgs = {
  place: { account, region, prefix: "auth0-b2b-prod", tags },
  retentionDays: 365,
  alarmsTo: ["security@travel.example"],
  quietHours: 24,
  refusalsPerHour: 20,
  breakGlass: [{ slug: "acme", address: "glass@acme.example" }],
  codes: ["wrong_type", "left", "suspended", "org_required"],
  guard: { protect: true, retain: true },
};

/** What Auth0 and AWS would answer. */
const answers: Readonly<Record<string, object>> = {
  "auth0:index/logStream:LogStream": {
    sink: { awsAccountId: account, awsRegion: region, awsPartnerEventSource: source },
  },
  "aws:cloudwatch/eventBus:EventBus": { arn: `arn:aws:events:${region}:${account}:event-bus/${source}` },
  "aws:cloudwatch/eventRule:EventRule": { arn: ruleArn },
  "aws:cloudwatch/logGroup:LogGroup": { arn: logGroupArn },
  "aws:sqs/queue:Queue": { arn: queueArn, url: `https://sqs.${region}.amazonaws.com/${account}/undelivered` },
  "aws:sns/topic:Topic": { arn: topicArn },
  "aws:kms/key:Key": { arn: keyArn, keyId: "1234" },
};
const make = async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => ({
  id: `${name}-id`,
  state: { ...inputs, ...answers[type] },
});

const declared = (changes: Partial<AuditTrailArgs> = {}) =>
  declare(() => new AuditTrail("audit", { ...args, ...changes }), { make });
const kind = ({ type }: Declared) => type.split(":").at(-1) ?? "";
const of = (all: readonly Declared[], type: string) => all.filter((one) => kind(one) === type);
const inputsOf = (all: readonly Declared[], type: string) => of(all, type).map(({ inputs }) => inputs);
const policyOf = (all: readonly Declared[], type: string, key = "policy") =>
  inputsOf(all, type).map(({ [key]: text }) => JSON.parse(String(text)));
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
