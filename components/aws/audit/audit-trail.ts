import * as auth0 from "@pulumi/auth0";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Guard } from "../../guard.ts";
import { ownKey } from "../own-key.ts";
import type { Place } from "../place.ts";
import { policyDocument } from "../policy.ts";
import { alarms } from "./alarms.ts";
import type { BreakGlass } from "./break-glass.ts";
import { type AuditNames, auditNames } from "./names.ts";
import { overLimits } from "./over-limits.ts";
import { keyStatements, logStatements, queueStatements, topicStatements } from "./policies.ts";
import { signals } from "./signals.ts";

export interface AuditTrailArgs {
  readonly place: Place;
  /** Days that events are kept; one of `limits.retentionDays`. */
  readonly retentionDays: number;
  /** E-mail addresses. Each gets a mail from AWS first, and nothing before it has followed the link in it. */
  readonly alarmsTo: readonly string[];
  /** Hours without any event that ring: 1–168. */
  readonly quietHours: number;
  /** Refusals of one kind in an hour that ring. */
  readonly refusalsPerHour: number;
  readonly breakGlass: readonly BreakGlass[];
  /** The codes that begin what an Action says when it refuses. */
  readonly codes: readonly string[];
  /** `protect` also makes AWS refuse to delete what is kept. */
  readonly guard: Guard;
  /** From `untilSourceIsThere`. @default the bus is asked for once */
  readonly busHooks?: pulumi.ResourceHookBinding | undefined;
}

interface Delivery {
  readonly bus: aws.cloudwatch.EventBus;
  readonly rule: aws.cloudwatch.EventRule;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly queue: aws.sqs.Queue;
}

/** Seconds for which EventBridge tries again to deliver, and SQS keeps what it could not: each the most there is. */
const retriedFor = 86_400;
const queuedFor = 1_209_600;

/**
 * What Auth0 logs, kept in CloudWatch Logs, with alarms by mail: log stream → partner event source → event bus → rule → log
 * group; what cannot be delivered → queue. In this order, as each has its name from the one before.
 */
