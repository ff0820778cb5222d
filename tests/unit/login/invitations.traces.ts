import { as, denied, inside, story } from "./story.ts";
import { member, requested, type Traced } from "./traced.ts";

const borealis = { organization: "org_borealis", invitation: "good" };
const cedar = { organization: "org_cedar", invitation: "bound" };
const gone = denied("invalid_request", "invitation not found or already used");
const unfit = ["invitation", "it is unknown, used, expired or meant for something else"] as const;
const stranger = (spends: string) =>
  denied("access_denied", "the specified account is not allowed to accept the current invitation", { spends });
const another = (what: "address" | "connection") =>
  ["invitation", `the account has another ${what} than the invitation, which is used up`] as const;

const refused = (title: string, request: typeof borealis, client = "app"): Traced => ({
  title,
  given: {
    tenant: { invitations: story.invitations.map((one) => ({ ...one, client })) },
    request,
    known: as("ivy"),
  },
  step: gone,
  trace: [requested("borealis"), unfit],
});

/** Invitations: for whom, through which connection, in which app. */
export const invitations: readonly Traced[] = [
  {
    title: "an invitation makes its address a member",
    given: { request: borealis, known: as("ivy") },
    step: inside("ivy", "org_borealis", { joins: "org_borealis", invitation: "good" }),
    trace: [requested("borealis"), ["invitation", "makes the person a member of borealis"]],
  },
  {
    title: "an invitation through one connection is accepted through that one",
    given: { request: cedar, known: as("ivy", "other-sso") },
    step: inside("ivy", "org_cedar", { connection: "other-sso", joins: "org_cedar", invitation: "bound" }),
    trace: [requested("cedar"), ["invitation", "makes the person a member of cedar"]],
  },
  {
    title: "an invitation through one connection is accepted through no other",
    given: { request: cedar, known: as("ivy") },
    step: stranger("bound"),
    trace: [requested("cedar"), another("connection")],
  },
  refused("an invitation in time is not accepted later", { ...borealis, invitation: "old" }),
  refused("an invitation to one organization is none to another", { ...borealis, invitation: "else" }),
  refused("an invitation that never was is not accepted", { ...borealis, invitation: "nobody" }),
  refused("an invitation in one app is none in another", borealis, "portal"),
  {
    title: "an invitation is for its address alone",
    given: { request: borealis, known: as("bob") },
    step: stranger("good"),
    trace: [requested("borealis"), another("address")],
  },
  {
    title: "an invitation is not for an account without an address",
    given: { tenant: { users: [{ id: "ivy", blocked: false }] }, request: borealis, known: as("ivy") },
    step: stranger("good"),
    trace: [requested("borealis"), another("address")],
  },
  {
    title: "an invitation is not for an account that is gone",
    given: { request: borealis, known: as("gone") },
    step: stranger("good"),
    trace: [requested("borealis"), another("address")],
  },
  {
    title: "an invitation that this login accepted is asked for no more",
    given: {
      tenant: { invitations: [], memberships: [{ organization: "org_borealis", user: "ivy" }] },
      request: borealis,
      known: { ...as("ivy"), accepted: true },
    },
    step: inside("ivy", "org_borealis"),
    trace: [requested("borealis"), member("borealis")],
  },
];
