import { beforeAll, expect, test } from "vitest";
import { declare } from "../../../../cli/declared/declare.ts";
import { ClientCredential } from "../../../../components/aws/credentials/client-credential.ts";
import { CredentialStore } from "../../../../components/aws/credentials/credential-store.ts";
import { allowed } from "../../../harness/aws/iam.ts";
import { administrator, inputsOf, make, place, reader, sessionOf, writer } from "./made.ts";

const secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0-b2b-prod/apps/main-AbCdEf";
const another = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0-b2b-production/apps/main-AbCdEf";
const key = "arn:aws:kms:eu-central-1:123456789012:key/1";
const otherReader = "arn:aws:iam::123456789012:role/another-back-end";
const stranger = "arn:aws:iam::123456789012:role/stranger";
const elsewhere = "arn:aws:iam::999999999999:role/back-end";

let ofSecret: object;
let ofKey: object;

beforeAll(async () => {
  const all = await declare(
    () => {
      const roles = { readers: [reader, otherReader], writers: [writer], recoveryDays: 30 };
      const store = new CredentialStore("credentials", { place, ...roles });
      const client = { clientId: "main-client", clientSecret: store.keyArn, issuer: "https://tenant.example/" };
      new ClientCredential("main", { place, store, path: "apps/main", readers: [reader], ...client });
    },
    { make },
  );
  ofSecret = inputsOf(all, "SecretPolicy", "main").policy as object;
  ofKey = inputsOf(all, "Key", "credentials").policy as object;
});

/** May somebody do this with the secret? @param own policies of their own */
const asked = (role: string, action: string, own: object | undefined, context = {}) =>
  allowed(
    { resource: ofSecret, ...(own && { identity: { own } }) },
    { principal: sessionOf(role), action: `secretsmanager:${action}`, resource: secret, context },
  );

test.each([
  [reader, "GetSecretValue", "Read"],
  [reader, "DescribeSecret", "Read"],
  [writer, "GetSecretValue", "Write"],
  [writer, "DescribeSecret", "Write"],
  [writer, "PutSecretValue", "Write"],
  [writer, "UpdateSecret", "Write"],
])("%s may %s, without a policy of its own", async (role, action, sid) => {
  expect(await asked(role, action, undefined)).toEqual({ decision: "allowed", by: [`resource: ${sid}`] });
});

test.each([
  [reader, "PutSecretValue", "OthersNeverWrite"],
  [reader, "UpdateSecret", "OthersNeverWrite"],
  [reader, "UpdateSecretVersionStage", "OthersNeverWrite"],
  [otherReader, "GetSecretValue", "OthersNeverRead"],
  [stranger, "GetSecretValue", "OthersNeverRead"],
  [stranger, "PutSecretValue", "OthersNeverWrite"],
  [stranger, "UpdateSecret", "OthersNeverWrite"],
  [stranger, "UpdateSecretVersionStage", "OthersNeverWrite"],
  [elsewhere, "GetSecretValue", "OthersNeverRead"],
  ["arn:aws:iam::123456789012:role/back-end-2", "GetSecretValue", "OthersNeverRead"],
])("%s may not %s, whatever its own policies say", async (role, action, sid) => {
  expect(await asked(role, action, administrator)).toEqual({ decision: "explicit deny", by: [`resource: ${sid}`] });
});

test.each([
  [stranger, "DescribeSecret"],
  [reader, "DeleteSecret"],
  [writer, "UpdateSecretVersionStage"],
  [writer, "DeleteSecret"],
  [writer, "PutResourcePolicy"],
])("%s may not %s by the secret's policy", async (role, action) => {
  expect(await asked(role, action, undefined)).toEqual({ decision: "implicit deny", by: [] });
});

test("whom AWS does not know, and the account's root, may not read", async () => {
  const refused = { decision: "explicit deny", by: ["resource: OthersNeverRead"] };
  const read = { action: "secretsmanager:GetSecretValue", resource: secret };
  expect(await allowed({ resource: ofSecret }, { principal: "anonymous", ...read })).toEqual(refused);
  expect(await allowed({ resource: ofSecret }, { principal: "arn:aws:iam::123456789012:root", ...read })).toEqual(
    refused,
  );
});

test("who may change the policy by their own may do so, and then read: that stands in CloudTrail", async () => {
  expect(await asked(stranger, "PutResourcePolicy", administrator)).toEqual({ decision: "allowed", by: ["own: All"] });
});

const via = (service: string, arn: string) => ({
  "kms:ViaService": `${service}.eu-central-1.amazonaws.com`,
  "kms:EncryptionContext:SecretARN": arn,
});
const used = (role: string, action: string, own: object | undefined, context: Record<string, string>) =>
  allowed(
    { resource: ofKey, ...(own && { identity: { own } }) },
    { principal: sessionOf(role), action: `kms:${action}`, resource: key, context },
  );

test.each([
  [reader, "Decrypt", "ReadBySecretsManager", secret],
  [writer, "Decrypt", "WriteBySecretsManager", secret],
  [writer, "GenerateDataKey", "WriteBySecretsManager", secret],
  [writer, "GenerateDataKey", "WriteBySecretsManager", "RequestToValidateKeyAccess"],
])("Secrets Manager may do for %s what %s takes", async (role, action, sid, arn) => {
  expect(await used(role, action, undefined, via("secretsmanager", arn))).toEqual({
    decision: "allowed",
    by: [`resource: ${sid}`],
  });
});

test.each([
  ["a reader by itself", reader, "Decrypt", {}],
  ["a writer by itself", writer, "GenerateDataKey", {}],
  ["a reader by another service", reader, "Decrypt", via("ssm", secret)],
  ["a writer by another service", writer, "GenerateDataKey", via("s3", secret)],
  ["a reader for what is not ours", reader, "Decrypt", via("secretsmanager", another)],
  ["a reader to write", reader, "GenerateDataKey", via("secretsmanager", secret)],
  ["anybody else", stranger, "Decrypt", via("secretsmanager", secret)],
  ["a role of another account", elsewhere, "Decrypt", via("secretsmanager", secret)],
  ["a writer to hand the key out", writer, "CreateGrant", via("secretsmanager", secret)],
])("the key serves %s not, whatever their own policies say", async (_, role, action, context) => {
  expect(await used(role, action, administrator, context)).toEqual({ decision: "implicit deny", by: [] });
});

test.each(["PutKeyPolicy", "DescribeKey", "ScheduleKeyDeletion", "EnableKeyRotation", "TagResource"])(
  "administrators of the account may %s, by their own policies alone",
  async (action) => {
    expect(await used(stranger, action, administrator, {})).toMatchObject({ decision: "allowed" });
    expect(await used(stranger, action, undefined, {})).toEqual({ decision: "implicit deny", by: [] });
  },
);
