import { z } from "zod";
import { organizationStatuses, organizationTypes } from "../../access/words.ts";
import { apis, conditions } from "../catalog.ts";
import { chosenBy, distinct, list, quietStrict, quietText, said, strict, word } from "./strict.ts";
import {
  clientId,
  colour,
  connectionName,
  connectionNameRule,
  displayName,
  domain,
  httpsUrl,
  issuer,
  secretName,
} from "./values.ts";

/** A secret never stands in an entry: it names the encrypted setting of the stack that holds it. */
const secretReference = quietStrict({
  config: quietText(secretName, 'the name of a secret set with "pulumi config set --secret NAME"'),
});

const common = {
  clientId,
  clientSecret: secretReference,
  /** Domains of one connection: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
  domains: list(domain, "a list of 1 to 1000 domains", 1000),
};

/** How a company's people sign in through their own identity provider. */
const connection = chosenBy(
  "strategy",
  ["oidc", "okta"],
  [
    strict({ strategy: z.literal("oidc"), issuer, ...common }),
    strict({ strategy: z.literal("okta"), domain, ...common }),
  ],
  common,
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
    when: ({ value }) => typeof value === "object", // also beside other faults
  })
  .refine((map) => Object.keys(map).length >= 1 && Object.keys(map).length <= 10, {
    error: ({ input }) => `${Object.keys(Object(input)).length} connections; allowed: 1 to 10, or leave it out`,
    when: ({ value }) => typeof value === "object",
  });

/** Not as a key schema: a record drops the value of a key that it refuses, and with it the value's own faults. */
function badNames(map: unknown): string[] {
  return Object.keys(Object(map)).filter((name) => !connectionName.safeParse(name).success);
}

const shared = {
  displayName,
  status: word(organizationStatuses).default("active"),
  stage: z.string({ error: (issue) => said(issue.input, "a funnel stage") }).optional(),
  branding: strict({ logoUrl: httpsUrl, primaryColor: colour, backgroundColor: colour }).optional(),
  connections: connections.optional(),
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
      when: ({ value }) => typeof value === "object" && value !== null, // also beside other faults
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
