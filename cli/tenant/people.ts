import type { Management, ManagementClient } from "auth0";
import { fieldsOf, type Metadata } from "../../access/metadata.ts";

/** Somebody's account at one connection, with whatever is linked to it. */
export interface Account {
  readonly id: string;
  /** The address, or the id where there is none. */
  readonly name: string;
  /** Whether the address is known to be this person's. */
  readonly verified: boolean;
  readonly appMetadata: Metadata;
  /** Names of the connections that its identities came by. */
  readonly connections: readonly string[];
}

/**
 * The accounts that somebody has: those of an address, or the one of an id (`oidc|acme-sso|42`). A database keeps addresses in lower
 * case, and other connections as they were given: https://auth0.com/docs/api/management/v2/users-by-email/get-users-by-email
 */
export async function accountsOf(client: ManagementClient, who: string): Promise<Account[]> {
  if (who.includes("|")) return accountsIn(await found(client.users.get(who)));
  const spellings = [...new Set([who, who.toLowerCase()])];
  const answers = await Promise.all(spellings.map((email) => client.users.listUsersByEmail({ email })));
  return accountsIn(answers.flat());
}

/** An organization that an account is a member of. */
export interface Membership {
  /** The company's slug. */
  readonly name: string;
  readonly metadata: Metadata;
}

/** The organizations that an account is a member of, by id. */
export async function membershipsOf(
  client: ManagementClient,
  account: string,
): Promise<ReadonlyMap<string, Membership>> {
  const memberships = new Map<string, Membership>();
  for await (const { id = "", name = "", metadata = {} } of await client.users.organizations.list(account, {
    per_page: 100,
  }))
    memberships.set(id, { name, metadata });
  return memberships;
}

async function found(asked: Promise<Management.GetUserResponseContent>): Promise<Management.UserResponseSchema[]> {
  try {
    return [await asked];
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

/** Whether the tenant said that what was asked for is not there. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && "statusCode" in thrown && thrown.statusCode === 404;
}

function accountsIn(users: readonly Management.UserResponseSchema[]): Account[] {
  const accounts = users.map(({ user_id: id = "", email, email_verified, app_metadata, identities = [] }) => ({
    id,
    name: email ?? id,
    verified: email_verified === true,
    appMetadata: fieldsOf(app_metadata) ?? {},
    connections: identities.map(({ connection }) => connection ?? ""),
  }));
  return [...new Map(accounts.map((account) => [account.id, account])).values()];
}
