import { connection, connections, denied, organization, story } from "./story.ts";
import { addressFirst, credentialsFirst, requested, type Traced } from "./traced.ts";

const individual = [
  "individual-login",
  "without the parameter organization this app signs in a personal account",
] as const;
const alone = (...names: readonly string[]) => ({ behaviour: "no_prompt", connections: names }) as const;
const password = { kind: "password", connection: "people", signup: true } as const;
const unknown = denied("invalid_request", "the connection was not found");
const hidden = denied("invalid_request", "no connections enabled for the organization are visible");
const unseen = ["connections-hidden", "no connection can be seen or routed to"] as const;
const byMail = connection("by-mail", "passwordless");
const noneClaims = ["home-realm", "nobody claims the address, and there is no database to fall back to"] as const;
const third = connection("third-sso", "enterprise", { domains: ["acme.com"] });
const shared = connections("other-sso", { domains: ["acme.com"] }, third);
const addressOff = { settings: { ...story.settings, identifierFirst: false } };
const ann = { identifier: "ann@acme.com" };
const bob = { identifier: "bob@example.com" };

/** What a person is asked for, and where the answer leads. */
export const prompts: readonly Traced[] = [
  {
    title: "the request's connection is gone to",
    given: { request: { connection: "people" }, known: ann },
    step: { ...password, ...ann },
    trace: [credentialsFirst, ["connection-requested", "the request names people: no routing by address"]],
  },
  {
    title: "a connection that signs in by a mailed code asks as a database does",
    given: {
      tenant: { connections: [...story.connections, byMail] },
      client: { connections: ["people", "by-mail"] },
      request: { connection: "by-mail" },
    },
    step: { ...password, connection: "by-mail" },
    trace: [credentialsFirst, ["connection-requested", "the request names by-mail: no routing by address"]],
  },
  {
    title: "a connection that the app does not have is refused",
    given: { request: { connection: "google" } },
    step: unknown,
    trace: [credentialsFirst, ["connection-not-enabled", "google may not be used here"]],
  },
  {
    title: "a connection that the tenant does not have is refused",
    given: { request: { connection: "nobody" } },
    step: unknown,
    trace: [credentialsFirst, ["connection-not-enabled", "nobody may not be used here"]],
  },
  {
    title: "a button leads to its connection",
    given: { client: { connections: ["google"] }, known: { pressed: "google" } },
    step: { kind: "federate", connection: "google" },
    trace: [credentialsFirst, ["button", "of google"]],
  },
  {
    title: "a button that is not there leads nowhere",
    given: { known: { pressed: "google" } },
    step: { kind: "identify", buttons: [], database: "people", signup: true },
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "an address leads to the connection of its domain",
    given: { known: ann },
    step: { kind: "federate", connection: "acme-sso", hint: "ann@acme.com" },
    trace: [credentialsFirst, ["home-realm", "acme.com belongs to acme-sso"]],
  },
  {
    title: "an address of no connection leads to the database",
    given: { known: bob },
    step: { ...password, ...bob },
    trace: [credentialsFirst, ["database-fallback", "nobody claims the address: people"]],
  },
  ...["@acme.com", "ann@", "ann"].map(
    (identifier): Traced => ({
      title: `${identifier} is no address, and leads to the database`,
      given: { known: { identifier } },
      step: { ...password, identifier },
      trace: [credentialsFirst, ["database-fallback", "nobody claims the address: people"]],
    }),
  ),
  {
    title: "an address of no connection is asked for again where there is no database",
    given: { client: alone("acme-sso"), known: bob },
    step: { kind: "identify", buttons: [], signup: false },
    trace: [individual, noneClaims, addressFirst],
  },
  {
    title: "an address is asked for where a connection without a button is all there is",
    given: { client: alone("acme-sso") },
    step: { kind: "identify", buttons: [], signup: false },
    trace: [individual, addressFirst],
  },
  {
    title: "a button is shown where it is all there is",
    given: { client: alone("google") },
    step: { kind: "identify", buttons: ["google"], signup: false },
    trace: [individual, addressFirst],
  },
  {
    title: "an app without connections lets nobody in",
    given: { client: alone() },
    step: hidden,
    trace: [individual, unseen],
  },
  {
    title: "a mailed code alone can neither be seen nor routed to, in an app",
    given: { tenant: { connections: [byMail] }, client: alone("by-mail") },
    step: hidden,
    trace: [individual, unseen],
  },
  {
    title: "a mailed code alone can neither be seen nor routed to, in an organization",
    given: {
      tenant: {
        connections: [byMail],
        ...organization("org_acme", {
          connections: [{ connection: "by-mail", autoMembership: false, signup: false, button: true }],
        }),
      },
      request: { organization: "org_acme" },
    },
    step: hidden,
    trace: [requested("acme"), unseen],
  },
  {
    title: "of connections that share a domain the oldest gets the address",
    given: { tenant: shared, known: ann },
    step: { kind: "federate", connection: "acme-sso", hint: "ann@acme.com" },
    trace: [
      credentialsFirst,
      ["alias-shared", "2 connections have acme.com"],
      ["home-realm", "acme.com belongs to acme-sso"],
    ],
  },
  {
    title: "of three connections that share a domain the newest gets the address where the switch says so",
    given: {
      tenant: shared,
      client: { connections: ["acme-sso", "other-sso", "third-sso"] },
      known: ann,
      switches: { SHARED_ALIAS: "newest" },
    },
    step: { kind: "federate", connection: "third-sso", hint: "ann@acme.com" },
    trace: [
      credentialsFirst,
      ["alias-shared", "3 connections have acme.com"],
      ["home-realm", "acme.com belongs to third-sso"],
    ],
  },
  {
    title: "without identifier first an address goes with a password",
    given: { tenant: addressOff, known: ann },
    step: { ...password, ...ann },
    trace: [credentialsFirst, ["home-realm-off", "without identifier first no address leads anywhere"]],
  },
  {
    title: "without identifier first and a database the buttons are all there is",
    given: { tenant: addressOff, client: alone("google"), known: ann },
    step: { kind: "identify", buttons: ["google"], signup: false },
    trace: [individual, addressFirst],
  },
  {
    title: "a hint stands in the field",
    given: { request: { loginHint: "ann@acme.com" } },
    step: { kind: "identify", buttons: [], database: "people", signup: true, hint: "ann@acme.com" },
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "a hint goes to a database with the request's connection",
    given: { request: { loginHint: "ann@acme.com", connection: "people" } },
    step: { ...password, ...ann },
    trace: [credentialsFirst, ["connection-requested", "the request names people: no routing by address"]],
  },
];
