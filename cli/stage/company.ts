import type { ManagementClient } from "auth0";
import { type RoleName, roles } from "../../stacks/catalog.ts";
import type { Company } from "../../stacks/entries.ts";
import { said } from "../../stacks/schema/strict.ts";
import { Faults } from "../customer/asked.ts";
import { EntryFile, type Place } from "../customer/place.ts";
import { rolesFor } from "../member/choices.ts";
import { membersOf, organizationOf } from "../tenant/organization.ts";
import { type Move, type Swap, swapOf, wrongMove } from "./moves.ts";
import { Swapping } from "./swap.ts";

type Way = Omit<Move, "from">;

/** What became of a company's entry. */
export interface MovedCompany {
  readonly file: string;
  readonly from: string | undefined;
  readonly to: string;
  /** Whether the entry was at that stage already. */
  readonly there: boolean;
  /** The role that its members have by their first login, and the one that goes with the new stage. */
  readonly swap: Swap | undefined;
}

/**
 * Writes a company's stage into its entry, which owns it: what would be written into the tenant, the next change of the company puts
 * back. @throws Faults where the move is refused; then nothing is written
 */
export function moveCompany(place: Place, company: Company, way: Way): MovedCompany {
  const { entry, file } = company;
  const move: Move = { ...way, from: entry.stage };
  const wrong = wrongMove(move);
  if (wrong !== undefined) throw new Faults([`stage: ${wrong}`]);
  const there = entry.stage === move.to;
  if (!there) {
    const document = new EntryFile(place, company);
    document.set(["stage"], move.to);
    document.write();
  }
  return { file, from: entry.stage, to: move.to, there, swap: there ? undefined : swapOf(move, entry.type) };
}

/**
 * Gives the members of a company who hold a role the first role of its stage in its place, once the stage is up.
 * @returns the swap, and the addresses of those whose role was swapped
 * @throws Faults where the entry, or the tenant, is at another stage
 */
export async function swapMembers(
  client: ManagementClient,
  { entry, slug, file }: Company,
  way: Way,
  held: string,
): Promise<Swap & { readonly members: readonly string[] }> {
  const faults: string[] = [];
  const { to: stage } = way;
  if (entry.stage !== stage)
    faults.push(`${slug} is at ${entry.stage ?? "no stage"} in ${file}; allowed: --swap once ${stage} stands there`);
  const swap = swapOf({ ...way, from: entry.stage }, entry.type, held);
  if (!swap || !Object.hasOwn(roles, held)) faults.push(`--swap: ${said(held, othersThan(swap?.to ?? held))}`);
  if (swap && !rolesFor(entry).includes(swap.to as RoleName))
    faults.push(`${swap.to} is not among memberRoles of ${file}; allowed: ${rolesFor(entry).join(", ")}`);
  if (faults.length > 0 || !swap) throw new Faults(faults);

  const { id, metadata } = await organizationOf(client, slug);
  if (metadata.stage !== stage)
    throw new Faults([`${slug} is at ${metadata.stage ?? "no stage"} in the tenant; allowed: after pulumi up`]);
  const swapping = await Swapping.with(client);
  const members: string[] = [];
  for await (const { id: person, email, roles: has } of membersOf(client, id))
    if (await swapping.swap({ person, organization: id }, swap, has)) members.push(email ?? person);
  return { ...swap, members };
}

/** The roles that one can be put in the place of. */
function othersThan(role: string): string {
  return Object.keys(roles)
    .filter((name) => name !== role)
    .join(", ");
}
