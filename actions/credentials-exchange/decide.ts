import { admitMachine } from "../../access/machine.ts";
import { fieldsOf } from "../../access/metadata.ts";
import { readOrganization } from "../../access/organization.ts";
import { refusalText } from "../../access/refusal.ts";

export interface CredentialsExchangeSettings {
  /** An https URL that ends in `/`: begins every custom claim. */
  readonly claimNamespace: string;
}

/** A machine's request, as Auth0 hands it over. */
export interface Exchange {
  readonly clientMetadata: unknown;
  readonly organization: unknown;
  readonly audience: unknown;
}

export type ExchangeDecision =
  | { readonly refusal: string }
  /** Claims of the access token; none for the operator's own. */
  | { readonly claims: Readonly<Record<string, string>> };

/** Decides one request of a machine: a refusal (`<code>: <sentence>`), or the claims of its token. */
export function decide(exchange: Exchange, { claimNamespace }: CredentialsExchangeSettings): ExchangeDecision {
  const verdict = admitMachine({
    clientMetadata: fieldsOf(exchange.clientMetadata) ?? {},
    audience: exchange.audience,
    organization: readOrganization(exchange.organization),
  });
  if (!verdict.admitted) return { refusal: refusalText(verdict.refusal) };
  return { claims: verdict.organization ? { [`${claimNamespace}org_type`]: verdict.organization.type } : {} };
}
