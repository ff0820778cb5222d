import { randomBytes } from "node:crypto";
import { digest } from "../digest.ts";

interface Kept<Value> {
  readonly value: Value;
  /** Milliseconds since 1970. */
  readonly ends: number;
}

/** Values, each for a limited time, in memory: a restart ends what is under way, as a cleared cookie would. */
export class Ephemeral<Value> {
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #seconds: number;
  readonly #most: number;

  /** @param most entries kept; the oldest goes first */
  constructor(seconds: number, most = 10_000) {
    this.#seconds = seconds;
    this.#most = most;
  }

  /** Keeps a value under a random key, and answers that: 43 letters, digits, `-` and `_`. */
  add(value: Value): string {
    const key = randomBytes(32).toString("base64url");
    this.#keep(key, value);
    return key;
  }

  /** Keeps a value under a key of another's making. False, and nothing is kept, where there is one already. */
  addNew(key: string, value: Value): boolean {
    if (this.get(key) !== undefined) return false;
    this.#keep(key, value);
    return true;
  }

  get(key: string): Value | undefined {
    const kept = this.#kept.get(digest(key));
    if (!kept) return undefined;
    if (kept.ends > Date.now()) return kept.value;
    this.#kept.delete(digest(key));
    return undefined;
  }

  /** The value, which nobody gets again. */
  take(key: string): Value | undefined {
    const value = this.get(key);
    this.#kept.delete(digest(key));
    return value;
  }

  clear(): void {
    this.#kept.clear();
  }

  #keep(key: string, value: Value): void {
    this.#kept.set(digest(key), { value, ends: Date.now() + this.#seconds * 1000 });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
  }
}
