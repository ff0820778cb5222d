import { decide, type PostLoginSettings } from "./decide.ts";
import type { PostLoginApi, PostLoginEvent } from "./event.ts";

/** Replaced by the operator's settings when the Action is bundled. */
declare const ACTION_SETTINGS: PostLoginSettings;

/** Runs at every login: interactive, single sign-on, silent and refresh. */
export async function onExecutePostLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  const decision = decide(
    {
      clientMetadata: event.client.metadata ?? {},
      organizationMetadata: event.organization && (event.organization.metadata ?? {}),
      personMetadata: event.user.app_metadata ?? {},
    },
    ACTION_SETTINGS,
  );
  if ("refusal" in decision) {
    api.access.deny(decision.refusal);
    return;
  }
  for (const note of decision.notes) console.log(note);
  for (const [name, value] of Object.entries(decision.claims)) {
    api.idToken.setCustomClaim(name, value);
    api.accessToken.setCustomClaim(name, value);
  }
}
