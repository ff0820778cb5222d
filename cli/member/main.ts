import { lifetimesOf } from "../../stacks/announce.ts";
import { type ApiName, apis } from "../../stacks/catalog.ts";
import { command, many, placeOf, run, say } from "../command.ts";
import { companyIn, readOffline } from "../customer/place.ts";
import { withTenant } from "../tenant/connect.ts";
import { type Invited, type InviteOptions, invite, wanted } from "./invite.ts";
import { type Listed, list } from "./list.ts";
import { type Removed, remove } from "./remove.ts";

const program = command("member", "A company's people: who is in, who may come in, and who goes");

/** The stack's settings, its tenant and the company; secrets and proofs may still be missing. */
function at(slug: string) {
  const { stack } = placeOf(program);
  const { settings, domain } = readOffline(placeOf(program), { unfinished: ["secrets", "proofs"] });
  return { settings, tenant: { stack, domain }, company: companyIn(settings, slug, stack) };
}

program
  .command("invite")
  .description("send somebody an invitation by mail")
  .argument("<slug>", "the company")
  .argument("<address>", "the only address that can accept it")
  .option("--role <role>", "a role in the company; repeat it; default: what the first login gives", many)
  .option("--app <app>", "the app that the link leads to; default: the first that admits the company")
  .option("--inviter <name>", "who the mail says it is from; default: the stack's friendlyName")
  .option("--days <days>", "how long the link is good, 1 to 30; default: 7")
  .action(async (slug: string, address: string, options: InviteOptions) => {
    const { settings, tenant, company } = at(slug);
    const asked = wanted(settings, company, address, options);
    tellInvited(await withTenant(tenant, (client) => invite(client, asked, new Date())));
  });

program
  .command("list")
  .description("members with their roles and how they sign in, and open invitations")
  .argument("<slug>", "the company")
  .action(async (slug: string) => {
    const { settings, tenant, company } = at(slug);
    tellListed(await withTenant(tenant, (client) => list(client, settings, company, new Date())), slug);
  });

program
  .command("remove")
  .description("take somebody out: no login and no renewal in the company from then on; may be run again")
  .argument("<slug>", "the company")
  .argument("<who>", "an address, or an account's id such as oidc|acme-sso|42")
  .action(async (slug: string, who: string) => {
    const { tenant } = at(slug);
    tellRemoved(await withTenant(tenant, (client) => remove(client, slug, who, new Date())), slug);
  });

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
const listOf = (names: readonly string[]) => names.join(", ") || "none";

function tellInvited({ company, address, roles, app, way, until, returns }: Invited): void {
  say(`Invited: ${address} into ${company.slug}, until ${until.toISOString()}.`);
  say(`  app: ${app}`);
  say(`  signs in by: ${way.connection}`);
  say(`  roles: ${roles.length === 0 ? "what the first login gives" : roles.join(", ")}`);
  if (returns) say("  had left before, and may come back");
}

function tellListed({ members, invitations }: Listed, slug: string): void {
  say(`${slug}: members ${members.length}, open invitations ${invitations.length}.`);
  for (const { name, roles, by, left } of members)
    say(`  ${name}: ${listOf(roles)}; ${by}${left ? "; removed, gets no token" : ""}`);
  for (const { email, roles, until } of invitations)
    say(`  ${email}: invited until ${dayOf(until)}, ${roles.length === 0 ? "first role" : roles.join(", ")}`);
}

function tellRemoved({ accounts, withdrawn }: Removed, slug: string): void {
  for (const { name, id, left, tokens } of accounts)
    say(`${name} (${id}) ${left === "now" ? "leaves" : "had left"} ${slug}; refresh tokens ended: ${tokens}.`);
  if (withdrawn > 0) say(`Invitations withdrawn: ${withdrawn}.`);
  if (accounts.length > 0)
    say(`The last access token ends within ${lifetimesOf(Object.keys(apis) as ApiName[])}. Elsewhere: one new login.`);
}

await run(program);
