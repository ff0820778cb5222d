import { z } from "zod";
import { type ApiName, apis, sites } from "../catalog.ts";
import type { Environment } from "../environments.ts";
import { aws } from "./aws.ts";
import { branding } from "./look.ts";
import { chosenBy, distinct, isMap, readAs, saidQuietly, strict, text } from "./strict.ts";
import {
  apiIdentifier,
  appUrl,
  asciiWord,
  awsRegion,
  claimNamespace,
  displayName,
  email,
  hostName,
  mailSender,
  secretReference,
} from "./values.ts";

const stage = text(/^[a-z][a-z0-9-]{0,49}$/, "1 to 50 lower-case letters, digits and hyphens, beginning with a letter");

const sender = { from: mailSender.describe("The address that mail comes from.") };
const port = readAs(
  z.int().min(1).max(65_535),
  z.unknown().transform((input, context): number => {
    if (typeof input === "number" && Number.isInteger(input) && input >= 1 && input <= 65_535) return input;
    context.issues.push({ code: "custom", message: saidQuietly(input, "a port from 1 to 65535 such as 587"), input });
    return z.NEVER;
  }),
);

const providerRule = "Who sends: smtp, a mail server, or ses, Amazon SES.";

/**
 * Who sends the tenant's mail: https://auth0.com/docs/customize/email/smtp-email-providers. A password may stand in the
 * wrong place here: no value is quoted.
 */
const mail = chosenBy(
  "provider",
  ["smtp", "ses"],
  [
    strict({
      provider: z.literal("smtp").describe(providerRule),
      host: hostName.describe("The mail server's name, in lower case."),
      port: port.describe("Its port, such as 587."),
      user: asciiWord.describe("The account there."),
      password: secretReference.describe("Where that account's password lies; it never stands here itself."),
      ...sender,
    }),
    strict({
      provider: z.literal("ses").describe(providerRule),
      region: awsRegion.describe("The AWS region, such as eu-central-1."),
      accessKeyId: secretReference.describe("Where the id of the access key lies; it never stands here itself."),
      secretAccessKey: secretReference.describe("Where the access key lies; it never stands here itself."),
      ...sender,
    }),
  ],
  sender,
);

const mailRule = "an object with provider: smtp or ses, since people sign up by themselves here and get mail";

/** What a person sets for one environment, apart from `customers`, which are read with the entries' files. */
export function settingsSchema(environment: Environment) {
  return strict({
    friendlyName: displayName.describe("The name of the business, as people see it on login pages and in mail."),
    supportEmail: email.describe("The address that error pages offer."),
    claimNamespace: claimNamespace.describe(
      "How every custom claim in a token begins: an https URL that ends in / and is not Auth0's own.",
    ),
    branding: branding.describe("How the tenant's login pages look."),
    mail: mail.optional().describe(mailDescription(environment)),
    sites: strict(
      sameFor(sites, (name) =>
        appUrl(environment.localhostApps).describe(`The URL of the site ${name}, without a slash at the end.`),
      ),
    )
      .refine(areDistinct, {
        error: "two sites have the same URL; allowed: each its own",
        when: ({ value }) => isMap(value),
      })
      .describe("The URL of each site that apps of the catalog live on."),
    apis: strict(
      sameFor(Object.keys(apis) as ApiName[], (name) =>
        apiIdentifier.describe(`The identifier (audience) of the API ${name}, an https URL; it can never change.`),
      ),
    )
      .refine(areDistinct, {
        error: "two APIs have the same identifier; allowed: each its own",
        when: ({ value }) => isMap(value), // also beside other faults
      })
      .describe("The identifier of each API of the catalog."),
    stages: distinct(stage, "a list of 1 to 50 funnel stages, in order", 50).describe(
      "The stages of the sales funnel, in order.",
    ),
    aws: aws
      .optional()
      .describe("What surrounds the tenant in AWS. Nothing of AWS is loaded where nothing is written."),
  })
    .refine(({ mail, aws }) => mail !== undefined || aws?.mail !== undefined || environment.testMail, {
      path: ["mail"],
      error: () => saidQuietly(undefined, mailRule),
      when: ({ value }) => isMap(value), // also beside other faults
    })
    .refine(({ mail, aws }) => mail === undefined || aws?.mail === undefined, {
      path: ["mail"],
      error: "aws.mail sends the tenant's mail; allowed: either of the two",
      when: ({ value }) => isMap(value),
    });
}

/** Whether no text stands twice; what is no text has a fault of its own. */
function areDistinct(map: Readonly<Record<string, unknown>>): boolean {
  const texts = Object.values(map).filter((value) => typeof value === "string");
  return new Set(texts).size === texts.length;
}

export type TenantSettings = z.infer<ReturnType<typeof settingsSchema>>;
export type Mail = NonNullable<TenantSettings["mail"]>;

function mailDescription({ testMail }: Environment): string {
  return `Who sends the tenant's mail.${testMail ? " Auth0's own test sender where nothing is written." : ""}`;
}

function sameFor<Name extends string, Schema extends z.ZodType>(
  names: readonly Name[],
  schema: (name: Name) => Schema,
) {
  return Object.fromEntries(names.map((name) => [name, schema(name)])) as Record<Name, Schema>;
}
