import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import type { AuditNames } from "./names.ts";
import type { Filter, Signal } from "./signals.ts";

export interface AlarmsArgs {
  readonly place: Place;
  readonly names: AuditNames;
  readonly bus: pulumi.Input<string>;
  readonly rule: pulumi.Input<string>;
  readonly logGroup: pulumi.Input<string>;
  readonly queue: pulumi.Input<string>;
  readonly topic: pulumi.Input<string>;
  readonly signals: readonly Signal[];
  readonly refusalsPerHour: number;
  readonly quietHours: number;
}

/** What rings, and when. */
type Rule = Omit<aws.cloudwatch.MetricAlarmArgs, "name" | "alarmActions" | "alarmDescription" | "tags">;

const hour = 3_600;
const minutes = 60;

/** Counts what is in the log, and tells people; children of the trail. */
export function alarms(name: string, args: AlarmsArgs, parent: pulumi.Resource): void {
  const { names, signals, refusalsPerHour } = args;
  for (const signal of signals) {
    const explained = `${signal.name}-explained`;
    for (const filter of signal.filters) count(name, filter, signal.name, args, parent);
    for (const filter of signal.explained) count(name, filter, explained, args, parent);
    const threshold = signal.from === "refusals" ? refusalsPerHour : signal.from;
    const watched =
      signal.explained.length === 0
        ? { namespace: names.metrics, metricName: signal.name, statistic: "Sum", period: signal.period }
        : difference(names.metrics, signal, explained);
    ring(name, signal.name, signal.meaning, { ...watched, ...atLeast(threshold) }, args, parent);
  }
  for (const [what, { meaning, rule }] of Object.entries(ofTheTrail(args)))
    ring(name, what, meaning, rule, args, parent);
}

/** That the trail itself works: no signal of Auth0 would tell. */
function ofTheTrail({
  bus,
  rule,
  logGroup,
  queue,
  quietHours,
}: AlarmsArgs): Record<string, { meaning: string; rule: Rule }> {
  return {
    quiet: {
      meaning: `Nothing came from Auth0 for ${quietHours} hours.`,
      rule: {
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
        namespace: "AWS/Logs",
        metricName: "IncomingLogEvents",
        dimensions: { LogGroupName: logGroup },
        statistic: "Sum",
        period: hour,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        evaluationPeriods: quietHours,
        datapointsToAlarm: quietHours,
        treatMissingData: "breaching", // no event is no data
      },
    },
    undelivered: {
      meaning: "Events could not be kept and wait in the queue.",
      rule: {
        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queue },
        statistic: "Maximum",
        period: 5 * minutes,
        ...atLeast(1),
      },
    },
    lost: {
      meaning: "Events could neither be kept nor put into the queue: they are lost.",
      rule: {
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
        namespace: "AWS/Events",
        metricName: "InvocationsFailedToBeSentToDlq",
        dimensions: { EventBusName: bus, RuleName: rule },
        statistic: "Sum",
        period: 5 * minutes,
        ...atLeast(1),
      },
    },
  };
}

/** In one period; a period without an event is a good one. */
const atLeast = (threshold: number) => ({
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  threshold,
  evaluationPeriods: 1,
  treatMissingData: "notBreaching",
});

/** All less what is explained: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
function difference(namespace: string, { name, period }: Signal, explained: string): Pick<Rule, "metricQueries"> {
  const sumOf = (id: string, metricName: string) => ({
    id,
    metric: { namespace, metricName, stat: "Sum", period },
    returnData: false,
  });
  return {
    metricQueries: [
      sumOf("all", name),
      sumOf("explained", explained),
      { id: "rest", expression: "FILL(all, 0) - FILL(explained, 0)", label: name, returnData: true },
    ],
  };
}

function count(name: string, filter: Filter, metric: string, { names, logGroup }: AlarmsArgs, parent: pulumi.Resource) {
  new aws.cloudwatch.LogMetricFilter(
    `${name}-${filter.name}`,
    {
      name: filter.name,
      logGroupName: logGroup,
      pattern: filter.pattern,
      // Zero in minutes with other events, so that the two sides of a difference have data for the same minutes.
      metricTransformation: { namespace: names.metrics, name: metric, value: "1", defaultValue: "0", unit: "Count" },
    },
    { parent },
  );
}

function ring(
  name: string,
  what: string,
  meaning: string,
  rule: Rule,
  { place, names, topic }: AlarmsArgs,
  parent: pulumi.Resource,
): void {
  new aws.cloudwatch.MetricAlarm(
    `${name}-${what}`,
    {
      name: names.alarm(what),
      alarmDescription: `${meaning} What to do: docs/audit-trail.md, "${what}".`,
      ...rule,
      alarmActions: [topic],
      okActions: [topic],
      tags: place.tags,
    },
    { parent },
  );
}
