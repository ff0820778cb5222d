import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";
import { plain, quoted } from "../schema/strict.ts";
import { skeletonOf } from "./look-alikes.ts";

/** Names that a person cannot tell apart. Auth0 takes them, and its picker shows nothing else of an organization. */
export function warnOfNames(entries: readonly Claimed[]): Fault[] {
  const slugs = new Map<string, Claimed>();
  const names = new Map<string, Claimed>();
  return entries.flatMap((entry) => {
    const { displayName } = entry.claims;
    const slug = before(slugs, skeletonOf(entry.slug).replaceAll("-", ""), entry);
    const name = typeof displayName === "string" ? before(names, spoken(displayName), entry) : undefined;
    return [
      ...(slug === undefined
        ? []
        : [at(entry, [], `slug ${plain(entry.slug)} reads like ${whose(slug)}; make sure that it is another company`)]),
      ...(name === undefined
        ? []
        : [
            at(
              entry,
              ["displayName"],
              `${quoted(String(displayName))} reads like ${quoted(String(name.claims.displayName))} of ${whose(name)}; people choose by it: give one of them another`,
            ),
          ]),
    ];
  });
}

/** The first entry that has the same by this measure. */
function before(known: Map<string, Claimed>, key: string, entry: Claimed): Claimed | undefined {
  const first = known.get(key);
  if (first === undefined) known.set(key, entry);
  return first;
}

/** Without case, spaces and punctuation, and with letters that look the same. */
function spoken(name: string): string {
  return skeletonOf(name)
    .replace(/[\s\p{P}]+/gu, " ")
    .trim();
}

function whose({ slug, file }: Claimed): string {
  return `${plain(slug)} (${file})`;
}
