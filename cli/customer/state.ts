import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { applied } from "../../stacks/applied.ts";
import { previous } from "../../stacks/history.ts";
import { type Exported, ofOne } from "../../stacks/outputs.ts";
import type { Told } from "../../stacks/told.ts";
import type { Place } from "./place.ts";
import { askPulumi } from "./pulumi.ts";
import { type Cut, type ExportedState, exportedState, sliceOf } from "./slice.ts";

const project = "auth0-b2b";
const stackType = "pulumi:pulumi:Stack";
/** The key that marks a value as a secret, in states and on the wire: sdk/go/common/resource/properties.go, `SigKey` and `SecretSig` */
const secretMark = "4dabf18193072939515e22adb298388d";

/** One company's part of a stack, in which a preview can look instead of in the whole. */
export interface Part {
  readonly state: ExportedState;
  /** What the last `up` said of all companies: the part's own outputs say it of the one alone. */
  readonly told: Told;
}

/**
 * The state of a stack, where a part of it can stand elsewhere; undefined with Pulumi Cloud, which does things of its own with a preview: it
 * holds the secrets' key, the policies of an organization and the environments that a stack's file imports.
 */
export async function exportState(place: Place): Promise<ExportedState | undefined> {
  const backend = await backendOf(place);
  if (/^https?:/.test(backend)) return undefined;
  if (backend.startsWith("file:///")) {
    const file = stateFile(fileURLToPath(backend), place.stack);
    // Compressed, or in an earlier layout, it has another name.
    if (existsSync(file) && ![".gz", ".zst"].some((kind) => existsSync(file + kind))) return stateIn(file);
  }
  return exportedState.parse(JSON.parse(await askPulumi(place, ["stack", "export", "--stack", place.stack])));
}

async function backendOf(place: Place): Promise<string> {
  const { PULUMI_BACKEND_URL: set } = process.env;
  if (set) return set;
  return (JSON.parse(await askPulumi(place, ["whoami", "--verbose", "--json"])) as { url: string }).url;
}

/** What the last `up` exported, as the state has it: secrets encrypted. */
export function outputsIn({ deployment: { resources } }: ExportedState): Exported {
  return resources.find(({ type }) => type === stackType)?.outputs ?? {};
}

/** The part of a state that is one company's; undefined where a preview must look in the whole. */
export function partOf(state: ExportedState, cut: Cut): Part | undefined {
  const { secrets_providers: secrets, pending_operations: pending, resources } = state.deployment;
  // Where an `up` was broken off, the CLI tells it of any resource. A key with Pulumi Cloud belongs to the stack there.
  if (pending.length > 0 || !["passphrase", "cloud"].includes(secrets?.type ?? "")) return undefined;
  const outputs = outputsIn(state);
  const [before, last] = [previous.safeParse(outputs.companies), applied.safeParse(outputs.applied)];
  if (!before.success || !last.success || hides(outputs.companies) || hides(outputs.directory)) return undefined;
  const own = sliceOf(resources, cut).map((one) =>
    one.type === stackType ? { ...one, outputs: ofOne(outputs, cut.slug) } : one,
  );
  return {
    state: { ...state, deployment: { ...state.deployment, resources: own } },
    told: { previous: before.data, applied: last.data },
  };
}

/** Whether a secret stands where none is known, so that it could be more than a value. */
function hides(value: unknown): boolean {
  return JSON.stringify(value, (key, one) => (key === "clientSecret" ? undefined : one)).includes(secretMark);
}

/** Where a CLI of this version keeps the state of a stack, told to keep states in a folder. */
function stateFile(folder: string, stack: string): string {
  return join(folder, ".pulumi", "stacks", project, `${stack}.json`);
}

/** The same as an export of it, which takes the CLI several times as long. */
function stateIn(file: string): ExportedState {
  const { version, features, checkpoint } = JSON.parse(readFileSync(file, "utf8"));
  return exportedState.parse({ version, features, deployment: checkpoint.latest });
}

/** Writes a state into a folder of its own. @returns the folder's URL, for the CLI */
export function placeState({ version, features, deployment }: ExportedState, stack: string, folder: string): string {
  const file = stateFile(folder, stack);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(join(folder, ".pulumi", "meta.yaml"), "version: 1\n"); // of the layout
  const checkpoint = { stack: `organization/${project}/${stack}`, latest: deployment };
  writeFileSync(file, JSON.stringify({ version, features, checkpoint }));
  return pathToFileURL(folder).href;
}
