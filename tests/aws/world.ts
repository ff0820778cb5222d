import { World } from "../e2e/world.ts";
import type { Account } from "../harness/aws/account.ts";
import { placeMotoProvider } from "../harness/aws/provider.ts";

/** A copy of the program with a tenant of its own, as in the end-to-end tests, and with an account of moto behind the provider aws. */
export async function worldWithAws({ id, region, endpoint }: Account): Promise<World> {
  const world = await World.create();
  const tenant = { port: world.tenant.port, ca: world.local.ca };
  placeMotoProvider(world.local.home, { endpoint, region, account: id, tenant });
  // The language host that is built where none can be downloaded is older than hooks (local/engine/language-host/go.mod) and refuses a
  // program that has one; moto shows a partner's source at once.
  world.write("components/aws/audit/partner-source.ts", "export const untilSourceIsThere = () => undefined;\n");
  return world;
}
