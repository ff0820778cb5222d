import type { Addresses } from "./address.ts";
import { type ClaimedDomains, isClaimed } from "./claimed-domains.ts";
import type { OwnDomains } from "./connection-domains.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** Why a person may not come in by password, code or social login: an unreadable address, or one of a company's. */
export function personalRefusal(claimed: ClaimedDomains, { root, others }: Addresses): Refusal | undefined {
  const domains = [root, ...others];
  if (!domains.every((domain) => domain !== undefined)) return refusal("unverified_email");
  return domains.some((domain) => isClaimed(claimed, domain)) ? refusal("sso_required") : undefined;
}

/**
 * Why a company's login may not let a person in: it asserts an address that is not the company's, or the person is
 * linked to an address of another company. An identity at a domain that nobody claims is harmless.
 */
export function enterpriseRefusal(
  claimed: ClaimedDomains,
  { domains }: OwnDomains,
  { root, others }: Addresses,
): Refusal | undefined {
  const owns = (domain: string | undefined) => domains.some((own) => own === domain);
  const foreign = others.some((domain) => domain === undefined || (!owns(domain) && isClaimed(claimed, domain)));
  return owns(root) && !foreign ? undefined : refusal("domain_mismatch");
}
