import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";

/** What every client of AWS's SDK is made with. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Read by the client of S3 alone. */
  readonly forcePathStyle: true;
  /** A refusal is what a test asks about: no second try. */
  readonly maxAttempts: 1;
}

/** Whose credentials, where. */
export const clientSettings = (
  endpoint: string,
  region: string,
  credentials: ClientSettings["credentials"],
): ClientSettings => ({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });

/** Those of an account's administrator: moto is served so that an access key id of twelve digits is one (serve.py). */
export const administrator = (endpoint: string, region: string, id: string): ClientSettings =>
  clientSettings(endpoint, region, { accessKeyId: id, secretAccessKey: "administrator" });

/** A client of each service that the components declare things of, as an account's administrator. */
export class Clients {
  readonly account: string;
  readonly region: string;
  readonly alarms: CloudWatchClient;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
  readonly route53: Route53Client;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly ses: SESv2Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;

  constructor(endpoint: string, region: string, account: string) {
    const settings = administrator(endpoint, region, account);
    this.account = account;
    this.region = region;
    this.alarms = new CloudWatchClient(settings);
    this.events = new EventBridgeClient(settings);
    this.iam = new IAMClient(settings);
    this.kms = new KMSClient(settings);
    this.logs = new CloudWatchLogsClient(settings);
    this.route53 = new Route53Client(settings);
    this.s3 = new S3Client(settings);
    this.secrets = new SecretsManagerClient(settings);
    this.ses = new SESv2Client(settings);
    this.sns = new SNSClient(settings);
    this.sqs = new SQSClient(settings);
    this.ssm = new SSMClient(settings);
    this.sts = new STSClient(settings);
  }
}
