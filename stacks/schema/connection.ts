import { z } from "zod";
import { adfs, database, googleApps, oidc, okta, samlp, waad } from "./strategies.ts";
import { chosenBy, isMap, list, named, readAs, said, strict, text, word } from "./strict.ts";
import { connectionDisplayName, connectionNameRule, connectionPattern, domain, httpsUrl } from "./values.ts";

/** By domain: the record that was found, and when. `npm run customer prove` writes it. */
const proven = z
  .record(
    z.string(),
    strict({
      value: text(
        /^auth0-b2b-verification=[\w-]{32}$/,
        "the text of the record, as npm run customer prove writes it",
      ).describe("The text of the TXT record."),
      on: text(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-11-28").describe(
        "The day on which it was found, such as 2026-11-28.",
      ),
    }),
    { error: (issue) => said(issue.input, "a map from domain to value and on") },
  )
  .optional()
  .describe(
    "By domain: the TXT record that proves that the domain is the company's. npm run customer prove writes it.",
  );

/** Domains of one connection: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
const domains = {
  domains: list(domain, "a list of 1 to 1000 domains", 1000).describe(
    "The domains of its people's e-mail addresses, in lower case. Whoever types an address at one of them is sent here, and it may vouch for no other address.",
  ),
  proven,
};

const ownerRule =
  "Who keeps the connection. config, also when nothing is written: this program. self-service: the company's own administrators; nothing of it is declared but its domains.";

const owner = z
  .literal("config", { error: ({ input }) => said(input, "config, self-service") })
  .optional()
  .describe(ownerRule);

const isBoolean = z.boolean({ error: ({ input }) => said(input, "true, false") }).optional();

/** What every connection that the program declares may say. */
const declared = {
  owner,
  autoMembership: isBoolean.describe(
    "Whether whoever signs in by it becomes a member of the company's organization. true where nothing is written.",
  ),
};

/** What an identity provider's connection says, of whatever strategy. */
const federated = {
  ...declared,
  ...domains,
  displayName: connectionDisplayName
    .optional()
    .describe(
      "What its button says. The company's name, with the connection's behind it where the company has several, where nothing is written.",
    ),
  showAsButton: isBoolean.describe(
    "Whether the company's own login page shows a button for it. true where nothing is written; one of its connections must show one.",
  ),
  profile: word(["each-login", "first-login"])
    .optional()
    .describe(
      "When name and picture are taken over from the identity provider. each-login where nothing is written, with scim first-login.",
    ),
  iconUrl: httpsUrl.optional().describe("The https URL of the picture on its button."),
};

/** Of the strategies that Auth0 provisions: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim */
const provisioned = {
  ...federated,
  scim: z
    .literal(true, { error: ({ input }) => said(input, "true, or leave it out") })
    .optional()
    .describe(
      "Whether the identity provider makes, changes and blocks its people's accounts by SCIM, with the strategy's own mapping. It does not where nothing is written. Its token is never written here.",
    ),
};

/** The company's own administrators keep it: its domains are the company's, and nothing of it is declared. */
const selfService = strict({ owner: z.literal("self-service").describe(ownerRule), ...domains });

const strategyRule =
  "How its people sign in: oidc (OpenID Connect), okta, samlp (SAML 2.0), waad (Microsoft Entra ID), google-apps (Google Workspace), adfs (AD FS), or database: with passwords in a directory of the company's own.";

function strategy<const Name extends string>(name: Name) {
  return z.literal(name).describe(strategyRule);
}

/** How a company's people sign in: through their own identity provider, or with a password in a database of their own. */
const chosen = chosenBy(
  "strategy",
  ["oidc", "okta", "samlp", "waad", "google-apps", "adfs", "database"],
  [
    strict({ strategy: strategy("oidc"), ...oidc, ...provisioned }),
    strict({ strategy: strategy("okta"), ...okta, ...provisioned }),
    strict({ strategy: strategy("samlp"), ...samlp, ...provisioned }),
    strict({ strategy: strategy("waad"), ...waad, ...provisioned }).refine(
      ({ tenantDomain, domains }) =>
        tenantDomain === undefined || !Array.isArray(domains) || domains.includes(tenantDomain),
      {
        path: ["tenantDomain"],
        error: "Auth0 routes this domain by itself; allowed: one of this connection's domains",
        when: ({ value }) => isMap(value), // also beside other faults
      },
    ),
    strict({ strategy: strategy("google-apps"), ...googleApps, ...federated }).refine(
      ({ domain, domains }) => typeof domain !== "string" || !Array.isArray(domains) || domains.includes(domain),
      {
        path: ["domain"],
        error: "people of this domain sign in here; allowed: one of this connection's domains",
        when: ({ value }) => isMap(value),
      },
    ),
    strict({ strategy: strategy("adfs"), ...adfs, ...federated })
      .refine(({ metadataUrl, metadata }) => (metadataUrl === undefined) !== (metadata === undefined), {
        path: ["metadataUrl"],
        error: "Auth0 needs the federation metadata from one place; allowed: either metadataUrl or metadata",
        when: ({ value }) => isMap(value),
      })
      .meta({ oneOf: [{ required: ["metadataUrl"] }, { required: ["metadata"] }] }),
    strict({ strategy: strategy("database"), ...database, ...declared }),
  ],
  { owner, ...domains },
);

const readConnection = (
  input: unknown,
  context: z.RefinementCtx,
): z.output<typeof chosen> | z.output<typeof selfService> => {
  const parsed = (isMap(input) && input.owner === "self-service" ? selfService : chosen).safeParse(input);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.issues.push({ code: "custom", path, message, input });
  return z.NEVER;
};
const connection = readAs(z.union([chosen, selfService]), z.unknown().transform(readConnection));

export type ConnectionEntry = z.infer<typeof connection>;

/** A company's connections, by name. */
export const connections = named(connection, {
  name: connectionPattern,
  rule: connectionNameRule,
  map: "a map from connection name to connection",
  all: "connections",
  most: 10,
});
