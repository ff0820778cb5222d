import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type * as aws from "@pulumi/aws";
import type { Clients } from "../clients.ts";
import { json, kindOf, tagList, there } from "./kind.ts";

export const Bucket = kindOf<aws.s3.BucketArgs>({
  takes: { bucket: "fixed", tags: "changes", forceDestroy: "changes" },
  async put({ bucket, tags }, { s3, region }, before) {
    const name = there(bucket, "name");
    if (!before) {
      const place = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region as "EU" } };
      await s3.send(new CreateBucketCommand({ Bucket: name, ...place }));
    }
    if (tags) await s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: tagList(tags) } }));
    return { id: name, outputs: { bucket: name, arn: `arn:aws:s3:::${name}`, region } };
  },
  async remove({ id, inputs: { forceDestroy } }, clients) {
    if (forceDestroy) await emptied(clients, id);
    await clients.s3.send(new DeleteBucketCommand({ Bucket: id }));
  },
  find: ({ id }, { s3 }) => s3.send(new HeadBucketCommand({ Bucket: id })),
});

/** Deletes all versions, of one key or of all. */
async function emptied({ s3 }: Clients, Bucket: string, key?: string): Promise<void> {
  const found = await s3.send(new ListObjectVersionsCommand({ Bucket, ...(key !== undefined && { Prefix: key }) }));
  for (const { Key, VersionId } of [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])])
    if (key === undefined || Key === key) await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
}

export const BucketVersioning = kindOf<aws.s3.BucketVersioningArgs>({
  takes: { bucket: "fixed", versioningConfiguration: "changes" },
  async put({ bucket, versioningConfiguration: { status } }, { s3 }) {
    const Status = status === "Enabled" ? "Enabled" : "Suspended";
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }));
    return { id: bucket, outputs: {} };
  },
  remove: ({ id }, { s3 }) =>
    s3.send(new PutBucketVersioningCommand({ Bucket: id, VersioningConfiguration: { Status: "Suspended" } })),
  find: async ({ id }, { s3 }) => (await s3.send(new GetBucketVersioningCommand({ Bucket: id }))).Status,
});

export const BucketServerSideEncryptionConfiguration = kindOf<aws.s3.BucketServerSideEncryptionConfigurationArgs>({
  takes: { bucket: "fixed", rules: "changes" },
  async put({ bucket, rules }, { s3 }) {
    const Rules = rules.map(({ applyServerSideEncryptionByDefault: how, bucketKeyEnabled }) => ({
      BucketKeyEnabled: bucketKeyEnabled,
      ApplyServerSideEncryptionByDefault: how && {
        SSEAlgorithm: how.sseAlgorithm as "aws:kms",
        KMSMasterKeyID: how.kmsMasterKeyId,
      },
    }));
    await s3.send(new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules } }));
    return { id: bucket, outputs: {} };
  },
  remove: ({ id }, { s3 }) => s3.send(new DeleteBucketEncryptionCommand({ Bucket: id })),
  find: ({ id }, { s3 }) => s3.send(new GetBucketEncryptionCommand({ Bucket: id })),
});

export const BucketPublicAccessBlock = kindOf<aws.s3.BucketPublicAccessBlockArgs>({
  takes: {
    ...{ bucket: "fixed", blockPublicAcls: "changes", blockPublicPolicy: "changes" },
    ...{ ignorePublicAcls: "changes", restrictPublicBuckets: "changes" },
  },
  async put({ bucket, blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets }, { s3 }) {
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: blockPublicAcls,
      BlockPublicPolicy: blockPublicPolicy,
      IgnorePublicAcls: ignorePublicAcls,
      RestrictPublicBuckets: restrictPublicBuckets,
    };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration }));
    return { id: bucket, outputs: {} };
  },
  remove: ({ id }, { s3 }) => s3.send(new DeletePublicAccessBlockCommand({ Bucket: id })),
  find: ({ id }, { s3 }) => s3.send(new GetPublicAccessBlockCommand({ Bucket: id })),
});

export const BucketOwnershipControls = kindOf<aws.s3.BucketOwnershipControlsArgs>({
  takes: { bucket: "fixed", rule: "changes" },
  async put({ bucket, rule: { objectOwnership } }, { s3 }) {
    const Rules = [{ ObjectOwnership: objectOwnership as "BucketOwnerEnforced" }];
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: bucket, OwnershipControls: { Rules } }));
    return { id: bucket, outputs: {} };
  },
  remove: ({ id }, { s3 }) => s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket: id })),
  find: ({ id }, { s3 }) => s3.send(new GetBucketOwnershipControlsCommand({ Bucket: id })),
});

export const BucketLifecycleConfiguration = kindOf<aws.s3.BucketLifecycleConfigurationArgs>({
  takes: { bucket: "fixed", rules: "changes" },
  async put({ bucket, rules = [] }, { s3 }) {
    const Rules = rules.map(({ id, status, filter, expiration, noncurrentVersionExpiration: old, ...rule }) => ({
      ID: id,
      Status: status === "Enabled" ? ("Enabled" as const) : ("Disabled" as const),
      Filter: { Prefix: filter?.prefix ?? "" },
      Expiration: expiration && { Days: expiration.days },
      NoncurrentVersionExpiration: old && { NoncurrentDays: old.noncurrentDays },
      AbortIncompleteMultipartUpload: rule.abortIncompleteMultipartUpload && {
        DaysAfterInitiation: rule.abortIncompleteMultipartUpload.daysAfterInitiation,
      },
    }));
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules } }));
    return { id: bucket, outputs: {} };
  },
  remove: ({ id }, { s3 }) => s3.send(new DeleteBucketLifecycleCommand({ Bucket: id })),
  find: ({ id }, { s3 }) => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: id })),
});

export const BucketPolicy = kindOf<aws.s3.BucketPolicyArgs>({
  takes: { bucket: "fixed", policy: "changes" },
  async put({ bucket, policy }, { s3 }) {
    await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: json(policy) }));
    return { id: bucket, outputs: {} };
  },
  remove: ({ id }, { s3 }) => s3.send(new DeleteBucketPolicyCommand({ Bucket: id })),
  find: ({ id }, { s3 }) => s3.send(new GetBucketPolicyCommand({ Bucket: id })),
});

export const BucketObjectv2 = kindOf<aws.s3.BucketObjectv2Args>({
  takes: { bucket: "fixed", key: "fixed", content: "changes", contentType: "changes", tags: "changes" },
  async put({ bucket, key, content, contentType, tags }, { s3 }) {
    const Key = there(key, "key");
    const Tagging = new URLSearchParams(tags).toString();
    const asked = { Bucket: String(bucket), Key, Body: content ?? "", ContentType: contentType, Tagging };
    const { VersionId, ETag } = await s3.send(new PutObjectCommand(asked));
    return {
      id: Key,
      outputs: { versionId: VersionId, etag: ETag?.replaceAll('"', ""), arn: `arn:aws:s3:::${bucket}/${Key}` },
    };
  },
  remove: ({ id, inputs: { bucket } }, clients) => emptied(clients, String(bucket), id),
  find: ({ id, inputs: { bucket } }, { s3 }) => s3.send(new HeadObjectCommand({ Bucket: String(bucket), Key: id })),
});
