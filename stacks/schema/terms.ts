import type { OrganizationType } from "../../access/words.ts";
import { appsFor } from "../app-choice.ts";
import { roles } from "../catalog.ts";
import { counting, distinct, said, strict, text, word } from "./strict.ts";
import { email } from "./values.ts";

/** What a company's entry sets for its own people. */

const label = text(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "a label of 1 to 63 lower-case letters, digits and hyphens between them, such as acme in acme.app.example",
);

export const subdomains = distinct(label, "a list of 1 to 20 labels", 20)
  .optional()
  .describe(
    "Labels by which apps at addresses like acme.app.example know the company. The slug where nothing is written.",
  );

export const memberRoles = distinct(
  word(Object.keys(roles) as [string, ...string[]]),
  "a list of roles, at least one",
  100,
)
  .optional()
  .describe(
    "Roles that its members may hold; invitations and first logins give no other. Every role where nothing is written.",
  );

export function appsOf(type: OrganizationType) {
  return distinct(word(appsFor([{ type }]) as [string, ...string[]]), "a list of apps, at least one", 100)
    .optional()
    .describe("Apps that its people may enter. Every app that admits its type where nothing is written.");
}

export const mfa = word(["required"])
  .optional()
  .describe("required: each member gives a second factor, whichever login they come through.");

export const breakGlass = email
  .refine((address) => address === address.toLowerCase(), {
    error: ({ input }) => said(input, "an e-mail address in lower case"),
  })
  .meta({ allOf: [{ pattern: "^[^A-Z]*$" }] })
  .optional()
  .describe(
    "The address of the one account with a password that may stay at the company's domains, for the day its own login is down. It always gives a second factor.",
  );

const members = counting(100_000)
  .optional()
  .describe("How many members it may have at a time. Any number where nothing is written.");

const limitsRule = "How much the company may make by itself.";

/** Of a company without API access of its own. */
export const memberLimits = strict({ members }).optional().describe(limitsRule);

/** Of a company that may have it. */
export const limits = strict({
  credentials: counting(50)
    .optional()
    .describe(
      "How many API clients its own administrators may make beside those of machines; 50 in all. None where nothing is written.",
    ),
  members,
})
  .optional()
  .describe(limitsRule);
