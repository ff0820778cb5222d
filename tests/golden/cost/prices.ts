/** A public list price of AWS for us-east-1, in US dollars. */
export interface Price {
  readonly usd: number;
  /** For how many of the unit. */
  readonly per: number;
  readonly unit: string;
  /** Where AWS says it. */
  readonly page: string;
}

const price = (usd: number, per: number, unit: string, page: string): Price => ({
  usd,
  per,
  unit,
  page: `https://aws.amazon.com/${page}/pricing/`,
});

/** Each without what AWS gives away of it: that is given once an account, and other programs use it too. */
export const prices = {
  partnerEvent: price(1, 1_000_000, "events of a partner, 64 KB each", "eventbridge"),
  logsIngested: price(0.5, 1, "GB of logs written", "cloudwatch"),
  logsKept: price(0.03, 1, "GB of logs kept for a month", "cloudwatch"),
  metric: price(0.3, 1, "metric of our own for a month", "cloudwatch"),
  alarmedMetric: price(0.1, 1, "metric behind an alarm for a month", "cloudwatch"),
  queueRequest: price(0.4, 1_000_000, "requests to SQS", "sqs"),
  published: price(0.5, 1_000_000, "messages to a topic of SNS", "sns"),
  alarmMail: price(2, 100_000, "mails of SNS", "sns"),
  key: price(1, 1, "version of a key for a month, 3 versions at most", "kms"),
  keyRequest: price(0.03, 10_000, "requests to KMS", "kms"),
  secret: price(0.4, 1, "secret for a month", "secrets-manager"),
  secretRequest: price(0.05, 10_000, "requests to Secrets Manager", "secrets-manager"),
  objectsKept: price(0.023, 1, "GB in S3 for a month", "s3"),
  objectPut: price(0.005, 1_000, "objects written to S3", "s3"),
  objectGet: price(0.0004, 1_000, "objects read from S3", "s3"),
  query: price(0.4, 1_000_000, "queries to Route 53", "route53"),
  mail: price(0.16, 1_000, "mails of SES, plan Essentials", "ses"),
} as const satisfies Record<string, Price>;
