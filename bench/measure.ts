import { Bench } from "tinybench";
import { inFlight } from "./server.ts";

/** How long is measured. */
export interface Effort {
  /** Milliseconds for each operation. */
  readonly time: number;
  /** Starts of each server. */
  readonly starts: number;
}

/** Times `work` one after the other. @returns the median in milliseconds */
export async function medianTime(work: () => Promise<unknown>, times: number): Promise<number> {
  return measured(new Bench({ iterations: times, time: 0, warmup: false, throws: true }), work);
}

/** Sends requests, so many at once, for about the given time. @returns how many a second, by the median */
export async function requestsPerSecond(
  send: () => Promise<unknown>,
  { time }: Effort,
  { before, atOnce = inFlight }: { before?: () => Promise<void>; atOnce?: number } = {},
): Promise<number> {
  const bench = new Bench({ iterations: 3, time, warmupIterations: 1, warmupTime: time / 4, throws: true });
  const together = () => Promise.all(Array.from({ length: atOnce }, send));
  return (atOnce * 1000) / (await measured(bench, together, before));
}

async function measured(bench: Bench, work: () => Promise<unknown>, before?: () => Promise<void>): Promise<number> {
  bench.add("work", work, before ? { beforeEach: before } : {});
  const [task] = await bench.run();
  if (task?.result.state !== "completed") throw new Error(`the measurement ended as ${task?.result.state}`);
  return task.result.latency.p50;
}
