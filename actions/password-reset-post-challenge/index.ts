import { readClaimed } from "../../access/claimed-domains.ts";
import { decide } from "./decide.ts";
import type { PostChallengeApi, PostChallengeEvent } from "./event.ts";

/** At the head of the bundled text: the hashes of all domains that companies have claimed. */
declare const CLAIMED_DOMAINS: string;

const claimed = readClaimed(CLAIMED_DOMAINS);

/** Runs in a password reset, before the new password is asked for. */
export async function onExecutePostChallenge(event: PostChallengeEvent, api: PostChallengeApi): Promise<void> {
  const refusal = decide(event.user, claimed);
  if (refusal !== undefined) api.access.deny(refusal);
}
