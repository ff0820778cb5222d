import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { onlyRoles } from "../named-roles.ts";
import type { Place } from "../place.ts";
import { policyDocument, type Statement } from "../policy.ts";
import { PrivateBucket } from "../private-bucket.ts";
import { directoryBucketName, directoryKey, parameterName, pointerPath } from "./names.ts";

export interface AppSettingsArgs {
  readonly place: Place;
  /** ARNs of the roles that may read the directory: of back ends, and of previews that refresh. */
  readonly readers: readonly string[];
  /** ARNs of the roles that may write it: those in which `pulumi up` runs. One at least, or nobody could. */
  readonly writers: readonly string[];
  /** Values by their path below the prefix, such as `apps/main/client-id`; none is secret, each 4 KB at most. */
  readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
  /** What apps know of the tenant, as JSON: `directoryLimitBytes` at most. */
  readonly directory: pulumi.Input<string>;
}

/** For how many days a directory stays that was written over: long enough to see what a back end knew at the time of a complaint. */
const oldVersionsDays = 90;

/**
 * Where the operator's back ends find the tenant: small values as parameters, the directory as an object, and a parameter that says which
 * version of it counts, with its checksum. `kit/app-settings.ts` reads both.
 */
export class AppSettings extends pulumi.ComponentResource {
  /** What the role of a back end needs, as JSON: no policy of parameters themselves could name it. */
  readonly readerPolicy: pulumi.Output<string>;
  /** To be handed to the reader: `/auth0-b2b-prod`. */
  readonly path: string;

  constructor(name: string, args: AppSettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:aws:AppSettings", name, args, opts);
    const { place, parameters } = args;
    if (args.writers.length === 0)
      throw new pulumi.ResourceError("no role may write the directory; allowed: one at least", this);
    const declared = Object.entries(parameters).map(([path, value]) => this.parameter(name, place, path, value, []));
    const bucket = new PrivateBucket(
      name,
      {
        place,
        bucketName: directoryBucketName(place.prefix, place.account),
        oldVersionsDays,
        statements: (bucketArn) => bucketStatements(args, bucketArn),
      },
      { parent: this },
    );
    const object = new aws.s3.BucketObjectv2(
      name,
      {
        bucket: bucket.bucket,
        key: directoryKey,
        content: args.directory,
        contentType: "application/json",
        tags: place.tags,
      },
      { parent: this, dependsOn: bucket }, // with no version before the bucket has versions, and readable by nobody else
    );
    const { sha256, bytes } = pulumi.output(pulumi.output(args.directory).apply(measured));
    const pointer = { bucket: bucket.bucket, key: directoryKey, versionId: object.versionId, sha256, bytes };
    // The last of all: whoever reads a new pointer finds everything else new.
    this.parameter(name, place, pointerPath, pulumi.jsonStringify(pointer), [...declared, object]);
    this.path = `/${place.prefix}`;
    this.readerPolicy = policyDocument(readerStatements(place, bucket.arn));
    this.registerOutputs({ readerPolicy: this.readerPolicy, path: this.path });
  }

  private parameter(
    name: string,
    { prefix, tags }: Place,
    path: string,
    value: pulumi.Input<string>,
    dependsOn: pulumi.Resource[],
  ): pulumi.Resource {
    return new aws.ssm.Parameter(
      `${name}/${path}`,
      {
        name: parameterName(prefix, path),
        type: "String",
        tier: "Standard",
        insecureValue: value, // in plain: nothing here is secret, and a preview that hides a client id helps nobody
        tags,
      },
      // Never protected: an app that leaves takes its own along, and what stands here can be written again.
      { parent: this, dependsOn, protect: false },
    );
  }
}

/** Of the text as S3 has it: UTF-8. */
function measured(text: string): { sha256: string; bytes: number } {
  return { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
}

/** Who is not named is refused, whatever a policy of their own says. */
function bucketStatements({ readers, writers }: AppSettingsArgs, bucketArn: pulumi.Output<string>): Statement[] {
  const resources = [pulumi.interpolate`${bucketArn}/${directoryKey}`];
  const read: Statement = {
    sid: "Read",
    principals: { aws: readers },
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    resources,
  };
  return [
    ...(readers.length > 0 ? [read] : []),
    onlyRoles("OthersNeverRead", [...readers, ...writers], read.actions, resources),
    onlyRoles("OthersNeverWrite", writers, ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"], resources),
  ];
}

/** The path itself is asked for by `GetParametersByPath`: https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-retrieval-authorization.html */
function readerStatements({ account, region, prefix }: Place, bucketArn: pulumi.Output<string>): Statement[] {
  const parameters = `arn:aws:ssm:${region}:${account}:parameter/${prefix}`;
  return [
    {
      sid: "ReadParameters",
      actions: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
      resources: [parameters, `${parameters}/*`],
    },
    {
      sid: "ReadDirectory",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: [pulumi.interpolate`${bucketArn}/${directoryKey}`],
    },
  ];
}
