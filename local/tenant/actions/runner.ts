import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Json } from "../management/json.ts";
import { TriggerCache } from "./cache.ts";
import { ActionLog, type Run } from "./log.ts";
import {
  type DeployedAction,
  type Effects,
  type FetchAnswer,
  type Job,
  noEffects,
  type TriggerName,
  type WorkerMessage,
} from "./protocol.ts";
import { Slots } from "./slots.ts";

/** Milliseconds that all Actions of a trigger have together: https://auth0.com/docs/customize/actions/limitations */
export const triggerTime = 20_000;

/** Triggers that run at once; Auth0 allows more, and a developer's machine less. */
const mostAtOnce = 8;

export interface RunnerOptions {
  /** Host and port of the tenant: an Action's `fetch` gets no further. */
  readonly domain: string;
  /** Milliseconds for a trigger. @default 20 s, as Auth0 */
  readonly time?: number;
  /** Answers the requests that Actions make to the tenant itself. */
  fetch(request: Request): Response | Promise<Response>;
}

/** `failed`: an Action threw, ran out of time or memory, or ended its thread; its effects are lost. */
export type TriggerResult =
  | { readonly outcome: "passed"; readonly effects: Effects }
  | { readonly outcome: "denied"; readonly effects: Effects; readonly code: string; readonly reason: string }
  /** The first `ran` of the Actions ran; the others are to run once the factor is passed. */
  | { readonly outcome: "second-factor"; readonly effects: Effects; readonly ran: number }
  | { readonly outcome: "failed" };

/** Runs deployed Actions in threads of their own: without this process's memory, environment, files or network. */
export class ActionRunner {
  readonly log = new ActionLog();
  readonly #options: RunnerOptions;
  readonly #slots = new Slots(mostAtOnce);
  readonly #caches = new Map<TriggerName, TriggerCache>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /**
   * Runs the Actions of a trigger one after another, until one denies or fails.
   * @param options `signal`: when it aborts nobody waits for the answer any more, and the run ends. `before`: what earlier Actions of
   * the same trigger asked for, where a second factor came between
   */
  async run(
    trigger: TriggerName,
    actions: readonly DeployedAction[],
    event: Json,
    { signal, before = noEffects() }: { signal?: AbortSignal | undefined; before?: Effects } = {},
  ): Promise<TriggerResult> {
    if (actions.length === 0) return { outcome: "passed", effects: before };
    const time = new Date().toISOString();
    await this.#slots.take();
    try {
      const cache = this.#caches.get(trigger) ?? new TriggerCache();
      const end = await this.#inThread({ trigger, actions, before, event, cache: cache.records() }, signal);
      this.log.add(time, trigger, end.runs, end);
      if (end.cache) this.#caches.set(trigger, new TriggerCache(end.cache));
      const { effects } = end;
      if (effects === undefined || end.runs.some(({ error }) => error !== undefined)) return { outcome: "failed" };
      if (effects.denied) return { outcome: "denied", effects, ...effects.denied };
      if (effects.secondFactor) return { outcome: "second-factor", effects, ran: end.runs.length };
      return { outcome: "passed", effects };
    } finally {
      this.#slots.give();
    }
  }

  /** Forgets what Actions have cached. */
  forget(): void {
    this.#caches.clear();
  }

  async #inThread(job: Job, signal?: AbortSignal): Promise<End> {
    const runs: Run[] = [];
    const over = new AbortController();
    const { time = triggerTime } = this.#options;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: job,
      env: {},
      // of the file system it may read its own program; no process, no thread, no add-on
      execArgv: ["--permission", `--allow-fs-read=${join(import.meta.dirname, "*")}`],
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
      stdout: true,
      stderr: true,
    });
    try {
      return await new Promise<End>((resolve) => {
        const fail = (failure: string): void => {
          const [action] = job.actions;
          // where not even the first one began, it is the one to name
          resolve({ runs: runs.length === 0 && action ? [{ action, said: "" }] : runs, failure });
        };
        const late = setTimeout(() => fail(`The Actions of the trigger took longer than ${time / 1000} s`), time);
        over.signal.addEventListener("abort", () => clearTimeout(late));
        signal?.addEventListener("abort", () => fail("The client went away"), { once: true });
        if (signal?.aborted) fail("The client went away");
        worker.on("error", (error) => fail(String(error)));
        worker.on("exit", () => fail("The Action ended its own thread"));
        worker.on("message", (message: WorkerMessage) => {
          if (message.kind === "done") resolve({ runs, effects: message.effects, cache: message.cache });
          else if (message.kind === "fetch") {
            void this.#answer(message, over.signal).then((answer) => {
              if (!over.signal.aborted) worker.postMessage(answer);
            });
          } else note(runs, job, message);
        });
      });
    } finally {
      over.abort();
      await worker.terminate();
    }
  }

  async #answer(asked: WorkerMessage & { kind: "fetch" }, signal: AbortSignal): Promise<FetchAnswer> {
    const { id, url, method, headers, body } = asked;
    const { domain } = this.#options;
    const to = new URL(url);
    const own = `https://${domain}`;
    if (to.origin !== own) return { id, refused: `an Action here reaches ${own} only, not ${to.origin}` };
    if (isLocal(to.pathname)) return { id, refused: "no Action may use /.local" };
    try {
      const response = await this.#options.fetch(new Request(url, { method, headers, body, signal }));
      return { id, status: response.status, headers: [...response.headers], body: await response.arrayBuffer() };
    } catch (cause) {
      return { id, refused: cause instanceof Error ? cause.message : String(cause) };
    }
  }
}

/** How a thread ended: with effects, or with the failure that ended it. */
interface End {
  readonly runs: readonly Run[];
  readonly failure?: string;
  readonly effects?: Effects;
  readonly cache?: Job["cache"];
}

function note(runs: Run[], job: Job, message: Exclude<WorkerMessage, { kind: "done" | "fetch" }>): void {
  const action = job.actions[message.index];
  if (message.kind === "started" && action) runs.push({ action, said: "" });
  const run = runs[message.index];
  if (!run) return;
  if (message.kind === "said") run.said += message.text;
  if (message.kind === "threw") run.error = message.error;
}

/** As the router reads it, which decodes: `/%2elocal/` is `/.local/`. What cannot be decoded is refused too. */
function isLocal(pathname: string): boolean {
  try {
    return /^\/+\.local(\/|$)/i.test(decodeURIComponent(pathname));
  } catch {
    return true;
  }
}
