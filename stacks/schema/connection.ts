import { z } from "zod";
import { certificate } from "./certificate.ts";
import { chosenBy, isMap, list, said, strict, text } from "./strict.ts";
import {
  asciiWord,
  connectionName,
  connectionNameRule,
  domain,
  httpsUrl,
  issuer,
  oktaDomain,
  secretReference,
} from "./values.ts";

/** By domain: the record that was found, and when. `npm run customer prove` writes it. */
const proven = z
  .record(
    z.string(),
    strict({
      value: text(/^auth0-b2b-verification=[\w-]{32}$/, "the text of the record, as npm run customer prove writes it"),
      on: text(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-11-28"),
    }),
    { error: (issue) => said(issue.input, "a map from domain to value and on") },
  )
  .optional();

/** Domains of one connection: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
const domains = { domains: list(domain, "a list of 1 to 1000 domains", 1000), proven };
const client = { clientId: asciiWord, clientSecret: secretReference };

/** How a company's people sign in through their own identity provider. */
const connection = chosenBy(
  "strategy",
  ["oidc", "okta", "samlp"],
  [
    strict({ strategy: z.literal("oidc"), issuer, ...client, ...domains }),
    strict({ strategy: z.literal("okta"), domain: oktaDomain, ...client, ...domains }),
    strict({
      strategy: z.literal("samlp"),
      signInUrl: httpsUrl,
      /** @default the identity provider is not told of a logout */
      signOutUrl: httpsUrl.optional(),
      certificate,
      ...domains,
    }),
  ],
  domains,
);

/** A company's identity providers, by connection name. */
export const connections = z
  .record(z.string(), connection, { error: (issue) => said(issue.input, "a map from connection name to connection") })
  .refine((map) => badNames(map).length === 0, {
    error: ({ input }) =>
      badNames(input)
        .map((name) => said(name, connectionNameRule))
        .join("; "),
    when: ({ value }) => isMap(value), // also beside other faults
  })
  .refine((map) => Object.keys(map).length >= 1 && Object.keys(map).length <= 10, {
    error: ({ input }) => `${Object.keys(Object(input)).length} connections; allowed: 1 to 10, or leave it out`,
    when: ({ value }) => isMap(value),
  });

/** Not as a key schema: a record drops the value of a key that it refuses, and with it the value's own faults. */
function badNames(map: unknown): string[] {
  return Object.keys(Object(map)).filter((name) => !connectionName.safeParse(name).success);
}
