import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Applied, applied, firstWhole, sameDomains } from "../../stacks/applied.ts";
import { chosenVariable } from "../../stacks/config.ts";
import { type Claimed, claimsOf, configEntries, noEntry } from "../../stacks/entries.ts";
import { entryFiles } from "../../stacks/entry-files.ts";
import { holdingOf } from "../../stacks/history.ts";
import type { Exported } from "../../stacks/outputs.ts";
import { readStackFile } from "../../stacks/stack-file.ts";
import type { Chosen } from "../../stacks/told.ts";
import type { Place } from "./place.ts";
import { askPulumi, runPulumi } from "./pulumi.ts";
import { exportState, outputsIn, partOf, placeState } from "./state.ts";
import { targetsOf } from "./targets.ts";

/** How the CLI is to run. */
export interface ChangeOptions {
  /** Whether an `up` goes on without asking. */
  readonly yes?: true;
  /** Whether the CLI tells a program instead of a person. */
  readonly json?: true;
}

/**
 * Runs `pulumi preview` or `pulumi up` for one company: the program declares it alone, and the engine writes nothing but its resources
 * and, where its domains change, the Actions that hold them.
 * @returns the CLI's exit status
 * @throws pulumi.RunError where there is no such entry, or no `up` that it could start from
 */
export async function change(
  place: Place,
  command: "preview" | "up",
  slug: string,
  { yes, json }: ChangeOptions,
): Promise<number> {
  const { stack } = place;
  const entry = entryOf(place, slug);
  // A preview looks in this company's part of the state: in the whole it would take longer with every other company.
  const state = command === "preview" ? await exportState(place) : undefined;
  const targets = targetsFor(stack, entry, lastUp(stack, state ? outputsIn(state) : await readOutputs(place)));
  const part = state && partOf(state, { slug, targets });
  // What the stack exports of all companies is no part of one's change.
  const flags = [...(json ? ["--json"] : ["--diff", "--suppress-outputs"]), ...(yes ? ["--yes"] : [])];
  // The program learns from a file which company it is about, and the file goes with this command (stacks/config.ts).
  const folder = mkdtempSync(join(tmpdir(), "customer-"));
  try {
    const file = join(folder, "chosen.json");
    writeFileSync(file, JSON.stringify({ slug, told: part?.told } satisfies Chosen));
    const args = [command, "--stack", stack, ...flags, ...targets.flatMap((target) => ["--target", target])];
    const backend = part && { PULUMI_BACKEND_URL: placeState(part.state, stack, join(folder, "state")) };
    return await runPulumi(place, args, { [chosenVariable]: file, ...backend });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The entry as far as it can be read: the program says what is wrong with it, and with any other. */
function entryOf({ root, stack }: Place, slug: string): Claimed {
  const [inFile] = entryFiles(root, stack, slug).written;
  const inConfig = () => {
    const { config } = readStackFile(root, stack);
    const { written } = configEntries("", JSON.parse(config.values.get("customers") ?? "{}"));
    return written.find((one) => one.slug === slug);
  };
  const written = inFile ?? inConfig();
  if (written) return claimsOf(written);
  throw new pulumi.RunError(noEntry(stack, slug));
}

async function readOutputs(place: Place): Promise<Exported> {
  return JSON.parse(await askPulumi(place, ["stack", "output", "--json", "--stack", place.stack]));
}

function lastUp(stack: string, exported: Exported): Applied {
  const { data } = applied.safeParse(exported.applied);
  if (data) return data;
  throw new pulumi.RunError(firstWhole(stack));
}

/** Of what the company has, and of what the entry says that it shall have. */
function targetsFor(stack: string, entry: Claimed, { companies }: Applied): string[] {
  const { slug, claims } = entry;
  const before = Object.hasOwn(companies, slug) ? companies[slug] : undefined;
  const both = (some: readonly string[] = [], others: readonly string[]) => [...new Set([...some, ...others])];
  const names = {
    slug,
    connections: both(Object.keys(before?.connections ?? {}), Object.keys(claims.connections)),
    machines: both(before?.machines, Object.keys(claims.machines)),
    guests: both(before?.guests, claims.guests.map(String)),
  };
  return targetsOf(stack, names, !sameDomains(before?.claimed ?? [], holdingOf(entry).domains));
}
