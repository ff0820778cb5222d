import { describe, expect, test } from "vitest";
import { allowed } from "../../harness/aws/iam.ts";

const account = "111111111111";
const role = `arn:aws:iam::${account}:role/app`;
const session = `arn:aws:sts::${account}:assumed-role/app/one`;
const other = `arn:aws:iam::${account}:role/other`;
const stranger = "arn:aws:iam::222222222222:role/app";
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string, Resource: string, more: object = {}) =>
  policy({ Sid: "May", Effect: "Allow", Action, Resource, ...more });
const denied = { decision: "implicit deny", by: [] };

/** The same question twice: what is let through, and its twin, which differs in one thing and is not. */
const both = (...verdicts: ReturnType<typeof allowed>[]) => Promise.all(verdicts);

describe("a secret", () => {
  const secret = `arn:aws:secretsmanager:eu-central-1:${account}:secret:auth0/prod/one-AbCdEf`;
  const read = (principal: string) => ({ principal, action: "secretsmanager:GetSecretValue", resource: secret });
  const may = { app: allow("secretsmanager:GetSecretValue", secret) };
  const named = policy({
    Sid: "NamedAlone",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
    Condition: { ArnNotEquals: { "aws:PrincipalArn": role } },
  });

  test("is read by a role, and by its session, that its own policy lets, and by no other", async () => {
    expect(await both(allowed({ identity: may }, read(role)), allowed({ identity: may }, read(session)))).toEqual([
      { decision: "allowed", by: ["app: May"] },
      { decision: "allowed", by: ["app: May"] },
    ]);
    expect(await allowed({}, read(role))).toEqual(denied);
    expect(
      await allowed({ identity: { app: allow("secretsmanager:GetSecretValue", `${secret}x`) } }, read(role)),
    ).toEqual(denied);
  });

  test("is kept by its own policy from whom it does not name", async () => {
    const policies = { identity: may, resource: named };
    expect(await both(allowed(policies, read(session)), allowed(policies, read(other)))).toEqual([
      { decision: "allowed", by: ["app: May"] },
      { decision: "explicit deny", by: ["resource: NamedAlone"] },
    ]);
  });

  test("of another account takes the word of both accounts", async () => {
    const resource = policy({
      Sid: "Stranger",
      Effect: "Allow",
      Principal: { AWS: stranger },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
    });
    expect(
      await both(
        allowed({ identity: may, resource }, read(stranger)),
        allowed({ identity: may }, read(stranger)),
        allowed({ resource }, read(stranger)),
      ),
    ).toEqual([{ decision: "allowed", by: ["app: May", "resource: Stranger"] }, denied, denied]);
  });
});

test("a key is used by whom its policy names, or lets the account name, and by no policy of a role alone", async () => {
  const key = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const decrypt = { principal: role, action: "kms:Decrypt", resource: key };
  const own = allow("kms:Decrypt", key);
  const root = allow("kms:*", "*", { Principal: { AWS: `arn:aws:iam::${account}:root` } });
  const via = allow("kms:Decrypt", "*", {
    Principal: { AWS: role },
    Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
  });
  const through = (service: string) => ({
    ...decrypt,
    context: { "kms:ViaService": `${service}.eu-central-1.amazonaws.com` },
  });
  expect(
    await both(
      allowed({ identity: { app: own }, resource: root }, decrypt),
      allowed({ identity: { app: own } }, decrypt),
      allowed({ resource: root }, decrypt),
      allowed({ resource: via }, through("secretsmanager")),
      allowed({ resource: via }, through("s3")),
      allowed({ resource: via }, decrypt),
    ),
  ).toEqual([
    { decision: "allowed", by: ["app: May", "resource: May"] },
    denied,
    denied,
    { decision: "allowed", by: ["resource: May"] },
    denied,
    denied,
  ]);
});

