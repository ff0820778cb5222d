import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";
import { type Previous, rotationBefore } from "../history.ts";

/** A counter that went back would look like a new one: the secret would be made anew, and nobody meant it. */
export function checkRotations(companies: Previous, entries: readonly Claimed[]): Fault[] {
  return entries.flatMap((entry) =>
    Object.entries(entry.claims.machines).flatMap(([name, { authentication, rotation = 1 }]) => {
      const last = rotationBefore(companies, entry.slug, name);
      if (last === undefined || authentication === "private_key_jwt") return [];
      if (typeof rotation !== "number" || rotation >= (last === 0 ? 2 : last)) return [];
      if (last === 0) {
        const message =
          "it had keys in the last up, and the secret of before could serve again; allowed: 2 or more, which makes another";
        return [at(entry, ["machines", name, "rotation"], message)];
      }
      return [at(entry, ["machines", name, "rotation"], `it was ${last} in the last up; allowed: ${last} or more`)];
    }),
  );
}
