import { addressesOf } from "../../access/address.ts";
import { personalRefusal } from "../../access/address-rules.ts";
import type { ClaimedDomains } from "../../access/claimed-domains.ts";
import { refusalText } from "../../access/refusal.ts";

/**
 * Decides one reset of a password, after the mail's link was followed: whoever has an address of a company has no
 * password to reset. Undefined: the reset goes on; else the refusal, `<code>: <sentence>`.
 */
export function decide(user: unknown, claimed: ClaimedDomains): string | undefined {
  const cause = personalRefusal(claimed, addressesOf(user));
  return cause && refusalText(cause);
}
