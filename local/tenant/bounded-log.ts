/** Bytes kept, all entries together as JSON; older ones are forgotten. */
export const mostBytes = 16 * 1024 * 1024;

/** The last 10,000 entries or 16 MB of them, in memory, numbered 1, 2, 3, … since the tenant started. */
export class BoundedLog<Entry extends object> {
  // kept as text: of JSON as objects nobody can say how much memory it takes
  readonly #entries: { readonly seq: number; readonly text: string; readonly bytes: number }[] = [];
  #last = 0;
  #bytes = 0;

  append(entry: Entry): void {
    this.#last += 1;
    const text = JSON.stringify({ seq: this.#last, ...entry });
    const bytes = Buffer.byteLength(text);
    this.#entries.push({ seq: this.#last, text, bytes });
    this.#bytes += bytes;
    while (this.#entries.length > mostEntries || this.#bytes > mostBytes) {
      this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    }
  }

  /** The JSON of a list of entries with their `seq`: oldest first, only those after a sequence number. */
  since(seq: number): string {
    const later = this.#entries.filter((entry) => entry.seq > seq);
    return `[${later.map(({ text }) => text).join(",")}]`;
  }
}

const mostEntries = 10_000;
