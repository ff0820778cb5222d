import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ClientCredential } from "../../components/aws/credentials/client-credential.ts";
import { CredentialStore } from "../../components/aws/credentials/credential-store.ts";
import { account } from "../harness/aws/account.ts";
import { type AtMoto, declareAtMoto } from "../harness/aws/declared-aws.ts";
import { allowed } from "../harness/aws/iam.ts";
import { authorizing } from "../harness/aws/moto.ts";
import { PageCode } from "./page-code.ts";
import { upAgain } from "./second-up.ts";

const mine = account("100000000021");
const place = { account: mine.id, region: mine.region, prefix: "auth0-b2b-prod", tags: { environment: "prod" } };
const SecretId = "auth0-b2b-prod/companies/acme/machine";
const secrets = new SecretsManagerClient(mine.settings);
const kms = new KMSClient(mine.settings);
const roleArn = (name: string) => `arn:aws:iam::${mine.id}:role/${name}`;

const program = (clientSecret: string) => () => {
  const store = new CredentialStore("credentials", {
    place,
    readers: [roleArn("back-end")],
    writers: [roleArn("deploy")],
    recoveryDays: 7,
  });
  new ClientCredential("acme/machine", {
    place,
    store,
    path: "companies/acme/machine",
    readers: [roleArn("back-end")],
    company: "acme",
    clientId: "machine-client",
    clientSecret: pulumi.secret(clientSecret),
    issuer: "https://tenant.example/",
  });
};
const credential = (clientSecret: string) => ({
  clientId: "machine-client",
  clientSecret,
  issuer: "https://tenant.example/",
});
const labelled = async (VersionStage: string) => {
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId, VersionStage }));
  return JSON.parse(SecretString);
};

let at: AtMoto;
let code: PageCode;

beforeAll(async () => {
  code = new PageCode("credentials.md");
  at = await declareAtMoto(mine, program("the first secret"));
});

afterAll(() => code.remove());

test("AWS takes all that is declared, and has it so", async () => {
  const taken = at.taken.map(({ type }) => type.split(":").at(-1) ?? "");
  // The key's alias waits for nothing but the key.
  expect(taken.filter((type) => type !== "Alias")).toEqual(["Key", "Secret", "SecretPolicy", "SecretVersion"]);
  expect(taken).toHaveLength(5);
  expect(taken.indexOf("Alias")).toBeGreaterThan(taken.indexOf("Key"));
  const found = await secrets.send(new DescribeSecretCommand({ SecretId }));
  expect(found.Tags?.toSorted((a, b) => ((a.Key ?? "") < (b.Key ?? "") ? -1 : 1))).toEqual([
    { Key: "company", Value: "acme" },
    { Key: "environment", Value: "prod" },
  ]);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/auth0-b2b-prod-credentials" }));
  expect(KeyMetadata).toMatchObject({ Arn: found.KmsKeyId, KeyState: "Enabled" });
  const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: found.KmsKeyId }));
  expect(KeyRotationEnabled).toBe(true);
  expect(await labelled("AWSCURRENT")).toEqual(credential("the first secret"));
});

/** Credentials of somebody in a role, which may do what its own policy says. */
async function sessionIn(name: string, actions: readonly string[]) {
  const iam = new IAMClient(mine.settings);
  const trust = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${mine.id}:root` }, Action: "sts:AssumeRole" };
  const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trust) }));
  if (actions.length > 0) {
    const PolicyDocument = document({ Effect: "Allow", Action: actions, Resource: "*" });
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "own", PolicyDocument }));
  }
  const asked = new AssumeRoleCommand({ RoleArn: roleArn(name), RoleSessionName: "somebody" });
  const { Credentials } = await new STSClient(mine.settings).send(asked);
  return new SecretsManagerClient(
    mine.as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    }),
  );
}

test("roles read and write as far as moto can tell, which is by their own policies; the secret's policy tells the rest", async () => {
  const read = "secretsmanager:GetSecretValue";
  const reader = await sessionIn("back-end", [read]);
  const writer = await sessionIn("deploy", [read, "secretsmanager:PutSecretValue"]);
  const stranger = await sessionIn("stranger", []);
  const administrator = await sessionIn("administrator", [read]);
  const get = new GetSecretValueCommand({ SecretId });
  const put = new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(credential("the first secret")) });
  await authorizing(inject("moto"), async () => {
    for (const who of [reader, writer]) {
      expect(JSON.parse((await who.send(get)).SecretString ?? "")).toEqual(credential("the first secret"));
    }
    expect((await writer.send(put)).VersionStages).toEqual(["AWSCURRENT"]);
    await expect(reader.send(put)).rejects.toThrow("is not authorized to perform: secretsmanager:PutSecretValue");
    await expect(stranger.send(get)).rejects.toThrow("is not authorized to perform: secretsmanager:GetSecretValue");
    // moto does not ask the secret's own policy
    expect(await administrator.send(get)).toMatchObject({ Name: SecretId });
  });
  const { ResourcePolicy = "", ARN = "" } = await secrets.send(new GetResourcePolicyCommand({ SecretId }));
  const own = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [read], Resource: "*" }] };
  const asks = (role: string) =>
    allowed(
      { resource: ResourcePolicy, identity: { own } },
      { principal: `arn:aws:sts::${mine.id}:assumed-role/${role}/somebody`, action: read, resource: ARN },
    );
  expect((await asks("back-end")).decision).toBe("allowed");
  expect((await asks("deploy")).decision).toBe("allowed");
  expect(await asks("administrator")).toEqual({ decision: "explicit deny", by: ["resource: OthersNeverRead"] });
});

test("AWS has the key's policy as it was declared", async () => {
  const { Policy = "" } = await kms.send(
    new GetKeyPolicyCommand({ KeyId: String(at.taken[0]?.id), PolicyName: "default" }),
  );
  expect(JSON.parse(Policy)).toEqual(JSON.parse(String(at.taken[0]?.inputs.policy)));
});

test("another client secret is another version, and nothing else changes; the one before it stays", async () => {
  expect(await upAgain(mine, at, program("the second secret"))).toEqual(["SecretVersion acme/machine"]);
  expect(await labelled("AWSCURRENT")).toEqual(credential("the second secret"));
  expect(await labelled("AWSPREVIOUS")).toEqual(credential("the first secret"));
});

test("the page's code is right, and reads both", async () => {
  expect(await code.check()).toEqual({ status: 0, said: "" });
  const { endpoint, region, credentials } = mine.settings;
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const both = '[await page.credential("AWSCURRENT"), await page.credential("AWSPREVIOUS")]';
  expect(await code.print(both, env)).toEqual([credential("the second secret"), credential("the first secret")]);
});

test("what is taken away can be had back; its name is free once it is given up, as the page says", async () => {
  await at.remove();
  const again = new CreateSecretCommand({ Name: SecretId });
  await expect(secrets.send(again)).rejects.toThrow(); // AWS says "already scheduled for deletion", moto "already exists"
  await secrets.send(new RestoreSecretCommand({ SecretId }));
  expect(await labelled("AWSCURRENT")).toEqual(credential("the second secret"));
  await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  expect(await secrets.send(again)).toMatchObject({ Name: SecretId });
});
