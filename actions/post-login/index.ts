import { readClaimed } from "../../access/claimed-domains.ts";
import { type Admission, decide, type PostLoginSettings } from "./decide.ts";
import type { PostLoginApi, PostLoginEvent } from "./event.ts";
import { assign } from "./first-roles.ts";
import { challengeable, enrollable } from "./second-factor.ts";

/** Replaced by the operator's settings when the Action is bundled. */
declare const ACTION_SETTINGS: PostLoginSettings;
/** At the head of the bundled text: the hashes of all domains that companies have claimed. */
declare const CLAIMED_DOMAINS: string;

// Read once an instance, not at every run.
const settings = ACTION_SETTINGS;
const claimed = readClaimed(CLAIMED_DOMAINS);

/** Runs at every login: interactive, single sign-on, silent and refresh. */
export async function onExecutePostLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  const login = {
    clientMetadata: event.client?.metadata,
    strategy: event.connection?.strategy,
    connectionMetadata: event.connection?.metadata,
    organization: event.organization,
    user: event.user,
    roles: event.authorization?.roles,
    methods: event.authentication?.methods,
    protocol: event.transaction?.protocol,
  };
  const decision = decide(login, settings, claimed);
  if ("refusal" in decision) {
    api.access.deny(decision.refusal);
    return;
  }
  for (const note of decision.notes) console.log(note);
  for (const [name, value] of Object.entries(decision.claims)) {
    api.idToken.setCustomClaim(name, value);
    api.accessToken.setCustomClaim(name, value);
  }
  if (decision.secondFactor === "challenge") api.authentication.challengeWithAny(challengeable);
  if (decision.secondFactor === "enroll") api.authentication.enrollWithAny(enrollable);
  await grantFirstRole(decision, event, api);
}

/** The token of this login may still lack the role's permissions, so the app is told to renew it once. */
async function grantFirstRole({ grant }: Admission, event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  if (!grant) return;
  const note = await assign(grant, event.secrets ?? {}, api.cache);
  if (note !== undefined) {
    console.log(note);
    return;
  }
  api.user.setAppMetadata("first_roles", grant.marker);
  api.idToken.setCustomClaim(`${settings.claimNamespace}renew`, "first_roles");
}
