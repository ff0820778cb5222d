import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { company, newAnn, owner, says, traces, vendorEditor } from "./story.ts";

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

/** R1 to R3: individuals, companies with single sign-on, vendors. */
export const business: readonly Scenario[] = [
  {
    title: "R1: an individual signs in to the main app without any organization",
    source: at.case,
    when: { app: "main", as: "oscar@mail.example" },
    outcome: {
      admitted: { as: "oscar@mail.example", stage: "owner", may: owner },
      pages: byPassword,
      trace: [...traces.password, "personal-account"],
    },
  },
  {
    title: "R1: an individual without an account signs up, at the funnel's first stage",
    source: at.registration,
    when: { app: "main", as: "new@mail.example", signUp: true },
    outcome: {
      admitted: { as: "new@mail.example", stage: "lead", renew: true, may: "unsaid" },
      pages: ["identifier", "sign-up"],
      trace: ["credentials-first", "default-directory", "identifier-first", "personal-account"],
    },
  },
  {
    title: "R1: an individual does not come into an app for members",
    source: at.case,
    when: { app: "vendor-catering", as: "oscar@mail.example" },
    outcome: {
      refused: "invalid_request",
      says: "client requires organization membership, but user does not belong to any organization",
      pages: byPassword,
      trace: [...traces.password, "no-membership"],
    },
  },
  {
    title: "R1: a wrong password is told on the page, and nobody comes in",
    source: at.identifierFirst,
    when: { app: "main", as: "oscar@mail.example", password: "Not-Oscars-1" },
    outcome: { stopped: "password", complaint: "Wrong email or password", pages: byPassword },
  },
  {
    title: "R2: someone of a company with single sign-on comes into the company's organization by its provider",
    source: at.case,
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
  },
  {
    title: "R2: the company's provider knows nobody else",
    source: at.case,
    when: { ...anns, provider: "oscar@mail.example" },
    outcome: { stopped: "provider", at: "Sign in at Acme", pages: byProvider },
  },
  {
    title: "R3: a catering vendor's member enters the app of catering vendors",
    source: at.case,
    when: carlas,
    outcome: { admitted: carla, pages: byPassword, trace: [...traces.password, ...oneOf] },
  },
  {
    title: "R3: a rental vendor's member enters the app of rental vendors, which runs in the browser",
    source: at.case,
    when: { app: "vendor-rental", as: "ravi@wheelhouse.example" },
    outcome: {
      admitted: { as: "ravi@wheelhouse.example", organization: "wheelhouse", type: "vendor", may: vendorEditor },
      pages: byPassword,
      trace: [...traces.password, ...oneOf],
    },
  },
  {
    title: "R3: a catering vendor's member does not enter the app of rental vendors",
    source: at.case,
    when: { ...carlas, app: "vendor-rental" },
    outcome: {
      refused: "access_denied",
      says: says.notEntitled,
      pages: byPassword,
      trace: [...traces.password, ...oneOf, "actions"],
    },
  },
  {
    title: "R3: the kind is the organization's metadata, whatever it is called",
    source: at.case,
    given: [
      company("fresh-table", {
        name: "wheels-and-more",
        metadata: { type: "vendor", status: "active", vendor_kind: "catering" },
      }),
    ],
    when: carlas,
    outcome: {
      admitted: { ...carla, organization: "wheels-and-more" },
      pages: byPassword,
      trace: [...traces.password, ...oneOf],
    },
  },
];
