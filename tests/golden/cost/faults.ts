import * as pulumi from "@pulumi/pulumi";
import { checkAws } from "../../../stacks/checks/aws.ts";
import { connectAws } from "../../../stacks/connected-aws.ts";
import { lineOf } from "../../../stacks/faults.ts";
import { placed, aws as schema } from "../../../stacks/schema/aws.ts";
import { isMap } from "../../../stacks/schema/strict.ts";
import { config, customer, faults, liveConfig, load, smtp, vendor } from "../../unit/stacks/project.ts";

const other = "210987654321";
const stack = "prod";

/** The setting with one place changed; undefined takes the place away. */
export function changed(block: unknown, path: string, value: unknown): unknown {
  const [key = "", ...rest] = path.split(".");
  if (!isMap(block)) throw new Error(`the page's setting has no ${path}`);
  const { [key]: before, ...others } = block;
  const after = rest.length === 0 ? value : changed(before, rest.join("."), value);
  return after === undefined ? others : { ...others, [key]: after };
}

/** Faults of settings that a person is likely to make, one after the other. */
const wrong: readonly [path: string, value: unknown][] = [
  ["account", 123456789012],
  ["region", "eu-nowhere-1"],
  ["deployers", ["arn:aws:iam::123456789012:user/ann"]],
  ["previewers", [`arn:aws:iam::${other}:role/auth0-b2b-preview`]],
  ["auditTrail.retentionDays", 100],
  ["credentials.readers.apps", { "vendor-rental": ["arn:aws:iam::123456789012:role/rental"] }],
  ["credentials.recoveryDays", 3],
  ["mail.zone", "travel.example"],
  ["mail.from", "no-reply@else.example"],
  ["loginDomain.domain", "portal.travel.example"],
  ["loginDomain.domain", "travel.eu.auth0.com"],
  ["mail", undefined],
];

/** What the program says to them, and to what the setting and others say together. */
export function refusedSettings(block: unknown): string[] {
  const { mail: _, "mail-password": password, ...live } = liveConfig;
  const said = (aws: unknown, more: object = {}, files: Record<string, unknown> = {}) =>
    faults({ config: { ...live, ...more, aws }, files, stack }).slice(1);
  const secretOf = (region: string) => ({
    arn: `arn:aws:secretsmanager:${region}:123456789012:secret:customers/acme-AbCdEf`,
  });
  const connection = { ...customer.connections["acme-sso"], clientSecret: secretOf("eu-west-3") };
  const companies = Array.from({ length: 400 }, (_, n) => [`c${n}`, withBreakGlass(n)]);
  return [
    ...wrong.flatMap(([path, value]) => said(changed(block, path, value))),
    ...said(block, { mail: smtp, "mail-password": password }),
    ...said(block, {}, { "acme.yaml": { ...customer, connections: { "acme-sso": connection } } }),
    ...said(block, { customers: Object.fromEntries(companies) }).slice(0, 1), // one of many filters
    ...tooManyCompanies(block),
  ].map((line) => line.replace(/(allowed: [a-z]+-[a-z]+-1, ).*/, "$1…"));
}

/** As the check says it: so many entries would be read for long. */
function tooManyCompanies(block: unknown): string[] {
  const [company] = load({ config: { ...config, customers: { "fresh-table": vendor } } }).companies;
  if (!company) throw new Error("no company");
  const companies = Array.from({ length: 6_000 }, () => company);
  const around = { file: `Pulumi.${stack}.yaml`, tenant: undefined, sites: {}, companies };
  return checkAws(schema.parse(block), around).map((fault) => `✖ ${lineOf(fault)}`);
}

/** A company with an account whose address is as long as an address may well be. */
function withBreakGlass(n: number) {
  const domain = `c${n}.${"x".repeat(60)}.example`;
  const breakGlass = `${"x".repeat(60)}@${domain}`;
  const { clientSecret: _, ...oidc } = customer.connections["acme-sso"];
  const clientSecret = { arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:customers/acme-AbCdEf" };
  const connections = { [`c${n}-sso`]: { ...oidc, clientSecret, domains: [domain] } };
  return { ...customer, displayName: `C ${n}`, breakGlass, connections };
}

interface Answer {
  /** Whose the credentials are. @default nobody's */
  readonly accountId?: string;
  /** The zone's name, and whether it is a private one. @default there is none */
  readonly zone?: readonly [name: string, privateZone: boolean];
}

const account = "123456789012";
const answers: readonly Answer[] = [
  {},
  { accountId: other },
  { accountId: account },
  { accountId: account, zone: ["travel.test", false] },
  { accountId: account, zone: ["travel.example", true] },
];

/** What the program says to what AWS answers, for a setting with mail alone. */
export async function refusedAnswers(block: unknown): Promise<string[]> {
  const aws = placed(schema.parse(changed(block, "loginDomain", undefined)), stack);
  const lines: string[] = [];
  for (const { accountId, zone } of answers) {
    const [name, privateZone] = zone ?? [];
    await pulumi.runtime.setMocks({
      newResource: ({ name: id, inputs: state }) => ({ id, state }),
      call: ({ token }) => {
        const found = token.endsWith(":getZone") ? name && { name, privateZone } : accountId && { accountId };
        if (found) return found;
        throw refusedBy(token);
      },
    });
    const said = await connectAws(aws, stack).catch((error) => error);
    if (!(said instanceof pulumi.RunError)) throw new Error("AWS's answer is not refused");
    lines.push(...said.message.split("\n").slice(1));
    await pulumi.runtime.disconnect();
  }
  return lines;
}

/** As the engine hands on what the provider says, in short. */
const refusedBy = (token: string) =>
  Object.assign(new Error(), {
    details: token.endsWith(":getZone") ? "NoSuchHostedZone: …" : "InvalidClientTokenId: …",
  });
