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

/** Where the company's people meet the apps. @default the slug */
export const subdomains = distinct(label, "a list of 1 to 20 labels", 20).optional();

/** Roles of the catalog. @default every one */
export const memberRoles = distinct(
  word(Object.keys(roles) as [string, ...string[]]),
  "a list of roles, at least one",
  100,
).optional();

/** The apps that its people may enter. @default every one that admits the type */
export function appsOf(type: OrganizationType) {
  return distinct(word(appsFor([{ type }]) as [string, ...string[]]), "a list of apps, at least one", 100).optional();
}

/** A second factor of each member, whichever login they come through. */
export const mfa = word(["required"]).optional();

/** The one account with a password that may stay at the company's domains. */
export const breakGlass = email
  .refine((address) => address === address.toLowerCase(), {
    error: ({ input }) => said(input, "an e-mail address in lower case"),
  })
  .optional();

/** How many members a company may have at a time. */
const members = counting(100_000).optional();

/** Of a company without API access of its own. */
export const memberLimits = strict({ members }).optional();

/** Of a company that may have it. */
export const limits = strict({ credentials: counting(50).optional(), members }).optional();
