import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { declare } from "../../../../cli/declared/declare.ts";
import { AppSettings } from "../../../../components/aws/settings/app-settings.ts";
import {
  bucketNames,
  directoryBucketName,
  directoryLimitBytes,
  parameterLimitBytes,
  parameterName,
  parameterNames,
} from "../../../../components/aws/settings/names.ts";
import { after, inputsOf, listing, make, place, reader, writer } from "./made.ts";

const directory = '{"issuer":"https://tenant.example/","names":"Zoë"}';
const bucket = "auth0-b2b-prod-directory-123456789012";
const bucketArn = `arn:aws:s3:::${bucket}`;
const objectArn = `${bucketArn}/directory.json`;
const { tags } = place;
const args = {
  place,
  readers: [reader],
  writers: [writer],
  parameters: { issuer: "https://tenant.example/", "apps/main/client-id": "main-client" },
  directory,
};

/** Declares the settings; `readerPolicy` as it came to be. */
async function declared(more: Partial<typeof args> = {}) {
  let readerPolicy = "";
  const all = await declare(
    () => {
      const settings = new AppSettings("settings", { ...args, ...more });
      settings.readerPolicy.apply((text) => {
        readerPolicy = text;
      });
      expect(settings.path).toBe("/auth0-b2b-prod");
    },
    { make },
  );
  return { all, readerPolicy };
}

test("settings are parameters, a private bucket with the directory, and a pointer to it", async () => {
  const { all } = await declared();
  expect(listing(all)).toEqual([
    "AppSettings settings",
    "Parameter settings/issuer under AppSettings",
    "Parameter settings/apps/main/client-id under AppSettings",
    "PrivateBucket settings under AppSettings",
    "Bucket settings under PrivateBucket",
    "BucketPublicAccessBlock settings under PrivateBucket",
    "BucketOwnershipControls settings under PrivateBucket",
    "BucketServerSideEncryptionConfiguration settings under PrivateBucket",
    "BucketVersioning settings under PrivateBucket",
    "BucketLifecycleConfiguration settings under PrivateBucket",
    "BucketPolicy settings under PrivateBucket",
    "BucketObjectv2 settings under AppSettings",
    "Parameter settings/directory under AppSettings",
  ]);
});

test("a small value is a plain parameter below the prefix", async () => {
  const { all } = await declared();
  const plain = { type: "String", tier: "Standard", tags };
  expect(inputsOf(all, "Parameter", "settings/issuer")).toEqual({
    name: "/auth0-b2b-prod/issuer",
    insecureValue: "https://tenant.example/",
    ...plain,
  });
  expect(inputsOf(all, "Parameter", "settings/apps/main/client-id")).toEqual({
    name: "/auth0-b2b-prod/apps/main/client-id",
    insecureValue: "main-client",
    ...plain,
  });
});

