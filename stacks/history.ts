import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { at, type Claimed } from "./entries.ts";
import type { Environment } from "./environments.ts";
import type { Fault } from "./faults.ts";
import { plain } from "./schema/strict.ts";
import type { Told } from "./told.ts";

const names = z.array(z.string()).catch([]);

/** The companies as the stack's last `up` exported them, by slug. */
export const previous = z.record(
  z.string(),
  // One that cannot be read is there all the same: it must not take the guard off the others.
  z
    .object({
      state: z.string().catch("live"),
      people: z.string().optional().catch(undefined),
      connections: names,
      domains: names,
      /** By a machine's name: how often its secret was made. */
      machines: z.record(z.string(), z.object({ rotation: z.number().catch(1) }).catch({ rotation: 1 })).optional(),
    })
    .catch({ state: "live", connections: [], domains: [] }),
);
export type Previous = z.infer<typeof previous>;

/** A machine's rotation in the last `up`; undefined where there was no such machine. */
export function rotationBefore(companies: Previous, slug: string, name: string): number | undefined {
  const machines = (Object.hasOwn(companies, slug) ? companies[slug]?.machines : undefined) ?? {};
  return Object.hasOwn(machines, name) ? machines[name]?.rotation : undefined;
}

/** What this stack's last `up` declared: nothing before the first. */
export interface LastUp {
  readonly previous: Previous;
  /** Its output `applied`. */
  readonly applied: unknown;
  /** Its outputs as the state has them, secrets in plain; in one company's part of a state they tell of no other. */
  readonly exported: Readonly<Record<string, unknown>>;
}

/**
 * Reads the stack's own outputs.
 * @param told what of them is about other companies, where the state has one company's part alone
 * @throws pulumi.RunError where nobody can tell from them which companies are gone
 */
export async function readLastUp(told?: Told): Promise<LastUp> {
  const own = new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`);
  // As one: to be asked for an output by its name, the SDK goes through every value of all of them each time.
  const exported = await new Promise<Readonly<Record<string, unknown>>>((settle) => own.outputs.apply(settle));
  if (told) return { ...told, exported };
  const { data } = previous.safeParse(exported.companies ?? {});
  if (data) return { previous: data, applied: exported.applied, exported };
  throw new pulumi.RunError(
    "The stack's output companies is not a map of companies, so nobody can tell which of them are gone; allowed: what this program exported",
  );
}

/**
 * Where people depend on the tenant, a company does not leave by a lost file: its entry says `retired` first, in an
 * earlier `up`. Checked here because the engine refuses a protected resource only after the writes before it.
 */
export function checkHistory(
  { guard }: Environment,
  stack: string,
  companies: Previous,
  entries: readonly Claimed[],
): Fault[] {
  const present = new Set(entries.map(({ slug }) => slug));
  const gone = Object.entries(companies).filter(([slug, { state }]) => !present.has(slug) && state !== "retired");
  const circles = circleFaults(companies, entries);
  if (!guard.protect) return circles;
  const lost = [...gone.map(([slug]) => goneFault(stack, slug)), ...lostConnections(companies, entries)];
  return [...lost, ...earlyFaults(companies, entries), ...circles];
}

/** A live company that lost a connection would open its domains to passwords before the engine refuses the deletion. */
function lostConnections(companies: Previous, entries: readonly Claimed[]): Fault[] {
  return entries.flatMap((entry) => {
    const before = Object.hasOwn(companies, entry.slug) ? companies[entry.slug] : undefined;
    if (before?.state !== "live") return [];
    return before.connections
      .filter((name) => !declares(entry, name))
      .map((name) => {
        const message = `connection ${plain(name)} is gone, and its people with it; allowed: with state: suspended in an earlier up`;
        return at(entry, ["connections"], message);
      });
  });
}

/** Whether the program still declares the connection: one that the company keeps by itself from now on would be deleted first. */
function declares({ claims: { connections } }: Claimed, name: string): boolean {
  return Object.hasOwn(connections, name) && connections[name]?.owner !== "self-service";
}

/** What the engine deletes goes last: until then a domain of a company that leaves would be on two connections. */
function earlyFaults(companies: Previous, entries: readonly Claimed[]): Fault[] {
  const holders = holdersOf(companies);
  const present = new Set(entries.map(({ slug }) => slug));
  const routed = entries.filter(({ claims }) => claims.state !== "pilot");
  return routed.flatMap((entry) =>
    Object.entries(entry.claims.connections).flatMap(([name, { domains }]) =>
      domains.flatMap((domain, n) => {
        const holder = typeof domain === "string" ? holders.get(domain) : undefined;
        if (holder === undefined || present.has(holder)) return [];
        const message = `this domain leaves with ${plain(holder)}; allowed: one change that removes ${plain(holder)}, then one that gives its domains`;
        return [at(entry, ["connections", name, "domains", n], message)];
      }),
    ),
  );
}

/** Who had each domain. */
function holdersOf(companies: Previous): ReadonlyMap<string, string> {
  return new Map(Object.entries(companies).flatMap(([slug, { domains }]) => domains.map((d) => [d, slug])));
}

function goneFault(stack: string, slug: string): Fault {
  return {
    file: `stacks/${stack}/customers/${plain(slug)}.yaml`,
    path: "",
    message: `the entry of ${plain(slug)} is gone; allowed: an entry whose state was retired in an earlier up`,
  };
}

/** A company and the domains that its connections have. */
export interface Holding {
  readonly slug: string;
  readonly domains: readonly string[];
}

/**
 * Domains that change hands, by the company that gets them: the companies that must let go of them first, since
 * Auth0 does not say which of two connections a shared domain routes to.
 */
export function movedDomains(companies: Previous, holdings: readonly Holding[]): ReadonlyMap<string, Set<string>> {
  const holders = holdersOf(companies);
  const present = new Set(holdings.map(({ slug }) => slug));
  const moves = new Map<string, Set<string>>();
  for (const { slug, domains } of holdings) {
    const losers = domains
      .map((domain) => holders.get(domain))
      .filter((holder) => holder !== undefined && holder !== slug && present.has(holder));
    if (losers.length > 0) moves.set(slug, new Set(losers.filter((loser) => loser !== undefined)));
  }
  return moves;
}

/** Companies that wait for each other's domains can never be written in an order without overlap. */
function circleFaults(companies: Previous, entries: readonly Claimed[]): Fault[] {
  const moves = movedDomains(companies, entries.map(holdingOf));
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(moves.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      return !seen.has(next) && reaches(next, to, seen.add(next));
    });
  return entries
    .filter(({ slug }) => reaches(slug, slug))
    .map((entry) => {
      const message = `${plain(entry.slug)} gets and gives domains in a circle; allowed: one change that takes them away, then one that gives them`;
      return at(entry, ["connections"], message);
    });
}

/** The domains that an entry claims. */
export function holdingOf({ slug, claims }: Claimed): Holding {
  const routed = claims.state === "pilot" ? [] : Object.values(claims.connections);
  const domains = routed.flatMap((connection) => connection.domains);
  return { slug, domains: domains.filter((domain) => typeof domain === "string") };
}
