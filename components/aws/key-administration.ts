import type { Statement } from "./policy.ts";

/**
 * What the account's own administrators may do with a key of ours, as far as their policies let them: manage it, and neither use it nor
 * hand out its use. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyAdministration(account: string): Statement {
  return {
    sid: "Administration",
    principals: { aws: [`arn:aws:iam::${account}:root`] },
    actions: [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:DisableKeyRotation",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListGrants",
      "kms:ListKeyPolicies",
      "kms:ListKeyRotations",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RevokeGrant",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
    resources: ["*"], // in a key's policy: this key
  };
}
