import { expect, test } from "vitest";
import type { Declared } from "../../../../cli/declared/declare.ts";
import { dkimDomain } from "../../../../components/aws/mail/dkim-domain.ts";
import { MailIdentity, type MailIdentityArgs } from "../../../../components/aws/mail/mail-identity.ts";
import { allowed } from "../../../harness/aws/iam.ts";
import { declareAws, graphOf, named, valuesOf, waitsFor } from "./graph.ts";

const tags = { environment: "prod", program: "auth0-b2b" };
const args: MailIdentityArgs = {
  place: { account: "111122223333", region: "eu-central-1", prefix: "auth0-b2b-prod", tags },
  domain: "travel.example",
  zone: "Z0TRAVEL",
  from: "no-reply@travel.example",
  keyRotation: 1,
};

const declared = (more: Partial<MailIdentityArgs> = {}) =>
  declareAws(() => new MailIdentity("mail", { ...args, ...more }));

const record = (name: string, type: string, text: string) => ({
  zoneId: "Z0TRAVEL",
  name,
  type,
  ttl: 300,
  records: [text],
});

test("the whole graph: a signed identity with a return path, its rules, and one user with one policy and one key", async () => {
  expect(graphOf(await declared())).toEqual([
    ["auth0-b2b:aws:MailIdentity mail", undefined],
    [
      "aws:sesv2/configurationSet:ConfigurationSet mail",
      {
        configurationSetName: "auth0-b2b-prod-mail",
        deliveryOptions: { tlsPolicy: "REQUIRE" },
        reputationOptions: { reputationMetricsEnabled: true },
        sendingOptions: { sendingEnabled: true },
        suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
        tags,
      },
    ],
    [
      "aws:sesv2/emailIdentity:EmailIdentity mail",
      {
        emailIdentity: "travel.example",
        configurationSetName: "auth0-b2b-prod-mail",
        dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
        tags,
      },
    ],
    ...["a", "b", "c"].map((letter, index) => [
      `aws:route53/record:Record mail-dkim-${index + 1}`,
      record(`token-${letter}._domainkey.travel.example`, "CNAME", `token-${letter}.dkim.amazonses.com`),
    ]),
    [
      "aws:route53/record:Record mail-bounce-mx",
      record("bounce.travel.example", "MX", "10 feedback-smtp.eu-central-1.amazonses.com"),
    ],
    [
      "aws:route53/record:Record mail-bounce-spf",
      record("bounce.travel.example", "TXT", "v=spf1 include:amazonses.com ~all"),
    ],
    [
      "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes mail",
      {
        emailIdentity: "travel.example",
        mailFromDomain: "bounce.travel.example",
        behaviorOnMxFailure: "USE_DEFAULT_VALUE",
      },
    ],
    ["auth0-b2b:aws:MailSender mail-sender", "auth0-b2b:aws:MailIdentity::mail"],
    ["aws:iam/user:User mail-sender", { name: "auth0-b2b-prod-mail", path: "/auth0-b2b-prod/", tags }],
    [
      "aws:iam/userPolicy:UserPolicy mail-sender",
      {
        name: "send",
        user: "auth0-b2b-prod-mail",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "SendAsOneAddress",
              Effect: "Allow",
              Action: ["ses:SendEmail", "ses:SendRawEmail"],
              Resource: [
                "arn:aws:ses:eu-central-1:111122223333:identity/travel.example",
                "arn:aws:ses:eu-central-1:111122223333:configuration-set/auth0-b2b-prod-mail",
              ],
              Condition: { StringEquals: { "ses:FromAddress": "no-reply@travel.example" } },
            },
          ],
        }),
      },
    ],
    ["aws:iam/accessKey:AccessKey mail-sender-1", { user: "auth0-b2b-prod-mail", status: "Active" }],
  ]);
});

test("every resource is a child of the component or of its sender", async () => {
  const parents = (await declared({ dmarc: { policy: "none" } })).filter(({ type }) => type.startsWith("aws:"));
  expect([...new Set(parents.map(({ parent }) => parent))]).toEqual([
    "auth0-b2b:aws:MailIdentity::mail",
    "auth0-b2b:aws:MailSender::mail-sender",
  ]);
});

test("the return path follows its records, and the key follows the records and its policy", async () => {
  const all = await declared();
  expect(waitsFor(all, "EmailIdentityMailFromAttributes", "mail")).toEqual([
    "Record mail-bounce-mx",
    "Record mail-bounce-spf",
  ]);
  expect(waitsFor(all, "MailSender", "mail-sender")).toEqual([
    "Record mail-dkim-1",
    "Record mail-dkim-2",
    "Record mail-dkim-3",
    "EmailIdentityMailFromAttributes mail",
  ]);
  expect(waitsFor(all, "AccessKey", "mail-sender-1")).toEqual(["UserPolicy mail-sender"]);
});

