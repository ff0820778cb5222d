import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, ListTargetsByRuleCommand, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { AuditTrail } from "../../components/aws/audit/audit-trail.ts";
import { account } from "../harness/aws/account.ts";
import { declareAtMoto } from "../harness/aws/declared-aws.ts";
import { matches } from "../harness/aws/event-pattern.ts";
import { auth0Event, refused, samples } from "../harness/aws/events.ts";
import { metricFilter } from "../harness/aws/metric-filter.ts";

// An event's way through what the audit trail declares, by AWS's own SDK.

const mine = account("100000000012");
const { id, region, settings } = mine;
const place = { account: id, region, prefix: "auth0-b2b-prod", tags: { environment: "prod" } };
const args = {
  ...{ place, retentionDays: 365, alarmsTo: ["security@travel.example"], quietHours: 24, refusalsPerHour: 20 },
  ...{ breakGlass: [], codes: ["wrong_type", "left"], guard: { protect: true, retain: true } },
};

const logGroupName = "/aws/events/auth0-b2b-prod-auth0";
const [events, logs, queues] = [
  new EventBridgeClient(settings),
  new CloudWatchLogsClient(settings),
  new SQSClient(settings),
];

const { taken } = await declareAtMoto(mine, () => new AuditTrail("audit", args));

/** What AWS has of the one resource of a type. */
function only(type: string): Readonly<Record<string, unknown>> {
  const [found, ...more] = taken.filter((one) => one.type.endsWith(`:${type}`));
  if (!found || more.length > 0) throw new Error(`${more.length + 1} of ${type}`);
  return { ...found.inputs, ...found.outputs };
}

const source = String(only("EventBus").name);

/** The filters as AWS has them, by the metric into which they count an event. */
async function metricsOf(event: string): Promise<string[]> {
  const { metricFilters = [] } = await logs.send(new DescribeMetricFiltersCommand({ logGroupName }));
  return metricFilters
    .filter(({ filterPattern = "" }) => metricFilter(filterPattern)(event))
    .flatMap(({ metricTransformations = [] }) => metricTransformations.map(({ metricName = "" }) => metricName))
    .toSorted();
}

async function kept(): Promise<string[]> {
  const { events: found = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return found.map(({ message = "" }) => message);
}

test("the rule takes whatever Auth0's stream brings, and nothing of another source", async () => {
  const pattern = String(only("EventRule").eventPattern);
  for (const sample of [samples.login, samples.apiLimit, refused("left")]) {
    expect(await matches(pattern, auth0Event(sample, {}, source))).toBe(true);
    expect(await matches(pattern, auth0Event(sample, {}, `${source}-of-another-tenant`))).toBe(false);
  }
});

test("what comes in is kept where it is encrypted and counted, and what cannot be kept has its queue", async () => {
  const { detail } = auth0Event(refused("wrong_type"), {}, source);
  const entry = { Source: source, DetailType: "Auth0 log", Detail: JSON.stringify(detail), EventBusName: source };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
  const [message = "", ...more] = await kept();
  expect(more).toEqual([]);
  expect(JSON.parse(message)).toMatchObject({ source, "detail-type": "Auth0 log", detail });
  expect(await metricsOf(message)).toEqual([
    "refused-login-without-code",
    "refused-login-without-code-explained",
    "refused-wrong_type",
  ]);
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
  expect(logGroups).toMatchObject([{ retentionInDays: 365, kmsKeyId: only("Key").arn }]);
  const asked = { EventBusName: source, Rule: String(only("EventRule").name) };
  const { Targets } = await events.send(new ListTargetsByRuleCommand(asked));
  expect(Targets).toMatchObject([
    {
      Arn: only("LogGroup").arn,
      DeadLetterConfig: { Arn: only("Queue").arn },
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
    },
  ]);
});

test("what waits in the queue is brought back as the page says, and counted", async () => {
  const QueueUrl = String(only("Queue").url);
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const waiting = JSON.stringify({ ...auth0Event(samples.failedMachineToken, {}, source), time });
  await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: waiting }));

  const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const logEvents = Messages.map(({ Body: message = "" }) => ({
    timestamp: Date.parse(JSON.parse(message).time),
    message,
  }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "brought-back" }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: "brought-back", logEvents }));
  for (const { ReceiptHandle } of Messages) await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

  expect(await kept()).toContain(waiting);
  expect(await metricsOf(waiting)).toEqual(["refused-machine"]);
  expect(await queues.send(new ReceiveMessageCommand({ QueueUrl }))).not.toHaveProperty("Messages");
});
