import { lookup } from "node:dns/promises";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cliEnvironment, type Variables } from "./environment.ts";
import { Fault, systemCode } from "./fault.ts";
import { type LocalFolder, PROJECT } from "./folder.ts";
import { isExecutable, run } from "./program.ts";
import { type Say, withHeartbeat } from "./progress.ts";
import { recentRefusal, refusalFile, rememberRefusal } from "./refusal.ts";
import { quote } from "./shell.ts";
import { PLUGIN_VERSION } from "./versions.ts";

/** What answers as the auth0 provider: a person's own binary, the official one, or the project's stand-in. */
export interface Plugin {
  readonly kind: "given" | "official" | "stand-in";
  /** The program and its first arguments; the CLI's follow. */
  readonly command: readonly string[];
}

/** What the choice looks at and does. Handed in, so that the order can be tested by itself. */
interface PluginProbes {
  readonly platform: NodeJS.Platform;
  /** The official binary of an earlier download. */
  official(): string | undefined;
  /** Why downloads are not tried for now, or undefined. */
  refusal(): string | undefined;
  /** Downloads the official binary: its path, or why there is none. */
  download(): Promise<{ readonly file: string } | { readonly refused: string }>;
  isExecutable(file: string): boolean;
}

const SITE = "get.pulumi.com";
const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const FOLDER = `resource-auth0-v${PLUGIN_VERSION}`;
const NAME = "pulumi-resource-auth0";

const STAND_IN: Plugin = {
  kind: "stand-in",
  command: [process.execPath, "--disable-warning=ExperimentalWarning", join(PROJECT, "local/plugin/main.ts")],
};

/**
 * Chooses the plugin: `AUTH0_PLUGIN`, else the official one, else the stand-in.
 * @param given the value of `AUTH0_PLUGIN`; a relative path starts at the project's folder
 * @throws Fault when `given` is no executable file
 */
export async function choosePlugin(given: string | undefined, probes: PluginProbes, say: Say): Promise<Plugin> {
  if (given !== undefined && given !== "") {
    const file = resolve(PROJECT, given);
    if (probes.isExecutable(file)) return { kind: "given", command: [file] };
    throw new Fault(
      `AUTH0_PLUGIN names ${file}, which is not an executable file: name a ${NAME} binary, or leave it out.`,
    );
  }
  // Go reads SSL_CERT_FILE on Linux only: elsewhere the official plugin would not trust the local tenant.
  if (probes.platform !== "linux") return STAND_IN;

  const official = probes.official();
  if (official !== undefined) return { kind: "official", command: [official] };
  if (probes.refusal() !== undefined) return STAND_IN;

  const download = await probes.download();
  if ("file" in download) return { kind: "official", command: [download.file] };
  say(
    `The official auth0 plugin ${PLUGIN_VERSION} is not to be had here (${download.refused}): this project's stand-in is used.`,
  );
  return STAND_IN;
}

/** Makes the plugin the one that a CLI with this `PULUMI_HOME` finds by name. */
export function placePlugin(home: string, plugin: Plugin): void {
  const folder = join(home, "plugins", FOLDER);
  const file = join(folder, NAME);
  const text = `#!/bin/sh\nexec ${plugin.command.map(quote).join(" ")} "$@"\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(folder, { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, text);
  chmodSync(aside, 0o755);
  renameSync(aside, file);
}

/** The plugin for this machine; a refused download is remembered for a day. */
export async function ensurePlugin(
  local: LocalFolder,
  engineBin: string,
  say: Say,
  inherited: Variables = process.env,
): Promise<Plugin> {
  const home = join(local.folder, "official"); // a home of its own: launchers take the plugin's place in the others
  const folder = join(home, "plugins", FOLDER);
  const file = join(folder, NAME);
  const official = () => (isExecutable(file) && !existsSync(`${folder}.partial`) ? file : undefined);
  const probes: PluginProbes = {
    platform: process.platform,
    isExecutable,
    official,
    refusal: () => recentRefusal(local),
    download: async () => {
      const env = { ...cliEnvironment({ local, port: 0, engineBin }, inherited), PULUMI_HOME: home };
      const refused = (await unreachable(inherited)) ?? (await install(join(engineBin, "pulumi"), env, say));
      if (refused === undefined) return official() === undefined ? { refused: "it is incomplete" } : { file };
      rememberRefusal(local, refused);
      return { refused: `${refused}; tried again in a day, or once ${refusalFile(local)} is deleted` };
    },
  };
  return await choosePlugin(inherited.AUTH0_PLUGIN, probes, say);
}

/** Asks for the site's name first: the CLI itself tries five times, for ten seconds, before it gives up. */
async function unreachable(inherited: Variables): Promise<string | undefined> {
  if (inherited.HTTPS_PROXY || inherited.https_proxy) return undefined; // a proxy knows names that we do not
  try {
    await lookup(SITE);
    return undefined;
  } catch (error) {
    return `${SITE}: ${systemCode(error) ?? "not found"}`;
  }
}

async function install(pulumi: string, env: Record<string, string>, say: Say): Promise<string | undefined> {
  const args = ["plugin", "install", "resource", "auth0", `v${PLUGIN_VERSION}`];
  const ended = await withHeartbeat(`downloading the auth0 plugin ${PLUGIN_VERSION}`, say, () =>
    run(pulumi, args, { env, timeout: DOWNLOAD_LIMIT_MS }),
  );
  if (ended.status === 0) return undefined;
  return (
    ended.stderr
      .trim()
      .split("\n")
      .at(-1)
      ?.replace(/^error: /, "") ?? `exit status ${ended.status}`
  );
}
