/** Names that count once, each for a limited time, in memory. */
export class Once {
  readonly #ends = new Map<string, number>();
  readonly #seconds: number;
  readonly #most: number;

  /** @param most names kept; the oldest goes first */
  constructor(seconds: number, most = 10_000) {
    this.#seconds = seconds;
    this.#most = most;
  }

  /** True the first time that a name comes. */
  first(name: string): boolean {
    const now = Date.now();
    if ((this.#ends.get(name) ?? 0) > now) return false;
    this.#ends.delete(name);
    this.#ends.set(name, now + this.#seconds * 1000);
    for (const oldest of this.#ends.keys()) {
      if (this.#ends.size <= this.#most) break;
      this.#ends.delete(oldest);
    }
    return true;
  }
}
