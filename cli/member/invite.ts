import type { ManagementClient } from "auth0";
import { z } from "zod";
import { hasLeft } from "../../access/membership.ts";
import { textsOf } from "../../access/metadata.ts";
import type { AppName } from "../../stacks/catalog.ts";
import type { Company } from "../../stacks/entries.ts";
import type { Settings } from "../../stacks/load.ts";
import { said, word } from "../../stacks/schema/strict.ts";
import { displayName, invitee } from "../../stacks/schema/values.ts";
import { isOpen } from "../../stacks/states.ts";
import { Faults } from "../customer/asked.ts";
import {
  type Invitation,
  membersOf,
  openInvitations,
  organizationOf,
  rolesOf,
  type There,
} from "../tenant/organization.ts";
import { type Account, accountsOf, membershipsOf } from "../tenant/people.ts";
import { appsOf, rolesFor } from "./choices.ts";
import { leave } from "./remove.ts";
import { type WayIn, wayIn } from "./way-in.ts";

/** What may be given on the command line. */
export interface InviteOptions {
  /** Names of roles in the company. @default none: the first login gives the right one */
  readonly role?: readonly string[];
  /** The app that the link leads to. @default the first that admits the company */
  readonly app?: string;
  /** The name that the mail says it is from. @default the operator's */
  readonly inviter?: string;
  /** For how long the link is good. @default 7, as Auth0 */
  readonly days?: string;
}

/** An invitation before the tenant was asked. */
export interface Wanted {
  readonly company: Company;
  readonly address: string;
  readonly roles: readonly string[];
  readonly app: AppName;
  readonly inviter: string;
  readonly days: number;
  readonly way: WayIn;
}

/** An invitation that was sent. */
export interface Invited extends Wanted {
  readonly until: Date;
  /** Whether somebody who had left may come back by it. */
  readonly returns: boolean;
}

/** Auth0 takes 30 days at most: https://auth0.com/docs/api/management/v2/organizations/post-invitations */
const days = z
  .string()
  .regex(/^([1-9]|[12]\d|30)$/, { error: ({ input }) => said(input, "a whole number from 1 to 30") });

/** Checks what was typed against the entries. @throws Faults with everything that is wrong */
export function wanted(settings: Settings, company: Company, address: string, options: InviteOptions): Wanted {
  const { entry, slug } = company;
  const faults: string[] = [];
  const check = (flag: string, schema: z.ZodType, value: unknown) => {
    const message = schema.safeParse(value).error?.issues[0]?.message;
    if (message !== undefined) faults.push(`${flag}: ${message}`);
  };
  if (!isOpen(entry.state)) faults.push(`${slug} is ${entry.state}: nobody comes in; allowed: in state pilot or live`);
  check("address", invitee, address);
  const way = invitee.safeParse(address).success ? wayIn(settings, company, address) : { fault: undefined };
  if ("fault" in way && way.fault !== undefined) faults.push(`address: ${address} ${way.fault}`);
  const { role: roles = [], inviter = settings.friendlyName } = options;
  for (const role of roles) check("--role", word(rolesFor(entry) as [string, ...string[]]), role);
  const apps = appsOf(entry);
  const app = options.app === undefined ? apps[0] : apps.find((name) => name === options.app);
  if (app === undefined)
    faults.push(
      apps.length === 0 ? `${slug}: no app admits its people` : `--app: ${said(options.app, apps.join(", "))}`,
    );
  check("--inviter", displayName, inviter);
  check("--days", days, options.days ?? "7");
  if (faults.length > 0 || "fault" in way || app === undefined) throw new Faults(faults);
  return { company, address, roles: [...new Set(roles)], app, inviter, days: Number(options.days ?? "7"), way };
}

/**
 * Sends an invitation, after the tenant was asked whether it can be accepted. Who had left the company before may come back: what is
 * open of the removal is done first, then `left` is taken back, and last the mail goes out.
 * @throws Faults with everything that is wrong; then nothing is changed
 */
