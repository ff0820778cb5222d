import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "./fault.ts";
import { type LocalFolder, PROJECT } from "./folder.ts";
import type { Download } from "./order.ts";
import { isExecutable, run } from "./program.ts";
import { type Say, withHeartbeat } from "./progress.ts";
import { CLI_VERSION } from "./versions.ts";

const EXECUTABLES = ["pulumi", "pulumi-language-nodejs"];
const MAKING = "making-";
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

const CLI_MODULE = join(PROJECT, "local/engine/cli");
const HOST_MODULE = join(PROJECT, "local/engine/language-host");
const LAUNCHER = join(PROJECT, "node_modules/pulumi/run.js");
const CLI_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const HOST_PACKAGE = "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs";
const VERSION_SYMBOL = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

const engines = (local: LocalFolder): string => join(local.folder, "engine");

/** Where a downloaded or built CLI lies, whether it is there or not. */
const place = (local: LocalFolder): string => join(engines(local), CLI_VERSION);

/** The folder of a CLI that an earlier run downloaded or built, or undefined. It is there whole or not at all. */
export function keptEngine(local: LocalFolder): string | undefined {
  const bin = join(place(local), "bin");
  return EXECUTABLES.every((name) => isExecutable(join(bin, name))) ? bin : undefined;
}

/** The Go version that the CLI's module asks for; the language host's asks for the same. */
export function leastGo(): string {
  const asked = /^go (\S+)$/m.exec(readFileSync(join(CLI_MODULE, "go.mod"), "utf8"))?.[1];
  if (asked === undefined) throw new Error(`${CLI_MODULE}/go.mod names no Go version`);
  return asked;
}

/** Lends `work` an empty folder of its own beside the final place; what it has not kept by the end is deleted. */
async function aside<T>(local: LocalFolder, work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(engines(local), { recursive: true });
  for (const left of readdirSync(engines(local)).filter((name) => name.startsWith(MAKING))) {
    rmSync(join(engines(local), left), { recursive: true }); // of a killed run: this one holds the lock
  }
  const folder = join(engines(local), `${MAKING}${process.pid}`);
  mkdirSync(folder);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Moves a finished folder into place in one step, so that a killed run leaves nothing that looks finished. */
function keep(local: LocalFolder, finished: string): string {
  rmSync(place(local), { recursive: true, force: true });
  renameSync(finished, place(local));
  return join(place(local), "bin");
}

/** Downloads the CLI with its official npm launcher, which fetches it from Pulumi's own site. */
export async function downloadEngine(local: LocalFolder, say: Say): Promise<Download> {
  say(`Downloading the Pulumi CLI ${CLI_VERSION} (about 100 MB, once for this checkout).`);
  return await aside(local, async (home) => {
    const env = { ...process.env, PULUMI_HOME: home, PULUMI_VERSION: CLI_VERSION };
    const asked = await run(process.execPath, [LAUNCHER, "version"], { env, timeout: DOWNLOAD_LIMIT_MS });
    if (asked.status !== 0) return { refused: lastLine(asked.stderr) ?? `exit status ${asked.status}` };
    const downloaded = join(home, "versions", CLI_VERSION);
    const missing = EXECUTABLES.filter((name) => !isExecutable(join(downloaded, "bin", name)));
    if (missing.length > 0) return { refused: `it came without ${missing.join(" and ")}` };
    return { bin: keep(local, downloaded) };
  });
}

const lastLine = (text: string): string | undefined =>
  text
    .trim()
    .split("\n")
    .at(-1)
    ?.replace(/^pulumi: /, "") || undefined;

/** Builds the CLI and its Node language host from the two Go modules beside this file. */
export async function buildEngine(local: LocalFolder, go: string, say: Say): Promise<string> {
  say(
    `Building the Pulumi CLI ${CLI_VERSION} with Go: about eight minutes on two cores the first time, ` +
      "seconds where Go's cache has it, once for this checkout.",
  );
  return await aside(local, async (folder) => {
    const flags = `-s -w -X ${VERSION_SYMBOL}=v${CLI_VERSION}`;
    const bin = join(folder, "bin");
    await withHeartbeat("building pulumi", say, () => goBuild(go, CLI_MODULE, flags, bin, CLI_PACKAGE));
    await withHeartbeat("building pulumi-language-nodejs", say, () =>
      goBuild(go, HOST_MODULE, "-s -w", bin, HOST_PACKAGE),
    );
    const missing = EXECUTABLES.filter((name) => !isExecutable(join(bin, name)));
    if (missing.length > 0) throw new Error(`go build made no ${missing.join(" and no ")}`);
    return keep(local, folder);
  });
}

async function goBuild(go: string, module: string, ldflags: string, bin: string, main: string): Promise<void> {
  // A person's own Go settings must not change what is built: no workspace, no vendor folder, no C compiler.
  const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", GOTOOLCHAIN: "local", CGO_ENABLED: "0" };
  const args = ["build", "-buildvcs=false", "-ldflags", ldflags, "-o", `${bin}/`, main];
  const built = await run(go, args, { cwd: module, env });
  if (built.status === 0) return;
  if (/no space left on device/.test(built.stderr)) {
    throw new Fault(
      "The disk is full: building the Pulumi CLI takes about 4 GB in Go's cache. Free some and run again.",
    );
  }
  const tail = built.stderr.trim().split("\n").slice(-8).join("\n  ");
  throw new Fault(`The Pulumi CLI ${CLI_VERSION} could not be built with Go:\n  ${tail}`);
}
