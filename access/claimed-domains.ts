import { createHash } from "node:crypto";
import { normalDomain } from "./address.ts";

/** The domains that companies sign in with, each as its hash. */
export type ClaimedDomains = ReadonlySet<string>;

/** Bytes that one domain more takes in an Action's text: its hash, and the end of its line. */
export const bytesPerDomain = 8;

/**
 * A normalised domain in seven characters: the first 40 bits of its SHA-256 as base64url. Short, so that an Action
 * holds about ten thousand; with as many, a chance domain meets one of them once in a hundred million.
 */
export function hashOf(domain: string): string {
  return createHash("sha256").update(domain).digest().subarray(0, 5).toString("base64url");
}

/**
 * The set as a text: sorted, distinct, one hash a line, so that one domain more is one line more in a preview.
 * @throws when a domain is not normalised: it would be claimed and never met
 */
export function writeClaimed(domains: readonly string[]): string {
  for (const domain of domains) {
    if (normalDomain(domain) !== domain) throw new Error(`claimed domain ${JSON.stringify(domain)} is not normalised`);
  }
  return [...new Set(domains.map(hashOf))]
    .sort()
    .map((hash) => `${hash}\n`)
    .join("");
}

export function readClaimed(text: string): ClaimedDomains {
  return new Set(text.split("\n").filter((line) => line !== ""));
}

/** Whether a domain belongs to a company. Exact: a sub-domain is another domain. */
export function isClaimed(claimed: ClaimedDomains, domain: string): boolean {
  return claimed.has(hashOf(domain));
}
