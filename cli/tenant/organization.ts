import * as pulumi from "@pulumi/pulumi";
import type { ManagementClient } from "auth0";
import { isMissing } from "./people.ts";

/** A company's organization as the tenant has it. */
export interface There {
  readonly id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** @throws pulumi.RunError where the tenant has none: its entry is not up yet, or this is another stack's tenant */
export async function organizationOf(client: ManagementClient, slug: string): Promise<There> {
  try {
    const { id = "", metadata = {} } = await client.organizations.getByName(slug);
    return { id, metadata };
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
    throw new pulumi.RunError(`The tenant has no organization ${slug}; allowed: after pulumi up, on its own tenant.`);
  }
}

/** A member of an organization. */
export interface Member {
  readonly id: string;
  readonly email: string | undefined;
  /** Names of the roles that it has there. */
  readonly roles: readonly string[];
}

/** Every member, a page of a hundred at a time: https://auth0.com/docs/api/management/v2/organizations/get-members */
export async function* membersOf(client: ManagementClient, organization: string): AsyncGenerator<Member> {
  const asked = { take: 100, fields: "user_id,email,roles", include_fields: true };
  for await (const { user_id: id = "", email, roles = [] } of await client.organizations.members.list(
    organization,
    asked,
  ))
    yield { id, email, roles: roles.map(({ name }) => name ?? "") };
}

/** An invitation that can still be accepted. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  /** Ids of the roles that it gives. */
  readonly roles: readonly string[];
  readonly until: Date;
}

/** Milliseconds: no invitation is good for longer than 30 days, and clocks differ: https://auth0.com/docs/api/management/v2/organizations/post-invitations */
const longest = 31 * 86_400_000;

/**
 * Those that end after `now`. Auth0 lists the others too, and no more than a thousand in all: past those that are too old to be open
 * it is not asked, or a company that invited many could remove nobody.
 */
export async function openInvitations(client: ManagementClient, organization: string, now: Date) {
  const open: Invitation[] = [];
  const newestFirst = { per_page: 100, sort: "created_at:-1" };
  for await (const one of await client.organizations.invitations.list(organization, newestFirst)) {
    const { id = "", invitee, roles = [], created_at = "", expires_at = "" } = one;
    if (new Date(created_at).getTime() < now.getTime() - longest) break;
    const until = new Date(expires_at);
    if (until > now) open.push({ id, email: invitee?.email ?? "", roles, until });
  }
  return open;
}

/** Role names by id, and ids by name. */
export async function rolesOf(client: ManagementClient) {
  const names = new Map<string, string>();
  for await (const { id = "", name = "" } of await client.roles.list({ per_page: 100 })) names.set(id, name);
  return { names, ids: new Map([...names].map(([id, name]) => [name, id])) };
}
