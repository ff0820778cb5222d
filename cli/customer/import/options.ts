import { isMap } from "../../../stacks/schema/strict.ts";
import type { Findings } from "./findings.ts";

/**
 * The options of a connection in the tenant, read key by key: an `up` replaces them as a whole, so whatever nobody asked
 * for would go without a word. No value is quoted, since it may be a secret.
 */
export class Options {
  readonly #place: string;
  readonly #findings: Findings;
  readonly #left: Map<string, unknown>;

  constructor(place: string, options: Readonly<Record<string, unknown>>, findings: Findings) {
    this.#place = place;
    this.#findings = findings;
    this.#left = new Map(Object.entries(options));
  }

  take(key: string): unknown {
    const value = this.#left.get(key);
    this.#left.delete(key);
    return value;
  }

  text(key: string): string | undefined {
    const value = this.take(key);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  map(key: string): Readonly<Record<string, unknown>> {
    const value = this.take(key);
    return isMap(value) ? value : {};
  }

  /** What every connection of the program has. */
  fixed(values: Readonly<Record<string, unknown>>): void {
    for (const [key, wanted] of Object.entries(values)) {
      const value = this.take(key);
      if (value !== undefined && value !== null && value !== wanted) this.note(key, `becomes ${wanted}`);
    }
  }

  /** What Auth0 works out or keeps by itself. */
  passOver(...keys: readonly string[]): void {
    for (const key of keys) this.#left.delete(key);
  }

  note(key: string, message: string): void {
    this.#findings.note(`${this.#place}: options.${key}`, message);
  }

  /** Says what nobody asked for. */
  close(): void {
    for (const [key, value] of this.#left) if (!isEmpty(value)) this.note(key, "no entry says it; an up takes it away");
  }
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return !value;
  return Object.values(value).every(isEmpty);
}
