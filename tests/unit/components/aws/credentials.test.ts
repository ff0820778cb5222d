import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { declare } from "../../../../cli/declared/declare.ts";
import { ClientCredential } from "../../../../components/aws/credentials/client-credential.ts";
import { CredentialStore } from "../../../../components/aws/credentials/credential-store.ts";
import {
  recoveryDaysRange,
  secretLimitBytes,
  secretName,
  secretNameLimit,
  secretNamePattern,
} from "../../../../components/aws/credentials/names.ts";
import { findSecrets } from "../../../harness/secret-search.ts";
import { after, inputsOf, listing, make, place, reader, writer } from "./made.ts";

const hush = "a client secret of sixty-four characters";
const roles = { readers: [reader], writers: [writer], recoveryDays: 30 };
const secretArn =
  "arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0-b2b-prod/companies/acme/machine-AbCdEf";

const declared = (
  args: Partial<typeof roles> = {},
  clientSecret: () => pulumi.Output<string> = () => pulumi.output(hush),
) =>
  declare(
    () => {
      const store = new CredentialStore("credentials", { place, ...roles, ...args });
      new ClientCredential("acme/machine", {
        place,
        store,
        path: "companies/acme/machine",
        readers: args.readers ?? roles.readers,
        company: "acme",
        clientId: "machine-client",
        clientSecret: clientSecret(),
        issuer: "https://tenant.example/",
      });
    },
    { make },
  );

test("a store is a key and its alias, a credential one secret with a policy and a version", async () => {
  expect(listing(await declared())).toEqual([
    "CredentialStore credentials",
    "Key credentials under CredentialStore",
    "Alias credentials under CredentialStore",
    "ClientCredential acme/machine",
    "Secret acme/machine under ClientCredential",
    "SecretPolicy acme/machine under ClientCredential",
    "SecretVersion acme/machine under ClientCredential",
  ]);
});

test("the key is used by the named roles alone, by way of Secrets Manager; administrators manage it", async () => {
  const all = await declared();
  const { policy, ...key } = inputsOf(all, "Key", "credentials");
  expect(key).toEqual({
    description: "Credentials of Auth0 clients below auth0-b2b-prod",
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    tags: { environment: "prod", program: "auth0-b2b" },
  });
  expect(policy).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Administration",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::123456789012:root"] },
        Action: [
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
        Resource: ["*"],
      },
      {
        Sid: "WriteBySecretsManager",
        Effect: "Allow",
        Principal: { AWS: [writer] },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: ["*"],
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
      },
      {
        Sid: "ReadBySecretsManager",
        Effect: "Allow",
        Principal: { AWS: [reader] },
        Action: ["kms:Decrypt"],
        Resource: ["*"],
        Condition: {
          StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" },
          StringLike: {
            "kms:EncryptionContext:SecretARN":
              "arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0-b2b-prod/*",
          },
        },
      },
    ],
  });
  expect(inputsOf(all, "Alias", "credentials")).toEqual({ name: "alias/auth0-b2b-prod-credentials", targetKeyId: "1" });
});

test("a secret is encrypted with the store's key, can be had back, and says whose it is", async () => {
  expect(inputsOf(await declared(), "Secret", "acme/machine")).toEqual({
    name: "auth0-b2b-prod/companies/acme/machine",
    description: "Client id, client secret and issuer of a client of Auth0",
    kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1",
    recoveryWindowInDays: 30,
    tags: { environment: "prod", program: "auth0-b2b", company: "acme" },
  });
});

