import fc from "fast-check";
import type { PlainTenant } from "../../login/plain.ts";
import { type LoginSwitches, loginAnswers } from "../../login/switches.ts";
import type { Client, Connection, OrganizationConnection } from "../../login/tenant.ts";

/** What the login rules do not know of an object, and other parts of the tenant do. */
interface Beyond {
  /** By organization. */
  readonly types: Readonly<Record<string, "customer" | "vendor" | "partner">>;
  /** By client: the types of organizations whose people it admits. */
  readonly admits: Readonly<Record<string, readonly ("customer" | "vendor")[]>>;
  /** By account: the connection that it is of. */
  readonly homes: Readonly<Record<string, string>>;
}

export interface GeneratedTenant extends Beyond {
  readonly plain: PlainTenant;
  readonly switches: LoginSwitches;
}

const id = (prefix: string, place: number) => `${prefix}_${String(place).padStart(16, "0")}`;
const domains = ["a.example", "b.example", "c.example", "mail.example"] as const;
const places = (count: number) => Array.from({ length: count }, (_, place) => place);
/** True for so many of a hundred. */
export const often = (weight: number) => fc.nat({ max: 99 }).map((rolled) => rolled < weight);
const some = <T>(items: readonly T[], least = 0) =>
  fc.subarray([...items], { minLength: Math.min(least, items.length) });

/** Two directories, three companies' providers and a public one; the same for all, but for what decides. */
const connections: fc.Arbitrary<Connection[]> = fc
  .tuple(
    ...places(6).map(() =>
      fc.record({ button: often(30), signup: often(70), domainLevel: often(50), shares: often(15) }),
    ),
  )
  .map((all) =>
    all.map(({ button, signup, domainLevel, shares }, place): Connection => {
      const kind = place < 2 ? "database" : place < 5 ? "enterprise" : "social";
      const own = kind === "enterprise" ? [domains[place - 2] ?? "a.example"] : [];
      return {
        id: id("con", place),
        name: ["users", "staff", "a-sso", "b-sso", "c-sso", "public"][place] ?? "",
        kind,
        domains: kind === "enterprise" && shares ? [...own, "shared.example"] : own,
        button: kind !== "database" && button,
        signup: kind === "database" && signup,
        domainLevel,
      };
    }),
  );

export const connectionIds = places(6).map((place) => id("con", place));
/** One directory at most, for which of two a login takes is not documented; and some of the others, in the order of their making. */
const reachable: fc.Arbitrary<string[]> = fc
  .tuple(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, undefined), some(places(6).slice(2)))
  .map(([directory, others]) =>
    [...(directory === undefined ? [] : [directory]), ...others].map((place) => id("con", place)),
  );

const client = (place: number): fc.Arbitrary<Client> =>
  fc.record({
    id: fc.constant(String(place).padStart(32, "k")),
    usage: fc.constantFrom("deny", "allow", "allow", "allow", "require", "require"),
    behaviour: fc.constantFrom("no_prompt", "pre_login_prompt", "post_login_prompt", "post_login_prompt"),
    discovery: fc.constantFrom<Client["discovery"][]>(["email"], ["organization_name"], ["email", "organization_name"]),
    firstParty: often(94),
    connections: reachable,
  });

const linkOf = (connection: string): fc.Arbitrary<OrganizationConnection> =>
  fc.record({
    connection: fc.constant(connection),
    autoMembership: often(35),
    signup: often(20),
    button: often(75),
  });

const organization = (place: number) =>
  reachable
    .chain((ids) => fc.tuple(...ids.map(linkOf)))
    .chain((links) =>
      fc.record({
        id: fc.constant(id("org", place)),
        name: fc.constant(`company-${place}`),
        thirdParty: often(40),
        domains: some(domains),
        connections: often(95).map((has) => (has ? links : [])),
      }),
    );

