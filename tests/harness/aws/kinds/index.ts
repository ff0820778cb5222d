import * as buckets from "./buckets.ts";
import * as events from "./events.ts";
import * as identities from "./identities.ts";
import type { AnyKind } from "./kind.ts";
import * as logs from "./logs.ts";
import * as mail from "./mail.ts";
import * as queues from "./queues.ts";
import * as secrets from "./secrets.ts";

const modules: Readonly<Record<string, Readonly<Record<string, AnyKind>>>> = {
  cloudwatch: {
    EventBus: events.EventBus,
    EventRule: events.EventRule,
    EventTarget: events.EventTarget,
    EventArchive: events.EventArchive,
    LogGroup: logs.LogGroup,
    LogResourcePolicy: logs.LogResourcePolicy,
    LogMetricFilter: logs.LogMetricFilter,
    MetricAlarm: logs.MetricAlarm,
  },
  iam: identities,
  kms: { Key: secrets.Key, Alias: secrets.Alias },
  route53: { Record: mail.Record },
  s3: buckets,
  secretsmanager: { Secret: secrets.Secret, SecretVersion: secrets.SecretVersion, SecretPolicy: secrets.SecretPolicy },
  sesv2: mail,
  sns: queues,
  sqs: queues,
  ssm: { Parameter: secrets.Parameter },
};

/** The kind of a type, such as `aws:s3/bucketPolicy:BucketPolicy`. @throws for one that the table does not have */
export function kindOfType(type: string): AnyKind {
  const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  const kind = modules[module]?.[name];
  if (!kind) throw new Error(`tests/harness/aws/kinds has no ${type}`);
  return kind;
}

/** @throws for an input that the table would leave out */
export function refuseUnknown(type: string, { takes }: AnyKind, inputs: Readonly<Record<string, unknown>>): void {
  const unknown = Object.entries(inputs).filter(([name, value]) => value !== undefined && !(name in takes));
  if (unknown.length === 0) return;
  throw new Error(`tests/harness/aws/kinds does not pass on ${unknown.map(([name]) => name).join(", ")} of ${type}`);
}
