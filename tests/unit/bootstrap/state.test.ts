import { describe, expect, test } from "vitest";
import { allowed } from "../../harness/aws/iam.ts";
import { declared, policyOf } from "./prod.ts";

const all = await declared();
const account = "111122223333";
const bucket = `arn:aws:s3:::auth0-b2b-prod-state-${account}`;
const file = `${bucket}/.pulumi/stacks/auth0-b2b/prod.json`;
const key = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const everything = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Everything", Effect: "Allow", Action: ["s3:*", "kms:*"], Resource: "*" }],
};
const of = {
  preview: policyOf(all, "RolePolicy", "ci-preview"),
  deploy: policyOf(all, "RolePolicy", "ci-deploy"),
  administrator: everything,
  stranger: everything,
};
const name = (role: keyof typeof of) => (role === "preview" || role === "deploy" ? `auth0-b2b-prod-${role}` : role);

async function asked(role: keyof typeof of, action: string, resource: string, policy: string, context = {}) {
  const principal = `arn:aws:sts::${account}:assumed-role/${name(role)}/session`;
  return allowed({ identity: { role: of[role] }, resource: policy }, { principal, action, resource, account, context });
}
const decided = async (...args: Parameters<typeof asked>) => (await asked(...args)).decision;

describe("files", () => {
  const policy = policyOf(all, "BucketPolicy", "state");
  const table = {
    "s3:ListBucket": ["allowed", "allowed", "allowed", "allowed"],
    "s3:GetObject": ["allowed", "allowed", "allowed", "explicit deny"],
    "s3:GetObjectVersion": ["implicit deny", "implicit deny", "allowed", "explicit deny"],
    "s3:PutObject": ["explicit deny", "allowed", "allowed", "explicit deny"],
    "s3:DeleteObject": ["explicit deny", "allowed", "allowed", "explicit deny"],
    "s3:DeleteObjectVersion": ["explicit deny", "explicit deny", "allowed", "explicit deny"],
  };
  test.each(Object.entries(table))(
    "%s by preview, deploy, administrator, and a stranger who may everything",
    async (action, decisions) => {
      const on = action === "s3:ListBucket" ? bucket : file;
      const roles = ["preview", "deploy", "administrator", "stranger"] as const;
      expect(await Promise.all(roles.map((role) => decided(role, action, on, policy)))).toEqual(decisions);
    },
  );

  test("nobody, without TLS", async () => {
    const plain = { "aws:SecureTransport": "false" };
    expect(await asked("deploy", "s3:GetObject", file, policy, plain)).toEqual({
      decision: "explicit deny",
      by: ["resource: TlsOnly"],
    });
  });

  test("nobody from outside, and nobody whom AWS does not know", async () => {
    for (const principal of ["anonymous", "arn:aws:sts::999999999999:assumed-role/auth0-b2b-prod-deploy/session"]) {
      const { decision } = await allowed(
        { ...(principal !== "anonymous" && { identity: { role: everything } }), resource: policy },
        { principal, action: "s3:GetObject", resource: file, account },
      );
      expect(decision).toBe("explicit deny");
    }
  });
});

describe("the key of the files", () => {
  const policy = policyOf(all, "Key", "state-files");
  const byS3 = { "kms:ViaService": "s3.eu-central-1.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": bucket };

  test("reads for all three roles and writes for those that write, by S3 and for the bucket alone", async () => {
    const uses = (role: keyof typeof of, context = {}) =>
      Promise.all(["kms:Decrypt", "kms:GenerateDataKey"].map((action) => decided(role, action, key, policy, context)));
    expect(await uses("preview", byS3)).toEqual(["allowed", "implicit deny"]);
    expect(await uses("deploy", byS3)).toEqual(["allowed", "allowed"]);
    expect(await uses("administrator", byS3)).toEqual(["allowed", "allowed"]);
    const refused = ["implicit deny", "implicit deny"];
    expect(await uses("stranger", byS3)).toEqual(refused);
    expect(await uses("administrator")).toEqual(refused);
    expect(await uses("deploy", { ...byS3, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::other" })).toEqual(
      refused,
    );
    expect(await uses("deploy", { ...byS3, "kms:ViaService": "ssm.eu-central-1.amazonaws.com" })).toEqual(refused);
  });
});

describe("the key of the secrets", () => {
  const policy = policyOf(all, "Key", "state-secrets");

  test("opens stacks for all three roles; a new stack is for administrators", async () => {
    const uses = (role: keyof typeof of) =>
      Promise.all(["kms:Decrypt", "kms:Encrypt"].map((action) => decided(role, action, key, policy)));
    expect(await uses("preview")).toEqual(["allowed", "implicit deny"]);
    expect(await uses("deploy")).toEqual(["allowed", "implicit deny"]);
    expect(await uses("administrator")).toEqual(["allowed", "allowed"]);
    expect(await uses("stranger")).toEqual(["implicit deny", "implicit deny"]);
  });

  test("an administrator of the account manages it, and the roles of the workflows do not", async () => {
    for (const action of ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"]) {
      expect(await decided("stranger", action, key, policy)).toBe("allowed");
      expect(await decided("deploy", action, key, policy)).toBe("implicit deny");
      expect(await decided("preview", action, key, policy)).toBe("implicit deny");
    }
  });
});
