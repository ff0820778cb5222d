import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand, DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListEventBusesCommand } from "@aws-sdk/client-eventbridge";
import { ListUsersCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, ListAliasesCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { ListConfigurationSetsCommand, ListEmailIdentitiesCommand } from "@aws-sdk/client-sesv2";
import { ListSubscriptionsCommand, ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import type { Clients } from "./clients.ts";

type Names = Promise<readonly (string | undefined)[]>;

/** What an account has of each kind that stands by itself; what stands in another goes with it. */
const kinds: Readonly<Record<string, (clients: Clients) => Names>> = {
  alarm: async ({ alarms }) =>
    ((await alarms.send(new DescribeAlarmsCommand())).MetricAlarms ?? []).map(({ AlarmName }) => AlarmName),
  bucket: async ({ s3 }) => ((await s3.send(new ListBucketsCommand())).Buckets ?? []).map(({ Name }) => Name),
  bus: async ({ events }) =>
    ((await events.send(new ListEventBusesCommand())).EventBuses ?? []).map(({ Name }) => Name),
  "configuration set": async ({ ses }) => (await ses.send(new ListConfigurationSetsCommand())).ConfigurationSets ?? [],
  identity: async ({ ses }) =>
    ((await ses.send(new ListEmailIdentitiesCommand())).EmailIdentities ?? []).map(({ IdentityName }) => IdentityName),
  key: keys,
  "key alias": async ({ kms }) =>
    ((await kms.send(new ListAliasesCommand())).Aliases ?? [])
      .map(({ AliasName }) => AliasName)
      .filter((name) => !name?.startsWith("alias/aws/")), // AWS's own
  "log group": async ({ logs }) =>
    ((await logs.send(new DescribeLogGroupsCommand())).logGroups ?? []).map(({ logGroupName }) => logGroupName),
  "log policy": async ({ logs }) =>
    ((await logs.send(new DescribeResourcePoliciesCommand())).resourcePolicies ?? []).map(
      ({ policyName }) => policyName,
    ),
  parameter: async ({ ssm }) =>
    ((await ssm.send(new DescribeParametersCommand())).Parameters ?? []).map(({ Name }) => Name),
  queue: async ({ sqs }) => (await sqs.send(new ListQueuesCommand())).QueueUrls ?? [],
  record: records,
  secret: async ({ secrets }) =>
    (
      (await secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true, MaxResults: 100 }))).SecretList ?? []
    ).map(({ Name, DeletedDate }) => `${Name}${DeletedDate ? " (deleted)" : ""}`),
  subscription: async ({ sns }) =>
    ((await sns.send(new ListSubscriptionsCommand())).Subscriptions ?? []).map(({ Endpoint }) => Endpoint),
  topic: async ({ sns }) => ((await sns.send(new ListTopicsCommand())).Topics ?? []).map(({ TopicArn }) => TopicArn),
  user: async ({ iam }) => ((await iam.send(new ListUsersCommand())).Users ?? []).map(({ UserName }) => UserName),
};

/** Everything that an account has, as `kind name` in order; of a key what it was for, and whether it is about to go. */
export async function contentsOf(clients: Clients): Promise<string[]> {
  const all = Object.entries(kinds).map(async ([kind, ask]) => (await ask(clients)).map((name) => `${kind} ${name}`));
  return (await Promise.all(all)).flat().toSorted();
}

async function keys({ kms }: Clients): Names {
  const { Keys = [] } = await kms.send(new ListKeysCommand());
  const known = await Promise.all(Keys.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))));
  return known.map(({ KeyMetadata: { Description, KeyState } = {} as never }) => `${Description} (${KeyState})`);
}

async function records({ route53 }: Clients): Names {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand());
  const sets = HostedZones.map(({ Id }) => route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id })));
  const found = (await Promise.all(sets)).flatMap(({ ResourceRecordSets = [] }) => ResourceRecordSets);
  return found.map(({ Name, Type }) => `${Type} ${Name}`);
}
