import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkAws } from "../../../stacks/checks/aws.ts";
import { lineOf } from "../../../stacks/faults.ts";
import { aws as schema } from "../../../stacks/schema/aws.ts";
import { region } from "../../../stacks/schema/aws-regions.ts";
import { root } from "../../harness/stack-settings.ts";
import { account, aws, awsConfig, awsLiveConfig, roleOf } from "./aws-settings.ts";
import { config, customer, faults, load, secret, smtp, vendor } from "./project.ts";

const other = "210987654321";
const zoneRule = "allowed: the id of a hosted zone of Route 53 such as Z0123456789ABCDEFGHIJ";
const roleRule = "allowed: the ARN of a role such as arn:aws:iam::123456789012:role/main-app";
const retentions = "30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
const daysRule = "allowed: a whole number of days from 7 to 30";

/** The setting with one place changed; undefined takes the place away. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(aws) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const inner = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete inner[last];
  else inner[last] = value;
  return copy;
}

const wrong: [place: string, value: unknown, line: string][] = [
  [
    "account",
    123456789012,
    "aws.account: 123456789012 cannot be used; allowed: the 12 digits of an AWS account, in quotes",
  ],
  ["account", "12345", 'aws.account: "12345" cannot be used; allowed: the 12 digits of an AWS account'],
  ["region", undefined, "aws.region: missing; allowed: "],
  ["region", "eu-nowhere-1", 'aws.region: "eu-nowhere-1" cannot be used; allowed: '],
  ["region", "us-gov-west-1", 'aws.region: "us-gov-west-1" cannot be used; allowed: '],
  [
    "prefix",
    "Auth0",
    'aws.prefix: "Auth0" cannot be used; allowed: 3 to 28 lower-case letters, digits and single hyphens between them, beginning with a letter, and not with aws, ssm, sthree- or amzn-s3-demo-',
  ],
  [
    "prefix",
    "a".repeat(29),
    `aws.prefix: "${"a".repeat(29)}" cannot be used; allowed: 3 to 28 lower-case letters, digits and single hyphens between them, beginning with a letter, and not with aws, ssm, sthree- or amzn-s3-demo-`,
  ],
  ...["aws-travel", "ssm", "sthree-travel", "amzn-s3-demo-travel"].map((prefix): [string, string, string] => [
    "prefix",
    prefix,
    `aws.prefix: "${prefix}" cannot be used; allowed: 3 to 28 lower-case letters, digits and single hyphens between them, beginning with a letter, and not with aws, ssm, sthree- or amzn-s3-demo-`,
  ]),
  ["deployers", undefined, "aws.deployers: missing; allowed: a list of 1 to 20 ARNs of roles"],
  ["deployers", [], "aws.deployers: empty; allowed: a list of 1 to 20 ARNs of roles"],
  ["deployers", ["deploy"], `aws.deployers[0]: "deploy" cannot be used; ${roleRule}`],
  [
    "deployers",
    [`arn:aws:iam::${account}:user/me`],
    `aws.deployers[0]: "arn:aws:iam::${account}:user/me" cannot be used; ${roleRule}`,
  ],
  [
    "deployers",
    [`arn:aws:iam::${account}:role/*`],
    `aws.deployers[0]: "arn:aws:iam::${account}:role/*" cannot be used; ${roleRule}`,
  ],
  ["deployers", [roleOf("a"), roleOf("a")], "aws.deployers: something stands twice; allowed: each once"],
  [
    "deployers",
    [roleOf("deploy", other)],
    `aws.deployers[0]: a role of account ${other}; allowed: one of account ${account}`,
  ],
  ["auditTrail.retentionDays", 100, `aws.auditTrail.retentionDays: 100 cannot be used; allowed: ${retentions}`],
  [
    "auditTrail.alarmsTo",
    ["security"],
    'aws.auditTrail.alarmsTo[0]: "security" cannot be used; allowed: an e-mail address',
  ],
  [
    "auditTrail.quietHours",
    25,
    "aws.auditTrail.quietHours: 25 cannot be used; allowed: a whole number of hours from 1 to 24",
  ],
  [
    "auditTrail.refusalsPerHour",
    0,
    "aws.auditTrail.refusalsPerHour: 0 cannot be used; allowed: a whole number from 1 to 1000000",
  ],
  ["credentials.recoveryDays", 3, `aws.credentials.recoveryDays: 3 cannot be used; ${daysRule}`],
  [
    "credentials.readers.apps",
    { "vendor-rental": [roleOf("rental")] },
    "aws.credentials.readers.apps: unknown key vendor-rental; allowed: main, main-personal, portal, vendor-catering",
  ],
  [
    "credentials.readers.operators",
    { "first-roles": [roleOf("x")] },
    "aws.credentials.readers.operators: unknown key first-roles; allowed: sales, people, back-office",
  ],
  [
    "credentials.readers.apps.main",
    [roleOf("main", other)],
    `aws.credentials.readers.apps.main[0]: a role of account ${other}; allowed: one of account ${account}`,
  ],
  [
    "credentials.readers.operators.sales",
    [roleOf("x", other)],
    `aws.credentials.readers.operators.sales[0]: a role of account ${other}; allowed: one of account ${account}`,
  ],
  [
    "credentials.readers.companies",
    [roleOf("x"), roleOf("x", other)],
    `aws.credentials.readers.companies[1]: a role of account ${other}; allowed: one of account ${account}`,
  ],
  [
    "appSettings.readers",
    [roleOf("x", other)],
    `aws.appSettings.readers[0]: a role of account ${other}; allowed: one of account ${account}`,
  ],
  ["mail.zone", "travel.example", `aws.mail.zone: "travel.example" cannot be used; ${zoneRule}`],
  ["mail.from", "no-reply@else.example", "aws.mail.from: another domain's address; allowed: one at the domain above"],
  ["mail.keyRotation", 0, "aws.mail.keyRotation: 0 cannot be used; allowed: a whole number from 1 to 1000"],
  ["loginDomain.zone", undefined, `aws.loginDomain.zone: missing; ${zoneRule}`],
  [
    "loginDomain.domain",
    "travel.eu.auth0.com",
    "aws.loginDomain.domain: travel.eu.auth0.com is Auth0's own; allowed: a domain of your own",
  ],
  [
    "loginDomain.domain",
    "portal.travel.example",
    "aws.loginDomain.domain: portal.travel.example is the site portal; allowed: a domain where nothing lives yet",
  ],
  [
    "loginDomain.domain",
    "bounce.travel.example",
    "aws.loginDomain.domain: bounce.travel.example holds records of aws.mail; allowed: a domain where nothing lives yet",
  ],
  [
    "audit",
    {},
    "aws: unknown key audit; allowed: account, region, prefix, deployers, previewers, auditTrail, credentials, appSettings, mail, loginDomain",
  ],
];

test.each(wrong)("aws with %s: %j is refused in one line", (place, value, line) => {
  const stack = "prod";
  const [heading, only, ...more] = faults({ config: { ...awsLiveConfig, aws: changed(place, value) }, stack });
  expect(heading).toBe("Stack prod cannot be used as it is set: 1 fault. Nothing was changed.");
  if (line.endsWith("allowed: ")) expect(only?.startsWith(`✖ Pulumi.prod.yaml: ${line}ap-east-1, `)).toBe(true);
  else expect(only).toBe(`✖ Pulumi.prod.yaml: ${line}`);
  expect(more).toEqual([]);
});

test("all faults of aws come at once, beside those of other settings and entries", () => {
  const given = { ...aws, account: "1", deployers: ["x"], loginDomain: { domain: "login.travel.example", zone: "x" } };
  expect(faults({ config: { ...awsConfig, supportEmail: "x", aws: given }, files: { "acme.yaml": {} } })).toEqual([
    "Stack local cannot be used as it is set: 6 faults. Nothing was changed.",
    '✖ Pulumi.local.yaml: supportEmail: "x" cannot be used; allowed: an e-mail address',
    '✖ Pulumi.local.yaml: aws.account: "1" cannot be used; allowed: the 12 digits of an AWS account',
    `✖ Pulumi.local.yaml: aws.deployers[0]: "x" cannot be used; ${roleRule}`,
    `✖ Pulumi.local.yaml: aws.loginDomain.zone: "x" cannot be used; ${zoneRule}`,
    "✖ stacks/local/customers/acme.yaml: type: missing; allowed: customer, vendor",
    "✖ stacks/local/customers/acme.yaml: displayName: missing; allowed: 1 to 255 visible characters without < and >",
  ]);
});

test("aws is accepted as it is written, and what nothing is written of is not there", () => {
  const tags = (environment: string) => ({ program: "auth0-b2b", environment });
  const local = { prefix: "auth0-b2b-local", tags: tags("local") };
  expect(load({ config: awsConfig }).aws).toEqual({ ...aws, ...local });
  expect(load({ config: awsLiveConfig, stack: "prod" }).aws).toEqual({
    ...aws,
    prefix: "auth0-b2b-prod",
    tags: tags("prod"),
  });
  expect(load({ config: { ...config, aws: { ...aws, prefix: "travel" } } }).aws?.prefix).toBe("travel");
  const { account, region, deployers } = aws;
  expect(load({ config: { ...config, aws: { account, region, deployers } } }).aws).toEqual({
    ...local,
    account,
    region,
    deployers,
  });
  expect(load({ config: { ...config, aws: {} } }).aws).toBeUndefined();
  expect(load({ config }).aws).toBeUndefined();
});

test("mail has one sender: the setting mail, or aws.mail", () => {
  const both = { ...awsLiveConfig, mail: smtp, "mail-password": { secure: "v1:…" } };
  expect(faults({ config: both, stack: "prod" }).slice(1)).toEqual([
    "✖ Pulumi.prod.yaml: mail: aws.mail sends the tenant's mail; allowed: either of the two",
  ]);
  expect(faults({ config: { ...awsLiveConfig, aws: changed("mail", undefined) }, stack: "prod" }).slice(1)).toEqual([
    "✖ Pulumi.prod.yaml: mail: missing; allowed: an object with provider: smtp or ses, since people sign up by themselves here and get mail",
  ]);
});

test("the tenant's own domain is not a login domain", () => {
  const given = changed("loginDomain.domain", "id.travel.example");
  const tenant = "id.travel.example";
  expect(faults({ config: { ...awsConfig, aws: given }, tenant }).slice(1)).toEqual([
    "✖ Pulumi.local.yaml: aws.loginDomain.domain: id.travel.example is Auth0's own; allowed: a domain of your own",
  ]);
});

const arnOf = (region: string, of: string) => `arn:aws:secretsmanager:${region}:${of}:secret:acme/sso-AbCdEf`;
const withArn = (arn: string) => ({
  ...customer,
  connections: { "acme-sso": { ...customer.connections["acme-sso"], clientSecret: { arn } } },
});

test("a connection's secret lies in the account and region that are set", () => {
  const lines = (arn: string) => faults({ config: awsConfig, files: { "acme.yaml": withArn(arn) } }).slice(1);
  const place = "✖ stacks/local/customers/acme.yaml: connections.acme-sso.clientSecret.arn: ";
  expect(lines(arnOf("eu-central-1", account))).toEqual([]);
  expect(lines(arnOf("eu-west-3", other))).toEqual([
    `${place}a secret of account ${other}; allowed: one of account ${account}`,
    `${place}a secret of region eu-west-3; allowed: one of region eu-central-1`,
  ]);
  const without = { config, files: { "acme.yaml": withArn(arnOf("eu-west-3", other)) } };
  expect(faults(without)).toEqual([]);
});

const many = (count: number, entry: (n: number) => object) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`c${n}`, entry(n)]));

test("a filter of the audit trail holds as many break-glass accounts as its pattern has room for", () => {
  const entry = (n: number) => {
    const domain = `c${n}.${"x".repeat(60)}.example`;
    const sso = { ...customer.connections["acme-sso"], domains: [domain] };
    const breakGlass = `${"x".repeat(60)}@${domain}`;
    return { ...customer, displayName: `C ${n}`, breakGlass, connections: { [`c${n}-sso`]: sso } };
  };
  const lines = (count: number) =>
    faults({ config: { ...awsConfig, ...secret, customers: many(count, entry) } }).slice(1);
  expect(lines(20)).toEqual([]);
  const over = lines(400);
  expect(over).toHaveLength(24);
  expect(over[0]).toBe(
    "✖ Pulumi.local.yaml: aws.auditTrail: the pattern of filter break-glass-0 has 1342 characters; allowed: 1024, so fewer or shorter names in it",
  );
});

test("a directory over its size is refused before anything is declared", () => {
  const {
    companies: [company],
  } = load({ config: { ...config, customers: { "fresh-table": vendor } } });
  if (!company) throw new Error("no company");
  const lines = (count: number, given: unknown) => {
    const companies = Array.from({ length: count }, () => company);
    return checkAws(schema.parse(given), { file: "f", tenant: undefined, sites: {}, companies }).map(lineOf);
  };
  expect(lines(5_761, aws)).toEqual([]);
  expect(lines(5_762, aws)).toEqual([
    "f: aws.appSettings: the directory of all companies comes to 4194736 bytes; allowed: 4194304",
  ]);
  expect(lines(5_762, changed("appSettings", undefined))).toEqual([]);
});

test("every region is one that the provider sends a log stream to", () => {
  const permitted = JSON.parse(readFileSync(join(root, "local/plugin/tables/permitted.json"), "utf8"));
  const { in: provided } = findKey(permitted, "sink.aws_region") as { in: string[] };
  expect(provided).toEqual(expect.arrayContaining(region.options));
  expect(region.options).toHaveLength(20);
});

function findKey(within: unknown, key: string): unknown {
  if (typeof within !== "object" || within === null) return undefined;
  if (Object.hasOwn(within, key)) return (within as Record<string, unknown>)[key];
  return Object.values(within).reduce((found, inner) => found ?? findKey(inner, key), undefined);
}