describe("a service", () => {
  const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:${account}:${rest}`;
  const rule = arn("events", "rule/bus/all");
  const cases: readonly [string, string, string, string, string][] = [
    [
      "a log group",
      "events.amazonaws.com",
      "logs:PutLogEvents",
      arn("logs", "log-group:/aws/events/a:log-stream:b"),
      arn("logs", "log-group:/aws/events/a:*"),
    ],
    ["a queue", "events.amazonaws.com", "sqs:SendMessage", arn("sqs", "failed"), arn("sqs", "failed")],
    ["a topic", "cloudwatch.amazonaws.com", "sns:Publish", arn("sns", "alarms"), arn("sns", "alarms")],
  ];
  test.each(cases)("writes to %s for the one that its policy names", async (_, service, action, resource, Resource) => {
    const condition = { ArnEquals: { "aws:SourceArn": rule }, StringEquals: { "aws:SourceAccount": account } };
    const own = allow(action, Resource, { Principal: { Service: service }, Condition: condition });
    const asks = (principal: string, source: string, sourceAccount = account) =>
      allowed(
        { resource: own },
        { principal, action, resource, context: { "aws:SourceArn": source, "aws:SourceAccount": sourceAccount } },
      );
    expect(
      await both(
        asks(service, rule),
        asks(service, `${rule}2`),
        asks(service, rule, "222222222222"),
        asks("lambda.amazonaws.com", rule),
        allowed({ resource: own }, { principal: service, action, resource }),
      ),
    ).toEqual([{ decision: "allowed", by: ["resource: May"] }, denied, denied, denied, denied]);
  });
});

test("a bus takes events of the account that its policy names", async () => {
  const bus = `arn:aws:events:eu-central-1:${account}:event-bus/apps`;
  const put = (principal: string) => ({ principal, action: "events:PutEvents", resource: bus });
  const policies = {
    identity: { app: allow("events:PutEvents", bus) },
    resource: allow("events:PutEvents", bus, { Principal: { AWS: "arn:aws:iam::222222222222:root" } }),
  };
  expect(
    await both(allowed(policies, put(stranger)), allowed(policies, put("arn:aws:iam::333333333333:role/app"))),
  ).toEqual([{ decision: "allowed", by: ["app: May", "resource: May"] }, denied]);
});

test("a bucket answers over TLS alone, and nobody that AWS does not know", async () => {
  const bucket = "arn:aws:s3:::directory";
  const get = (principal: string, tls: string) => ({
    principal,
    action: "s3:GetObject",
    resource: `${bucket}/prod.json`,
    account,
    context: { "aws:SecureTransport": tls },
  });
  const resource = policy({
    Sid: "OverTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket, `${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  const open = allow("s3:GetObject", `${bucket}/*`, { Principal: "*" });
  const identity = { app: allow("s3:GetObject", `${bucket}/*`) };
  expect(
    await both(
      allowed({ identity, resource }, get(role, "true")),
      allowed({ identity, resource }, get(role, "false")),
      allowed({ resource }, get("anonymous", "true")),
      allowed({ resource: open }, get("anonymous", "true")),
    ),
  ).toEqual([
    { decision: "allowed", by: ["app: May"] },
    { decision: "explicit deny", by: ["resource: OverTls"] },
    denied,
    { decision: "allowed", by: ["resource: May"] },
  ]);
});

test("a role is assumed by the workflow that its trust policy names", async () => {
  const github = "token.actions.githubusercontent.com";
  const trust = {
    resource: policy({
      Sid: "Prod",
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${github}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${github}:aud`]: "sts.amazonaws.com", [`${github}:sub`]: "repo:o/r:environment:prod" },
      },
    }),
  };
  const assume = (provider: string, claims: Record<string, string>) =>
    allowed(trust, {
      principal: `arn:aws:iam::${account}:oidc-provider/${provider}`,
      action: "sts:AssumeRoleWithWebIdentity",
      resource: role,
      context: Object.fromEntries(Object.entries(claims).map(([name, value]) => [`${provider}:${name}`, value])),
    });
  const right = { aud: "sts.amazonaws.com", sub: "repo:o/r:environment:prod" };
  expect(
    await both(
      assume(github, right),
      assume(github, { ...right, sub: "repo:o/r:pull_request" }),
      assume(github, { ...right, aud: "https://github.com/o" }),
      assume(github, { aud: right.aud }),
      assume("gitlab.com", right),
    ),
  ).toEqual([{ decision: "allowed", by: ["resource: Prod"] }, denied, denied, denied, denied]);
  await expect(assume(github, { ...right, weather: "good" })).rejects.toThrow("the action does not know");
});

test("a policy or a request that AWS would not take is an error, with what is wrong", async () => {
  const get = { principal: role, action: "s3:GetObject", resource: "arn:aws:s3:::directory/prod.json", account };
  const asked = `${role} s3:GetObject ${get.resource}: `;
  const wrong = async (identity: string, request = get, context = {}) =>
    await allowed({ identity: { app: identity } }, { ...request, context }).catch((error: Error) =>
      error.message.replace(asked, ""),
    );
  const good = allow("s3:GetObject", "*");
  expect(await wrong(allow("s3:GetObjects", "*"))).toBe("AWS has no action s3:GetObjects");
  expect(await wrong(policy({ Effect: "Permit", Action: "s3:GetObject", Resource: "*" }))).toContain(
    '"path":"Statement[0].Effect","message":"Effect must be present and exactly',
  );
  expect(await wrong(good, { ...get, action: "s3:GetObjec" })).toContain('{"message":"invalid.action"}');
  expect(await wrong(good, { ...get, resource: "arn:aws:sns:eu-central-1:111111111111:x" })).toContain(
    '{"message":"no.resource.types"}',
  );
  expect(await wrong(good, get, { "kms:ViaService": "s3" })).toBe("the action does not know kms:ViaService");
  expect(await wrong(good, { ...get, resource: "arn:aws:s3:::directory/*" })).toContain("this is many resources");
  await expect(allowed({}, { principal: role, action: "s3:GetObject", resource: get.resource })).rejects.toThrow(
    `Whose is ${get.resource}? Give the account.`,
  );
});
