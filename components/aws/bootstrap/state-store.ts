import * as pulumi from "@pulumi/pulumi";
import { onlyRoles } from "../named-roles.ts";
import { ownKey } from "../own-key.ts";
import type { Place } from "../place.ts";
import type { Statement } from "../policy.ts";
import { PrivateBucket } from "../private-bucket.ts";
import { bootstrapNames } from "./names.ts";

export interface StateStoreArgs {
  readonly place: Place;
  /** ARNs of the roles in which previews run. */
  readonly readers: readonly string[];
  /** ARNs of the roles in which `pulumi up` runs. */
  readonly writers: readonly string[];
  /** ARNs of the roles of people who make stacks, set secrets and mend the state. One at least, or nobody could. */
  readonly administrators: readonly string[];
  /** For how many days a state stays that was written over or deleted. */
  readonly oldVersionsDays: number;
}

/**
 * Where Pulumi keeps an environment's state: a bucket, and two keys of their own. One encrypts the files, the other the secrets in them, so that
 * who can read files reads no secret yet.
 */
export class StateStore extends pulumi.ComponentResource {
  /** For `PULUMI_BACKEND_URL` and `pulumi login`. */
  readonly backendUrl: pulumi.Output<string>;
  /** For `--secrets-provider` of `pulumi stack init`. */
  readonly secretsProvider: pulumi.Output<string>;

  constructor(name: string, args: StateStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:aws:StateStore", name, args, opts);
    const { place, readers, writers, administrators, oldVersionsDays } = args;
    if (administrators.length === 0)
      throw new pulumi.ResourceError("nobody may mend the state; allowed: one role of administrators at least", this);
    const names = bootstrapNames(place);
    const child = { parent: this };
    const key = (what: string, description: string, alias: string, users: readonly Statement[]) =>
      ownKey(`${name}-${what}`, { place, description: `${description} of ${place.prefix}`, alias, users }, child);
    const files = key("files", "Files of Pulumi's state", names.stateKey, fileStatements(args, names.bucketArn));
    const secrets = key("secrets", "Secrets in Pulumi's state", names.secretsKey, secretStatements(args));
    const bucket = new PrivateBucket(
      name,
      {
        place,
        bucketName: names.bucket,
        keyArn: files.arn,
        oldVersionsDays,
        statements: (arn) => {
          const objects = [pulumi.interpolate`${arn}/*`];
          const reading = ["s3:GetObject", "s3:GetObjectVersion"];
          const everybody = [...readers, ...writers, ...administrators];
          return [
            onlyRoles("OthersNeverRead", everybody, reading, objects),
            onlyRoles(
              "OthersNeverWrite",
              [...writers, ...administrators],
              ["s3:DeleteObject", "s3:PutObject"],
              objects,
            ),
            onlyRoles("OldVersionsStay", administrators, ["s3:DeleteObjectVersion"], objects),
          ];
        },
      },
      child,
    );
    this.backendUrl = pulumi.interpolate`s3://${bucket.bucket}?region=${place.region}`;
    this.secretsProvider = pulumi.interpolate`awskms:///${secrets.arn}?region=${place.region}`;
    this.registerOutputs({ backendUrl: this.backendUrl, secretsProvider: this.secretsProvider });
  }
}

/** S3 asks for the key in the caller's name, and says for which bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
function fileStatements({ place, readers, writers, administrators }: StateStoreArgs, bucketArn: string): Statement[] {
  const ofTheBucket = {
    StringEquals: {
      "kms:ViaService": `s3.${place.region}.amazonaws.com`,
      "kms:EncryptionContext:aws:s3:arn": bucketArn,
    },
  };
  return [
    {
      sid: "ReadFiles",
      principals: { aws: [...readers, ...writers, ...administrators] },
      actions: ["kms:Decrypt"],
      resources: ["*"], // in a key's policy: this key
      conditions: ofTheBucket,
    },
    {
      sid: "WriteFiles",
      principals: { aws: [...writers, ...administrators] },
      actions: ["kms:GenerateDataKey"],
      resources: ["*"],
      conditions: ofTheBucket,
    },
  ];
}

/**
 * Pulumi encrypts the secrets under a key of the stack, and has this one decrypt that key at each run; it is encrypted once, when the stack is
 * made. https://github.com/pulumi/pulumi/blob/master/pkg/secrets/cloud/manager.go
 */
function secretStatements({ readers, writers, administrators }: StateStoreArgs): Statement[] {
  return [
    {
      sid: "OpenStacks",
      principals: { aws: [...readers, ...writers, ...administrators] },
      actions: ["kms:Decrypt"],
      resources: ["*"], // in a key's policy: this key
    },
    {
      sid: "MakeStacks",
      principals: { aws: administrators },
      actions: ["kms:Encrypt"],
      resources: ["*"],
    },
  ];
}
