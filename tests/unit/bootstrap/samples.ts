import type { TargetName } from "../../../components/aws/bootstrap/scope.ts";

/** Something that an action is about, with what AWS says of it and of the request. */
export interface Sample {
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

const account = "111122223333";
const user = (prefix: string) => `arn:aws:iam::${account}:user/${prefix}/${prefix}-mail`;
const key = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const tags = (kind: string, program: string, environment: string) => ({
  [`aws:${kind}/program`]: program,
  [`aws:${kind}/environment`]: environment,
});
const record = (name: string, type: string) => ({
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": name,
  "route53:ChangeResourceRecordSetsRecordTypes": type,
});
const zone = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ";
const otherZone = "arn:aws:route53:::hostedzone/Z9999999999ABCDEFGHIJ";

/** One of each target of an environment, by its prefix and name. */
function targets(prefix: string, environment: string): Record<Exclude<TargetName, "account">, Sample> {
  const here = (service: string, rest: string) => ({ resource: `arn:aws:${service}:eu-central-1:${account}:${rest}` });
  const source = "aws.partner/auth0.com/travel-1234/auth0.logs";
  const boundary = `arn:aws:iam::${account}:policy/${prefix}-mail-sender`;
  return {
    bus: here("events", `event-bus/${source}`),
    rule: here("events", `rule/${source}/${prefix}-auth0-audit`),
    logGroup: here("logs", `log-group:/aws/events/${prefix}-auth0`),
    alarm: here("cloudwatch", `alarm:${prefix}-auth0-refused`),
    queue: here("sqs", `${prefix}-auth0-undelivered`),
    topic: here("sns", `${prefix}-auth0-alarms`),
    newKey: { resource: "*", context: tags("RequestTag", "auth0-b2b", environment) },
    key: { resource: key, context: tags("ResourceTag", "auth0-b2b", environment) },
    markedKey: { resource: key, context: tags("RequestTag", "auth0-b2b", environment) },
    alias: here("kms", `alias/${prefix}-credentials`),
    secret: here("secretsmanager", `secret:${prefix}/apps/main-AbCdEf`),
    customerSecret: here("secretsmanager", `secret:customers/${prefix}-sso-AbCdEf`),
    parameter: here("ssm", `parameter/${prefix}/apps/main/client-id`),
    bucket: { resource: `arn:aws:s3:::${prefix}-directory-${account}` },
    object: { resource: `arn:aws:s3:::${prefix}-directory-${account}/directory.json` },
    identity: here("ses", `identity/${environment === "prod" ? "travel.example" : "other.example"}`),
    configurationSet: here("ses", `configuration-set/${prefix}-mail`),
    user: { resource: user(prefix) },
    boundedUser: { resource: user(prefix), context: { "iam:PermissionsBoundary": boundary } },
    zone: { resource: environment === "prod" ? zone : otherZone },
    mailRecords: { resource: zone, context: record("abc._domainkey.travel.example", "CNAME") },
    loginRecord: { resource: zone, context: record("login.travel.example", "CNAME") },
    change: { resource: "arn:aws:route53:::change/C0123456789" },
  };
}

/** Of the environment whose roles are tried. */
export const own = targets("auth0-b2b-prod", "prod");

/** The same of another environment of the account, and what looks like ours. Of a target with none, everything is of the account. */
export const others: Partial<Record<TargetName, readonly Sample[]>> = {
  ...Object.fromEntries(
    Object.entries(targets("auth0-b2b-dev", "dev"))
      .filter(([name]) => !["bus", "customerSecret", "mailRecords", "loginRecord", "change"].includes(name))
      .map(([name, sample]) => [name, [sample]]),
  ),
  bus: [{ resource: `arn:aws:events:eu-central-1:${account}:event-bus/default` }],
  rule: [{ resource: `arn:aws:events:eu-central-1:${account}:rule/auth0-b2b-prod-auth0-audit` }],
  newKey: [{ resource: "*" }, { resource: "*", context: tags("RequestTag", "auth0-b2b", "dev") }],
  key: [
    { resource: key },
    { resource: key, context: tags("ResourceTag", "auth0-b2b-bootstrap", "prod") },
    { resource: key, context: tags("ResourceTag", "auth0-b2b", "dev") },
  ],
  markedKey: [
    { resource: key, context: tags("RequestTag", "another", "prod") },
    {
      resource: key,
      context: { ...tags("RequestTag", "auth0-b2b", "prod"), ...tags("ResourceTag", "auth0-b2b-bootstrap", "prod") },
    },
    // Somebody's key without tags, which whoever marks it could then open to himself.
    {
      resource: key,
      context: { ...tags("RequestTag", "auth0-b2b", "prod"), "kms:ResourceAliases": "alias/payments" },
    },
  ],
  alias: [{ resource: `arn:aws:kms:eu-central-1:${account}:alias/auth0-b2b-prod-state` }],
  customerSecret: [{ resource: `arn:aws:secretsmanager:eu-central-1:${account}:secret:payments/key-AbCdEf` }],
  bucket: [{ resource: "arn:aws:s3:::invoices" }, { resource: `arn:aws:s3:::auth0-b2b-dev-directory-${account}` }],
  object: [{ resource: `arn:aws:s3:::auth0-b2b-prod-directory-${account}/other.json` }],
  boundedUser: [
    { resource: user("auth0-b2b-prod") },
    {
      resource: user("auth0-b2b-prod"),
      context: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    },
    { resource: `arn:aws:iam::${account}:user/somebody` },
  ],
  mailRecords: [
    { resource: zone, context: record("www.travel.example", "CNAME") },
    { resource: zone, context: record("bounce.travel.example", "NS") },
    { resource: otherZone, context: record("bounce.travel.example", "MX") },
  ],
  loginRecord: [
    { resource: zone, context: record("login.travel.example", "A") },
    { resource: zone, context: record("login2.travel.example", "CNAME") },
  ],
};
