import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { withSecret } from "../../examples/settings.ts";
import { Fault, runCommand, systemCode } from "../engine/fault.ts";
import { localFolder, PROJECT } from "../engine/folder.ts";
import { Browser } from "../player/browser.ts";
import { overTls } from "../player/over-tls.ts";
import { PEOPLE, SETTINGS, say } from "./machine.ts";
import { readPeople } from "./people-file.ts";
import { signIn } from "./signing-in.ts";

const Sites = z.object({ config: z.object({ "auth0-b2b:sites": z.record(z.string(), z.url()) }) });

const howToStart = "`make up` starts the tenant and the example apps, and says which of them could not be started.";

/** Where an example app is. @throws Fault where there is none of that name */
function siteOf(app: string): URL {
  const sites = Sites.parse(parse(readFileSync(SETTINGS, "utf8"))).config["auth0-b2b:sites"];
  // an app in the browser is scripts, and this browser runs none
  const known = Object.entries(sites).filter(([name]) => withSecret.safeParse(name).success);
  const [, site] = known.find(([name]) => name === app) ?? [];
  if (site !== undefined) return new URL(site);
  throw new Fault(`APP names no example app with a server; allowed: ${known.map(([name]) => name).join(", ")}.`);
}

await runCommand(async () => {
  const { AS: as, APP: app = "main", PASSWORD: password } = process.env;
  if (!as) throw new Fault("AS is missing; allowed: who signs in, such as AS=ann@acme.example.");
  const local = localFolder();
  if (!existsSync(local.ca)) throw new Fault(`There is no local tenant yet: ${howToStart}`);
  const start = siteOf(app);
  const browser = new Browser(overTls(readFileSync(local.ca, "utf8")), []);
  const who = { as, password: password ?? readPeople(PROJECT, PEOPLE).password };
  const page = await signIn(browser, start, who, say).catch((thrown: unknown) => {
    if (systemCode(thrown) !== "ECONNREFUSED") throw thrown;
    throw new Fault(`Nobody answers at ${start.origin}, or for the tenant: ${howToStart}`);
  });
  for (const [term, said] of page.facts) say(`  ${term}: ${said}`);
  if (page.facts.length > 0) return;
  const told = [page.complaint, ...page.codes, ...page.items].filter((text) => text !== undefined);
  throw new Fault([`${as} is not signed in: “${page.title}”.`, ...told].join(" "));
});
