import { decide, type PostLoginSettings } from "./decide.ts";
import type { PostLoginApi, PostLoginEvent } from "./event.ts";

/** Replaced by the operator's settings when the Action is bundled. */
declare const ACTION_SETTINGS: PostLoginSettings;

/** Runs at every login: interactive, single sign-on, silent and refresh. */
export async function onExecutePostLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  const { organization } = event;
  const decision = decide(
    {
      clientMetadata: metadataOf(event.client?.metadata),
      // Only an absent organization makes an individual; a damaged one is one without metadata, and refused.
      organizationMetadata: organization == null ? undefined : metadataOf(organization.metadata),
      personMetadata: metadataOf(event.user?.app_metadata),
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

function metadataOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
