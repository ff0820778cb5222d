import * as pulumi from "@pulumi/pulumi";
import type { ManagementClient } from "auth0";
import { hasLeft } from "../../access/membership.ts";
import { textsOf } from "../../access/metadata.ts";
import { membersOf, openInvitations, organizationOf } from "../tenant/organization.ts";
import { type Account, accountsOf, membershipsOf } from "../tenant/people.ts";

/** What became of somebody in a company. */
export interface Removed {
  readonly accounts: readonly RemovedAccount[];
  /** How many open invitations were withdrawn. */
  readonly withdrawn: number;
}

interface RemovedAccount {
  readonly id: string;
  readonly name: string;
  /** `before`: `left` was there already, from a removal that broke off or was done. */
  readonly left: "now" | "before";
  /** How many refresh tokens were ended: the account's, of whatever company. */
  readonly tokens: number;
}

/**
 * Removes somebody from a company. First `left`, by which the Action refuses every login and every renewal there; then the membership;
 * then the refresh tokens, and an open invitation. Each step may be taken again: where one broke off, run it once more.
 * @param who an address, or an account's id
 * @throws pulumi.RunError where nobody like that is or was there
 */
export async function remove(client: ManagementClient, slug: string, who: string, now: Date): Promise<Removed> {
  const { id } = await organizationOf(client, slug);
  const concerned: Account[] = [];
  for (const account of await accountsIn(client, id, who)) {
    const known = hasLeft(account.appMetadata, id) || (await membershipsOf(client, account.id)).has(id);
    if (known) concerned.push(account);
  }
  // by an account's id: that of its address too, which another account could accept
  const addresses = new Set([who, ...concerned.map(({ name }) => name)].map((one) => one.toLowerCase()));
  const invitations = (await openInvitations(client, id, now)).filter(({ email }) =>
    addresses.has(email.toLowerCase()),
  );
  if (concerned.length + invitations.length === 0)
    throw new pulumi.RunError(`${who} is no member of ${slug}, has not left it and has no open invitation to it.`);

  const left = new Map<string, RemovedAccount["left"]>();
  for (const account of concerned) left.set(account.id, await keepOut(client, account, id));
  const accounts: RemovedAccount[] = [];
  for (const account of concerned) {
    const tokens = await leave(client, account, id);
    accounts.push({ id: account.id, name: account.name, left: left.get(account.id) ?? "now", tokens });
  }
  for (const invitation of invitations) await client.organizations.invitations.delete(id, invitation.id);
  return { accounts, withdrawn: invitations.length };
}

/** The accounts of an address or an id; also members whose identity provider writes the address with other capitals, which is no search's to find. */
async function accountsIn(client: ManagementClient, organization: string, who: string): Promise<readonly Account[]> {
  const accounts = new Map((await accountsOf(client, who)).map((account) => [account.id, account]));
  for await (const { id, email } of membersOf(client, organization)) {
    if (accounts.has(id) || email?.toLowerCase() !== who.toLowerCase()) continue;
    for (const account of await accountsOf(client, id)) accounts.set(account.id, account);
  }
  return [...accounts.values()];
}

/** From here on the Action refuses the account in that organization. A list that cannot be read keeps it out of all of them: it stays. */
async function keepOut(client: ManagementClient, { id, appMetadata }: Account, organization: string) {
  if (hasLeft(appMetadata, organization)) return "before";
  const left = [...(textsOf(appMetadata.left) ?? []), organization];
  await client.users.update(id, { app_metadata: { left } });
  return "now";
}

/** What follows `left`. @returns how many refresh tokens were ended */
export async function leave(client: ManagementClient, { id }: Account, organization: string): Promise<number> {
  // taken again it succeeds too: https://auth0.com/docs/api/management/v2/organizations/delete-members
  await client.organizations.members.delete(organization, { members: [id] });
  return endTokens(client, id);
}

/**
 * Ends an account's refresh tokens. Which organization each is for no endpoint tells, so all of them go. As device credentials, since
 * only the plan Enterprise has the endpoints for refresh tokens: https://auth0.com/docs/secure/tokens/refresh-tokens/revoke-refresh-tokens
 */
async function endTokens(client: ManagementClient, account: string): Promise<number> {
  const ids = new Set<string>();
  for (const type of ["refresh_token", "rotating_refresh_token"] as const) {
    const asked = { user_id: account, type, fields: "id", include_fields: true, per_page: 100 };
    for await (const { id } of await client.deviceCredentials.list(asked)) if (id !== undefined) ids.add(id);
  }
  for (const id of ids) await client.deviceCredentials.delete(id);
  return ids.size;
}
