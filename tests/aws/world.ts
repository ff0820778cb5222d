import { World } from "../e2e/world.ts";
import type { Account } from "../harness/aws/account.ts";
import { placeMotoProvider } from "../harness/aws/provider.ts";

/** A copy of the program with a tenant of its own, as in the end-to-end tests, and with an account of moto behind the provider aws. */
export async function worldWithAws({ id, region, endpoint }: Account): Promise<World> {
  const world = await World.create();
  const tenant = { port: world.tenant.port, ca: world.local.ca };
  placeMotoProvider(world.local.home, { endpoint, region, account: id, tenant });
  return world;
}
