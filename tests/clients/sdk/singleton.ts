import { describe, expect, test } from "vitest";
import { expectRefused, type Refused } from "./refusals.ts";

/** Settings that every tenant has once: what the SDK is told, and what it must answer. */
export interface Singleton {
  readonly family: string;
  get(): PromiseLike<object>;
  /** What a brand-new tenant has. */
  readonly initial: object;
  update(): PromiseLike<object>;
  /** The fields that the update changes. */
  readonly changes: object;
  /** What the update answers. @default what a read shows from then on */
  readonly answered?: object;
  readonly invalid: { send(): PromiseLike<unknown>; readonly refused: Refused };
}

export function singleton({ family, get, initial, update, changes, answered, invalid }: Singleton): void {
  const changed = { ...initial, ...changes };
  describe(family, () => {
    test("a brand-new tenant has its defaults", async () => {
      expect(await get()).toEqual(initial);
    });

    test("an update is there at the next read", async () => {
      expect(await update()).toEqual(answered ?? changed);
      expect(await get()).toEqual(changed);
    });

    test("an invalid update is refused and changes nothing", async () => {
      await expectRefused(invalid.send(), invalid.refused);
      expect(await get()).toEqual(changed);
    });
  });
}
