import { join } from "node:path";
import { expect, test } from "vitest";
import { readSettings } from "../../../bootstrap/settings.ts";
import { objections } from "../../harness/aws/rules.ts";
import { graphOf, named, waitsFor } from "../components/aws/graph.ts";
import { configured, declared, policyOf } from "./prod.ts";

const all = await declared();
const tags = { program: "auth0-b2b-bootstrap", environment: "prod" };
const account = "111122223333";
const bucket = `auth0-b2b-prod-state-${account}`;
const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;

/** Texts that are policies stand for themselves elsewhere. */
const graph = (list: typeof all) =>
  graphOf(list).map(([name, inputs]) => [
    name,
    typeof inputs === "object" && inputs !== null
      ? Object.fromEntries(
          Object.entries(inputs).map(([key, value]) => [
            key,
            typeof value === "string" && value.startsWith('{"Version"') ? "a policy" : value,
          ]),
        )
      : inputs,
  ]);

test("the whole graph: GitHub's identity provider, two roles with a bound for users, a bucket and two keys", () => {
  const role = (kind: string, description: string) => [
    [
      `aws:iam/role:Role ci-${kind}`,
      { name: `auth0-b2b-prod-${kind}`, description, assumeRolePolicy: "a policy", maxSessionDuration: 3600, tags },
    ],
    [
      `aws:iam/rolePolicy:RolePolicy ci-${kind}`,
      { name: "program", role: `auth0-b2b-prod-${kind}`, policy: "a policy" },
    ],
  ];
  const key = (kind: string, description: string, alias: string) => [
    [
      `aws:kms/key:Key state-${kind}`,
      { description, enableKeyRotation: true, deletionWindowInDays: 30, policy: "a policy", tags },
    ],
    [`aws:kms/alias:Alias state-${kind}`, { name: alias, targetKeyId: `state-${kind}` }],
  ];
  expect(graph(all)).toEqual([
    [
      "pulumi:providers:aws aws",
      {
        region: "eu-central-1",
        allowedAccountIds: JSON.stringify([account]),
        skipCredentialsValidation: "false",
        skipRegionValidation: "true",
      },
    ],
    ["auth0-b2b:aws:CiRoles ci", undefined],
    [
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider ci",
      { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"], tags },
    ],
    [
      "aws:iam/policy:Policy ci-mail-sender",
      {
        name: "auth0-b2b-prod-mail-sender",
        description: "The most that a user of the environment may do: send mail",
        policy: "a policy",
        tags,
      },
    ],
    ...role("preview", "Previews: reads, and writes nothing"),
    ...role("deploy", "Deploys: what the program declares, and nothing else"),
    ["auth0-b2b:aws:StateStore state", undefined],
    ...key("files", "Files of Pulumi's state of auth0-b2b-prod", "alias/auth0-b2b-prod-state"),
    ...key("secrets", "Secrets in Pulumi's state of auth0-b2b-prod", "alias/auth0-b2b-prod-secrets"),
    ["auth0-b2b:aws:PrivateBucket state", "auth0-b2b:aws:StateStore::state"],
    ["aws:s3/bucket:Bucket state", { bucket, tags }],
    [
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock state",
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    ],
    [
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls state",
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    ],
    [
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration state",
      {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: `arn:aws:kms:eu-central-1:${account}:key/state-files`,
            },
            bucketKeyEnabled: true,
          },
        ],
      },
    ],
    ["aws:s3/bucketVersioning:BucketVersioning state", { bucket, versioningConfiguration: { status: "Enabled" } }],
    [
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration state",
      {
        bucket,
        rules: [
          {
            id: "old-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: 365 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
    ],
    ["aws:s3/bucketPolicy:BucketPolicy state", { bucket, policy: "a policy" }],
  ]);
});

test.each([
  ["preview", "RolePolicy", "ci-preview", "policy"],
  ["preview-trust", "Role", "ci-preview", "assumeRolePolicy"],
  ["deploy", "RolePolicy", "ci-deploy", "policy"],
  ["deploy-trust", "Role", "ci-deploy", "assumeRolePolicy"],
  ["mail-sender-boundary", "Policy", "ci-mail-sender", "policy"],
  ["state-bucket", "BucketPolicy", "state", "policy"],
  ["state-files-key", "Key", "state-files", "policy"],
  ["state-secrets-key", "Key", "state-secrets", "policy"],
])("the policy %s, word by word", async (file, type, name, key) => {
  const policy = JSON.stringify(JSON.parse(policyOf(all, type, name, key)), null, 2);
  await expect(`${policy}\n`).toMatchFileSnapshot(join(import.meta.dirname, `policies/${file}.txt`));
});

test("an account that knows GitHub already is not told again", async () => {
  const list = await declared({ identityProvider: "existing" });
  expect(named(list, "OpenIdConnectProvider", "ci")).toBeUndefined();
  expect(JSON.parse(policyOf(list, "Role", "ci-deploy", "assumeRolePolicy")).Statement[0].Principal).toEqual({
    Federated: [provider],
  });
});

test("the state waits for the roles that its keys name, and is protected", () => {
  expect(waitsFor(all, "StateStore", "state")).toEqual(["CiRoles ci"]);
  expect(named(all, "StateStore", "state")?.opts.protect).toBe(true);
  expect(named(all, "CiRoles", "ci")?.opts.protect).toBeUndefined();
});

test("an environment without mail and login domain has roles that may touch neither", async () => {
  const list = await declared({ mail: undefined, loginDomain: undefined, customerSecrets: undefined });
  for (const role of ["preview", "deploy"]) {
    expect(policyOf(list, "RolePolicy", `ci-${role}`)).not.toMatch(/"(ses|iam|route53):|undefined|:customers/);
  }
});

test("the branch is main, or another one that is named", async () => {
  const ref = async (changes: object) =>
    JSON.parse(policyOf(await declared({ ...changes }), "Role", "ci-deploy", "assumeRolePolicy")).Statement[0].Condition
      .StringLike;
  const claim = "token.actions.githubusercontent.com:ref";
  expect(await ref({})).toEqual({ [claim]: "refs/heads/main" });
  expect(await ref({ branch: "release/prod" })).toEqual({ [claim]: "refs/heads/release/prod" });
});

test("every fault at once, before anything is declared", () => {
  const wrong = configured({
    account: "1234",
    region: "Frankfurt",
    prefix: "Auth0",
    repository: { owner: "example travel", ownerId: 0, name: "auth0-b2b" },
    branch: "*",
    identityProvider: "yes",
    state: { administrators: ["arn:aws:iam::111122223333:user/somebody"], oldVersionsDays: 0 },
    mail: { domain: "Travel.example", zone: "travel.example" },
    customerSecrets: ["*"],
    bucket: "mine",
  });
  expect(() => readSettings(wrong, "test")).toThrowErrorMatchingInlineSnapshot(`
    [Error: Stack test cannot be used as it is set: 15 faults. Nothing was changed.
    ✖ bootstrap/Pulumi.test.yaml: "test" cannot be used; allowed: a stack that is called dev, staging, prod
    ✖ bootstrap/Pulumi.test.yaml: account: "1234" cannot be used; allowed: the 12 digits of an AWS account, in quotes
    ✖ bootstrap/Pulumi.test.yaml: region: this string cannot be used; allowed: an AWS region such as eu-central-1
    ✖ bootstrap/Pulumi.test.yaml: prefix: "Auth0" cannot be used; allowed: 3 to 28 lower-case letters, digits and single hyphens between them, beginning with a letter, and not with aws, ssm, sthree- or amzn-s3-demo-
    ✖ bootstrap/Pulumi.test.yaml: repository.owner: "example travel" cannot be used; allowed: a name as GitHub writes it, such as auth0-b2b
    ✖ bootstrap/Pulumi.test.yaml: repository.ownerId: 0 cannot be used; allowed: a number as GitHub's API gives it, such as 1234567
    ✖ bootstrap/Pulumi.test.yaml: repository.id: missing; allowed: a number as GitHub's API gives it, such as 1234567
    ✖ bootstrap/Pulumi.test.yaml: branch: "*" cannot be used; allowed: a branch such as main, without a pattern
    ✖ bootstrap/Pulumi.test.yaml: identityProvider: "yes" cannot be used; allowed: new, existing
    ✖ bootstrap/Pulumi.test.yaml: state.administrators[0]: "arn:aws:iam::111122223333:user/somebody" cannot be used; allowed: the ARN of a role such as arn:aws:iam::123456789012:role/administrator
    ✖ bootstrap/Pulumi.test.yaml: state.oldVersionsDays: 0 cannot be used; allowed: a whole number of days from 1 to 3650
    ✖ bootstrap/Pulumi.test.yaml: mail.domain: "Travel.example" cannot be used; allowed: a domain in lower case such as example.com (punycode for other scripts)
    ✖ bootstrap/Pulumi.test.yaml: mail.zone: "travel.example" cannot be used; allowed: the id of a hosted zone of Route 53 such as Z0123456789ABCDEFGHIJ
    ✖ bootstrap/Pulumi.test.yaml: customerSecrets[0]: "*" cannot be used; allowed: the ARN of a secret, or of many with one * at its end, such as arn:aws:secretsmanager:eu-central-1:123456789012:secret:customers/*
    ✖ bootstrap/Pulumi.test.yaml: unknown key bucket; allowed: account, region, prefix, repository, branch, identityProvider, state, mail, loginDomain, customerSecrets]
  `);
});

test("settings whose policy IAM would not take are refused too: 10,240 characters without spaces", () => {
  const customerSecrets = (count: number) =>
    Array.from(
      { length: count },
      (_, n) => `arn:aws:secretsmanager:eu-central-1:${account}:secret:customers/${n + 10}/*`,
    );
  expect(() => readSettings(configured({ customerSecrets: customerSecrets(15) }), "prod")).not.toThrow();
  expect(() =>
    readSettings(configured({ customerSecrets: customerSecrets(16) }), "prod"),
  ).toThrowErrorMatchingInlineSnapshot(`
    [Error: Stack prod cannot be used as it is set: 1 fault. Nothing was changed.
    ✖ bootstrap/Pulumi.prod.yaml: customerSecrets: the policy of the role deploy has 10245 characters; allowed: 10240, so fewer or shorter ARNs of secrets: one with * at its end stands for many]
  `);
});

test("without any setting each that is needed is named", () => {
  expect(() => readSettings({ values: new Map(), secretKeys: new Set() }, "prod")).toThrowErrorMatchingInlineSnapshot(`
    [Error: Stack prod cannot be used as it is set: 5 faults. Nothing was changed.
    ✖ bootstrap/Pulumi.prod.yaml: account: missing; allowed: the 12 digits of an AWS account, in quotes
    ✖ bootstrap/Pulumi.prod.yaml: region: missing; allowed: an AWS region such as eu-central-1
    ✖ bootstrap/Pulumi.prod.yaml: repository: missing; allowed: an object with owner, ownerId, name, id
    ✖ bootstrap/Pulumi.prod.yaml: identityProvider: missing; allowed: new, existing
    ✖ bootstrap/Pulumi.prod.yaml: state: missing; allowed: an object with administrators, oldVersionsDays]
  `);
});

test("by the rules for everything in AWS nobody objects to it but to actions that AWS limits to no resource", () => {
  // Which these are is held in permissions.test.ts.
  expect(objections(all)).toEqual([
    "RolePolicy ci-preview: Account: every resource",
    "RolePolicy ci-deploy: NewKey: every resource",
    "RolePolicy ci-deploy: Account: every resource",
  ]);
});
