import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { newPerson, pavel, says, traces } from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];
const anns = { app: "main", as: "ann@acme.example" } as const satisfies Visit;
const eve = "eve@acme.example";

/** R10: a company's addresses sign in through its connection only, and a connection asserts its own addresses only. */
export const claimed: readonly Scenario[] = [
  {
    title: "R10: an account with a password at a company's domain does not sign in, by whichever app",
    source: at.routingIsNoGuard,
    given: [newPerson(eve)],
    when: { app: "main-personal", as: eve },
    outcome: {
      refused: "access_denied",
      says: says.sso,
      pages: byPassword,
      trace: [...traces.individual, "actions"],
    },
  },
  {
    title: "R10: nor by asking for the database",
    source: at.bypass,
    given: [newPerson(eve)],
    when: { app: "main", ask: { connection: "users" }, as: eve },
    outcome: {
      refused: "access_denied",
      says: says.sso,
      pages: ["password"],
      trace: ["credentials-first", "default-directory", "connection-requested", "personal-account", "actions"],
    },
  },
  {
    title: "R10: nobody signs up at a company's domain",
    source: at.registration,
    when: { app: "main", as: eve, signUp: true },
    outcome: {
      stopped: "sign-up",
      complaint: "Please sign in through your company's own login.",
      pages: ["identifier", "sign-up"],
    },
  },
  {
    title: "R10: a forgotten password at a company's domain gets no new one",
    source: at.reset,
    given: [newPerson(eve)],
    when: { app: "main-personal", forgot: eve, newPassword: "Another-One-2" },
    outcome: { shown: "Sign-in is not possible", lists: ["access_denied", says.sso] },
  },
  {
    title: "R10: at a domain that no company has it does, and the new one signs in",
    source: at.reset,
    when: { app: "main", forgot: "pavel@mail.example", newPassword: "Another-One-2" },
    outcome: { shown: "Password changed", lists: [] },
    next: [
      {
        when: { app: "main", as: "pavel@mail.example", password: "Another-One-2" },
        outcome: { admitted: pavel, pages: byPassword, trace: [...traces.password, "personal-account"] },
      },
    ],
  },
  {
    title: "R10: a company's provider cannot say that somebody is of another company",
    source: at.routingIsNoGuard,
    when: { ...anns, provider: "mallory@cedar.example" },
    outcome: {
      refused: "access_denied",
      says: says.mismatch,
      pages: byProvider,
      trace: [...traces.newcomer, "actions"],
    },
  },
  {
    title: "R10: nor an individual's address",
    source: at.routingIsNoGuard,
    when: { ...anns, provider: "lena@mail.example" },
    outcome: {
      refused: "access_denied",
      says: says.mismatch,
      pages: byProvider,
      trace: [...traces.newcomer, "actions"],
    },
  },
  {
    title: "R10: nor nobody's: who has no address is refused",
    source: at.routingIsNoGuard,
    when: { ...anns, provider: "nobody@acme.example" },
    outcome: {
      refused: "access_denied",
      says: says.mismatch,
      pages: byProvider,
      trace: [...traces.newcomer, "actions"],
    },
  },
];
