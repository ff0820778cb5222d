import type { ManagementClient } from "auth0";
import { Option } from "commander";
import { readTenantDomain } from "../../stacks/config.ts";
import { allDomains } from "../../stacks/entry-connections.ts";
import { lineOf } from "../../stacks/faults.ts";
import { readStackFile } from "../../stacks/stack-file.ts";
import { command, many, placeOf, run, say } from "../command.ts";
import { withTenant } from "../tenant/connect.ts";
import { type Added, type AddOptions, add } from "./add.ts";
import { Faults, type Terminal } from "./asked.ts";
import { type ChangeOptions, change } from "./change.ts";
import { fieldFlags } from "./fields.ts";
import { type Imported, type ImportOptions, importCompany } from "./import.ts";
import { companyIn, readOffline } from "./place.ts";
import { prove } from "./prove.ts";
import { lookUpWith } from "./records.ts";
import { makeScimToken, provisionedBy } from "./scim-token.ts";
import { sheetOf } from "./sheet.ts";
import { markdownOf, pageOf } from "./sheet-formats.ts";
import { linesOf, show } from "./show.ts";

const program = command("customer", "What is done with the entries of companies: stacks/<env>/customers/<slug>.yaml");
const place = () => placeOf(program);

const adding = program
  .command("add")
  .description("write the entry of a new company; asks for what is not given")
  .argument("[slug]", "the organization's name, which never changes")
  .option("--name <name>", "the name that people see")
  .option("--type <type>", "customer or vendor")
  .option("--condition <name=value>", "such as api_access=on; repeat it", many)
  .option("--state <state>", "pilot, live; default: pilot where domains must be proven")
  .option("--stage <stage>", "the stage in the sales funnel")
  .option("--sign-in <how>", "oidc, okta, samlp, waad, google-apps, adfs, or password")
  .option("--connection <name>", "the connection's name; default: <slug>-sso")
  .option("--domain <domain>", "a domain of the company's; repeat it, or commas between", many)
  .option(
    "--secret-arn <arn>",
    "where the client secret lies with AWS Secrets Manager; default: a secret of the stack",
  );
const own = fieldFlags.map(({ flag, what }) => ({ flag, option: new Option(`--${flag} <value>`, what) }));
for (const { option } of own) adding.addOption(option);
adding.action(async (slug: string | undefined, given: Record<string, unknown>) => {
  const fields = Object.fromEntries(
    own.map(({ flag, option }) => [flag, given[option.attributeName()] as string | undefined]),
  );
  tellAdded(await add(place(), slug, { ...(given as Omit<AddOptions, "fields">), fields }, terminalHere()));
});

program
  .command("import")
  .description("write the entry of a company whose organization the tenant has, and the ids for pulumi import")
  .argument("<organization>", "its name or id in the tenant")
  .option("--type <type>", "customer or vendor; default: the organization's metadata")
  .option("--condition <name=value>", "such as api_access=on; repeat it; default: the organization's metadata", many)
  .option("--state <state>", "default: live, or suspended where the organization's metadata say so")
  .option("--stage <stage>", "the stage in the sales funnel; default: the organization's metadata")
  .option("--domain <domain>", "for a connection without domains in the tenant; repeat it", many)
  .option("--tenant-id <id>", "of a Microsoft Entra directory that the tenant knows by a domain alone")
  .action(async (organization: string, given: ImportOptions) => {
    const { stack, root } = place();
    const tenant = { stack, domain: readStackFile(root, stack).domain };
    const read = (client: ManagementClient) => importCompany(place(), organization, given, client, terminalHere());
    tellImported(await withTenant(tenant, read));
  });

program
  .command("check")
  .description("check all entries of a stack, offline")
  .action(() => {
    const { stack } = place();
    const { companies, warnings } = readOffline(place(), { now: new Date() }).settings;
    const connections = companies.flatMap(({ entry }) => Object.keys(entry.connections ?? {}));
    const domains = companies.flatMap(({ entry }) => allDomains(entry));
    for (const warning of warnings) say(`⚠ ${lineOf(warning)}`);
    say(
      `Stack ${stack}: ${companies.length} companies, ${connections.length} connections, ${domains.length} domains, no fault.`,
    );
  });

program
  .command("show")
  .description("the resources of a company, and where logins at its domains end")
  .argument("<slug>")
  .option("--address <address>", "whose login; default: somebody at each of its domains")
  .option("--why", "with the rules that lead there, and their sources")
  .action(async (slug: string, { address, why = false }: { address?: string; why?: boolean }) => {
    const { settings } = readOffline(place(), { unfinished: ["secrets", "proofs"] });
    const shown = await show(settings, companyIn(settings, slug, place().stack), address);
    for (const line of linesOf(shown, why)) say(line);
  });

