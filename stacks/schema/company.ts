import { z } from "zod";
import { organizationTypes } from "../../access/words.ts";
import { conditions } from "../catalog.ts";
import { companyStates } from "../states.ts";
import { connections } from "./connection.ts";
import { machines, mostMachines } from "./machine.ts";
import { chosenBy, distinct, isMap, said, strict, text, word } from "./strict.ts";
import { appsOf, breakGlass, limits, memberLimits, memberRoles, mfa, subdomains } from "./terms.ts";
import { colour, displayName, httpsUrl } from "./values.ts";

const shared = {
  displayName,
  state: word(companyStates).default("live"),
  /** With `retired` alone: the change that removes the entry may delete the people who came through its connections. */
  people: word(["delete"]).optional(),
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
  subdomains,
  memberRoles,
  mfa,
  breakGlass,
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
      apps: appsOf("customer"),
      machines: machines.optional(),
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
      }),
    strict({
      type: z.literal("vendor"),
      ...shared,
      conditions: strict({ vendor_kind: word(conditions.vendor.vendor_kind) }),
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