export async function invite(client: ManagementClient, asked: Wanted, now: Date): Promise<Invited> {
  const { company, address, inviter, app, way } = asked;
  const organization = await organizationOf(client, company.slug);
  const invitations = await openInvitations(client, organization.id, now);
  const accounts = await accountsOf(client, address);
  const ids = await idsOf(client, asked, organization);
  const faults = [
    ...ids.faults,
    ...(await personFaults(client, asked, organization, accounts)),
    ...openFaults(invitations, asked),
    ...(await limitFaults(client, asked, organization, invitations.length)),
  ];
  if (faults.length > 0) throw new Faults(faults);
  const returning = accounts.filter(({ appMetadata }) => hasLeft(appMetadata, organization.id));
  for (const account of returning) {
    await leave(client, account, organization.id);
    await comeBack(client, account, organization.id);
  }
  const { expires_at = "" } = await client.organizations.invitations.create(organization.id, {
    inviter: { name: inviter },
    invitee: { email: address },
    client_id: ids.app,
    connection_id: ids.connection,
    ttl_sec: asked.days * 86_400,
    ...(ids.roles.length > 0 && { roles: [...ids.roles] }),
  });
  return { ...asked, app, way, until: new Date(expires_at), returns: returning.length > 0 };
}

/** Takes `left` back, and lets the first login give a role again: the one of before went with the membership. */
async function comeBack(client: ManagementClient, { id, appMetadata }: Account, organization: string): Promise<void> {
  const without = (key: string) => {
    const rest = textsOf(appMetadata[key])?.filter((one) => one !== organization);
    return rest === undefined ? {} : { [key]: rest.length === 0 ? null : rest };
  };
  await client.users.update(id, { app_metadata: { ...without("left"), ...without("first_roles") } });
}

/** The tenant's ids of what the invitation names, and what it lacks of that. */
async function idsOf(client: ManagementClient, { roles, app, way, company }: Wanted, { id, metadata }: There) {
  const faults: string[] = [];
  const needed = (what: string, found: string | undefined): string => {
    if (found === undefined) faults.push(`the tenant has no ${what}; allowed: after pulumi up`);
    return found ?? "";
  };
  if (metadata.status !== "active")
    faults.push(`${company.slug} is not active in the tenant; allowed: after pulumi up`);
  const known = roles.length === 0 ? new Map<string, string>() : (await rolesOf(client)).ids;
  const found = {
    roles: roles.map((role) => needed(`role ${role}`, known.get(role))),
    app: needed(`app ${app}`, await clientOf(client, app)),
    connection: needed(
      `connection ${way.connection} for ${company.slug}`,
      await connectionOf(client, id, way.connection),
    ),
  };
  return { ...found, faults };
}

/** The client whose metadata says the app's name. */
async function clientOf(client: ManagementClient, app: AppName): Promise<string | undefined> {
  const asked = { app_type: "regular_web,spa", is_global: false, fields: "client_id,client_metadata", per_page: 100 };
  for await (const { client_id: id, client_metadata: metadata } of await client.clients.list(asked))
    if (metadata?.app === app) return id;
  return undefined;
}

async function connectionOf(client: ManagementClient, organization: string, name: string): Promise<string | undefined> {
  for await (const { connection_id: id, connection } of await client.organizations.enabledConnections.list(
    organization,
  ))
    if (connection?.name === name) return id;
  return undefined;
}

async function personFaults(
  client: ManagementClient,
  { address, company, way }: Wanted,
  { id }: There,
  accounts: readonly Account[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { id: account, appMetadata } of accounts) {
    const gone = hasLeft(appMetadata, id);
    if (gone && textsOf(appMetadata.left) === undefined)
      faults.push(`app_metadata.left of ${account} cannot be read; allowed: a list of organization ids`);
    if (!gone && (await membershipsOf(client, account)).has(id))
      faults.push(`${address} is a member of ${company.slug} already (${account})`);
  }
  if (way.for === "somebody" && !accounts.some(({ connections }) => connections.includes(way.connection)))
    faults.push(`${address} has no account in ${way.connection}, where nobody signs up; allowed: when it was made`);
  return faults;
}

function openFaults(invitations: readonly Invitation[], { address, company }: Wanted): string[] {
  const open = invitations.find(({ email }) => email.toLowerCase() === address.toLowerCase());
  if (open === undefined) return [];
  return [
    `${address} has an invitation to ${company.slug} that is open until ${open.until.toISOString()}; allowed: after npm run member remove ${company.slug} ${address}`,
  ];
}

/** Whoever accepts an open invitation counts as well. */
async function limitFaults(
  client: ManagementClient,
  { company }: Wanted,
  { id }: There,
  open: number,
): Promise<string[]> {
  const most = company.entry.limits?.members;
  if (most === undefined) return [];
  let members = 0;
  for await (const _ of membersOf(client, id)) {
    members += 1;
    if (members + open >= most) break;
  }
  if (members + open < most) return [];
  return [
    `${company.slug} has as many members and open invitations as it may (limits.members: ${most} in ${company.file})`,
  ];
}
