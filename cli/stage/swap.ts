import type { ManagementClient } from "auth0";
import { Faults } from "../customer/asked.ts";
import { rolesOf } from "../tenant/organization.ts";
import type { Swap } from "./moves.ts";

/** Where roles are held: a person's own, or a membership's. */
export interface Holder {
  readonly person: string;
  /** Id of the organization. @default none: as an individual */
  readonly organization?: string | undefined;
}

/** Swaps roles, by their names. The new one comes first: who is broken off in between has both, and the next run takes the old one. */
export class Swapping {
  readonly #client: ManagementClient;
  readonly #ids: ReadonlyMap<string, string>;

  private constructor(client: ManagementClient, ids: ReadonlyMap<string, string>) {
    this.#client = client;
    this.#ids = ids;
  }

  static async with(client: ManagementClient): Promise<Swapping> {
    return new Swapping(client, (await rolesOf(client)).ids);
  }

  /** Whether somebody has the old role, and so gets the new one. @param held names of the roles; read where they are not known */
  async swap(holder: Holder, { from, to }: Swap, held?: readonly string[]): Promise<boolean> {
    const has = held ?? (await this.#held(holder));
    if (!has.includes(from)) return false;
    await this.#change("assign", holder, to); // who has it already keeps it
    await this.#change("delete", holder, from);
    return true;
  }

  async #held({ person, organization }: Holder): Promise<string[]> {
    const page = { per_page: 50 }; // no more can be assigned
    const { data } =
      organization === undefined
        ? await this.#client.users.roles.list(person, page)
        : await this.#client.organizations.members.roles.list(organization, person, page);
    return data.map(({ name }) => name ?? "");
  }

  async #change(what: "assign" | "delete", { person, organization }: Holder, role: string): Promise<void> {
    const id = this.#ids.get(role);
    if (id === undefined) throw new Faults([`the tenant has no role ${role}; allowed: after pulumi up`]);
    const roles = { roles: [id] };
    if (organization === undefined) await this.#client.users.roles[what](person, roles);
    else await this.#client.organizations.members.roles[what](organization, person, roles);
  }
}
