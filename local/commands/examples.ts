import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type ExampleSettings, Started, secretsBy } from "../../examples/settings.ts";
import { Fault } from "../engine/fault.ts";
import { type LocalFolder, PROJECT } from "../engine/folder.ts";
import { end, processesWith } from "../engine/process.ts";
import type { Say } from "../engine/progress.ts";
import { ask, type Cli, STACK } from "./cli.ts";

// The mark in the environment by which the example apps of a checkout are found.
const MARK = "EXAMPLE_APPS_OF";
const MAIN = join(PROJECT, "examples/main.ts");
const API_URL = "https://localhost:3004";
const STOP_GRACE_MS = 5_000;

/** The stack's outputs, as far as the example apps need them. */
const Outputs = z.object({
  apps: z.record(z.string(), z.object({ clientSecret: z.string().nullish() })),
  directory: z.unknown(),
});
const Settings = z.object({ config: z.object({ "auth0-b2b:claimNamespace": z.string() }) });

/**
 * Starts the example apps anew with the outputs of stack `local`, beside the tenant, and says where they are.
 * One whose port is taken is left out. @throws Fault where none can be started; then no process is left
 */
export async function startExamples(local: LocalFolder, cli: Cli, settingsFile: string, say: Say): Promise<void> {
  await stopExamples(local);
  const outputs = Outputs.parse(
    JSON.parse(await ask(cli, ["stack", "output", "--json", "--show-secrets", "--stack", STACK])),
  );
  const settings: ExampleSettings = {
    caDir: local.folder,
    directory: outputs.directory,
    secrets: secretsBy((app) => outputs.apps[app]?.clientSecret ?? ""),
    claimNamespace: claimNamespaceOf(settingsFile),
    apiUrl: API_URL,
  };
  for (const { name, url, fault } of await startExampleApps(local, settings)) {
    say(fault === undefined ? `  ${name}: ${url}` : `  ${name}: not started. ${fault}`);
  }
}

/** Ends the example apps of this checkout: how many processes there were. */
export async function stopExamples(local: LocalFolder): Promise<number> {
  const found = processesWith(MARK, local.folder);
  for (const mark of found) await end(mark, STOP_GRACE_MS);
  return found.length;
}

/** What the names of the tenant's own claims begin with, by a stack's settings file. */
export function claimNamespaceOf(settingsFile: string): string {
  return Settings.parse(parse(readFileSync(settingsFile, "utf8"))).config["auth0-b2b:claimNamespace"];
}

/** Starts the process of the example apps, and waits until each is there or said not to be. */
export async function startExampleApps(local: LocalFolder, settings: ExampleSettings): Promise<Started> {
  const file = join(local.folder, "examples.log");
  const log = openSync(file, "w");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN], {
    cwd: PROJECT,
    // The apps trust the local authority, and get nothing else of this process.
    env: { NODE_EXTRA_CA_CERTS: local.ca, [MARK]: local.folder },
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  child.send(settings);
  const said = await Promise.race([once(child, "message"), once(child, "exit").then(() => undefined)]);
  if (said === undefined) throw new Fault(`The example apps ended at once: see ${file}.`);
  child.disconnect();
  child.unref();
  return Started.parse(said[0]);
}
