import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { organizationTypes } from "../access/words.ts";
import type { Company } from "./entries.ts";
import { allDomains, domainsOf, isDatabase } from "./entry-connections.ts";
import { machinesIn } from "./machine-settings.ts";
import { mapEntries } from "./map-entries.ts";
import type { ConnectionEntry } from "./schema/connection.ts";
import { claims } from "./states.ts";

const words = z.array(z.string()).readonly();

const appliedConnection = z.object({
  /** The connection's id; not there for one that the company keeps by itself. */
  id: z.string().optional(),
  domains: words,
  /** Whether people sign in to it with a password. */
  database: z.boolean(),
  /** Of all that the entry says of it, but for when its domains were proven. */
  digest: z.string(),
});

const appliedCompany = z.object({
  organizationId: z.string(),
  type: z.enum(organizationTypes),
  apps: words.optional(),
  /** The connections of other companies whose people may be members, and the shared directory. */
  guests: words,
  /** The domains of it that the Actions know. */
  claimed: words,
  connections: z.record(z.string(), appliedConnection),
  machines: words,
  /** The address of its one account with a password at its domains. */
  breakGlass: z.string().optional(),
  /** The companies that gave it a domain in that `up`: it depends on them in the state. */
  after: words,
});

/** The stack's output `applied`: what a change of one company needs to know of the last `up`, without a secret. */
export const applied = z.object({
  /** Of the Actions but for the domains that are claimed. */
  gates: z.string(),
  companies: z.record(z.string(), appliedCompany),
});
export type Applied = z.infer<typeof applied>;
export type AppliedConnection = z.infer<typeof appliedConnection>;
type AppliedCompany = z.infer<typeof appliedCompany>;

/** The same while it is declared: ids are still to come. */
type Declared = Omit<AppliedCompany, "organizationId" | "connections"> & {
  readonly organizationId: pulumi.Output<string>;
  readonly connections: Readonly<
    Record<string, Omit<AppliedConnection, "id"> & { readonly id?: pulumi.Output<string> | undefined }>
  >;
};

/** What is kept of a company. @param after the companies that it gets domains of */
export function appliedOf(
  company: Company,
  made: {
    readonly organizationId: pulumi.Output<string>;
    readonly connectionIds: Readonly<Record<string, pulumi.Output<string>>>;
  },
  after: readonly string[],
): Declared {
  const { type, apps, state, guests = [], connections = {}, breakGlass } = company.entry;
  return {
    organizationId: made.organizationId,
    type,
    ...(apps && { apps: [...apps] }),
    guests: [...guests],
    claimed: claims(state) ? [...allDomains(company.entry)] : [],
    connections: mapEntries(connections, (name, one: ConnectionEntry) => ({
      id: made.connectionIds[name],
      domains: [...domainsOf(one)],
      database: isDatabase(one),
      digest: connectionDigest(one),
    })),
    machines: Object.keys(machinesIn(company)),
    ...(breakGlass !== undefined && { breakGlass }),
    after: [...after],
  };
}

/** Tells one text of a connection's entry from another. */
export function connectionDigest(connection: ConnectionEntry): string {
  return digestOf({ ...connection, proven: undefined });
}

/** Twelve characters that differ wherever the values do. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 12);
}

/** Whether a company claims what it has claimed. */
export function sameDomains(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join() === others.toSorted().join();
}

/** What is said where the last `up` did not leave what a change of one company starts from. */
export function firstWhole(stack: string): string {
  return `The last up of stack ${stack} did not say enough of what it made: it was none, or one of an earlier version; allowed: one pulumi up of the whole stack first.`;
}