/** Accounts by the place of their connection; the first directory has the most. */
const homes = [0, 0, 0, 0, 0, 0, 1, 2, 2, 3, 4, 5];
const users = fc.tuple(
  ...homes.map((home, place) =>
    fc.record({
      id: fc.constant(`u${place}`),
      email: fc
        .constantFrom(...(home < 2 ? domains : [domains[home - 2] ?? "mail.example"]))
        .map((domain) => `person-${place}@${domain}`),
      blocked: often(1),
    }),
  ),
);
const strategies = ["auth0", "auth0", "oidc", "oidc", "oidc", "google-oauth2"];
const userId = (place: number) => {
  const home = homes[place] ?? 0;
  const own = String(place).padStart(24, "0");
  return home < 2 || home === 5 ? `${strategies[home]}|${own}` : `oidc|${["a", "b", "c"][home - 2]}-sso|${own}`;
};

const switches = fc.record(
  Object.fromEntries(Object.entries(loginAnswers).map(([name, answers]) => [name, fc.constantFrom(...answers)])),
) as unknown as fc.Arbitrary<LoginSwitches>;

export const tenants: fc.Arbitrary<GeneratedTenant> = fc
  .record({
    settings: fc.record({ directory: often(70), organizationNames: often(50), identifierFirst: often(90) }),
    clients: fc.tuple(...places(4).map(client)),
    connections,
    organizations: fc.nat({ max: 3 }).chain((more) => fc.tuple(...places(more + 1).map(organization))),
    users,
    members: fc.array(fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 3 })), { minLength: 10, maxLength: 24 }),
    invited: fc.array(
      fc.record({
        user: fc.nat({ max: 11 }),
        organization: fc.nat({ max: 3 }),
        client: fc.nat({ max: 3 }),
        expired: often(25),
        bound: often(25),
      }),
      {
        maxLength: 8,
      },
    ),
    types: fc.tuple(...places(4).map(() => fc.constantFrom("customer", "vendor", "partner"))),
    admits: fc.tuple(...places(4).map(() => some(["customer", "vendor"] as const))),
    switches,
  })
  .map(({ settings, types, admits, switches: answers, ...given }) => {
    const people = given.users.map((user, place) => ({ ...user, id: userId(place) }));
    const pairs = given.members.flatMap(([user, place], at) => {
      const into = given.organizations[place % given.organizations.length];
      const home = connectionIds[homes[user] ?? 0];
      // most members can come in: their organization has their connection
      const fits = into?.connections.some(({ connection }) => connection === home) || at % 6 === 0;
      return into && fits ? [{ organization: into.id, user: people[user]?.id ?? "" }] : [];
    });
    const distinct = new Map(pairs.map((pair) => [`${pair.organization} ${pair.user}`, pair]));
    const invitations = given.invited.flatMap(({ user, organization: into, client: app, expired, bound }, place) => {
      const [organizationOf, appOf] = [given.organizations[into], given.clients[app]];
      if (!organizationOf || !appOf || appOf.usage === "deny") return [];
      const [link] = bound ? organizationOf.connections : [];
      return [
        {
          ticket: `ticket-${place}`,
          organization: organizationOf.id,
          client: appOf.id,
          email: people[user]?.email ?? "",
          expired,
          ...(link ? { connection: link.connection } : {}),
        },
      ];
    });
    return {
      plain: {
        settings: {
          organizationNames: settings.organizationNames,
          identifierFirst: settings.identifierFirst,
          ...(settings.directory ? { defaultDirectory: connectionIds[0] ?? "" } : {}),
        },
        clients: given.clients,
        connections: given.connections,
        organizations: given.organizations,
        users: people,
        memberships: [...distinct.values()],
        invitations,
      },
      switches: answers,
      types: Object.fromEntries(given.organizations.map(({ id: key }, place) => [key, types[place] ?? "partner"])),
      admits: Object.fromEntries(given.clients.map(({ id: key }, place) => [key, admits[place] ?? []])),
      homes: Object.fromEntries(people.map(({ id: key }, place) => [key, connectionIds[homes[place] ?? 0] ?? ""])),
    };
  });
