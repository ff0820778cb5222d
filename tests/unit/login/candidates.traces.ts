import { connection, connections, denied, link, organization, story } from "./story.ts";
import { addressFirst, credentialsFirst, requested, type Traced } from "./traced.ts";

const identify = { kind: "identify", buttons: [], database: "people", signup: true } as const;
const unknown = denied("invalid_request", "the connection was not found");
const mainDatabase = connection("main-db", "database", { signup: false });
const directory = (id: string) => ({
  settings: { ...story.settings, defaultDirectory: id },
  connections: [...story.connections, mainDatabase],
});
const mains = ["default-directory", "passwords are those of main-db"] as const;
const hiddenSso = organization("org_cedar", { connections: [link("people"), link("other-sso", { button: false })] });
const guest = { identifier: "x@other.com" };
const cedar = { organization: "org_cedar" };
const onDomainLevel = (...ids: readonly string[]) => ({
  connections: story.connections.map((one) => ({ ...one, domainLevel: ids.includes(one.id) })),
});
const everything = { firstParty: false, connections: ["people", "acme-sso", "google"] };

/** Which connections a login may use. */
export const candidates: readonly Traced[] = [
  {
    title: "the default directory takes the passwords where the organization is open",
    given: { tenant: directory("main-db") },
    step: { ...identify, database: "main-db", signup: false },
    trace: [credentialsFirst, mains, addressFirst],
  },
  {
    title: "the default directory can be named without being the app's",
    given: { tenant: directory("main-db"), request: { connection: "main-db" } },
    step: { kind: "password", connection: "main-db", signup: false },
    trace: [credentialsFirst, mains, ["connection-requested", "the request names main-db: no routing by address"]],
  },
  {
    title: "a default directory that is gone leaves the app its own database",
    given: { tenant: directory("gone") },
    step: identify,
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "an app's database is its first database, not its first connection",
    given: { client: { connections: ["acme-sso", "people"] } },
    step: identify,
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "a connection of an app that the tenant no longer has is left out",
    given: { client: { connections: ["gone", "people"] } },
    step: identify,
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "a social connection of an organization is no other app's",
    given: {
      tenant: organization("org_borealis", { connections: [link("google")] }),
      request: { connection: "google" },
    },
    step: unknown,
    trace: [credentialsFirst, ["connection-not-enabled", "google may not be used here"]],
  },
  {
    title: "a provider of no organization is no other app's",
    given: { tenant: organization("org_cedar", { connections: [] }), request: { connection: "other-sso" } },
    step: unknown,
    trace: [credentialsFirst, ["connection-not-enabled", "other-sso may not be used here"]],
  },
  {
    title: "an app shows social connections, and providers that say so",
    given: {
      tenant: connections("acme-sso", { button: true }, connection("by-mail", "passwordless", { button: true })),
      client: { connections: ["people", "google", "by-mail", "acme-sso"] },
    },
    step: { ...identify, buttons: ["google", "acme-sso"] },
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "an organization shows its social connections, and of its providers those that it wants shown",
    given: {
      tenant: organization("org_cedar", {
        connections: [link("people"), link("google", { button: false }), link("other-sso", { button: false })],
      }),
      request: cedar,
    },
    step: { ...identify, organization: "org_cedar", buttons: ["google"], signup: false },
    trace: [requested("cedar"), addressFirst],
  },
  {
    title: "an address leads to a hidden connection of an organization",
    given: { tenant: hiddenSso, request: cedar, known: guest },
    step: { kind: "federate", connection: "other-sso", organization: "org_cedar", hint: "x@other.com" },
    trace: [requested("cedar"), ["home-realm", "other.com belongs to other-sso"]],
  },
  {
    title: "an address leads to the database where hidden connections cannot be reached",
    given: { tenant: hiddenSso, request: cedar, known: guest, switches: { HIDDEN_CONNECTIONS: "unreachable" } },
    step: { kind: "password", connection: "people", organization: "org_cedar", signup: false, ...guest },
    trace: [requested("cedar"), ["database-fallback", "nobody claims the address: people"]],
  },
  {
    title: "a hidden connection can still be named where no address reaches it",
    given: {
      tenant: hiddenSso,
      request: { ...cedar, connection: "other-sso" },
      switches: { HIDDEN_CONNECTIONS: "unreachable" },
    },
    step: { kind: "federate", connection: "other-sso", organization: "org_cedar" },
    trace: [requested("cedar"), ["connection-requested", "the request names other-sso: no routing by address"]],
  },
  {
    title: "a connection of an organization that the tenant no longer has is left out",
    given: { tenant: organization("org_cedar", { connections: [link("gone"), link("people")] }), request: cedar },
    step: { ...identify, organization: "org_cedar", signup: false },
    trace: [requested("cedar"), addressFirst],
  },
  {
    title: "a third-party app offers what is on domain level",
    given: { tenant: onDomainLevel("people", "google"), client: everything },
    step: { ...identify, buttons: ["google"] },
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "a third-party app has no database that is not on domain level",
    given: { tenant: onDomainLevel("acme-sso"), client: everything },
    step: { kind: "identify", buttons: [], signup: true },
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "a third-party app without a database has none",
    given: { tenant: onDomainLevel("google"), client: { firstParty: false, connections: ["google"] } },
    step: { kind: "identify", buttons: ["google"], signup: false },
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "an address leads a third-party app to no provider that is not on domain level",
    given: { tenant: onDomainLevel("people"), client: everything, known: { identifier: "ann@acme.com" } },
    step: { kind: "password", connection: "people", signup: true, identifier: "ann@acme.com" },
    trace: [credentialsFirst, ["database-fallback", "nobody claims the address: people"]],
  },
];
