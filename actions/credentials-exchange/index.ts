import { type CredentialsExchangeSettings, decide } from "./decide.ts";
import type { CredentialsExchangeApi, CredentialsExchangeEvent } from "./event.ts";

/** Replaced by the operator's settings when the Action is bundled. */
declare const ACTION_SETTINGS: CredentialsExchangeSettings;

const settings = ACTION_SETTINGS;

/** Runs when a machine asks for a token with its own credentials. */
export async function onExecuteCredentialsExchange(
  event: CredentialsExchangeEvent,
  api: CredentialsExchangeApi,
): Promise<void> {
  const exchange = {
    clientMetadata: event.client?.metadata,
    organization: event.organization,
    audience: event.resource_server?.identifier,
  };
  const decision = decide(exchange, settings);
  if ("refusal" in decision) {
    api.access.deny("invalid_request", decision.refusal);
    return;
  }
  for (const [name, value] of Object.entries(decision.claims)) api.accessToken.setCustomClaim(name, value);
}
