import { z } from "zod";
import { adfs, database, googleApps, oidc, okta, samlp, waad } from "./strategies.ts";
import { chosenBy, isMap, list, named, said, strict, text, word } from "./strict.ts";
import { connectionDisplayName, connectionName, connectionNameRule, domain, httpsUrl } from "./values.ts";

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

/** Who keeps a connection. @default config: the program declares it */
const owner = z.literal("config", { error: ({ input }) => said(input, "config, self-service") }).optional();

/** What every connection that the program declares may say. */
const declared = {
  owner,
  /** Whether whoever signs in by it becomes a member of the company's organization. @default true */
  autoMembership: z.boolean({ error: ({ input }) => said(input, "true, false") }).optional(),
};

/** What an identity provider's connection says, of whatever strategy. */
const federated = {
  ...declared,
  ...domains,
  /** What its button says. @default the company's name, with the connection's behind it where the company has several */
  displayName: connectionDisplayName.optional(),
  /** Whether the organization's own prompt shows its button. @default true */
  showAsButton: z.boolean({ error: ({ input }) => said(input, "true, false") }).optional(),
  /** When name and picture are taken over from the identity provider. @default each-login */
  profile: word(["each-login", "first-login"]).optional(),
  iconUrl: httpsUrl.optional(),
};

/** The company's own administrators keep it: its domains are the company's, and nothing of it is declared. */
const selfService = strict({ owner: z.literal("self-service"), ...domains });

/** How a company's people sign in: through their own identity provider, or with a password in a database of their own. */
const chosen = chosenBy(
  "strategy",
  ["oidc", "okta", "samlp", "waad", "google-apps", "adfs", "database"],
  [
    strict({ strategy: z.literal("oidc"), ...oidc, ...federated }),
    strict({ strategy: z.literal("okta"), ...okta, ...federated }),
    strict({ strategy: z.literal("samlp"), ...samlp, ...federated }),
    strict({ strategy: z.literal("waad"), ...waad, ...federated }).refine(
      ({ tenantDomain, domains }) =>
        tenantDomain === undefined || !Array.isArray(domains) || domains.includes(tenantDomain),
      {
        path: ["tenantDomain"],
        error: "Auth0 routes this domain by itself; allowed: one of this connection's domains",
        when: ({ value }) => isMap(value), // also beside other faults
      },
    ),
    strict({ strategy: z.literal("google-apps"), ...googleApps, ...federated }).refine(
      ({ domain, domains }) => typeof domain !== "string" || !Array.isArray(domains) || domains.includes(domain),
      {
        path: ["domain"],
        error: "people of this domain sign in here; allowed: one of this connection's domains",
        when: ({ value }) => isMap(value),
      },
    ),
    strict({ strategy: z.literal("adfs"), ...adfs, ...federated }).refine(
      ({ metadataUrl, metadata }) => (metadataUrl === undefined) !== (metadata === undefined),
      {
        path: ["metadataUrl"],
        error: "Auth0 needs the federation metadata from one place; allowed: either metadataUrl or metadata",
        when: ({ value }) => isMap(value),
      },
    ),
    strict({ strategy: z.literal("database"), ...database, ...declared }),
  ],
  { owner, ...domains },
);

const connection = z.unknown().transform((input, context): z.output<typeof chosen> | z.output<typeof selfService> => {
  const parsed = (isMap(input) && input.owner === "self-service" ? selfService : chosen).safeParse(input);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.issues.push({ code: "custom", path, message, input });
  return z.NEVER;
});

export type ConnectionEntry = z.infer<typeof connection>;

/** A company's connections, by name. */
export const connections = named(connection, {
  name: connectionName,
  rule: connectionNameRule,
  map: "a map from connection name to connection",
  all: "connections",
  most: 10,
});
