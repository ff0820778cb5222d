import * as pulumi from "@pulumi/pulumi";
import type { ManagementClient } from "auth0";
import { isAmong } from "../../access/terms.ts";
import { roles } from "../../stacks/catalog.ts";
import { said } from "../../stacks/schema/strict.ts";
import { Faults } from "../customer/asked.ts";
import { accountsOf, type Membership, membershipsOf } from "../tenant/people.ts";
import { levelOf, type Move, type Swap, startOf, swapOf, wrongMove } from "./moves.ts";
import { Swapping } from "./swap.ts";

/** What became of a person. */
export interface MovedPerson {
  readonly id: string;
  readonly from: string | undefined;
  readonly to: string;
  /** A role that was swapped, and where: a company's slug, or undefined for the person's own. */
  readonly swaps: readonly (Swap & { readonly company: string | undefined })[];
  /** Slugs of companies where the new role may not be held. */
  readonly barred: readonly string[];
  /** Slugs of companies with a stage of their own, which counts there. */
  readonly elsewhere: readonly string[];
}

/**
 * Moves a person to a stage. Roles are swapped first, and the stage is written last: a move that broke off is the same move still.
 * @param swap the role that is swapped. @default the first role of the stage where the person is
 * @throws Faults where the move is refused
 */
export async function movePerson(
  client: ManagementClient,
  who: string,
  { swap, ...way }: Omit<Move, "from"> & { readonly swap?: string | undefined },
): Promise<MovedPerson> {
  const [account, ...others] = await accountsOf(client, who);
  if (!account) throw new pulumi.RunError(`Nobody in the tenant goes by ${who}.`);
  if (others.length > 0) {
    const ids = [account, ...others].map(({ id }) => id).join(", ");
    throw new Faults([`${who} has ${others.length + 1} accounts; allowed: one of ${ids}`]);
  }
  const { id, appMetadata, verified } = account;
  // whoever signs up with somebody else's address is not that person
  if (!verified && who !== id)
    throw new Faults([`${who} was never verified for ${id}; allowed: once it is, or ${id} in its place`]);
  const move: Move = { ...way, from: appMetadata.stage };
  const wrong = wrongMove(move);
  const unknown =
    swap === undefined || Object.hasOwn(roles, swap) ? undefined : said(swap, Object.keys(roles).join(", "));
  const faults = [
    ...(wrong === undefined ? [] : [`stage: ${wrong}`]),
    ...(unknown === undefined ? [] : [`--swap: ${unknown}`]),
  ];
  if (faults.length > 0) throw new Faults(faults);

  const memberships = await membershipsOf(client, id);
  const { wanted, barred } = swapsOf(move, memberships, swap);
  const swapping = await Swapping.with(client);
  const swaps: (Swap & { company: string | undefined })[] = [];
  for (const { organization, company, ...one } of wanted)
    if (await swapping.swap({ person: id, organization }, one)) swaps.push({ ...one, company });
  if (appMetadata.stage !== move.to) await client.users.update(id, { app_metadata: { stage: move.to } });
  const elsewhere = [...memberships.values()].filter(({ metadata }) => metadata.stage !== undefined);
  return { id, from: startOf(move), to: move.to, swaps, barred, elsewhere: elsewhere.map(({ name }) => name) };
}

/** The swap as an individual, and in each company that leaves its people their own stage. */
function swapsOf(move: Move, memberships: ReadonlyMap<string, Membership>, held: string | undefined) {
  const wanted: (Swap & { organization?: string; company: string | undefined })[] = [];
  const barred: string[] = [];
  const own = swapOf(move, "individual", held);
  if (own) wanted.push({ ...own, company: undefined });
  for (const [organization, { name, metadata }] of memberships) {
    const level = metadata.stage === undefined ? levelOf(metadata.type) : undefined;
    const swap = level && swapOf(move, level, held);
    if (!swap) continue;
    const { member_roles: allowed } = metadata;
    if (isAmong(typeof allowed === "string" ? allowed : undefined, swap.to))
      wanted.push({ ...swap, organization, company: name });
    else barred.push(name);
  }
  return { wanted, barred };
}
