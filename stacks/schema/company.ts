import { z } from "zod";
import { organizationTypes } from "../../access/words.ts";
import { apis, conditions } from "../catalog.ts";
import { certificate } from "./certificate.ts";
import { chosenBy, distinct, isMap, list, said, strict, text, word } from "./strict.ts";
import {
  asciiWord,
  colour,
  connectionName,
  connectionNameRule,
  displayName,
  domain,
  httpsUrl,
  issuer,
  oktaDomain,
  secretReference,
} from "./values.ts";

/**
 * Where a company stands: `live`; `suspended`: neither its members nor its machine get a token, nothing is deleted; `retired`:
 * the same, and the entry may be removed in the next change, with the company and its people.
 */
const states = ["live", "suspended", "retired"] as const;

/** Domains of one connection: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
const domains = { domains: list(domain, "a list of 1 to 1000 domains", 1000) };
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

const scopes = word(Object.keys(apis.service.scopes) as [string, ...string[]]);

/** Machine access: one client of the company's own, whose tokens carry its organization. */
const machine = strict({ scopes: distinct(scopes, "a list of scopes, at least one", 1000) });

const connections = z
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

const shared = {
  displayName,
  state: word(states).default("live"),
  stage: z.string({ error: (issue) => said(issue.input, "a funnel stage") }).optional(),
  branding: strict({ logoUrl: httpsUrl, primaryColor: colour, backgroundColor: colour }).optional(),
  connections: connections.optional(),
  /**
   * Connections whose people may be members here too, by name: other companies' connections, and `users`, the shared
   * directory. Each guest is added by hand.
   */
  guests: distinct(
    text(/^(?=.{1,128}$)[a-z0-9]+(-[a-z0-9]+)*$/, "the name of a connection"),
    "a list of 1 to 9 connections of other companies",
    9,
  ).optional(),
};

/**
 * One company: a customer or a vendor, with an organization of its own. It is a file
 * `stacks/<env>/customers/<slug>.yaml`, or a value under `customers` in `Pulumi.<env>.yaml`.
 */
export const company = chosenBy(
  "type",
  organizationTypes,
  [
    strict({
      type: z.literal("customer"),
      ...shared,
      conditions: strict({ api_access: word(conditions.customer.api_access) }),
      machine: machine.optional(),
    }).refine(({ machine, conditions }) => machine === undefined || conditions?.api_access !== "off", {
      path: ["machine"],
      error: "this company has no API access; allowed: with conditions.api_access: on",
      when: ({ value }) => isMap(value), // also beside other faults
    }),
    strict({
      type: z.literal("vendor"),
      ...shared,
      conditions: strict({ vendor_kind: word(conditions.vendor.vendor_kind) }),
    }),
  ],
  shared,
);

export type CompanyEntry = z.infer<typeof company>;