for (const [name, what] of [
  ["preview", "what a pulumi preview would show of one company, without waiting for the others"],
  ["up", "the same for pulumi up: nothing outside the company can change but the set of claimed domains"],
] as const) {
  const changing = program.command(name).description(what).argument("<slug>");
  changing.option("--json", "for a program to read");
  if (name === "up") changing.option("--yes", "without asking");
  changing.action(async (slug: string, options: ChangeOptions) => {
    process.exitCode = await change(place(), name, slug, options);
  });
}

program
  .command("sheet")
  .description("what a company's administrators need to set up single sign-on")
  .argument("<slug>")
  .option("--domain <domain>", "under which people sign in; default: auth0:domain of the stack's file, or AUTH0_DOMAIN")
  .option("--html", "a page that prints well; default: Markdown")
  .action((slug: string, { domain: given, html }: { domain?: string; html?: true }) => {
    const { settings, domain: set } = readOffline(place(), { unfinished: ["secrets", "proofs"] });
    const domain = given ?? set ?? readTenantDomain();
    if (domain === undefined)
      throw new Faults(["--domain: missing; allowed: the tenant's domain, such as travel.eu.auth0.com"]);
    const sheet = sheetOf(settings, companyIn(settings, slug, place().stack), domain);
    process.stdout.write(html ? pageOf(sheet) : markdownOf(sheet));
  });

program
  .command("prove")
  .description("look up the TXT record of each of a company's domains, and write what was found into its entry")
  .argument("<slug>")
  .option("--resolver <address>", "the DNS server to ask; default: this machine's")
  .action(async (slug: string, { resolver }: { resolver?: string }) => {
    const today = new Date().toISOString().slice(0, 10);
    const { file, found, missing } = await prove(place(), slug, lookUpWith(resolver), today);
    for (const { domain } of found) say(`✔ ${domain}: proven, written into ${file}`);
    for (const { domain, host, value, why } of missing)
      say(`✖ ${domain}: ${why}; allowed: a TXT record ${host} that says ${value}`);
    if (missing.length > 0) process.exitCode = 1;
  });

program
  .command("scim-token")
  .description("make a token by which a company's identity provider keeps its people up to date; it is shown once")
  .argument("<slug>")
  .option("--connection <name>", "which one, where several have SCIM")
  .action(async (slug: string, { connection: given }: { connection?: string }) => {
    const { stack } = place();
    const { settings, domain } = readOffline(place(), { unfinished: ["secrets", "proofs"] });
    const connection = provisionedBy(companyIn(settings, slug, stack), given);
    // a file or a log would keep it
    if (!terminalHere()) throw new Faults(["the token is shown in a terminal alone; allowed: without > and |"]);
    const made = await withTenant({ stack, domain }, (client) => makeScimToken(client, connection));
    say(`Made for ${made.connection}; nobody can show it again:`);
    say(`  SCIM endpoint: https://${domain ?? readTenantDomain()}${made.path}`);
    say(`  token: ${made.token}`);
  });

function terminalHere(): Terminal | undefined {
  const { stdin: input, stdout: output } = process;
  return input.isTTY && output.isTTY ? { input, output } : undefined;
}

function tellImported({ file, slug, idsFile, count, secrets, unproven, notes, warnings }: Imported): void {
  const { stack } = place();
  say(`Written: ${file}, and ${idsFile} with the ids of ${count} resources. Next:`);
  for (const line of [
    ...secrets.map((secret) => `pulumi config set --secret ${secret} --stack ${stack}`),
    ...(unproven ? [`npm run customer prove ${slug} -- --env ${stack}`] : []),
    `pulumi import --file ${idsFile} --generate-code=false --stack ${stack}`,
    `pulumi preview --diff --stack ${stack}`,
    `pulumi up --stack ${stack} && rm ${idsFile}`,
  ])
    say(`  ${line}`);
  if (notes.length > 0) say("What no entry says:");
  for (const note of notes) say(`  ${note}`);
  for (const warning of warnings) say(`⚠ ${warning}`);
}

function tellAdded({ file, slug, state, secret, connection, domains, warnings }: Added): void {
  const { stack } = place();
  const next = [
    ...(secret === undefined ? [] : [`pulumi config set --secret ${secret} --stack ${stack}`]),
    ...(connection === undefined ? [] : [`npm run customer sheet ${slug} -- --env ${stack}`]),
    ...(state === "pilot" && domains.length > 0 ? [`npm run customer prove ${slug} -- --env ${stack}`] : []),
    `pulumi preview --stack ${stack}`,
  ];
  for (const warning of warnings) say(`⚠ ${warning}`);
  say(`Written: ${file}, state ${state}. Next:`);
  for (const line of next) say(`  ${line}`);
}

await run(program);
