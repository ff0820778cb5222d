import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type Dimension,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteResourcePolicyCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  type StandardUnit,
} from "@aws-sdk/client-cloudwatch-logs";
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Clients } from "../clients.ts";
import { metricFilter } from "../metric-filter.ts";
import { json, kindOf, tagList, there } from "./kind.ts";

const groupOf = async (name: string, { logs }: Clients) => {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups.find(({ logGroupName }) => logGroupName === name);
};

export const LogGroup = kindOf<aws.cloudwatch.LogGroupArgs>({
  takes: {
    ...{ name: "fixed", logGroupClass: "fixed", kmsKeyId: "kept", tags: "kept" },
    ...{ retentionInDays: "changes", deletionProtectionEnabled: "changes" },
  },
  async put({ name, logGroupClass, kmsKeyId, tags, retentionInDays }, clients, before) {
    const logGroupName = there(name, "name");
    const { logs } = clients;
    if (!before) {
      const kind = logGroupClass === "INFREQUENT_ACCESS" ? logGroupClass : "STANDARD";
      await logs.send(new CreateLogGroupCommand({ logGroupName, kmsKeyId, tags, logGroupClass: kind }));
    }
    if (retentionInDays !== undefined)
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
    const arn = there((await groupOf(logGroupName, clients))?.arn, "arn");
    // as the provider gives it
    return { id: logGroupName, outputs: { arn: arn.replace(/:\*$/, ""), name: logGroupName } };
  },
  async remove({ id, inputs }, { logs }) {
    // moto has no such protection: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html
    if (inputs.deletionProtectionEnabled) throw new Error(`${id} is protected from deletion`);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: id }));
  },
  find: ({ id }, clients) => groupOf(id, clients),
});

export const LogResourcePolicy = kindOf<aws.cloudwatch.LogResourcePolicyArgs>({
  takes: { policyName: "fixed", policyDocument: "changes" },
  async put({ policyName, policyDocument }, { logs }) {
    await logs.send(new PutResourcePolicyCommand({ policyName, policyDocument: json(policyDocument) }));
    return { id: there(policyName, "name"), outputs: {} };
  },
  remove: ({ id }, { logs }) => logs.send(new DeleteResourcePolicyCommand({ policyName: id })),
  async find({ id }, { logs }) {
    const { resourcePolicies = [] } = await logs.send(new DescribeResourcePoliciesCommand({}));
    return resourcePolicies.find(({ policyName }) => policyName === id);
  },
});

export const LogMetricFilter = kindOf<aws.cloudwatch.LogMetricFilterArgs>({
  takes: { name: "fixed", logGroupName: "fixed", pattern: "changes", metricTransformation: "changes" },
  async put({ name, logGroupName, pattern, metricTransformation: what }, { logs }) {
    const filterName = there(name, "name");
    metricFilter(pattern); // moto takes any text
    await logs.send(
      new PutMetricFilterCommand({
        filterName,
        logGroupName,
        filterPattern: pattern,
        metricTransformations: [
          {
            metricName: what.name,
            metricNamespace: what.namespace,
            metricValue: what.value,
            defaultValue: what.defaultValue === undefined ? undefined : Number(what.defaultValue),
            unit: what.unit as StandardUnit | undefined,
            dimensions: what.dimensions,
          },
        ],
      }),
    );
    return { id: filterName, outputs: {} };
  },
  remove: ({ id, inputs: { logGroupName } }, { logs }) =>
    logs.send(new DeleteMetricFilterCommand({ filterName: id, logGroupName })),
  async find({ id, inputs: { logGroupName } }, { logs }) {
    const asked = { logGroupName, filterNamePrefix: id };
    const { metricFilters = [] } = await logs.send(new DescribeMetricFiltersCommand(asked));
    return metricFilters.find(({ filterName }) => filterName === id);
  },
});

type Alarm = pulumi.Unwrap<aws.cloudwatch.MetricAlarmArgs>;

const dimensionsOf = (all: Readonly<Record<string, string>> | undefined): Dimension[] | undefined =>
  all && Object.entries(all).map(([Name, Value]) => ({ Name, Value }));

const alarmOf = async (name: string, { alarms }: Clients) =>
  (await alarms.send(new DescribeAlarmsCommand({ AlarmNames: [name] }))).MetricAlarms?.[0];

export const MetricAlarm = kindOf<aws.cloudwatch.MetricAlarmArgs>({
  takes: {
    ...{ name: "fixed", tags: "kept", alarmDescription: "changes", actionsEnabled: "changes" },
    ...{ alarmActions: "changes", okActions: "changes", insufficientDataActions: "changes" },
    ...{ namespace: "changes", metricName: "changes", dimensions: "changes", statistic: "changes", unit: "changes" },
    ...{ period: "changes", evaluationPeriods: "changes", datapointsToAlarm: "changes", threshold: "changes" },
    ...{ comparisonOperator: "changes", treatMissingData: "changes", metricQueries: "changes" },
  },
  async put(inputs, clients, before) {
    const AlarmName = there(inputs.name, "name");
    await clients.alarms.send(
      new PutMetricAlarmCommand({ AlarmName, ...watched(inputs), ...(!before && { Tags: tagList(inputs.tags) }) }),
    );
    return { id: AlarmName, outputs: { arn: there((await alarmOf(AlarmName, clients))?.AlarmArn, "arn") } };
  },
  remove: ({ id }, { alarms }) => alarms.send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
  find: ({ id }, clients) => alarmOf(id, clients),
});

function watched(inputs: Alarm): Omit<PutMetricAlarmCommandInput, "AlarmName"> {
  return {
    AlarmDescription: inputs.alarmDescription,
    ActionsEnabled: inputs.actionsEnabled,
    AlarmActions: inputs.alarmActions?.map(String),
    OKActions: inputs.okActions?.map(String),
    InsufficientDataActions: inputs.insufficientDataActions?.map(String),
    Namespace: inputs.namespace,
    MetricName: inputs.metricName,
    Dimensions: dimensionsOf(inputs.dimensions),
    Statistic: inputs.statistic as PutMetricAlarmCommandInput["Statistic"],
    Unit: inputs.unit as PutMetricAlarmCommandInput["Unit"],
    Period: inputs.period,
    EvaluationPeriods: inputs.evaluationPeriods,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    Threshold: inputs.threshold,
    ComparisonOperator: inputs.comparisonOperator as PutMetricAlarmCommandInput["ComparisonOperator"],
    TreatMissingData: inputs.treatMissingData,
    Metrics: inputs.metricQueries?.map(({ id, expression, label, returnData, metric }) => ({
      Id: id,
      Expression: expression,
      Label: label,
      ReturnData: returnData,
      MetricStat: metric && {
        Metric: {
          Namespace: metric.namespace,
          MetricName: metric.metricName,
          Dimensions: dimensionsOf(metric.dimensions),
        },
        Period: metric.period,
        Stat: metric.stat,
      },
    })),
  };
}
