import type { Environment } from "../../../../stacks/environments.ts";
import type { Previous } from "../../../../stacks/history.ts";
import { customer, oidc, vendor } from "../project.ts";

/** Entries that cannot be used, and all that is said of them. */
export interface Faulty {
  readonly title: string;
  /** By the file's name under `stacks/<stack>/customers/`. */
  readonly files: Readonly<Record<string, unknown>>;
  /** Each line of the refusal below its heading, without what stands before the file's name. */
  readonly lines: readonly string[];
  /** @default local */
  readonly stack?: string;
  readonly previous?: Previous;
  readonly known?: Readonly<Record<string, Environment>>;
  readonly now?: string;
  readonly tenant?: string;
  /** Leaves domains without their proof, where a stack asks for it. @default false */
  readonly unproven?: boolean;
  /** Leaves the secret of the entries unset. @default false */
  readonly unset?: boolean;
}

/** The customer `acme` with these changes. */
export const acme = (change: object) => ({ "acme.yaml": { ...customer, ...change } });

/** The customer `acme` with its one connection changed. */
export const acmeSso = (change: object) => acme({ connections: { "acme-sso": { ...oidc, ...change } } });

/** The customer `acme` with these domains. */
export const domains = (...all: unknown[]) => acmeSso({ domains: all });

/** A customer by its slug, with these domains on its connection; without any it has no connection. */
export const company = (slug: string, all: readonly string[] = [], more: object = {}) => ({
  [`${slug}.yaml`]: {
    ...customer,
    displayName: slug,
    connections: all.length > 0 ? { [`${slug}-sso`]: { ...oidc, domains: all } } : undefined,
    ...more,
  },
});

/** The vendor `fresh-table` with these changes. */
export const table = (change: object) => ({ "fresh-table.yaml": { ...vendor, ...change } });

export const many = (count: number, name: (n: number) => string) => Array.from({ length: count }, (_, n) => name(n));
