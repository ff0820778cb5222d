/** How what is kept of one machine is named. */
export const secret = "companies/acme/machine";
const bucketSettings = ["Versioning", "Policy", "PublicAccessBlock", "OwnershipControls"];

/** Each thing, and what has to be there before it. */
export const order: readonly (readonly [string, readonly string[]])[] = [
  ["aws:cloudwatch/eventBus:EventBus audit-trail", ["auth0.LogStream audit-trail"]],
  [
    "aws:cloudwatch/eventTarget:EventTarget audit-trail",
    ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy audit-trail", "aws:sqs/queuePolicy:QueuePolicy audit-trail"],
  ],
  [
    "aws:iam/accessKey:AccessKey mail-sender-1",
    ["dkim-1", "dkim-2", "dkim-3", "bounce-mx", "bounce-spf"].map((name) => `aws:route53/record:Record mail-${name}`),
  ],
  ["auth0.EmailProvider mail", ["aws:iam/accessKey:AccessKey mail-sender-1"]],
  ["aws:route53/record:Record login-domain", ["auth0.CustomDomain login-domain"]],
  ["auth0.CustomDomainVerification login-domain", ["aws:route53/record:Record login-domain"]],
  [
    `aws:secretsmanager/secretVersion:SecretVersion ${secret}`,
    [
      `aws:secretsmanager/secretPolicy:SecretPolicy ${secret}`,
      "auth0.ClientCredentials acme-machine",
      "auth0.CustomDomainVerification login-domain",
    ],
  ],
  [
    "aws:s3/bucketObjectv2:BucketObjectv2 app-settings",
    [
      ...bucketSettings.map((name) => `aws:s3/bucket${name}:Bucket${name} app-settings`),
      "auth0.Organization acme",
      "auth0.CustomDomainVerification login-domain",
    ],
  ],
  ["aws:ssm/parameter:Parameter app-settings/issuer", ["auth0.CustomDomainVerification login-domain"]],
  [
    "aws:ssm/parameter:Parameter app-settings/directory",
    [
      "aws:s3/bucketObjectv2:BucketObjectv2 app-settings",
      "aws:ssm/parameter:Parameter app-settings/issuer",
      "aws:ssm/parameter:Parameter app-settings/apps/main/client-id",
    ],
  ],
];
