/** What came to the terminal at once, and when. */
export interface Seen {
  /** Seconds from the beginning. */
  readonly at: number;
  readonly text: string;
}

/** A pause in a film, in seconds, however long the work took. */
const longestPause = 2;

/**
 * Reads what `script` of util-linux wrote, which is one line of its own before the output.
 * @param timing a line a piece: seconds since the piece before, and bytes
 */
export function readTypescript(log: Buffer, timing: string): Seen[] {
  let [at, place] = [0, log.indexOf("\n") + 1];
  const decoder = new TextDecoder();
  return timing
    .trim()
    .split("\n")
    .map((line) => {
      const [pause = 0, bytes = 0] = line.split(" ").map(Number);
      at += Math.min(pause, longestPause);
      const text = decoder.decode(log.subarray(place, place + bytes), { stream: true });
      place += bytes;
      return { at, text };
    });
}

/** https://docs.asciinema.org/manual/asciicast/v2/ */
export function castOf(seen: readonly Seen[], { width, height }: { readonly width: number; readonly height: number }) {
  const head = { version: 2, width, height, title: "From `customer add` to the first login" };
  const lines = seen.map(({ at, text }) => [Number(at.toFixed(3)), "o", text]);
  return `${[head, ...lines].map((line) => JSON.stringify(line)).join("\n")}\n`;
}
