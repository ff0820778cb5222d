import * as pulumi from "@pulumi/pulumi";
import { readProviderCredentials } from "./config.ts";
import { reasonOf } from "./faults.ts";

/**
 * Counts the accounts of a connection, as the Management API has them: https://auth0.com/docs/manage-users/user-search/user-search-query-syntax
 * Signs in as the provider does; the scope is `read:users`.
 * @throws pulumi.RunError in one sentence when they cannot be counted
 */
export async function countPeople(domain: string, connection: string): Promise<number> {
  const { ManagementClient } = await import("auth0"); // loaded by nobody who loses no company
  const client = new ManagementClient({ domain, ...readProviderCredentials() });
  try {
    const page = await client.users.list({
      q: `identities.connection:"${connection}"`,
      search_engine: "v3",
      per_page: 1,
      include_totals: true,
    });
    const { total } = page.response as { total?: unknown };
    if (typeof total === "number") return total;
    throw new Error("the answer has no total");
  } catch (error) {
    throw new pulumi.RunError(`The people of connection ${connection} cannot be counted: ${reasonOf(error)}`);
  }
}
