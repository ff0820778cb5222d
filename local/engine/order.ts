import { Fault } from "./fault.ts";
import type { Say } from "./progress.ts";

/** A Pulumi CLI with its Node language host beside it. */
export interface Engine {
  /** The folder of both executables, absolute. */
  readonly bin: string;
  readonly source: "PATH" | "kept" | "downloaded" | "built";
}

/** A `pulumi` found on PATH: its folder, its version without the `v`, and whether a language host for Node goes with it. */
export interface OnPath {
  readonly bin: string;
  readonly version: string;
  readonly languageHost: boolean;
}

/** Either a folder with the executables, or why there is none. */
export type Download = { readonly bin: string } | { readonly refused: string };

/** What the order looks at and does. Handed in, so that the order can be tested by itself. */
export interface Probes {
  onPath(): Promise<OnPath | undefined>;
  /** The folder of an earlier download or build. */
  kept(): Promise<string | undefined>;
  /** Runs `work` while no other process downloads or builds for this checkout. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  download(): Promise<Download>;
  /** The version of `go` on PATH, like `1.26.8`. */
  goVersion(): Promise<string | undefined>;
  build(): Promise<string>;
}

/** What is needed: the CLI's version exactly, and the least Go that builds it. */
export interface Wanted {
  readonly cli: string;
  readonly go: string;
}

/** Is dotted version `a` at least `b`? Missing places count as 0; what follows a `-` or letters is left out. */
export function atLeast(a: string, b: string): boolean {
  const places = (version: string) => (version.match(/^\d+(\.\d+)*/)?.[0] ?? "").split(".").map(Number);
  const [left, right] = [places(a), places(b)];
  for (const [place, least] of right.entries()) {
    const value = left[place] ?? 0;
    if (value !== least) return value > least;
  }
  return true;
}

/** Why a CLI on PATH cannot be used, or undefined. CLI and SDK are one release: another version is passed over. */
function objection(found: OnPath, wanted: Wanted): string | undefined {
  if (found.version !== wanted.cli) return `this project is pinned to ${wanted.cli}`;
  return found.languageHost ? undefined : "no pulumi-language-nodejs goes with it";
}

/**
 * Finds the Pulumi CLI: on PATH, kept from an earlier run, downloaded by its official npm launcher, or built with Go.
 * @throws Fault when none of these can be had
 */
export async function findEngine(wanted: Wanted, probes: Probes, say: Say): Promise<Engine> {
  const onPath = await probes.onPath();
  if (onPath !== undefined) {
    const why = objection(onPath, wanted);
    if (why === undefined) return { bin: onPath.bin, source: "PATH" };
    say(`pulumi ${onPath.version} on PATH is passed over: ${why}.`);
  }
  const kept = await probes.kept();
  if (kept !== undefined) return { bin: kept, source: "kept" };
  return await probes.alone(() => fetchOrBuild(wanted, probes, say));
}

async function fetchOrBuild(wanted: Wanted, probes: Probes, say: Say): Promise<Engine> {
  const kept = await probes.kept(); // another process may have finished while this one waited
  if (kept !== undefined) return { bin: kept, source: "kept" };

  const download = await probes.download();
  if ("bin" in download) return { bin: download.bin, source: "downloaded" };

  const go = await probes.goVersion();
  if (go === undefined || !atLeast(go, wanted.go)) {
    const found = go === undefined ? "there is no Go" : `Go ${go} is too old`;
    throw new Fault(
      `The Pulumi CLI ${wanted.cli} is not on PATH, cannot be downloaded (${download.refused}), and ${found} to build it with: ` +
        `connect this machine to the network, put pulumi ${wanted.cli} on PATH, or install Go ${wanted.go} or newer.`,
    );
  }
  say(`The Pulumi CLI ${wanted.cli} cannot be downloaded here (${download.refused}): it is built from its Go modules.`);
  return { bin: await probes.build(), source: "built" };
}
