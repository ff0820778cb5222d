import * as pulumi from "@pulumi/pulumi";
import { type Fault, refusal } from "./faults.ts";
import type { Settings } from "./load.ts";
import { plain } from "./schema/strict.ts";

/** A connection that goes with its company's entry, and with it everybody who came through it. */
interface Leaving {
  readonly slug: string;
  readonly connection: string;
  /** Whether the entry said, while it was there, that its people may go. */
  readonly announced: boolean;
}

/** The connections that go with the entries that are gone: https://auth0.com/docs/api/management/v2/connections/delete-connections-by-id */
function leaving({ companies, previous }: Pick<Settings, "companies" | "previous">): Leaving[] {
  const present = new Set(companies.map(({ slug }) => slug));
  return Object.entries(previous)
    .filter(([slug]) => !present.has(slug))
    .flatMap(([slug, { people, connections }]) =>
      connections.map((connection) => ({ slug, connection, announced: people === "delete" })),
    );
}

/**
 * Where people depend on the tenant, a connection goes only when nobody came through it, or when its entry said `people: delete`. The
 * number of those who go is said in any case.
 * @param countPeople the accounts of a connection
 * @throws pulumi.RunError when somebody would be lost, before any resource is registered
 */
export async function checkLeavers(
  stack: string,
  settings: Pick<Settings, "companies" | "previous" | "environment">,
  countPeople: (connection: string) => Promise<number>,
): Promise<void> {
  if (!settings.environment.guard.protect) return;
  const faults: Fault[] = [];
  for (const { slug, connection, announced } of leaving(settings)) {
    const count = await countPeople(connection);
    if (count === 0) continue;
    const people = count === 1 ? "1 person" : `${count} people`;
    if (announced) {
      void pulumi.log.warn(`${people} who came through ${plain(connection)} are deleted with ${plain(slug)}.`);
      continue;
    }
    const message = `${people} who came through ${plain(connection)} would be deleted with it; allowed: when they have moved, or with people: delete beside state: retired in an earlier up`;
    faults.push({ file: `stacks/${stack}/customers/${plain(slug)}.yaml`, path: "", message });
  }
  if (faults.length > 0) throw refusal(stack, faults);
}
