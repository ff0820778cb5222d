import { createHash } from "node:crypto";

/** An account with a password that may stay at a company's domains. */
export interface BreakGlass {
  readonly slug: string;
  /** In lower case, as Auth0 keeps it. */
  readonly address: string;
}

/** Filters of one log group are few (`limits.filters`); each of these holds about thirteen addresses. */
const buckets = 64;

/** Companies spread over filters by their slug, so that one company more changes one filter. Empty ones are left out. */
export function bucketed(accounts: readonly BreakGlass[]): { bucket: number; addresses: string[] }[] {
  const bucketOf = ({ slug }: BreakGlass) => createHash("sha256").update(slug).digest().readUInt8() % buckets;
  return Array.from({ length: buckets }, (_, bucket) => ({
    bucket,
    addresses: accounts
      .filter((account) => bucketOf(account) === bucket)
      .map(({ address }) => address)
      .toSorted(),
  })).filter(({ addresses }) => addresses.length > 0);
}
