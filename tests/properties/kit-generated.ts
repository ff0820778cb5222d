import fc from "fast-check";
import type { Visit } from "../../kit/resolution.ts";
import type { CompanyEntry } from "../../stacks/schema/company.ts";
import { often } from "./generated.ts";

/** Somebody who signs in, and the organizations that they are in: by slug. */
export interface Somebody {
  readonly id: string;
  readonly email: string;
  /** A company's connection, or `users`. */
  readonly connection: string;
  readonly memberships: readonly string[];
}

export interface GeneratedCompany {
  readonly slug: string;
  readonly entry: CompanyEntry;
}

const places = [0, 1, 2, 3, 4];
const slugOf = (place: number) => `company-${place}`;
const domainOf = (place: number) => `c${place}.example`;
const connectionOf = (place: number) => `c${place}-sso`;

const company = (place: number, sso: readonly boolean[]): fc.Arbitrary<GeneratedCompany> =>
  fc
    .record({
      vendor: often(40),
      on: fc.boolean(),
      state: fc.constantFrom("live", "live", "live", "suspended", "retired"),
      guest: fc.constantFrom(undefined, "users", ...places),
    })
    .map(({ vendor, on, state, guest }) => {
      const slug = slugOf(place);
      const own = sso[place];
      const host = typeof guest === "number" && guest !== place && sso[guest] ? connectionOf(guest) : undefined;
      const guests = host ?? (guest === "users" && own ? "users" : undefined);
      const connection = {
        strategy: "oidc",
        issuer: `https://login.${domainOf(place)}/`,
        clientId: "travel",
        clientSecret: { config: "acme-sso-secret" },
        domains: [domainOf(place)],
      };
      const entry = {
        displayName: slug,
        state,
        type: vendor ? "vendor" : "customer",
        conditions: vendor ? { vendor_kind: on ? "catering" : "rental" } : { api_access: on ? "on" : "off" },
        ...(own && { connections: { [connectionOf(place)]: connection } }),
        ...(guests && { guests: [guests] }),
      };
      return { slug, entry: entry as unknown as CompanyEntry };
    });

/** Five companies, about half of them with single sign-on, some with guests. */
export const companies: fc.Arbitrary<readonly GeneratedCompany[]> = fc
  .tuple(...places.map(() => fc.boolean()))
  .chain((sso) => fc.tuple(...places.map((place) => company(place, sso))));

/** Whether somebody by this connection may be a member of a company. */
function takes({ entry: { connections, guests = [] } }: GeneratedCompany, connection: string): boolean {
  const own = connections ? Object.keys(connections) : ["users"];
  return [...own, ...guests].includes(connection);
}

/** One person, and what an app knows of them when they come: truly, as far as it is said to be known. */
export interface Coming {
  readonly somebody: Somebody;
  readonly visit: Visit;
}

export function comings(all: readonly GeneratedCompany[]): fc.Arbitrary<Coming> {
  const own = all.flatMap(({ entry }) => Object.keys(entry.connections ?? {}));
  return fc.constantFrom("users", ...own).chain((connection) => {
    const open = all.filter((one) => takes(one, connection)).map(({ slug }) => slug);
    const memberships = fc.subarray(open);
    return memberships.chain((joined) => {
      const domain = connection === "users" ? "mail.example" : connection.replace("-sso", ".example");
      const email = `somebody@${domain}`;
      const ids = joined.map((slug) => `${slug}-id`);
      const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
      return fc
        .record({
          app: fc.constantFrom("main", "main", "portal", "vendor-catering", "vendor-rental"),
          authenticated: fc.boolean(),
          known: often(70),
          subdomain: often(20).chain((has) =>
            has ? fc.constantFrom(...all.map(({ slug }) => slug)) : fc.constant(undefined),
          ),
          lastUsed: maybe(fc.constantFrom("individual", ...all.map(({ slug }) => `${slug}-id`))),
        })
        .map(({ authenticated, known, ...rest }) => ({
          somebody: { id: "somebody", email, connection, memberships: joined },
          visit: {
            ...rest,
            email: known || authenticated ? email : undefined,
            memberships: authenticated ? ids : undefined,
          },
        }));
    });
  });
}
