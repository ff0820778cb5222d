import type { Call, PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { ann, client, company, nadia, newAnn, preCustomer, says, traces, vendorEditor } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];
const oneOf = ["one-organization", "membership"] as const;
const anns = { app: "main", as: "ann@acme.example" } as const satisfies Visit;
const carlas = { app: "vendor-catering", as: "carla@fresh-table.example" } as const satisfies Visit;
const carla = {
  as: "carla@fresh-table.example",
  organization: "fresh-table",
  type: "vendor",
  may: vendorEditor,
} as const;
const noPolicy: Call = client("main", {
  client_metadata: { policy_version: "", org_types: "", org_requires: "", individuals: "", stage_claim: "", mfa: "" },
});

/** R4: the type of organization decides who enters. R5: one person in several. */
export const types: readonly Scenario[] = [
  {
    title: "R4: a customer's member enters the main app",
    source: at.case,
    when: { app: "main", as: "nadia@mail.example" },
    outcome: { admitted: nadia, pages: byPassword, trace: [...traces.password, ...oneOf] },
  },
  {
    title: "R4: a customer's member does not enter a vendors' app",
    source: at.case,
    when: { app: "vendor-catering", as: "nadia@mail.example" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: byPassword,
      trace: [...traces.password, ...oneOf, "actions"],
    },
  },
  {
    title: "R4: a vendor's member does not enter the main app with the vendor's organization",
    source: at.case,
    when: { ...carlas, app: "main" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: byPassword,
      trace: [...traces.password, ...oneOf, "actions"],
    },
  },
  {
    title: "R4: a customer without API access does not enter the portal",
    source: at.case,
    when: { app: "portal", ask: { organization: "{org:cedar}" }, as: "gita@advice.example" },
    outcome: {
      refused: "access_denied",
      says: says.notEntitled,
      pages: byPassword,
      trace: [...traces.named, "actions"],
    },
  },
  {
    title: "R4: a customer whose API access was switched on enters it, with a second factor",
    source: at.case,
    given: [company("cedar", { metadata: { type: "customer", status: "active", stage: "owner", api_access: "on" } })],
    when: { app: "portal", ask: { organization: "{org:cedar}" }, as: "gita@advice.example", factor: true },
    outcome: {
      admitted: { as: "gita@advice.example", organization: "cedar", type: "customer", may: preCustomer },
      pages: [...byPassword, "enrollment"],
      trace: traces.named,
    },
  },
  {
    title: "R4: an app without a policy admits nobody",
    source: at.case,
    given: [noPolicy],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: says.noPolicy,
      pages: byPassword,
      trace: [...traces.password, "personal-account", "actions"],
    },
  },
  {
    title: "R4: nobody of a suspended company comes in, and is told the cause",
    source: at.case,
    given: [company("dune-crafts", { metadata: { type: "customer", status: "suspended", api_access: "on" } })],
    when: { app: "main", as: "nadia@mail.example" },
    outcome: {
      refused: "access_denied",
      says: says.suspended,
      pages: byPassword,
      trace: [...traces.password, ...oneOf, "actions"],
    },
  },
  {
    title: "R5: one person has other roles in each of two organizations",
    source: at.roles,
    when: { app: "vendor-catering", ask: { organization: "{org:fresh-table}" }, as: "bruno@mail.example" },
    outcome: { admitted: { ...carla, as: "bruno@mail.example" }, pages: byPassword, trace: traces.named },
    next: [
      {
        when: { app: "main", ask: { organization: "{org:dune-crafts}" } },
        outcome: {
          admitted: { ...nadia, as: "bruno@mail.example" },
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
    ],
  },
  {
    title: "R5: someone of acme is a guest at borealis, whose stage counts there",
    source: at.case,
    when: { ...anns, as: "adam@acme.example" },
    outcome: { admitted: { ...newAnn, as: "adam@acme.example" }, pages: byProvider, trace: traces.newcomer },
    next: [
      {
        when: {
          change: [
            {
              method: "POST",
              path: "organizations/{org:borealis}/members",
              body: { members: ["{user:adam@acme.example}"] },
            },
          ],
        },
      },
      {
        when: { app: "main", ask: { organization: "{org:borealis}" } },
        outcome: {
          admitted: {
            as: "adam@acme.example",
            organization: "borealis",
            type: "customer",
            stage: "prospect-demo",
            renew: true,
            may: "unsaid",
          },
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
    ],
  },
  {
    title: "R5: someone of acme is no guest where nobody let them in",
    source: at.case,
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
    next: [
      {
        when: { app: "main", ask: { organization: "{org:borealis}" } },
        outcome: {
          refused: "access_denied",
          says: "user is not part of the {org:borealis} organization",
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
      {
        when: { app: "main", ask: { organization: "{org:acme}" } },
        outcome: {
          admitted: ann,
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
    ],
  },
];
