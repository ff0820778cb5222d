/** Stands for the account and region of everything that is declared with nothing behind it. */
const place = "eu-central-1:123456789012";

/**
 * What AWS and Auth0 would say of a resource that a program goes on with: made up, in the shape in which they say it. Where nothing is
 * known of a type, nothing is said.
 */
export function madeUp(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = Object.hasOwn(shapes, type) ? shapes[type]?.(name, inputs) : undefined;
  return own ?? {};
}

const shapes: Readonly<
  Record<string, (name: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>>
> = {
  "auth0:index/customDomain:CustomDomain": (_, { domain }) => ({
    verifications: [{ methods: [{ name: "CNAME", record: `${domain}.edge.tenant.example`, domain }] }],
  }),
  "auth0:index/logStream:LogStream": (name, { sink }) => ({
    sink: { ...Object(sink), awsPartnerEventSource: `aws.partner/auth0.com/${name}/auth0.logs` },
  }),
  "aws:cloudwatch/eventBus:EventBus": (_, { name }) => ({ arn: `arn:aws:events:${place}:event-bus/${name}` }),
  "aws:cloudwatch/eventRule:EventRule": (_, { name }) => ({ arn: `arn:aws:events:${place}:rule/${name}` }),
  "aws:cloudwatch/logGroup:LogGroup": (_, { name }) => ({ arn: `arn:aws:logs:${place}:log-group:${name}` }),
  "aws:iam/accessKey:AccessKey": (name) => ({ id: `${name}-key`, secret: "a secret of AWS" }),
  "aws:kms/key:Key": (name) => ({ arn: `arn:aws:kms:${place}:key/${name}`, keyId: name }),
  "aws:s3/bucket:Bucket": (_, { bucket }) => ({ arn: `arn:aws:s3:::${bucket}` }),
  "aws:s3/bucketObjectv2:BucketObjectv2": () => ({ versionId: "version" }),
  "aws:secretsmanager/secret:Secret": (_, { name }) => ({
    arn: `arn:aws:secretsmanager:${place}:secret:${name}-AbCdEf`,
  }),
  "aws:sesv2/configurationSet:ConfigurationSet": (_, { configurationSetName: name }) => ({
    arn: `arn:aws:ses:${place}:configuration-set/${name}`,
  }),
  "aws:sesv2/emailIdentity:EmailIdentity": (_, { emailIdentity, dkimSigningAttributes }) => ({
    arn: `arn:aws:ses:${place}:identity/${emailIdentity}`,
    dkimSigningAttributes: { ...Object(dkimSigningAttributes), tokens: ["first", "second", "third"] },
  }),
  "aws:sns/topic:Topic": (_, { name }) => ({ arn: `arn:aws:sns:${place}:${name}` }),
  "aws:sqs/queue:Queue": (_, { name }) => ({
    arn: `arn:aws:sqs:${place}:${name}`,
    url: `https://queue.example/${name}`,
  }),
};
