import { z } from "zod";
import { limits } from "../../components/aws/audit/limits.ts";
import { recoveryDaysRange } from "../../components/aws/credentials/names.ts";
import type { Place } from "../../components/aws/place.ts";
import { apps, type CatalogApp } from "../catalog.ts";
import { operators } from "../operators.ts";
import { region } from "./aws-regions.ts";
import { accountPattern, awsPrefix, hostedZone, placeIn, roleArn } from "./aws-values.ts";
import { counting, distinct, isMap, said, strict, text } from "./strict.ts";
import { domain, email, mailSender } from "./values.ts";

const account = text(accountPattern, "the 12 digits of an AWS account");
const role = roleArn("main-app");

function roles(what: string) {
  return distinct(role, "a list of 1 to 20 ARNs of roles", 20).describe(what);
}

const zone = hostedZone.describe("The id of the hosted zone of Route 53 that answers for the domain.");

/** Days: a month at least. */
const retentions = limits.retentionDays.filter((days) => days >= 30);

const auditTrail = strict({
  retentionDays: z
    .literal(retentions, { error: ({ input }) => said(input, retentions.join(", ")) })
    .describe("For how many days events are kept."),
  alarmsTo: distinct(email, "a list of 1 to 10 e-mail addresses", 10).describe(
    "Who is told of an alarm. Each address gets a mail that asks whether it wants to.",
  ),
  quietHours: counting(24, "a whole number of hours from 1 to 24").describe(
    "After how many hours without any event that is an alarm.",
  ),
  refusalsPerHour: counting(1_000_000, "a whole number from 1 to 1000000").describe(
    "How many refused logins or tokens of one kind within an hour are an alarm.",
  ),
});

/** Apps that keep a secret. */
const withSecret = Object.entries<CatalogApp>(apps).flatMap(([name, { kind }]) => (kind === "web" ? [name] : []));

/** The post-login Action alone uses this one, and has its secret. */
const { "first-roles": _, ...programs } = operators;

const readers = (names: readonly string[], what: (name: string) => string) =>
  strict(Object.fromEntries(names.map((name) => [name, roles(what(name)).optional()]))).optional();

const credentials = strict({
  readers: strict({
    apps: readers(withSecret, (name) => `Roles that read the credentials of the app ${name}.`).describe(
      "Who reads the credentials of which app.",
    ),
    operators: readers(
      Object.keys(programs),
      (name) => `Roles that read the credentials of the program ${name}.`,
    ).describe("Who reads the credentials of which of the operator's own programs."),
    companies: roles("Roles that read the credentials of every company's machines, to hand them over.").optional(),
  }).describe("Who reads which credentials. What nobody is named for is read by the deployers alone."),
  recoveryDays: z
    .literal(range(recoveryDaysRange.least, recoveryDaysRange.most), {
      error: ({ input }) => said(input, "a whole number of days from 7 to 30"),
    })
    .describe("For how many days a deleted secret can be had back."),
});

const appSettings = strict({ readers: roles("Roles of the apps' back ends that read their settings.") });

const mail = strict({
  domain: domain.describe("The domain that mail comes from."),
  zone,
  from: mailSender.describe("The address that mail comes from, at the domain."),
  keyRotation: counting(1_000, "a whole number from 1 to 1000").describe(
    "Counted up by one, the key that Auth0 sends with is made anew.",
  ),
}).refine(({ domain, from }) => from.endsWith(`@${domain}`), {
  path: ["from"],
  error: "another domain's address; allowed: one at the domain above",
  when: ({ value }) => isMap(value) && typeof value.domain === "string" && typeof value.from === "string",
});

const loginDomain = strict({
  domain: domain.describe("The domain under which people sign in, such as login.travel.example."),
  zone,
});

/** What surrounds the tenant in AWS. Each part is there where its key is. */
export const aws = strict({
  account: account.describe("The AWS account, 12 digits in quotes. Credentials for another one are refused."),
  region: region.describe("The AWS region, such as eu-central-1."),
  prefix: awsPrefix.optional().describe("How every name there begins. auth0-b2b-<stack> where nothing is written."),
  deployers: roles("Roles that change the stack: those in which pulumi up runs."),
  previewers: roles("Roles that read it: those in which pulumi preview runs.").optional(),
  auditTrail: auditTrail.optional().describe("Every event of the tenant's log, kept, with alarms."),
  credentials: credentials.optional().describe("The secrets of clients, in Secrets Manager."),
  appSettings: appSettings.optional().describe("What the apps' back ends need to know, in Parameter Store and S3."),
  mail: mail.optional().describe("The tenant's mail by Amazon SES, in place of the setting mail."),
  loginDomain: loginDomain.optional().describe("A domain of your own for the login pages."),
});

export type AwsSettings = z.infer<typeof aws>;

/** The same of one stack: how the names there begin, and what everything is marked with. */
export type PlacedAws = AwsSettings & Pick<Place, "prefix" | "tags">;

export function placed(aws: AwsSettings, stack: string): PlacedAws {
  const { prefix, tags } = placeIn(aws, stack);
  return { ...aws, prefix, tags };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}
