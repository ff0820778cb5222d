import { command, placeOf, run, say } from "../command.ts";
import { companyIn, readOffline } from "../customer/place.ts";
import { withTenant } from "../tenant/connect.ts";
import { type MovedCompany, moveCompany, swapMembers } from "./company.ts";
import { whenSeen } from "./moves.ts";
import { type MovedPerson, movePerson } from "./person.ts";

interface StageOptions {
  readonly back?: boolean;
  readonly swap?: string;
}

const program = command("stage", "Moves a person or a company along the sales funnel")
  .argument("<who>", "an address, an account's id such as auth0|42, or a company's slug")
  .argument("<stage>", "one of the stack's stages")
  .option("--back", "the move may be to an earlier stage")
  .option("--swap <role>", "whoever holds this role gets the first role of the stage in its place")
  .action(async (who: string, to: string, { back = false, swap }: StageOptions) => {
    const place = placeOf(program);
    const { settings, domain } = readOffline(place, { unfinished: ["secrets", "proofs"] });
    const way = { stages: settings.stages, to, back };
    const tenant = { stack: place.stack, domain };
    if (/[@|]/.test(who))
      return tellPerson(await withTenant(tenant, (client) => movePerson(client, who, { ...way, swap })), who);
    const company = companyIn(settings, who, place.stack);
    if (swap === undefined) return tellCompany(moveCompany(place, company, way), who);
    const swapped = await withTenant(tenant, (client) => swapMembers(client, company, way, swap));
    say(`Swapped at ${who}, ${swapped.from} → ${swapped.to}: ${swapped.members.join(", ") || "nobody"}.`);
    say(whenSeen());
  });

function tellPerson({ id, from, to, swaps, barred, elsewhere }: MovedPerson, who: string): void {
  say(from === to ? `${who} (${id}) is at ${to}.` : `Moved: ${who} (${id}), ${from ?? "no stage"} → ${to}.`);
  for (const swap of swaps) say(`  role ${swap.from} → ${swap.to}, ${swap.company ?? "as an individual"}`);
  for (const slug of barred) say(`  the role at ${slug} stays: its memberRoles list no other`);
  if (elsewhere.length > 0) say(`  the company's own stage counts at ${elsewhere.join(", ")}`);
  say(whenSeen());
}

function tellCompany({ file, from, to, there, swap }: MovedCompany, slug: string): void {
  const { stack } = placeOf(program);
  if (there) {
    say(`${slug} is at ${to} in ${file}.`);
    return;
  }
  say(`Written: ${file}, stage ${from ?? "none"} → ${to}. Next:`);
  say(`  pulumi up --stack ${stack}`);
  if (swap)
    say(`  npm run stage ${slug} ${to} -- --swap ${swap.from} --env ${stack}   (members: ${swap.from} → ${swap.to})`);
  if (from === undefined) say("From then on the company's stage counts for its people, not their own.");
  say(whenSeen());
}

await run(program);
