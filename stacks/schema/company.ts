import { z } from "zod";
import { organizationStatuses } from "../../access/words.ts";
import { apis, conditions } from "../catalog.ts";
import { said, strict, text, word } from "./strict.ts";
import { colour, connectionName, displayName, domain, httpsUrl } from "./values.ts";

/** A secret never stands in an entry: it names the encrypted setting of the stack that holds it. */
const secretReference = strict({
  config: text(/^[a-z][a-z0-9-]{0,63}$/, 'the name of a secret set with "pulumi config set --secret NAME"'),
});

const domains = z
  .array(domain, { error: (issue) => said(issue.input, "a list of domains") })
  .min(1, { error: "empty; allowed: 1 to 1000 domains" })
  .max(1000, { error: "too many; allowed: 1 to 1000 domains" });

const common = {
  clientId: text(/^\S{1,255}$/, "1 to 255 characters without space"),
  clientSecret: secretReference,
  domains,
};

/** How a company's people sign in through their own identity provider. */
export const connection = z.discriminatedUnion(
  "strategy",
  [
    strict({ strategy: z.literal("oidc"), issuer: httpsUrl, ...common }),
    strict({ strategy: z.literal("okta"), domain, ...common }),
  ],
  { error: (issue) => said(issue.input, "an object with strategy: oidc or okta") },
);

/** Machine access: one client of the company's own, whose tokens carry its organization. */
const machine = strict({
  scopes: z
    .array(word(Object.keys(apis.service.scopes) as [string, ...string[]]), {
      error: (issue) => said(issue.input, "a list of scopes"),
    })
    .min(1, { error: "empty; allowed: at least one scope" }),
});

const connections = z
  .record(z.string(), connection, {
    error: (issue) => said(issue.input, "a map from connection name to connection"),
  })
  .superRefine((map, context) => {
    const names = Object.keys(map);
    if (names.length === 0 || names.length > 10) {
      context.addIssue({ code: "custom", message: `${names.length} connections; allowed: 1 to 10, or leave it out` });
    }
    for (const name of names) {
      const faults = connectionName.safeParse(name).error?.issues ?? [];
      for (const fault of faults)
        context.addIssue({ code: "custom", path: [name], message: `connection name ${fault.message}` });
    }
  });

const shared = {
  displayName,
  status: word(organizationStatuses).default("active"),
  stage: z.string({ error: (issue) => said(issue.input, "a funnel stage") }).optional(),
  branding: strict({ logoUrl: httpsUrl, primaryColor: colour, backgroundColor: colour }).optional(),
  connections: connections.optional(),
  machine: machine.optional(),
};

/**
 * One company: a customer or a vendor, with an organization of its own. It is a file
 * `stacks/<env>/customers/<slug>.yaml`, or a value under `customers` in `Pulumi.<env>.yaml`.
 */
export const company = z.discriminatedUnion(
  "type",
  [
    strict({
      type: z.literal("customer"),
      ...shared,
      conditions: strict({ api_access: word(conditions.customer.api_access) }),
    }),
    strict({
      type: z.literal("vendor"),
      ...shared,
      conditions: strict({ vendor_kind: word(conditions.vendor.vendor_kind) }),
    }),
  ],
  { error: (issue) => said(issue.input, "an object with type: customer or vendor") },
);

export type CompanyEntry = z.infer<typeof company>;