test("Auth0 gets the key, and its secret is one from end to end", async () => {
  let identity: MailIdentity | undefined;
  await declareAws(() => {
    identity = new MailIdentity("mail", args);
  });
  if (!identity) throw new Error("not declared");
  const { accessKeyId, secretAccessKey, configurationSetName, region } = identity;
  expect(await valuesOf({ accessKeyId, secretAccessKey, configurationSetName })).toEqual({
    accessKeyId: "mail-sender-1-id",
    secretAccessKey: { secret: "the secret key of mail-sender-1" },
    configurationSetName: "auth0-b2b-prod-mail",
  });
  expect(region).toBe("eu-central-1");
});

test("a counted-up rotation is another key of the same user, so that the old one goes after Auth0 has the new one", async () => {
  const [before, after] = [await declared(), await declared({ keyRotation: 2 })];
  const keys = (all: readonly Declared[]) => all.filter(({ type }) => type.endsWith(":AccessKey"));
  expect(keys(after).map(({ name, inputs }) => [name, inputs])).toEqual([["mail-sender-2", keys(before)[0]?.inputs]]);
  const others = (all: readonly Declared[]) => graphOf(all).filter(([name]) => !String(name).includes(":AccessKey"));
  expect(others(after)).toEqual(others(before));
});

test("the DMARC record is declared only where it is asked for", async () => {
  expect(named(await declared(), "Record", "mail-dmarc")).toBeUndefined();
  const quiet = await declared({ dmarc: { policy: "quarantine" } });
  expect(named(quiet, "Record", "mail-dmarc")?.inputs).toEqual(
    record("_dmarc.travel.example", "TXT", "v=DMARC1; p=quarantine"),
  );
  const told = await declared({ dmarc: { policy: "reject", reportsTo: "dmarc@travel.example" } });
  expect(named(told, "Record", "mail-dmarc")?.inputs).toEqual(
    record("_dmarc.travel.example", "TXT", "v=DMARC1; p=reject; rua=mailto:dmarc@travel.example"),
  );
});

test("the sender has the bound that it is given", async () => {
  const boundary = "arn:aws:iam::111122223333:policy/auth0-b2b-prod/sender";
  const user = named(await declared({ boundary }), "User", "mail-sender");
  expect(user?.inputs.permissionsBoundary).toBe(boundary);
});

test("the keys of some regions lie under a name of the region's own", () => {
  expect(["eu-central-1", "us-east-1", "eu-west-1", "us-gov-west-1"].map(dkimDomain)).toEqual(
    Array(4).fill("dkim.amazonses.com"),
  );
  expect(["af-south-1", "eu-central-2", "me-central-1"].map(dkimDomain)).toEqual([
    "dkim.af-south-1.amazonses.com",
    "dkim.eu-central-2.amazonses.com",
    "dkim.me-central-1.amazonses.com",
  ]);
});

test("the sender sends as its one address, by its identity and rules alone, and does nothing else", async () => {
  const policy = String(named(await declared(), "UserPolicy", "mail-sender")?.inputs.policy);
  const here = "arn:aws:ses:eu-central-1:111122223333:";
  const may = async (action: string, resource: string, from?: string) => {
    const principal = "arn:aws:iam::111122223333:user/auth0-b2b-prod/auth0-b2b-prod-mail";
    const context = from === undefined ? {} : { "ses:FromAddress": from };
    return (await allowed({ identity: { send: policy } }, { principal, action, resource, context })).decision;
  };
  const own = "no-reply@travel.example";
  for (const action of ["ses:SendEmail", "ses:SendRawEmail"]) {
    expect(await may(action, `${here}identity/travel.example`, own)).toBe("allowed");
    expect(await may(action, `${here}configuration-set/auth0-b2b-prod-mail`, own)).toBe("allowed");
    const refused = await Promise.all([
      may(action, `${here}identity/travel.example`, "ceo@travel.example"),
      may(action, `${here}identity/travel.example`, "no-reply@travel.example.evil.example"),
      may(action, `${here}identity/travel.example`),
      may(action, `${here}identity/other.example`, own),
      may(action, `${here}configuration-set/auth0-b2b-dev-mail`, own),
    ]);
    expect(refused).toEqual(Array(5).fill("implicit deny"));
  }
  expect(await may("ses:SendBulkEmail", `${here}identity/travel.example`)).toBe("implicit deny");
  expect(await may("ses:GetEmailIdentity", `${here}identity/travel.example`)).toBe("implicit deny");
  expect(await may("ses:DeleteEmailIdentity", `${here}identity/travel.example`)).toBe("implicit deny");
});
