import { organizationId } from "../dimensions.ts";
import { colleague, individual } from "./logins.ts";

/** An admitted login, and what it does beyond letting in. */
export interface Effect {
  readonly title: string;
  readonly event: Record<string, unknown>;
  /** The stage claim, of both tokens. */
  readonly stage?: string;
  /** The role that is assigned, and what `first_roles` then holds. */
  readonly assigned?: { readonly role: string; readonly marked: readonly string[] };
  /** Whether a line is written to the log. */
  readonly note: boolean;
}

const text = (value: unknown) => JSON.stringify(value) ?? "missing";
const withMarks = (first_roles: unknown) => ({ user: { app_metadata: { first_roles } } });
const marks = (count: number) => Array.from({ length: count }, (_, at) => `org_${at}`);

const damaged: readonly unknown[] = [
  ...["", "individual", organizationId, 0, 7, true, false, {}, { 0: "individual" }],
  ...[[7], [null], ["org_other", 7], marks(100), marks(101), [...marks(99), 7]],
];

const stages = (company: unknown, person: unknown) => ({
  organization: {
    metadata: { type: "customer", status: "active", ...(company !== undefined && { stage: company }) },
  },
  user: { app_metadata: { ...(person !== undefined && { stage: person }) } },
});

const preCustomer = { role: "pre-customer", marked: [organizationId] };
const owner = { role: "owner", marked: [organizationId] };

export const effects: readonly Effect[] = [
  // first_roles
  ...damaged.flatMap((value) => [
    { title: `a colleague with first_roles ${text(value)}`, event: colleague(withMarks(value)), note: true },
    { title: `an individual with first_roles ${text(value)}`, event: individual(withMarks(value)), note: true },
  ]),
  {
    title: "a colleague with 99 marks gets the hundredth",
    event: colleague(withMarks(marks(99))),
    assigned: { role: "pre-customer", marked: [...marks(99), organizationId] },
    note: false,
  },
  {
    title: "a colleague who was an individual before gets the member's role too",
    event: colleague(withMarks(["individual"])),
    assigned: { role: "pre-customer", marked: ["individual", organizationId] },
    note: false,
  },
  {
    title: "an individual who was a member before gets the individual's role too",
    event: individual(withMarks([organizationId])),
    assigned: { role: "pre-customer", marked: [organizationId, "individual"] },
    note: false,
  },
  { title: "a colleague's mark is enough", event: colleague(withMarks([organizationId])), note: false },
  { title: "an individual's mark is enough", event: individual(withMarks(["individual"])), note: false },
  {
    title: "somebody who has a role gets none, and no mark",
    event: colleague({ authorization: { roles: ["api-administrator"] } }),
    note: false,
  },
  ...[undefined, null, {}].map((authorization) => ({
    title: `an individual with authorization ${text(authorization)} gets the first role`,
    event: individual({ authorization }),
    assigned: { role: "pre-customer", marked: ["individual"] },
    note: false,
  })),

  // Stages: the company's word wins, also where it is none of the list
  {
    title: "the company's stage",
    event: colleague(stages("owner", "lead")),
    stage: "owner",
    assigned: owner,
    note: false,
  },
  {
    title: "the company's stage alone",
    event: colleague(stages("prospect-demo", undefined)),
    stage: "prospect-demo",
    assigned: preCustomer,
    note: false,
  },
  {
    title: "the person's stage",
    event: colleague(stages(undefined, "owner")),
    stage: "owner",
    assigned: owner,
    note: false,
  },
  {
    title: "a company's unknown stage over the person's known one",
    event: colleague(stages("king", "owner")),
    assigned: preCustomer,
    note: true,
  },
  ...["", "Owner", "owner ", "lead,owner", "constructor", null, 7, true, ["owner"], {}].map((stage) => ({
    title: `the person's stage ${text(stage)}`,
    event: colleague(stages(undefined, stage)),
    assigned: preCustomer,
    note: true,
  })),
];
