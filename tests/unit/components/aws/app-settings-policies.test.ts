import { beforeAll, expect, test } from "vitest";
import { declare } from "../../../../cli/declared/declare.ts";
import { AppSettings } from "../../../../components/aws/settings/app-settings.ts";
import { allowed } from "../../../harness/aws/iam.ts";
import { administrator, inputsOf, make, place, reader, sessionOf, writer } from "./made.ts";

const bucket = "arn:aws:s3:::auth0-b2b-prod-directory-123456789012";
const object = `${bucket}/directory.json`;
const parameters = "arn:aws:ssm:eu-central-1:123456789012:parameter";
const stranger = "arn:aws:iam::123456789012:role/stranger";

let ofBucket: object;
let readerPolicy: string;

beforeAll(async () => {
  const all = await declare(
    () => {
      const settings = new AppSettings("settings", {
        place,
        readers: [reader],
        writers: [writer],
        parameters: {},
        directory: "{}",
      });
      settings.readerPolicy.apply((text) => {
        readerPolicy = text;
      });
    },
    { make },
  );
  ofBucket = inputsOf(all, "BucketPolicy", "settings").policy as object;
});

/** May somebody do this with the bucket? @param own policies of their own */
const asked = (role: string, action: string, own: object | undefined, resource = object, context = {}) =>
  allowed(
    { resource: ofBucket, ...(own && { identity: { own } }) },
    {
      principal: role === "anonymous" ? role : sessionOf(role),
      action: `s3:${action}`,
      resource,
      account: place.account,
      context,
    },
  );

test.each(["GetObject", "GetObjectVersion"])("a reader may %s, without a policy of its own", async (action) => {
  expect(await asked(reader, action, undefined)).toEqual({ decision: "allowed", by: ["resource: Read"] });
});

test.each(["GetObject", "PutObject", "DeleteObject", "DeleteObjectVersion"])(
  "a writer may %s by a policy of its own",
  async (action) => {
    expect(await asked(writer, action, administrator)).toEqual({ decision: "allowed", by: ["own: All"] });
    expect(await asked(writer, action, undefined)).toEqual({ decision: "implicit deny", by: [] });
  },
);

test.each([
  [reader, "PutObject", "OthersNeverWrite"],
  [reader, "DeleteObject", "OthersNeverWrite"],
  [reader, "DeleteObjectVersion", "OthersNeverWrite"],
  [stranger, "GetObject", "OthersNeverRead"],
  [stranger, "GetObjectVersion", "OthersNeverRead"],
  [stranger, "PutObject", "OthersNeverWrite"],
  ["arn:aws:iam::999999999999:role/back-end", "GetObject", "OthersNeverRead"],
  ["anonymous", "GetObject", "OthersNeverRead"],
])("%s may not %s, whatever its own policies say", async (role, action, sid) => {
  const own = role === "anonymous" ? undefined : administrator;
  expect(await asked(role, action, own)).toEqual({ decision: "explicit deny", by: [`resource: ${sid}`] });
});

test.each([
  [reader, "GetObject", object],
  [writer, "PutObject", object],
  [writer, "ListBucket", bucket],
  [stranger, "PutObject", `${bucket}/another`],
])("%s may not %s without TLS", async (role, action, resource) => {
  const verdict = await asked(role, action, administrator, resource, { "aws:SecureTransport": "false" });
  expect(verdict).toMatchObject({ decision: "explicit deny", by: expect.arrayContaining(["resource: TlsOnly"]) });
});

const asReader = (action: string, resource: string) =>
  allowed(
    { identity: { settings: readerPolicy } },
    { principal: sessionOf(reader), action, resource, account: place.account },
  );

test.each([
  ["ssm:GetParametersByPath", `${parameters}/auth0-b2b-prod`, "ReadParameters"],
  ["ssm:GetParametersByPath", `${parameters}/auth0-b2b-prod/apps`, "ReadParameters"],
  ["ssm:GetParameter", `${parameters}/auth0-b2b-prod/directory`, "ReadParameters"],
  ["ssm:GetParameters", `${parameters}/auth0-b2b-prod/apps/main/client-id`, "ReadParameters"],
  ["s3:GetObject", object, "ReadDirectory"],
  ["s3:GetObjectVersion", object, "ReadDirectory"],
])("the reader's policy allows %s on %s", async (action, resource, sid) => {
  expect(await asReader(action, resource)).toEqual({ decision: "allowed", by: [`settings: ${sid}`] });
});

test.each([
  ["ssm:GetParametersByPath", `${parameters}/auth0-b2b-production`],
  ["ssm:GetParameter", `${parameters}/auth0-b2b-production/issuer`],
  ["ssm:GetParameter", `${parameters}/another`],
  ["ssm:GetParameterHistory", `${parameters}/auth0-b2b-prod/issuer`],
  ["ssm:PutParameter", `${parameters}/auth0-b2b-prod/issuer`],
  ["ssm:DeleteParameter", `${parameters}/auth0-b2b-prod/issuer`],
  ["s3:GetObject", `${bucket}/another`],
  ["s3:PutObject", object],
  ["s3:ListBucket", bucket],
])("the reader's policy does not allow %s on %s", async (action, resource) => {
  expect(await asReader(action, resource)).toEqual({ decision: "implicit deny", by: [] });
});
