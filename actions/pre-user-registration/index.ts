import { readClaimed } from "../../access/claimed-domains.ts";
import { decide, type PreUserRegistrationSettings } from "./decide.ts";
import type { PreUserRegistrationApi, PreUserRegistrationEvent } from "./event.ts";

/** Replaced by the operator's settings when the Action is bundled. */
declare const ACTION_SETTINGS: PreUserRegistrationSettings;
/** At the head of the bundled text: the hashes of all domains that companies have claimed. */
declare const CLAIMED_DOMAINS: string;

// Read once an instance, not at every run.
const settings = ACTION_SETTINGS;
const claimed = readClaimed(CLAIMED_DOMAINS);

/** Runs before a person is created by a sign-up. */
export async function onExecutePreUserRegistration(
  event: PreUserRegistrationEvent,
  api: PreUserRegistrationApi,
): Promise<void> {
  const registration = { strategy: event.connection?.strategy, email: event.user?.email };
  const decision = decide(registration, settings, claimed);
  if ("refusal" in decision) {
    api.access.deny(decision.refusal.code, decision.refusal.sentence);
    return;
  }
  if (decision.stage !== undefined) api.user.setAppMetadata("stage", decision.stage);
}
