import { organizationLimits } from "../../access/metadata.ts";
import { writeTerms } from "../../access/terms.ts";
import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";

/** Keys of organization metadata that take what an entry says in its own words, and the entry's keys. */
const keys = { apps: "apps", member_roles: "memberRoles", break_glass: "breakGlass" } as const;

/** What one value of an organization's metadata does not hold, though it is as it should be otherwise. */
export function checkMetadata(entries: readonly Claimed[]): Fault[] {
  return entries.flatMap((entry) => {
    const { apps, memberRoles, breakGlass } = entry.claims;
    const written = writeTerms({
      apps: apps.filter((name) => typeof name === "string"),
      memberRoles: memberRoles.filter((name) => typeof name === "string"),
      breakGlass: typeof breakGlass === "string" ? breakGlass : undefined,
    });
    return Object.entries(keys).flatMap(([key, place]) => {
      const length = written[key]?.length ?? 0;
      if (length <= organizationLimits.characters) return [];
      const message = `${length} characters in one value of the organization's metadata; allowed: ${organizationLimits.characters}`;
      return [at(entry, [place], message)];
    });
  });
}
