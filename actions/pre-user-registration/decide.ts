import { addressesOf } from "../../access/address.ts";
import { personalRefusal } from "../../access/address-rules.ts";
import type { ClaimedDomains } from "../../access/claimed-domains.ts";
import { connectionKind } from "../../access/connection-kind.ts";
import type { Refusal } from "../../access/refusal.ts";

export interface PreUserRegistrationSettings {
  /** The stage that a sign-up begins with: the first of the funnel's. */
  readonly firstStage: string;
}

export interface Registration {
  readonly strategy: unknown;
  readonly email: unknown;
}

export type RegistrationDecision =
  | { readonly refusal: Refusal }
  /** The person's stage; undefined where the connection cannot hold one yet. */
  | { readonly stage: string | undefined };

/**
 * Decides one sign-up: none at a company's domain, and the funnel's first stage for the others. Metadata cannot be
 * set for passwordless connections: https://auth0.com/docs/customize/actions/explore-triggers/pre-user-registration
 */
export function decide(
  { strategy, email }: Registration,
  { firstStage }: PreUserRegistrationSettings,
  claimed: ClaimedDomains,
): RegistrationDecision {
  const cause = personalRefusal(claimed, addressesOf({ email }));
  if (cause) return { refusal: cause };
  return { stage: connectionKind(strategy) === "database" ? firstStage : undefined };
}
