import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureEngine } from "../engine/engine.ts";
import type { Setting } from "../engine/environment.ts";
import { Fault, runCommand } from "../engine/fault.ts";
import { type LocalFolder, PROJECT } from "../engine/folder.ts";
import { exclusively } from "../engine/lock.ts";
import { ensurePlugin, type Plugin, placePlugin } from "../engine/plugin.ts";
import type { Say } from "../engine/progress.ts";
import { writeRoots } from "../engine/roots.ts";
import { checkSpace } from "../engine/space.ts";
import { tokenFor } from "./management.ts";
import type { Steps } from "./steps.ts";
import { type Asked, ensureTenant } from "./tenant-place.ts";

/** The settings of stack `local`. */
export const SETTINGS = join(PROJECT, "Pulumi.local.yaml");

/** The people of stack `local`, from the project's folder. */
export const PEOPLE = "stacks/local/people.yaml";

/** A line for the person who waits. */
export const say: Say = (line) => void process.stdout.write(`${line}\n`);

/** A machine on which the CLI can run against a tenant that answers. */
export interface Machine {
  readonly setting: Setting;
  readonly plugin: Plugin;
}

/** Gets the CLI and the plugin, starts the tenant unless it answers, and writes the certificates that Go trusts. */
export async function readyMachine(local: LocalFolder, asked: Asked, steps: Steps): Promise<Machine> {
  // `pulumi stack rm` deletes it, and then every setting would be said to be missing.
  if (!existsSync(SETTINGS))
    throw new Fault("Pulumi.local.yaml is not there: restore it with `git checkout Pulumi.local.yaml`.");
  checkSpace(local.folder);
  const engine = await steps.step("engine", () => ensureEngine(say, local));
  const plugin = await steps.step("plugin", () => ensurePlugin(local, engine.bin, say));
  placePlugin(local.home, plugin);
  const port = await steps.step("tenant", () => ensureTenant(local, asked, say));
  writeRoots(local, process.env.SSL_CERT_FILE);
  const token = await tokenFor({ port, ca: local.ca });
  return { setting: { local, port, token, engineBin: engine.bin }, plugin };
}

/** Runs a command that changes the stack: one at a time in a checkout, the next one waits. */
export function runAlone(local: LocalFolder, command: () => Promise<void>): Promise<void> {
  const waiting = () => say("Another `make up` or `make down` is at work in this checkout: waiting for it to end.");
  return runCommand(() => exclusively(join(local.folder, "commands.lock"), waiting, command));
}
