import { z } from "zod";
import { type ApiName, apis, type SiteName, sites } from "../catalog.ts";
import type { Environment } from "../environments.ts";
import { chosenBy, distinct, isMap, saidQuietly, strict, text } from "./strict.ts";
import {
  apiIdentifier,
  appUrl,
  asciiWord,
  awsRegion,
  claimNamespace,
  colour,
  displayName,
  email,
  hostName,
  httpsUrl,
  mailSender,
  secretReference,
} from "./values.ts";

const stage = text(/^[a-z][a-z0-9-]{0,49}$/, "1 to 50 lower-case letters, digits and hyphens, beginning with a letter");

const sender = { from: mailSender };
const port = z.unknown().transform((input, context): number => {
  if (typeof input === "number" && Number.isInteger(input) && input >= 1 && input <= 65_535) return input;
  context.issues.push({ code: "custom", message: saidQuietly(input, "a port from 1 to 65535 such as 587"), input });
  return z.NEVER;
});

/**
 * Who sends the tenant's mail: https://auth0.com/docs/customize/email/smtp-email-providers. A password may stand in the
 * wrong place here: no value is quoted.
 */
const mail = chosenBy(
  "provider",
  ["smtp", "ses"],
  [
    strict({
      provider: z.literal("smtp"),
      host: hostName,
      port,
      user: asciiWord,
      password: secretReference,
      ...sender,
    }),
    strict({
      provider: z.literal("ses"),
      region: awsRegion,
      accessKeyId: secretReference,
      secretAccessKey: secretReference,
      ...sender,
    }),
  ],
  sender,
);

const mailRule = "an object with provider: smtp or ses, since people sign up by themselves here and get mail";

/** What a person sets for one environment, apart from `customers`, which are read with the entries' files. */
export function settingsSchema(environment: Environment) {
  return strict({
    friendlyName: displayName,
    supportEmail: email,
    claimNamespace,
    branding: strict({ logoUrl: httpsUrl, primaryColor: colour, backgroundColor: colour }),
    mail: mail.optional(),
    sites: strict(sameFor<SiteName, ReturnType<typeof appUrl>>(sites, appUrl(environment.localhostApps))).refine(
      areDistinct,
      { error: "two sites have the same URL; allowed: each its own", when: ({ value }) => isMap(value) },
    ),
    apis: strict(sameFor(Object.keys(apis) as ApiName[], apiIdentifier)).refine(areDistinct, {
      error: "two APIs have the same identifier; allowed: each its own",
      when: ({ value }) => isMap(value), // also beside other faults
    }),
    stages: distinct(stage, "a list of 1 to 50 funnel stages, in order", 50),
  }).refine(({ mail }) => mail !== undefined || environment.testMail, {
    path: ["mail"],
    error: () => saidQuietly(undefined, mailRule),
    when: ({ value }) => isMap(value), // also beside other faults
  });
}

/** Whether no text stands twice; what is no text has a fault of its own. */
function areDistinct(map: Readonly<Record<string, unknown>>): boolean {
  const texts = Object.values(map).filter((value) => typeof value === "string");
  return new Set(texts).size === texts.length;
}

export type TenantSettings = z.infer<ReturnType<typeof settingsSchema>>;
export type Mail = NonNullable<TenantSettings["mail"]>;

function sameFor<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}
