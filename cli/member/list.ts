import type { ManagementClient } from "auth0";
import type { Company } from "../../stacks/entries.ts";
import { declaredConnections } from "../../stacks/entry-connections.ts";
import type { Settings } from "../../stacks/load.ts";
import { membersOf, openInvitations, organizationOf, rolesOf } from "../tenant/organization.ts";

/** A company's people. */
export interface Listed {
  readonly members: readonly ListedMember[];
  readonly invitations: readonly { readonly email: string; readonly roles: readonly string[]; readonly until: Date }[];
}

interface ListedMember {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** `password`, or the connection's name. */
  readonly by: string;
  /** Removed, and a member again: by a connection that makes everybody one. The Action refuses them. */
  readonly left: boolean;
}

/** Reads all of a company's members and open invitations, by address. */
export async function list(client: ManagementClient, settings: Settings, company: Company, now: Date): Promise<Listed> {
  const { id } = await organizationOf(client, company.slug);
  const left = await leftIn(client, id);
  const connections = byStrategy(settings);
  const members: ListedMember[] = [];
  for await (const { id: account, email, roles } of membersOf(client, id))
    members.push({
      id: account,
      name: email ?? account,
      roles: [...roles].sort(),
      by: signInOf(account, connections),
      left: left.has(account),
    });
  const open = await openInvitations(client, id, now);
  const { names } = open.length === 0 ? { names: new Map<string, string>() } : await rolesOf(client);
  const invitations = open.map(({ email, roles, until }) => ({
    email,
    roles: roles.map((role) => names.get(role) ?? role).sort(),
    until,
  }));
  return { members: members.sort(byName), invitations };
}

const byName = ({ name: one }: ListedMember, { name: other }: ListedMember) => (one < other ? -1 : one > other ? 1 : 0);

/** What one search tells at most: https://auth0.com/docs/manage-users/user-search/view-search-results-by-page */
const most = 1000;

/**
 * Accounts that left an organization; the search is a little behind: https://auth0.com/docs/manage-users/user-search/user-search-query-syntax
 * Where there are more than a search tells, those who signed in last: a login is what makes one a member again.
 */
async function leftIn(client: ManagementClient, organization: string): Promise<ReadonlySet<string>> {
  const asked = { q: `app_metadata.left:"${organization}"`, fields: "user_id", include_fields: true, per_page: 100 };
  const ids = new Set<string>();
  const lastFirst = { ...asked, sort: "last_login:-1", search_engine: "v3" } as const;
  for await (const { user_id } of await client.users.list(lastFirst)) {
    ids.add(user_id ?? "");
    if (ids.size === most) break;
  }
  return ids;
}

/** Strategy → names of the connections that are of it. */
function byStrategy({ companies }: Settings): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { entry } of companies)
    for (const [name, { strategy }] of Object.entries(declaredConnections(entry)))
      names.set(strategy, [...(names.get(strategy) ?? []), name]);
  return names;
}

/**
 * How somebody signs in, by the account's id: `auth0|…` is a password, `oidc|acme-sso|…` names the connection. Where it names the
 * strategy alone (`waad|…`), the connection where there is one of it, else the strategy. What is linked to the account is not looked up.
 */
function signInOf(id: string, connections: ReadonlyMap<string, readonly string[]>): string {
  const [strategy = "", ...rest] = id.split("|");
  if (strategy === "auth0") return "password";
  if (rest.length > 1) return rest[0] ?? strategy;
  const [only, ...others] = connections.get(strategy) ?? [];
  return only !== undefined && others.length === 0 ? only : strategy;
}
