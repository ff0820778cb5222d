import * as pulumi from "@pulumi/pulumi";
import { ownKey } from "../own-key.ts";
import type { Place } from "../place.ts";
import type { Statement } from "../policy.ts";
import { secretName } from "./names.ts";

export interface CredentialStoreArgs {
  readonly place: Place;
  /** ARNs of all roles that may read a credential; which ones, each credential says. */
  readonly readers: readonly string[];
  /** ARNs of the roles that may write them: those in which `pulumi up` runs. One at least, or nobody could. */
  readonly writers: readonly string[];
  /** Days in which a deleted credential can be had back: 7–30, or 0 for none. */
  readonly recoveryDays: number;
}

/**
 * Where credentials lie in AWS Secrets Manager: a KMS key of their own, which nobody may use but the named roles, and they through
 * Secrets Manager only. The account's administrators manage the key and read nothing.
 */
export class CredentialStore extends pulumi.ComponentResource {
  readonly keyArn: pulumi.Output<string>;
  readonly readers: readonly string[];
  readonly writers: readonly string[];
  readonly recoveryDays: number;

  constructor(name: string, args: CredentialStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:aws:CredentialStore", name, args, opts);
    const { place, readers, writers, recoveryDays } = args;
    if (writers.length === 0)
      throw new pulumi.ResourceError("no role may write credentials; allowed: one at least", this);
    const key = ownKey(
      name,
      {
        place,
        description: `Credentials of Auth0 clients below ${place.prefix}`,
        alias: `alias/${place.prefix}-credentials`,
        users: keyStatements(args),
      },
      { parent: this },
    );
    this.keyArn = key.arn;
    this.readers = readers;
    this.writers = writers;
    this.recoveryDays = recoveryDays;
    this.registerOutputs({ keyArn: this.keyArn, readers, writers, recoveryDays });
  }
}

/** What Secrets Manager asks of the key is asked in the caller's name: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
function keyStatements({ place, readers, writers }: CredentialStoreArgs): Statement[] {
  const { account, region, prefix } = place;
  const viaSecretsManager = { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` };
  const ours = `arn:aws:secretsmanager:${region}:${account}:secret:${secretName(prefix, "*")}`;
  const write: Statement = {
    sid: "WriteBySecretsManager",
    principals: { aws: writers },
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: ["*"], // in a key's policy: this key
    // Not by the secret as well: what it asks to validate a key's access is documented with no ARN.
    conditions: { StringEquals: viaSecretsManager },
  };
  const read: Statement = {
    sid: "ReadBySecretsManager",
    principals: { aws: readers },
    actions: ["kms:Decrypt"],
    resources: ["*"],
    conditions: { StringEquals: viaSecretsManager, StringLike: { "kms:EncryptionContext:SecretARN": ours } },
  };
  return [write, ...(readers.length > 0 ? [read] : [])];
}
