import { expect, test } from "vitest";
import { bundle } from "../../actions/bundle.ts";
import { connectedTenant, declare } from "../../cli/declared/declare.ts";
import { firstRoles } from "../../stacks/catalog.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { environments } from "../../stacks/environments.ts";
import { settingsOf } from "../harness/stack-settings.ts";
import { listing } from "./listing.ts";

test.each(Object.keys(environments))("stack %s declares what its golden listing says", async (stack) => {
  const settings = settingsOf(stack);
  const declared = await declare(() => declareTenant(settings, connectedTenant), { stack });
  await expect(listing(declared)).toMatchFileSnapshot(`${stack}.txt`);
});

test("the companies of stack local are guarded as those of dev would be", async () => {
  const settings = { ...settingsOf("local"), environment: environments.dev };
  await expect(listing(await declare(() => declareTenant(settings, connectedTenant)))).toMatchFileSnapshot(
    "guarded.txt",
  );
});

test("the post-login Action of stack local is bundled to the text that was reviewed", async () => {
  const { claimNamespace, stages } = settingsOf("local");
  const text = await bundle("post-login", { claimNamespace, stages, firstRoles }, ["acme.example"]);
  await expect(text).toMatchFileSnapshot("post-login.cjs");
});
