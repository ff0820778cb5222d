import { z } from "zod";
import { organizationTypes } from "../../access/words.ts";
import { conditions } from "../catalog.ts";
import { companyStates } from "../states.ts";
import { connections } from "./connection.ts";
import { branding } from "./look.ts";
import { machines, mostMachines } from "./machine.ts";
import { chosenBy, distinct, isMap, said, strict, text, word } from "./strict.ts";
import { appsOf, breakGlass, limits, memberLimits, memberRoles, mfa, subdomains } from "./terms.ts";
import { displayName } from "./values.ts";

const shared = {
  displayName: displayName.describe("The company's name, as people see it."),
  state: word(companyStates)
    .default("live")
    .describe(
      "pilot: invited testers alone come in, and its domains are as before. live: its people sign in by its connections, and its domains are its own. suspended: nobody comes in, and nothing is deleted. retired: the same, and the next change may remove the entry.",
    ),
  people: word(["delete"])
    .optional()
    .describe(
      "With state: retired alone. delete: the change that removes the entry may delete the people who came through its connections.",
    ),
  stage: z
    .string({ error: (issue) => said(issue.input, "a funnel stage") })
    .optional()
    .describe("The company's stage in the sales funnel, for all its people. Without it each person's own counts."),
  branding: branding
    .optional()
    .describe("How the login pages look where the company is known. Without it they look like the tenant's."),
  connections: connections
    .optional()
    .describe(
      "How its people sign in, by connection name. Without any, they are invited and sign in with a password of the shared directory.",
    ),
  guests: distinct(
    text(/^(?=.{1,128}$)[a-z0-9]+(-[a-z0-9]+)*$/, "the name of a connection"),
    "a list of 1 to 9 connections of other companies",
    9,
  )
    .optional()
    .describe(
      "Connections whose people may be members here too: other companies' connections by name, and users, the shared directory. Each guest is added by hand.",
    ),
  subdomains,
  memberRoles,
  mfa,
  breakGlass,
};

const typeRule = "The kind of company. It decides which apps may let its people in.";

/** As an editor knows it. */
const noApiAccess = { required: ["api_access"], properties: { api_access: { const: "off" } } };

/**
 * One company: a customer or a vendor, with an organization of its own. It is a file
 * `stacks/<env>/customers/<slug>.yaml`, or a value under `customers` in `Pulumi.<env>.yaml`.
 */
export const company = chosenBy(
  "type",
  organizationTypes,
  [
    strict({
      type: z.literal("customer").describe(typeRule),
      ...shared,
      conditions: strict({
        api_access: word(conditions.customer.api_access).describe(
          'Whether the company may use the API by machines of its own. "on" in quotes: older readers of YAML take it for true.',
        ),
      }).describe("What the policies of the apps ask for of a customer."),
      apps: appsOf("customer"),
      machines: machines
        .optional()
        .describe("The company's own clients for the service API, by name. Their tokens carry its organization."),
      limits,
    })
      .refine(({ machines, conditions }) => machines === undefined || conditions?.api_access !== "off", {
        path: ["machines"],
        error: "this company has no API access; allowed: with conditions.api_access: on",
        when: ({ value }) => isMap(value), // also beside other faults
      })
      .refine(({ limits, conditions }) => limits?.credentials === undefined || conditions?.api_access !== "off", {
        path: ["limits", "credentials"],
        error: "this company has no API access; allowed: with conditions.api_access: on",
        when: ({ value }) => isMap(value),
      })
      .refine(({ limits, machines }) => tooManyClients(limits?.credentials, machines) === undefined, {
        path: ["limits", "credentials"],
        error: ({ input }) => {
          const { limits, machines } = Object(input);
          return `${tooManyClients(limits.credentials, machines)} clients with those of machines; allowed: ${mostMachines} in all`;
        },
        when: ({ value }) => isMap(value),
      })
      .meta({
        if: { required: ["conditions"], properties: { conditions: noApiAccess } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { machines: false, limits: { properties: { credentials: false } } } },
      }),
    strict({
      type: z.literal("vendor").describe(typeRule),
      ...shared,
      conditions: strict({
        vendor_kind: word(conditions.vendor.vendor_kind).describe("What the vendor offers."),
      }).describe("What the policies of the apps ask for of a vendor."),
      apps: appsOf("vendor"),
      limits: memberLimits,
    }),
  ],
  shared,
);

export type CompanyEntry = z.infer<typeof company>;

/** How many clients a company could come to have, where that is more than one may; undefined where it is not. */
function tooManyClients(credentials: unknown, machines: unknown): number | undefined {
  const declared = Object.keys(Object(machines)).length;
  const all = typeof credentials === "number" ? credentials + declared : 0;
  return all > mostMachines && declared <= mostMachines ? all : undefined;
}
