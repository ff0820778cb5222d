import { delimiter, dirname, join } from "node:path";
import { type LocalFolder, localFolder } from "./folder.ts";
import { buildEngine, downloadEngine, keptEngine, leastGo } from "./install.ts";
import { exclusively } from "./lock.ts";
import { type Engine, findEngine, type OnPath, type Probes } from "./order.ts";
import { findOnPath, isExecutable, run } from "./program.ts";
import type { Say } from "./progress.ts";
import { rememberRefusal } from "./refusal.ts";
import { CLI_VERSION } from "./versions.ts";

const ASK_LIMIT_MS = 20_000;

async function pulumiOnPath(local: LocalFolder): Promise<OnPath | undefined> {
  const file = findOnPath("pulumi", pathOfPrograms());
  if (file === undefined) return undefined;
  const env = { ...process.env, PULUMI_HOME: local.home, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const asked = await run(file, ["version"], { env, timeout: ASK_LIMIT_MS });
  const version = asked.status === 0 ? asked.stdout.trim().replace(/^v/, "") : "of no known version";
  const bin = dirname(file);
  return { bin, version, languageHost: isExecutable(join(bin, "pulumi-language-nodejs")) };
}

// npm and npx put node_modules/.bin on PATH: the `pulumi` there is the launcher, which is tried by itself.
function pathOfPrograms(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => !folder.endsWith(join("node_modules", ".bin"))).join(delimiter);
}

async function goVersion(): Promise<string | undefined> {
  const go = findOnPath("go");
  if (go === undefined) return undefined;
  const asked = await run(go, ["env", "GOVERSION"], { env: { ...process.env, GOTOOLCHAIN: "local" } });
  return asked.status === 0 ? asked.stdout.trim().replace(/^go/, "") : undefined;
}

function probes(local: LocalFolder, say: Say): Probes {
  return {
    onPath: () => pulumiOnPath(local),
    kept: async () => keptEngine(local),
    alone: (work) =>
      exclusively(
        join(local.folder, "engine.lock"),
        () => say("Another process is getting the Pulumi CLI for this checkout: waiting for it."),
        work,
      ),
    download: async () => {
      const download = await downloadEngine(local, say);
      if ("refused" in download) rememberRefusal(local, download.refused);
      return download;
    },
    goVersion,
    build: () => buildEngine(local, findOnPath("go") ?? "go", say),
  };
}

/**
 * The Pulumi CLI of the pinned version, found, downloaded or built; see `findEngine` for the order.
 * @param say gets a line for each thing that takes time, and none when the CLI is there already
 * @throws Fault when there is no way to have it
 */
export async function ensureEngine(say: Say, local: LocalFolder = localFolder()): Promise<Engine> {
  return await findEngine({ cli: CLI_VERSION, go: leastGo() }, probes(local, say), say);
}
