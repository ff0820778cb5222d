import { auditNames } from "../audit/names.ts";
import { mailNames, mailRecords } from "../mail/names.ts";
import type { Place } from "../place.ts";
import type { Statement } from "../policy.ts";
import { directoryBucketName, directoryKey } from "../settings/names.ts";
import { bootstrapNames } from "./names.ts";

type Conditions = NonNullable<Statement["conditions"]>;

/** What of AWS an environment's program declares, as far as it is not known by the place. */
export interface Scope {
  readonly place: Place;
  /** The domain that mail comes from, and its hosted zone. @default no mail by SES */
  readonly mail?: { readonly domain: string; readonly zone: string };
  /** The host on which people sign in, and its hosted zone. @default the tenant's own */
  readonly loginDomain?: { readonly domain: string; readonly zone: string };
  /** ARNs of the secrets that companies' entries name. `*` stands for any characters. */
  readonly customerSecrets: readonly string[];
}

/** What an action is about, and under which conditions only. */
export interface Target {
  /** None where the environment has no such part. */
  readonly arns: readonly string[];
  readonly conditions?: Conditions;
}

/** The targets of permissions, by name; each as narrow as AWS lets an action of its kind be. */
export function targetsOf({ place, mail, loginDomain, customerSecrets }: Scope) {
  const { account, region, prefix, tags } = place;
  const here = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const audit = auditNames(place);
  const bucket = `arn:aws:s3:::${directoryBucketName(prefix, account)}`;
  const zones = [...new Set([mail, loginDomain].flatMap((part) => (part ? [part.zone] : [])))];
  const zoneArn = (zone: string) => `arn:aws:route53:::hostedzone/${zone}`;
  const ofMail = (...arns: string[]) => (mail ? arns : []);
  const marks = (kind: "RequestTag" | "ResourceTag") =>
    Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${kind}/${key}`, value]));
  const sender = mailNames(place);
  const user = `arn:aws:iam::${account}:user${sender.userPath}${sender.user}`;
  const records = mailRecords(mail?.domain ?? "");
  return {
    // A partner's bus is called as its source, which Auth0 names.
    bus: { arns: [here("events", "event-bus/aws.partner/auth0.com/*")] },
    rule: { arns: [here("events", `rule/aws.partner/auth0.com/*/${audit.rule}`)] },
    logGroup: { arns: [audit.logGroupArn, `${audit.logGroupArn}:*`] },
    alarm: { arns: [audit.alarmArns] },
    queue: { arns: [here("sqs", audit.queue)] },
    topic: { arns: [here("sns", audit.topic), here("sns", `${audit.topic}:*`)] },
    // A key has no name to be known by: it is known by the tags that it is made with.
    newKey: { arns: ["*"], conditions: { StringEquals: marks("RequestTag") } },
    key: { arns: [here("kms", "key/*")], conditions: { StringEquals: marks("ResourceTag") } },
    // A key that is just made: it has no alias yet, as what others use has, and no tags of another program.
    // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
    markedKey: {
      arns: [here("kms", "key/*")],
      conditions: {
        StringEquals: marks("RequestTag"),
        StringEqualsIfExists: marks("ResourceTag"),
        Null: { "kms:ResourceAliases": "true" },
      },
    },
    alias: { arns: [here("kms", audit.key), here("kms", `alias/${prefix}-credentials`)] },
    secret: { arns: [here("secretsmanager", `secret:${prefix}/*`)] },
    customerSecret: { arns: customerSecrets },
    parameter: { arns: [here("ssm", `parameter/${prefix}/*`)] },
    bucket: { arns: [bucket] },
    object: { arns: [`${bucket}/${directoryKey}`] },
    identity: { arns: ofMail(here("ses", `identity/${mail?.domain}`)) },
    configurationSet: { arns: ofMail(here("ses", `configuration-set/${sender.configurationSet}`)) },
    user: { arns: ofMail(user) },
    // Whatever policy it is given, it can do no more than send mail.
    boundedUser: {
      arns: ofMail(user),
      conditions: { StringEquals: { "iam:PermissionsBoundary": bootstrapNames(place).boundaryArn } },
    },
    zone: { arns: zones.map(zoneArn) },
    mailRecords: {
      arns: mail ? [zoneArn(mail.zone)] : [],
      conditions: recordsOnly([records.dkim("*"), records.returnPath, records.dmarc], ["CNAME", "MX", "TXT"]),
    },
    loginRecord: {
      arns: loginDomain ? [zoneArn(loginDomain.zone)] : [],
      conditions: recordsOnly([`${loginDomain?.domain}`], ["CNAME"]),
    },
    change: { arns: zones.length > 0 ? ["arn:aws:route53:::change/*"] : [] },
    // Actions that AWS limits to nothing: they list, but for the resource policies of CloudWatch Logs.
    account: { arns: ["*"] },
  } as const satisfies Record<string, Target>;
}

export type TargetName = keyof ReturnType<typeof targetsOf>;

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html */
function recordsOnly(names: readonly string[], types: readonly string[]): Conditions {
  return {
    "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": names },
    "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": types },
  };
}
