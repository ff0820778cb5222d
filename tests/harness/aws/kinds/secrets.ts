import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  ListAliasesCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import type * as aws from "@pulumi/aws";
import { json, kindOf, tagList, there } from "./kind.ts";

export const Key = kindOf<aws.kms.KeyArgs>({
  takes: {
    ...{ tags: "kept", description: "changes", policy: "changes" },
    ...{ enableKeyRotation: "changes", deletionWindowInDays: "changes" },
  },
  async put({ tags, description = "", policy, enableKeyRotation }, { kms }, before) {
    const asked = {
      Description: description,
      Policy: policy,
      Tags: tagList(tags).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
    };
    const KeyId = before?.id ?? there((await kms.send(new CreateKeyCommand(asked))).KeyMetadata?.KeyId, "id");
    if (before) {
      await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: description }));
      if (policy !== undefined) await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: policy }));
    }
    if (enableKeyRotation) await kms.send(new EnableKeyRotationCommand({ KeyId }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    return { id: KeyId, outputs: { arn: there(KeyMetadata?.Arn, "arn"), keyId: KeyId } };
  },
  remove: ({ id, inputs: { deletionWindowInDays } }, { kms }) =>
    kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: deletionWindowInDays ?? 30 })),
  async find({ id }, { kms }) {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    return KeyMetadata?.KeyState === "PendingDeletion" ? undefined : KeyMetadata;
  },
});

export const Alias = kindOf<aws.kms.AliasArgs>({
  takes: { name: "fixed", targetKeyId: "changes" },
  async put({ name, targetKeyId }, { kms, region, account }, before) {
    const AliasName = there(name, "name");
    const what = { AliasName, TargetKeyId: targetKeyId };
    await (before ? kms.send(new UpdateAliasCommand(what)) : kms.send(new CreateAliasCommand(what)));
    return { id: AliasName, outputs: { arn: `arn:aws:kms:${region}:${account}:${AliasName}` } };
  },
  remove: ({ id }, { kms }) => kms.send(new DeleteAliasCommand({ AliasName: id })),
  async find({ id }, { kms }) {
    const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
    return Aliases.find(({ AliasName }) => AliasName === id);
  },
});

export const Secret = kindOf<aws.secretsmanager.SecretArgs>({
  takes: {
    ...{ name: "fixed", tags: "kept", description: "changes", kmsKeyId: "changes" },
    ...{ recoveryWindowInDays: "changes", forceOverwriteReplicaSecret: "changes" },
  },
  async put({ name, tags, description, kmsKeyId }, { secrets }, before) {
    const what = { Description: description, KmsKeyId: kmsKeyId };
    if (before) {
      await secrets.send(new UpdateSecretCommand({ SecretId: before.id, ...what }));
      return before;
    }
    const made = await secrets.send(new CreateSecretCommand({ Name: name, Tags: tagList(tags), ...what }));
    const arn = there(made.ARN, "arn");
    return { id: arn, outputs: { arn, name } };
  },
  remove({ id, inputs: { recoveryWindowInDays = 30 } }, { secrets }) {
    const way =
      recoveryWindowInDays === 0
        ? { ForceDeleteWithoutRecovery: true }
        : { RecoveryWindowInDays: recoveryWindowInDays };
    return secrets.send(new DeleteSecretCommand({ SecretId: id, ...way }));
  },
  async find({ id }, { secrets }) {
    const found = await secrets.send(new DescribeSecretCommand({ SecretId: id }));
    return found.DeletedDate ? undefined : found;
  },
});

export const SecretVersion = kindOf<aws.secretsmanager.SecretVersionArgs>({
  takes: { secretId: "fixed", secretString: "fixed" },
  async put({ secretId, secretString }, { secrets }) {
    const asked = { SecretId: secretId, SecretString: secretString };
    const { ARN, VersionId } = await secrets.send(new PutSecretValueCommand(asked));
    return { id: `${secretId}|${VersionId}`, outputs: { arn: ARN, versionId: VersionId } };
  },
  // the provider takes labels off, but the last: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
  remove: async () => {},
  find: ({ inputs: { secretId }, outputs: { versionId } }, { secrets }) =>
    secrets.send(new GetSecretValueCommand({ SecretId: secretId, VersionId: String(versionId) })),
});

export const SecretPolicy = kindOf<aws.secretsmanager.SecretPolicyArgs>({
  takes: { secretArn: "fixed", policy: "changes", blockPublicPolicy: "changes" },
  async put({ secretArn, policy, blockPublicPolicy }, { secrets }) {
    const asked = { SecretId: secretArn, ResourcePolicy: json(policy), BlockPublicPolicy: blockPublicPolicy };
    await secrets.send(new PutResourcePolicyCommand(asked));
    return { id: secretArn, outputs: {} };
  },
  remove: ({ id }, { secrets }) => secrets.send(new DeleteResourcePolicyCommand({ SecretId: id })),
  find: async ({ id }, { secrets }) =>
    (await secrets.send(new GetResourcePolicyCommand({ SecretId: id }))).ResourcePolicy,
});

export const Parameter = kindOf<aws.ssm.ParameterArgs>({
  takes: {
    ...{ name: "fixed", tags: "kept", type: "changes", tier: "changes", keyId: "changes" },
    ...{ description: "changes", value: "changes", insecureValue: "changes" },
  },
  async put({ name, tags, type, tier, keyId, description, value, insecureValue }, { ssm, region, account }, before) {
    const Name = there(name, "name");
    const { Version } = await ssm.send(
      new PutParameterCommand({
        Name,
        Type: type === "SecureString" || type === "StringList" ? type : "String",
        Tier: tier === "Advanced" ? "Advanced" : "Standard",
        KeyId: keyId,
        Description: description,
        Value: value ?? insecureValue,
        ...(before ? { Overwrite: true } : { Tags: tagList(tags) }),
      }),
    );
    const path = Name.startsWith("/") ? Name : `/${Name}`;
    return { id: Name, outputs: { arn: `arn:aws:ssm:${region}:${account}:parameter${path}`, version: Version } };
  },
  remove: ({ id }, { ssm }) => ssm.send(new DeleteParameterCommand({ Name: id })),
  find: ({ id }, { ssm }) => ssm.send(new GetParameterCommand({ Name: id })),
});
