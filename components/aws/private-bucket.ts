import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place.ts";
import { policyDocument, type Statement } from "./policy.ts";

export interface PrivateBucketArgs {
  readonly place: Place;
  /** 3–63 characters; there is one of this name in all of AWS. */
  readonly bucketName: string;
  /** ARN of the KMS key that encrypts what is in it. @default the keys of S3 itself (AES-256), which ask no permission of a reader */
  readonly keyArn?: pulumi.Input<string>;
  /** For how many days a version stays that is no longer the newest, or was deleted. */
  readonly oldVersionsDays: number;
  /** Who may do what, beside the refusal of what comes without TLS. */
  readonly statements: (bucketArn: pulumi.Output<string>) => readonly Statement[];
}

/** A bucket that is versioned, encrypted, never public, and spoken to by TLS only. What depends on it as a whole comes after all of that. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    const { place, bucketName, keyArn, oldVersionsDays, statements } = args;
    super("auth0-b2b:aws:PrivateBucket", name, { place, bucketName, keyArn, oldVersionsDays }, opts);
    const child = { parent: this };
    const { bucket, arn } = new aws.s3.Bucket(name, { bucket: bucketName, tags: place.tags }, child);
    const blocked = new aws.s3.BucketPublicAccessBlock(
      name,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      child,
    );
    new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
    const encryption = keyArn
      ? {
          rules: [
            {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
              bucketKeyEnabled: true,
            },
          ],
        }
      : { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] };
    new aws.s3.BucketServerSideEncryptionConfiguration(name, { bucket, ...encryption }, child);
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: "old-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: oldVersionsDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
      { ...child, dependsOn: versioning },
    );
    // One after the other: S3 refuses two changes of one bucket's access at once.
    new aws.s3.BucketPolicy(
      name,
      { bucket, policy: policyDocument([...statements(arn), tlsOnly(arn)]) },
      { ...child, dependsOn: blocked },
    );
    this.bucket = bucket;
    this.arn = arn;
    this.registerOutputs({ bucket, arn });
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-HTTP-HTTPS */
function tlsOnly(arn: pulumi.Output<string>): Statement {
  return {
    sid: "TlsOnly",
    effect: "Deny",
    principals: { aws: ["*"] },
    actions: [
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:GetObject",
      "s3:GetObjectTagging",
      "s3:GetObjectVersion",
      "s3:ListBucket",
      "s3:ListBucketVersions",
      "s3:PutObject",
      "s3:PutObjectTagging",
    ],
    resources: [arn, pulumi.interpolate`${arn}/*`],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}
