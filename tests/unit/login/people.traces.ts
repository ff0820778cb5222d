import { as, denied, inside, session } from "./story.ts";
import { addressFirst, bySession, credentialsFirst, member, requested, type Traced } from "./traced.ts";

const identify = { kind: "identify", buttons: [], database: "people", signup: true } as const;
const blocked = denied("unauthorized", "user is blocked");
const only = ["one-organization", "borealis is the only one"] as const;
const unfit = ["session-unfit", "acme does not have the session's connection"] as const;
const nowhere = ["personal-account", "the person belongs to no organization"] as const;

/** Who somebody is: by the browser's session or by this login. */
export const people: readonly Traced[] = [
  {
    title: "the browser's session signs in",
    given: { known: session("bob") },
    step: inside("bob", "org_borealis"),
    trace: [credentialsFirst, bySession, only, member("borealis")],
  },
  {
    title: "a session enters another organization",
    given: { known: session("cat"), request: { organization: "org_cedar" } },
    step: inside("cat", "org_cedar"),
    trace: [requested("cedar"), bySession, member("cedar")],
  },
  {
    title: "a session enters no organization without membership",
    given: { known: session("bob"), request: { organization: "org_cedar" } },
    step: denied("access_denied", "user is not part of the org_cedar organization"),
    trace: [requested("cedar"), bySession, ["membership", "the person is not a member of cedar"]],
  },
  {
    title: "a session by another connection than the organization's leads to its prompt",
    given: { known: session("bob"), request: { organization: "org_acme" } },
    step: { kind: "identify", organization: "org_acme", buttons: ["acme-sso"], signup: false },
    trace: [requested("acme"), unfit, addressFirst],
  },
  {
    title: "a session by another connection is refused where the switch says so",
    given: { known: session("bob"), request: { organization: "org_acme" }, switches: { UNFIT_SESSION: "refuse" } },
    step: denied("access_denied", "the connection of the session is not enabled for the organization"),
    trace: [requested("acme"), unfit],
  },
  {
    title: "a session by a connection that is gone does not fit",
    given: { known: session("bob", "gone"), request: { organization: "org_acme" } },
    step: { kind: "identify", organization: "org_acme", buttons: ["acme-sso"], signup: false },
    trace: [requested("acme"), unfit, addressFirst],
  },
  {
    title: "a session that is older than the app takes signs nobody in",
    given: { known: session("bob", "people", 100), request: { maxAge: 99 } },
    step: identify,
    trace: [credentialsFirst, ["session-too-old", "100 s and a bit are more than max_age"], addressFirst],
  },
  {
    title: "a session signs nobody in to an app that takes none of any age",
    given: { known: session("bob", "people", 0), request: { maxAge: 0 } },
    step: identify,
    trace: [credentialsFirst, ["session-too-old", "0 s and a bit are more than max_age"], addressFirst],
  },
  {
    title: "a session as old as the app takes signs in",
    given: { known: session("bob", "people", 1), request: { maxAge: 1 } },
    step: inside("bob", "org_borealis"),
    trace: [credentialsFirst, bySession, only, member("borealis")],
  },
  {
    title: "a session of another login that is asked for signs nobody in",
    given: { known: session("bob"), request: { prompt: "login", maxAge: 1 } },
    step: identify,
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "what is proved in this login stands before the session",
    given: { known: { ...session("bob"), ...as("ivy") } },
    step: inside("ivy", undefined),
    trace: [credentialsFirst, nowhere],
  },
  {
    title: "a blocked account is refused",
    given: { known: as("out") },
    step: blocked,
    trace: [credentialsFirst, ["user-blocked", "the account is blocked"]],
  },
  {
    title: "a blocked account is refused by session too",
    given: { known: session("out") },
    step: blocked,
    trace: [credentialsFirst, bySession, ["user-blocked", "the account is blocked"]],
  },
  {
    title: "an account that is gone is not blocked, and belongs nowhere",
    given: { known: as("gone") },
    step: inside("gone", undefined),
    trace: [credentialsFirst, nowhere],
  },
];