test("the secret's policy names who reads and who writes, and refuses everybody else", async () => {
  const nobodyBut = (sid: string, names: string[], ...actions: string[]) => ({
    Sid: sid,
    Effect: "Deny",
    Principal: { AWS: ["*"] },
    Action: actions.map((action) => `secretsmanager:${action}`),
    Resource: [secretArn],
    Condition: { ArnNotEquals: { "aws:PrincipalArn": names } },
  });
  expect(inputsOf(await declared(), "SecretPolicy", "acme/machine")).toEqual({
    secretArn,
    blockPublicPolicy: true,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Principal: { AWS: [reader] },
          Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
          Resource: [secretArn],
        },
        {
          Sid: "Write",
          Effect: "Allow",
          Principal: { AWS: [writer] },
          Action: [
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecret",
          ],
          Resource: [secretArn],
        },
        nobodyBut("OthersNeverRead", [reader, writer], "GetSecretValue"),
        nobodyBut("OthersNeverWrite", [writer], "PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage"),
      ],
    },
  });
});

test("the version comes after the policy, and is kept where another takes its place", async () => {
  const all = await declared();
  const version = all.find(({ type }) => type.endsWith(":SecretVersion"));
  expect(version?.opts).toMatchObject({ retainOnDelete: true });
  expect(after(all, "SecretVersion", "acme/machine")).toEqual(["SecretPolicy acme/machine"]);
});

test.each([
  ["plain by mistake", () => pulumi.output(hush)],
  ["secret as it should be", () => pulumi.secret(hush)],
])("a client secret that is handed in %s is an input of nothing but as a secret", async (_, clientSecret) => {
  const all = await declared({}, clientSecret);
  const version = inputsOf(all, "SecretVersion", "acme/machine");
  expect(Object.keys(version).sort()).toEqual(["secretId", "secretString"]);
  expect(pulumi.runtime.isRpcSecret(version.secretString)).toBe(true);
  expect(JSON.parse(pulumi.runtime.unwrapRpcSecret(version.secretString))).toEqual({
    clientId: "machine-client",
    clientSecret: hush,
    issuer: "https://tenant.example/",
  });
  const inputs = Object.fromEntries(all.map((one) => [`${one.type} ${one.name}`, plainOf(one.inputs)]));
  expect(findSecrets({ "client secret": hush }, inputs)).toEqual([]);
});

/** What of inputs the engine would take for plain, as text. */
function plainOf(value: unknown): string {
  return JSON.stringify(value, (_, one) => (pulumi.runtime.isRpcSecret(one) ? "[secret]" : one));
}

test("a credential's secret output of a client is a secret of the whole component", async () => {
  const [component] = (await declared()).filter(({ type }) => type === "auth0-b2b:aws:ClientCredential");
  expect(pulumi.runtime.isRpcSecret(component?.inputs.clientSecret)).toBe(true);
});

test("without readers the policies say nothing of any", async () => {
  const all = await declared({ readers: [] });
  const sids = (policy: unknown) => (policy as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
  expect(sids(inputsOf(all, "Key", "credentials").policy)).toEqual(["Administration", "WriteBySecretsManager"]);
  expect(sids(inputsOf(all, "SecretPolicy", "acme/machine").policy)).toEqual([
    "Write",
    "OthersNeverRead",
    "OthersNeverWrite",
  ]);
});

test("a store that nobody may write is refused", async () => {
  await expect(declared({ writers: [] })).rejects.toThrow("no role may write credentials; allowed: one at least");
});

test.each(["operators/first-roles", "apps/main", "companies/acme/machine"])("%s is a name that AWS takes", (path) => {
  expect(secretName(place.prefix, path)).toBe(`auth0-b2b-prod/${path}`);
  expect(secretName(place.prefix, path)).toMatch(secretNamePattern);
});

test.each(["a b", "ü", "a:b", ""])("%j is no name of a secret", (name) => {
  expect(name).not.toMatch(secretNamePattern);
});

test("what a stack's checks hold names, sizes and days to is what AWS takes", () => {
  expect({ secretNameLimit, secretLimitBytes, recoveryDaysRange }).toEqual({
    secretNameLimit: 512,
    secretLimitBytes: 64 * 1024,
    recoveryDaysRange: { least: 7, most: 30 },
  });
});
