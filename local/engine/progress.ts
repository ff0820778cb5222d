/** Where the lines for people go. */
export type Say = (line: string) => void;

const HEARTBEAT_MS = 20_000;

/** `0.4 s`, `12 s`, `3 min 52 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Does `work`, with a line every 20 seconds that it still goes on and one with its time at the end. */
export async function withHeartbeat<T>(what: string, say: Say, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const elapsed = () => duration(performance.now() - start);
  const heartbeat = setInterval(() => say(`  … ${what}: ${elapsed()}`), HEARTBEAT_MS);
  try {
    const done = await work();
    say(`  ${what}: done in ${elapsed()}`);
    return done;
  } finally {
    clearInterval(heartbeat);
  }
}
