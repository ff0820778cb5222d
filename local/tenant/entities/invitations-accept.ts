import { bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import { memberRoles, members } from "./organization-members.ts";
import { keepProof } from "./proven-addresses.ts";

/** The invitation of a ticket, expired or not (`expires_at`); undefined where there is none, or it was accepted. */
export function invitationOf({ store }: Objects, ticket: string): Stored | undefined {
  return store.owner("organization-invitations", "ticket_id", ticket);
}

/**
 * Makes an account what the invitation says, and ends the invitation: a member with the roles, its metadata added to the
 * account's, its address verified. Whether the account may accept it is the login's to know. Throws an Error where there is no
 * such invitation; runs inside a transaction of the caller's.
 * https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members
 */
export function acceptInvitation(objects: Objects, ticket: string, user: string): void {
  const invitation = invitationOf(objects, ticket);
  const account = objects.store.get("users", user);
  if (!invitation || !account) throw new Error("there is no such invitation or account to accept it");
  const { scope: organization, body } = invitation;
  objects.link(members, [organization], user);
  for (const role of textsAt(body, "roles")) {
    if (objects.store.get("roles", role)) objects.link(memberRoles, [organization, user], role);
  }
  const metadata = ["app_metadata", "user_metadata"].filter((name) => body[name] !== undefined);
  const added = metadata.map((name) => [name, { ...bodyAt(account.body, name), ...bodyAt(body, name) }]);
  const updated_at = new Date().toISOString();
  const email = textAt(account.body, "email");
  const verified = email === undefined ? {} : { email_verified: true };
  if (email !== undefined) keepProof(objects, user, email);
  objects.rewrite(account, { ...account.body, ...Object.fromEntries(added), ...verified, updated_at });
  spendInvitation(objects, ticket);
}

/** Ends an invitation, where there is one; runs inside a transaction of the caller's. */
export function spendInvitation(objects: Objects, ticket: string): void {
  const invitation = invitationOf(objects, ticket);
  if (invitation) objects.remove(invitation);
}
