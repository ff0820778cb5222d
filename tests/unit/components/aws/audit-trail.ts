import * as pulumi from "@pulumi/pulumi";
import { type Declared, declare } from "../../../../cli/declared/declare.ts";
import { AuditTrail, type AuditTrailArgs } from "../../../../components/aws/audit/audit-trail.ts";
import { place } from "./made.ts";

export const { account, region } = place;
export const source = "aws.partner/auth0.com/travel-7f0c/auth0.logs";
export const ruleArn = `arn:aws:events:${region}:${account}:rule/${source}/auth0-b2b-prod-auth0-audit`;
export const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:/aws/events/auth0-b2b-prod-auth0`;
export const queueArn = `arn:aws:sqs:${region}:${account}:auth0-b2b-prod-auth0-undelivered`;
export const topicArn = `arn:aws:sns:${region}:${account}:auth0-b2b-prod-auth0-alarms`;
export const keyArn = `arn:aws:kms:${region}:${account}:key/1234`;
export const { tags } = place;

export const args: AuditTrailArgs = {
  place,
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
    sink: pulumi.secret({ awsAccountId: account, awsRegion: region, awsPartnerEventSource: source }),
  },
  "aws:cloudwatch/eventBus:EventBus": { arn: `arn:aws:events:${region}:${account}:event-bus/${source}` },
  "aws:cloudwatch/eventRule:EventRule": { arn: ruleArn },
  "aws:cloudwatch/logGroup:LogGroup": { arn: logGroupArn },
  "aws:sqs/queue:Queue": { arn: queueArn, url: `https://sqs.${region}.amazonaws.com/${account}/undelivered` },
  "aws:sns/topic:Topic": { arn: topicArn },
  "aws:kms/key:Key": { arn: keyArn, keyId: "1234" },
};
export const make = async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => ({
  id: `${name}-id`,
  state: { ...inputs, ...answers[type] },
});

export const declared = (changes: Partial<AuditTrailArgs> = {}) =>
  declare(() => new AuditTrail("audit", { ...args, ...changes }), { make });
export const kind = ({ type }: Declared) => type.split(":").at(-1) ?? "";
export const of = (all: readonly Declared[], type: string) => all.filter((one) => kind(one) === type);
export const inputsOf = (all: readonly Declared[], type: string) => of(all, type).map(({ inputs }) => inputs);
export const policyOf = (all: readonly Declared[], type: string, key = "policy") =>
  inputsOf(all, type).map(({ [key]: text }) => JSON.parse(String(text)));