test("the bucket is versioned, encrypted, owned by the account alone and never public; old versions expire", async () => {
  const { all } = await declared();
  expect(inputsOf(all, "Bucket", "settings")).toEqual({ bucket, tags });
  expect(inputsOf(all, "BucketPublicAccessBlock", "settings")).toEqual({
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(inputsOf(all, "BucketOwnershipControls", "settings")).toEqual({
    bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  expect(inputsOf(all, "BucketServerSideEncryptionConfiguration", "settings")).toEqual({
    bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  expect(inputsOf(all, "BucketVersioning", "settings")).toEqual({
    bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  expect(inputsOf(all, "BucketLifecycleConfiguration", "settings")).toEqual({
    bucket,
    rules: [
      {
        id: "old-versions",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 90 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ],
  });
});

test("the bucket's policy names who reads, refuses everybody else, and whatever comes without TLS", async () => {
  const { all } = await declared();
  const nobodyBut = (Sid: string, names: string[], Action: string[]) => ({
    Sid,
    Effect: "Deny",
    Principal: { AWS: ["*"] },
    Action,
    Resource: [objectArn],
    Condition: { ArnNotEquals: { "aws:PrincipalArn": names } },
  });
  expect(inputsOf(all, "BucketPolicy", "settings")).toEqual({
    bucket,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Principal: { AWS: [reader] },
          Action: ["s3:GetObject", "s3:GetObjectVersion"],
          Resource: [objectArn],
        },
        nobodyBut("OthersNeverRead", [reader, writer], ["s3:GetObject", "s3:GetObjectVersion"]),
        nobodyBut("OthersNeverWrite", [writer], ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]),
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: { AWS: ["*"] },
          Action: [
            "s3:DeleteObject",
            "s3:DeleteObjectVersion",
            "s3:GetObject",
            "s3:GetObjectTagging",
            "s3:GetObjectVersion",
            "s3:ListBucket",
            "s3:ListBucketVersions",
            "s3:PutObject",
            "s3:PutObjectTagging",
          ],
          Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  });
});

test("the pointer says which version of the directory counts, its checksum and its size in bytes", async () => {
  const { all } = await declared();
  expect(inputsOf(all, "BucketObjectv2", "settings")).toEqual({
    bucket,
    key: "directory.json",
    content: directory,
    contentType: "application/json",
    tags,
  });
  const { insecureValue, ...rest } = inputsOf(all, "Parameter", "settings/directory");
  expect(rest).toEqual({ name: "/auth0-b2b-prod/directory", type: "String", tier: "Standard", tags });
  expect(JSON.parse(String(insecureValue))).toEqual({
    bucket,
    key: "directory.json",
    versionId: "version-1",
    sha256: createHash("sha256").update(directory).digest("hex"),
    bytes: directory.length + 1, // ë is two of them
  });
});

test("the object comes after all that guards the bucket, the pointer after everything", async () => {
  const { all } = await declared();
  expect(after(all, "BucketObjectv2", "settings")).toEqual(["PrivateBucket settings"]);
  expect(after(all, "BucketLifecycleConfiguration", "settings")).toEqual(["BucketVersioning settings"]);
  expect(after(all, "BucketPolicy", "settings")).toEqual(["BucketPublicAccessBlock settings"]);
  expect(after(all, "Parameter", "settings/directory")).toEqual([
    "Parameter settings/issuer",
    "Parameter settings/apps/main/client-id",
    "BucketObjectv2 settings",
  ]);
});

test("a back end's role needs the parameters below the prefix and the one object", async () => {
  const parameters = "arn:aws:ssm:eu-central-1:123456789012:parameter/auth0-b2b-prod";
  expect(JSON.parse((await declared()).readerPolicy)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadParameters",
        Effect: "Allow",
        Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
        Resource: [parameters, `${parameters}/*`],
      },
      {
        Sid: "ReadDirectory",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: [objectArn],
      },
    ],
  });
});

test("without readers the bucket's policy allows nobody", async () => {
  const { policy } = inputsOf((await declared({ readers: [] })).all, "BucketPolicy", "settings");
  const statements = (policy as { Statement: { Effect: string }[] }).Statement;
  expect(statements.map(({ Effect }) => Effect)).toEqual(["Deny", "Deny", "Deny"]);
});

test("a directory that nobody may write is refused", async () => {
  await expect(declared({ writers: [] })).rejects.toThrow("no role may write the directory; allowed: one at least");
});

test.each([
  ["/auth0-b2b-prod/apps/main/client-id", true],
  ["/a/B_c.d-1", true],
  ["auth0-b2b-prod/issuer", false],
  ["/a//b", false],
  ["/a/b/", false],
  ["/a b", false],
  ["/ü", false],
])("whether %j is a name of a parameter: %s", (name, is) => {
  expect(parameterNames.pattern.test(name)).toBe(is);
});

test.each([
  ["aws-tenant", true],
  ["SSM", true],
  ["awstats", true],
  ["auth0-b2b-prod", false],
  ["my-aws", false],
])("whether a name may not begin as %j does: %s", (prefix, is) => {
  expect(parameterNames.reserved.test(prefix)).toBe(is);
  expect(parameterNames.reserved.test(parameterName(prefix, "issuer"))).toBe(is);
});

test.each([
  ["auth0-b2b-prod-directory-123456789012", true],
  ["Auth0", false],
  ["a.b", false],
  ["-a", false],
  ["a-", false],
  ["xn--a", false],
  ["sthree-a", false],
  ["amzn-s3-demo-a", false],
  ["a-s3alias", false],
  ["a--ol-s3", false],
  ["a--x-s3", false],
  ["a--table-s3", false],
])("whether %j is a name of a bucket: %s", (name, is) => {
  expect(bucketNames.pattern.test(name)).toBe(is);
});

test("a prefix of 40 characters is the longest for the bucket", () => {
  expect(directoryBucketName("p".repeat(40), place.account)).toHaveLength(bucketNames.limit);
});

test("what a stack's checks hold sizes to is what AWS takes, and for the directory far less", () => {
  expect(parameterLimitBytes).toBe(4096);
  expect(directoryLimitBytes).toBe(4 * 1024 * 1024);
});
