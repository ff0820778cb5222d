import { expect, test } from "vitest";
import { allowed } from "../../../harness/aws/iam.ts";
import {
  account,
  declared,
  keyArn,
  logGroupArn,
  policyOf,
  queueArn,
  region,
  ruleArn,
  topicArn,
} from "./audit-trail.ts";

// Who may do what with the trail's things, by the policies that they carry.

const all = await declared();
const [log] = policyOf(all, "LogResourcePolicy", "policyDocument");
const [queue] = policyOf(all, "QueuePolicy");
const [topic] = policyOf(all, "TopicPolicy");
const [key] = policyOf(all, "Key");

const events = "events.amazonaws.com";
const otherRule = `arn:aws:events:${region}:${account}:rule/other`;
const stranger = "arn:aws:iam::999999999999:role/stranger";
const someone = `arn:aws:iam::${account}:role/app`;
const alarm = `arn:aws:cloudwatch:${region}:${account}:alarm:auth0-b2b-prod-auth0-quiet`;
const otherAlarm = `arn:aws:cloudwatch:${region}:${account}:alarm:auth0-b2b-dev-auth0-quiet`;

const no = { decision: "implicit deny", by: [] };
const by = (sid: string) => ({ decision: "allowed", by: [`resource: ${sid}`] });

test("the log is written by EventBridge for the rule, and by nobody for another", async () => {
  const put = (principal: string, context: Record<string, string>, group = logGroupArn) =>
    allowed(
      { resource: log },
      { principal, action: "logs:PutLogEvents", resource: `${group}:log-stream:one`, context },
    );
  expect(await put(events, { "aws:SourceArn": ruleArn })).toEqual(by("EventsOfTheRule"));
  expect(await put("delivery.logs.amazonaws.com", { "aws:SourceArn": ruleArn })).toEqual(by("EventsOfTheRule"));
  expect(await put(events, { "aws:SourceArn": otherRule })).toEqual(no);
  expect(await put(events, {})).toEqual(no);
  expect(await put("lambda.amazonaws.com", { "aws:SourceArn": ruleArn })).toEqual(no);
  expect(await put(stranger, { "aws:SourceArn": ruleArn })).toEqual(no);
  const other = logGroupArn.replace("-prod-", "-dev-");
  expect(await put(events, { "aws:SourceArn": ruleArn }, other)).toEqual(no);
});

test("the log is read and deleted by nobody through its own policy", async () => {
  for (const action of ["logs:GetLogEvents", "logs:DeleteLogStream"]) {
    const asked = { principal: events, action, resource: `${logGroupArn}:log-stream:one` };
    expect(await allowed({ resource: log }, { ...asked, context: { "aws:SourceArn": ruleArn } })).toEqual(no);
  }
});

test("the queue takes what the rule could not deliver, over TLS alone", async () => {
  const send = (context: Record<string, string>, principal = events) =>
    allowed({ resource: queue }, { principal, action: "sqs:SendMessage", resource: queueArn, context });
  expect(await send({ "aws:SourceArn": ruleArn })).toEqual(by("UndeliveredEventsOfTheRule"));
  expect(await send({ "aws:SourceArn": otherRule })).toEqual(no);
  expect(await send({ "aws:SourceArn": ruleArn }, stranger)).toEqual(no);
  expect(await send({ "aws:SourceArn": ruleArn, "aws:SecureTransport": "false" })).toEqual({
    decision: "explicit deny",
    by: ["resource: NothingWithoutTls"],
  });
});

test("who brings queued events back needs a policy of their own, and TLS", async () => {
  const actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage"];
  const identity = {
    own: {
      Version: "2012-10-17",
      Statement: [{ Sid: "Bring", Effect: "Allow", Action: actions, Resource: queueArn }],
    },
  };
  for (const action of actions) {
    const asked = { principal: someone, action, resource: queueArn };
    expect(await allowed({ resource: queue }, asked)).toEqual(no);
    expect(await allowed({ identity, resource: queue }, asked)).toEqual({ decision: "allowed", by: ["own: Bring"] });
    const plain = { ...asked, context: { "aws:SecureTransport": "false" } };
    expect(await allowed({ identity, resource: queue }, plain)).toEqual({
      decision: "explicit deny",
      by: ["resource: NothingWithoutTls"],
    });
  }
});

test("the topic is told by the alarms of the trail, not by others, another account's or anybody", async () => {
  const publish = (context: Record<string, string>, principal = "cloudwatch.amazonaws.com") =>
    allowed({ resource: topic }, { principal, action: "sns:Publish", resource: topicArn, context });
  const right = { "aws:SourceAccount": account, "aws:SourceArn": alarm };
  expect(await publish(right)).toEqual(by("AlarmsOfTheTrail"));
  expect(await publish({ ...right, "aws:SourceArn": otherAlarm })).toEqual(no);
  expect(await publish({ ...right, "aws:SourceAccount": "999999999999" })).toEqual(no);
  expect(await publish(right, "events.amazonaws.com")).toEqual(no);
  expect(await publish(right, stranger)).toEqual(no);
  expect(await publish({ ...right, "aws:SecureTransport": "false" })).toEqual({
    decision: "explicit deny",
    by: ["resource: NothingWithoutTls"],
  });
});

test("the key encrypts this log and these alarms, and an administrator decrypts nothing with it", async () => {
  const use = (principal: string, action: string, context: Record<string, string>) =>
    allowed({ resource: key }, { principal, action, resource: keyArn, context });
  const logs = `logs.${region}.amazonaws.com`;
  const ofLog = "kms:EncryptionContext:aws:logs:arn";
  for (const action of ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]) {
    expect(await use(logs, action, { [ofLog]: logGroupArn })).toEqual(by("KeptEvents"));
    expect(await use(logs, action, { [ofLog]: logGroupArn.replace("-prod-", "-dev-") })).toEqual(no);
  }
  const right = { "aws:SourceAccount": account, "aws:SourceArn": alarm };
  expect(await use("cloudwatch.amazonaws.com", "kms:Decrypt", right)).toEqual(by("SentAlarms"));
  expect(await use("cloudwatch.amazonaws.com", "kms:GenerateDataKey", right)).toEqual(by("SentAlarms"));
  expect(await use("cloudwatch.amazonaws.com", "kms:Decrypt", { ...right, "aws:SourceArn": otherAlarm })).toEqual(no);
  expect(await use(stranger, "kms:Decrypt", {})).toEqual(no);
  const all = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };
  const administrator = { principal: `arn:aws:iam::${account}:role/admin`, resource: keyArn };
  const ask = (action: string) => allowed({ identity: { all }, resource: key }, { ...administrator, action });
  expect(await ask("kms:Decrypt")).toEqual(no);
  expect((await ask("kms:PutKeyPolicy")).decision).toBe("allowed");
});
