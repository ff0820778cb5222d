import type { Exported } from "./state.ts";

/**
 * Holds that two states, exported with their secrets, say the same: the same resources with the same inputs, outputs and dependencies. What a
 * tenant or a run makes up is left out: ids stand under the name of what has them, and secrets, versions and digests are none.
 * @throws naming every resource that differs
 */
export function holdEqual(some: Exported, others: Exported): void {
  const [left, right] = [comparable(some), comparable(others)];
  const urns = [...new Set([...left.keys(), ...right.keys()])].filter((urn) => left.get(urn) !== right.get(urn));
  if (urns.length === 0) return;
  const shown = urns.map((urn) => `${urn}:\n${differing(left.get(urn), right.get(urn))}`);
  throw new Error(`the states differ in ${urns.length} resources:\n${shown.join("\n")}`);
}

/** By URN, each resource as a text. */
function comparable({ deployment: { resources } }: Exported): ReadonlyMap<string, string> {
  // The stack's look at its own last outputs tells of an earlier run.
  const kept = resources.filter(({ urn }) => !urn.includes("pulumi:pulumi:StackReference"));
  const names = new Map<string, string>();
  for (const { urn, id } of kept) for (const part of madeUp(id)) if (!names.has(part)) names.set(part, urn);
  const ids = [...names].sort(([a], [b]) => b.length - a.length);
  const named = (text: string) =>
    ids.reduce((all, [id, urn]) => all.replaceAll(id, `<${urn.split("::").at(-1)}>`), text);
  // Named first: a key may be an id, and its place among the others would tell of it.
  const ordered = (resource: unknown) => JSON.stringify(JSON.parse(named(JSON.stringify(resource))), plain);
  return new Map(kept.map((resource) => [resource.urn, ordered(resource)]));
}

/** Where two texts part, with what follows. */
function differing(left = "", right = ""): string {
  const at = [...left].findIndex((character, n) => character !== right[n]);
  return [left, right].map((text) => text.slice(Math.max(0, at - 200), at + 200)).join("\n");
}

/** The parts of an id that are no word such as `en` or `post-login`. */
function madeUp(id = ""): string[] {
  return id.split("::").filter((part) => part.length >= 16 && !part.startsWith("http"));
}

/** Keys in one order, lists of what depends on what too; nothing of a time, a version or a made-up secret. */
function plain(key: string, value: unknown): unknown {
  if (["created", "modified", "versionId", "verificationTxt", "digest", "sourcePosition", "stackTrace"].includes(key))
    return undefined;
  if (typeof value === "string")
    return value.replace(/^"?[\w-]{64}"?$/, "a secret").replace(/^[a-z]+_\w{16,}$/, "an id");
  if (Array.isArray(value)) return /ependencies$/.test(key) ? value.toSorted() : value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (/ropertyDependencies$/.test(key)) for (const [, urns] of entries) (urns as string[]).sort();
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
