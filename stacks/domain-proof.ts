import { createHash } from "node:crypto";

/** The TXT record by which a domain's owner says that a company signs in with it here. */
export interface DomainProof {
  /** The record's name. */
  readonly host: string;
  /** The record's text. */
  readonly value: string;
}

/** What a record is for. */
export interface ProofOf {
  /** The operator's: the record speaks of this tenant alone. */
  readonly claimNamespace: string;
  readonly slug: string;
  readonly domain: string;
}

/**
 * The record that proves a domain. Nothing in it is secret: only the domain's owner can publish it, and a record for one company says
 * nothing for another, nor for another operator.
 */
export function proofOf({ claimNamespace, slug, domain }: ProofOf): DomainProof {
  const digest = createHash("sha256").update([claimNamespace, slug, domain].join("\n")).digest("base64url");
  return { host: `_auth0-b2b.${domain}`, value: `auth0-b2b-verification=${digest.slice(0, 32)}` };
}