export class AuditTrail extends pulumi.ComponentResource {
  readonly busArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly topicArn: pulumi.Output<string>;
  readonly queueUrl: pulumi.Output<string>;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    const { busHooks, ...inputs } = args;
    super("auth0-b2b:aws:AuditTrail", name, inputs, opts);
    const { place, codes, breakGlass, refusalsPerHour, quietHours } = args;
    const [fault] = overLimits(args);
    if (fault !== undefined) throw new pulumi.ResourceError(fault, this);
    const names = auditNames(place);
    const key = this.createKey(name, names, args);
    const logGroup = this.createLogGroup(name, names, key.arn, args);
    const topic = this.createTopic(name, names, key.arn, args);
    const bus = this.createBus(name, names, place, busHooks);
    const rule = this.createRule(name, names, bus, place);
    const queue = this.createQueue(name, names, args);
    this.deliver(name, names, { bus, rule, logGroup, queue });
    alarms(
      name,
      {
        ...{ place, names, refusalsPerHour, quietHours, signals: signals(codes, breakGlass), topic: topic.arn },
        ...{ bus: bus.name, rule: rule.name, logGroup: logGroup.name, queue: queue.name },
      },
      this,
    );
    this.busArn = bus.arn;
    this.logGroupName = logGroup.name;
    this.topicArn = topic.arn;
    this.queueUrl = queue.url;
    this.registerOutputs({
      busArn: this.busArn,
      logGroupName: this.logGroupName,
      topicArn: this.topicArn,
      queueUrl: this.queueUrl,
    });
  }

  private createKey(name: string, names: AuditNames, { place, guard }: AuditTrailArgs): aws.kms.Key {
    const description = `Audit trail of ${place.prefix}: kept events and sent alarms`;
    const args = { place, description, alias: names.key, users: keyStatements(place, names) };
    return ownKey(name, args, { parent: this, protect: guard.protect });
  }

  private createLogGroup(
    name: string,
    names: AuditNames,
    kmsKeyId: pulumi.Input<string>,
    { place, retentionDays, guard }: AuditTrailArgs,
  ): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      name,
      {
        name: names.logGroup,
        logGroupClass: "STANDARD", // the other class has no metric filters
        kmsKeyId,
        retentionInDays: retentionDays,
        deletionProtectionEnabled: guard.protect,
        tags: place.tags,
      },
      { parent: this, protect: guard.protect },
    );
  }

  private createTopic(
    name: string,
    names: AuditNames,
    kmsMasterKeyId: pulumi.Input<string>,
    { place, alarmsTo }: AuditTrailArgs,
  ): aws.sns.Topic {
    const topic = new aws.sns.Topic(name, { name: names.topic, kmsMasterKeyId, tags: place.tags }, { parent: this });
    const policy = policyDocument(topicStatements(topic.arn, place, names));
    new aws.sns.TopicPolicy(name, { arn: topic.arn, policy }, { parent: this });
    for (const endpoint of alarmsTo) {
      new aws.sns.TopicSubscription(
        `${name}-${endpoint}`,
        { topic: topic.arn, protocol: "email", endpoint },
        { parent: this },
      );
    }
    return topic;
  }

  /** AWS takes a partner's bus under the name of its source alone: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
  private createBus(
    name: string,
    names: AuditNames,
    { account, region, tags }: Place,
    hooks: pulumi.ResourceHookBinding | undefined,
  ): aws.cloudwatch.EventBus {
    const stream = new auth0.LogStream(
      name,
      {
        name: names.logStream,
        type: "eventbridge",
        status: "active",
        sink: { awsAccountId: account, awsRegion: region },
      },
      { parent: this },
    );
    // A sink is secret as a whole, because others have tokens in it; the name of a source is none.
    const source = pulumi.unsecret(stream.sink.awsPartnerEventSource);
    return new aws.cloudwatch.EventBus(
      name,
      // Events are here while they are delivered only, under a key of EventBridge's own: one of ours that fails would lose them.
      { name: source, eventSourceName: source, tags },
      { parent: this, ...(hooks && { hooks }) },
    );
  }

  private createRule(
    name: string,
    names: AuditNames,
    bus: aws.cloudwatch.EventBus,
    { tags }: Place,
  ): aws.cloudwatch.EventRule {
    return new aws.cloudwatch.EventRule(
      name,
      {
        name: names.rule,
        description: "Everything that Auth0 logs",
        eventBusName: bus.name,
        eventPattern: pulumi.jsonStringify({ source: [bus.name] }),
        state: "ENABLED",
        tags,
      },
      { parent: this },
    );
  }

  private createQueue(name: string, names: AuditNames, { place, guard }: AuditTrailArgs): aws.sqs.Queue {
    return new aws.sqs.Queue(
      name,
      {
        name: names.queue,
        messageRetentionSeconds: queuedFor,
        // A key of ours could not be limited to the rule, and is one more thing that can refuse the last place an event can go:
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
        sqsManagedSseEnabled: true,
        tags: place.tags,
      },
      { parent: this, protect: guard.protect },
    );
  }

  private deliver(name: string, names: AuditNames, { bus, rule, logGroup, queue }: Delivery): void {
    const keep = new aws.cloudwatch.LogResourcePolicy(
      name,
      { policyName: names.rule, policyDocument: policyDocument(logStatements(names, rule.arn)) },
      { parent: this },
    );
    const put = new aws.sqs.QueuePolicy(
      name,
      { queueUrl: queue.url, policy: policyDocument(queueStatements(queue.arn, rule.arn)) },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      name,
      {
        targetId: "log",
        eventBusName: bus.name,
        rule: rule.name,
        arn: logGroup.arn,
        retryPolicy: { maximumEventAgeInSeconds: retriedFor, maximumRetryAttempts: 185 },
        deadLetterConfig: { arn: queue.arn },
      },
      { parent: this, dependsOn: [keep, put] },
    );
  }
}
