import { expect, test } from "vitest";
import { connectedTenant, declare } from "../../cli/declared/declare.ts";
import { declareTenant } from "../../stacks/declare.ts";
import type { Settings } from "../../stacks/load.ts";
import { withAws } from "../harness/aws/settings.ts";
import { settingsOf } from "../harness/stack-settings.ts";
import { listing } from "./listing.ts";

const blocks = async (settings: Settings, stack: string) => {
  const listed = listing(await declare(() => declareTenant(settings, connectedTenant), { stack }));
  return listed.trimEnd().split("\n\n");
};
const without = (some: readonly string[], others: readonly string[]) => {
  const known = new Set(others);
  return some.filter((block) => !known.has(block));
};
const heads = (listed: readonly string[]) => listed.map((block) => block.split("\n")[0]);

// Stack local has the companies, and none of AWS in its own settings.
test.each(["local", "dev", "staging", "prod"])(
  "with all of AWS on, stack %s declares this beside the rest",
  async (stack) => {
    const [on, off] = [await blocks(withAws(stack), stack), await blocks(settingsOf(stack), stack)];
    await expect(`${without(on, off).join("\n\n")}\n`).toMatchFileSnapshot(`${stack}.aws.txt`);
    // Nothing goes, and of the rest only who sends mail is another, and where links in mail lead.
    const provider = "auth0.EmailProvider mail   under tenant:Mail mail";
    const tenant = "auth0.Tenant tenant   under tenant:TenantSettings tenant";
    expect(heads(without(off, on))).toEqual(stack === "local" ? [tenant] : [provider, tenant]);
    const ofAws = /^(aws[.:]|auth0\.\w+ .* {3}under aws:)/;
    const known = (head = "") => ofAws.test(head) || head === tenant || head.includes("tenant:Mail mail");
    const others = heads(without(on, off)).filter((head) => !known(head));
    expect(others).toEqual([]);
  },
);
