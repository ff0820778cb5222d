import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
  UpdateArchiveCommand,
} from "@aws-sdk/client-eventbridge";
import type * as aws from "@pulumi/aws";
import type { Clients } from "../clients.ts";
import { kindOf, tagList, there } from "./kind.ts";

export const EventBus = kindOf<aws.cloudwatch.EventBusArgs>({
  takes: { name: "fixed", eventSourceName: "fixed", description: "kept", tags: "kept" },
  async put({ name, eventSourceName, description, tags }, { events }) {
    const Name = there(name, "name");
    const asked = { Name, EventSourceName: eventSourceName, Description: description, Tags: tagList(tags) };
    const { EventBusArn } = await events.send(new CreateEventBusCommand(asked));
    return { id: Name, outputs: { arn: EventBusArn, name: Name } };
  },
  remove: ({ id }, { events }) => events.send(new DeleteEventBusCommand({ Name: id })),
  find: ({ id }, { events }) => events.send(new DescribeEventBusCommand({ Name: id })),
});

export const EventRule = kindOf<aws.cloudwatch.EventRuleArgs>({
  takes: {
    ...{ name: "fixed", eventBusName: "fixed", tags: "kept" },
    ...{ description: "changes", eventPattern: "changes", state: "changes" },
  },
  async put({ name, eventBusName, description, eventPattern, state, tags }, { events, ...who }, before) {
    const EventBusName = eventBusName ?? "default";
    if (eventPattern !== undefined) await refuseNone(eventPattern, { events, ...who });
    const { RuleArn } = await events.send(
      new PutRuleCommand({
        Name: name,
        EventBusName,
        Description: description,
        EventPattern: eventPattern,
        State: state === "DISABLED" ? "DISABLED" : "ENABLED",
        ...(!before && { Tags: tagList(tags) }),
      }),
    );
    return { id: `${EventBusName}/${name}`, outputs: { arn: RuleArn, name, eventBusName: EventBusName } };
  },
  remove: ({ outputs: { name, eventBusName } }, { events }) =>
    events.send(new DeleteRuleCommand({ Name: String(name), EventBusName: String(eventBusName) })),
  find: ({ outputs: { name, eventBusName } }, { events }) =>
    events.send(new DescribeRuleCommand({ Name: String(name), EventBusName: String(eventBusName) })),
});

/** moto takes nearly any pattern; what answers to TestEventPattern does not. */
async function refuseNone(
  pattern: string,
  { events, account, region }: Pick<Clients, "events" | "account" | "region">,
) {
  const envelope = {
    id: "1",
    account,
    source: "a",
    time: "2026-11-29T10:15:00Z",
    region,
    resources: [],
    "detail-type": "b",
  };
  const Event = JSON.stringify({ ...envelope, detail: {} });
  await events.send(new TestEventPatternCommand({ EventPattern: pattern, Event }));
}

export const EventTarget = kindOf<aws.cloudwatch.EventTargetArgs>({
  takes: {
    ...{ rule: "fixed", eventBusName: "fixed", targetId: "fixed" },
    ...{ arn: "changes", roleArn: "changes", retryPolicy: "changes", deadLetterConfig: "changes" },
  },
  async put({ rule, eventBusName, targetId, arn, roleArn, retryPolicy, deadLetterConfig }, { events }) {
    const EventBusName = eventBusName ?? "default";
    const Id = there(targetId, "targetId");
    const { FailedEntries = [] } = await events.send(
      new PutTargetsCommand({
        Rule: rule,
        EventBusName,
        Targets: [
          {
            Id,
            Arn: arn,
            RoleArn: roleArn,
            RetryPolicy: retryPolicy && {
              MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
              MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
            },
            DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
          },
        ],
      }),
    );
    if (FailedEntries.length > 0) throw new Error(JSON.stringify(FailedEntries));
    return { id: `${EventBusName}-${rule}-${Id}`, outputs: { eventBusName: EventBusName } };
  },
  remove: ({ inputs: { rule, targetId }, outputs: { eventBusName } }, { events }) =>
    events.send(
      new RemoveTargetsCommand({ Rule: rule, EventBusName: String(eventBusName), Ids: [there(targetId, "targetId")] }),
    ),
  async find({ inputs: { rule, targetId }, outputs: { eventBusName } }, { events }) {
    const asked = { Rule: rule, EventBusName: String(eventBusName) };
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand(asked));
    return Targets.find(({ Id }) => Id === targetId);
  },
});

export const EventArchive = kindOf<aws.cloudwatch.EventArchiveArgs>({
  takes: {
    ...{ name: "fixed", eventSourceArn: "fixed" },
    ...{ description: "changes", eventPattern: "changes", retentionDays: "changes" },
  },
  async put({ name, eventSourceArn, description, eventPattern, retentionDays }, { events }, before) {
    const ArchiveName = there(name, "name");
    const changes = { ArchiveName, Description: description, EventPattern: eventPattern, RetentionDays: retentionDays };
    const { ArchiveArn } = before
      ? await events.send(new UpdateArchiveCommand(changes))
      : await events.send(new CreateArchiveCommand({ ...changes, EventSourceArn: eventSourceArn }));
    return { id: ArchiveName, outputs: { arn: ArchiveArn } };
  },
  remove: ({ id }, { events }) => events.send(new DeleteArchiveCommand({ ArchiveName: id })),
  find: ({ id }, { events }) => events.send(new DescribeArchiveCommand({ ArchiveName: id })),
});
