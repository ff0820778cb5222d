import fc from "fast-check";
import { connectionIds, type GeneratedTenant, often } from "./generated.ts";

/** One request of an app's, and a person who answers every page as these fields say. */
export interface Visit {
  readonly client: string;
  readonly organization: string | undefined;
  readonly connection: string | undefined;
  readonly prompt: "none" | "login" | undefined;
  readonly loginHint: string | undefined;
  readonly maxAge: number | undefined;
  readonly invitation: string | undefined;
  /** Whose session the browser has, and how old it is: seconds. */
  readonly session: { readonly user: string; readonly age: number } | undefined;
  /** Whose address is typed, with the right password or a wrong one. */
  readonly as: string;
  readonly rightPassword: boolean;
  readonly named: string;
  /** Which of the choices on a page is taken, and whether the personal one is. */
  readonly choice: number;
  readonly personal: boolean;
  readonly presses: boolean;
}

/** A visit to a tenant: mostly one that may come to something. */
export function visitsTo({ plain, homes: homeOf }: GeneratedTenant): fc.Arbitrary<Visit> {
  const { users: all, clients, organizations } = plain;
  const maybe = <T>(weight: number, value: fc.Arbitrary<T>) =>
    fc.oneof({ weight, arbitrary: value }, { weight: 100 - weight, arbitrary: fc.constant(undefined) });
  return fc.constantFrom(...clients).chain((app) => {
    const own = plain.memberships.length > 0 ? plain.memberships : [{ organization: "", user: all[0]?.id ?? "" }];
    return fc.constantFrom(...own).chain(({ organization: theirs, user: member }) => {
      const somebody = fc.oneof(
        { weight: 75, arbitrary: fc.constant(member) },
        { weight: 25, arbitrary: fc.constantFrom(...all.map(({ id: key }) => key)) },
      );
      const colleague = plain.memberships.find(
        (one) => one.organization === theirs && homeOf[one.user] === connectionIds[0],
      );
      const named = plain.settings.organizationNames ? 10 : 2;
      const anyOrganization = fc.oneof(
        { weight: 85, arbitrary: fc.constant(theirs) },
        { weight: 8, arbitrary: fc.constantFrom(...organizations.map(({ id: key }) => key)) },
        { weight: named, arbitrary: fc.constantFrom(...organizations.map(({ name }) => name)) },
        { weight: 3, arbitrary: fc.constantFrom("org_9999999999999999", "nobody", "") },
      );
      return fc.record({
        client: fc.constant(app.id),
        organization: maybe(
          { deny: 5, allow: 50, require: app.behaviour === "no_prompt" ? 90 : 50 }[app.usage],
          anyOrganization,
        ),
        connection: maybe(4, fc.constantFrom(...plain.connections.map(({ name }) => name), "nothing")),
        prompt: fc.oneof(
          { weight: 86, arbitrary: fc.constant(undefined) },
          { weight: 14, arbitrary: fc.constantFrom("none" as const, "login" as const) },
        ),
        loginHint: maybe(15, fc.constantFrom(...all.map(({ email }) => email ?? ""))),
        maxAge: maybe(10, fc.constantFrom(60, 100_000)),
        invitation: maybe(
          plain.invitations.length > 0 ? 12 : 1,
          fc.constantFrom(...plain.invitations.map(({ ticket }) => ticket), "ticket-x"),
        ),
        session: maybe(65, fc.record({ user: somebody, age: fc.constantFrom(10, 5_000) })),
        as: somebody.map((user) => (homeOf[user] === connectionIds[0] ? user : (colleague?.user ?? member))),
        rightPassword: often(95),
        named: fc.oneof(
          { weight: 70, arbitrary: fc.constant(organizations.find(({ id: key }) => key === theirs)?.name ?? "nobody") },
          { weight: 30, arbitrary: fc.constantFrom("personal", "x@a.example", "x@b.example", "x@nowhere.example", "") },
        ),
        choice: fc.nat({ max: 5 }),
        personal: often(30),
        presses: often(25),
      });
    });
  });
}
