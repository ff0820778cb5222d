import { type AppSettings, type AppSettingsSource, type ReadSettings, readSettings } from "./app-settings-source.ts";

export interface AppSettingsOptions extends AppSettingsSource {
  /** For how long settings count as new. Older ones are read again when they are asked for; so is what could not be read. */
  readonly maxAgeSeconds: number;
  /** How old settings may get while AWS does not answer, or answers with something damaged. From then on they are refused. */
  readonly staleAfterSeconds: number;
  /** For how long one read is waited for. @default 10 */
  readonly answerWithinSeconds?: number;
  /** Seconds since 1970. @default the clock */
  now?(): number;
}

/**
 * Makes the reader of an app's settings: call it for each request, and use what it gives for that one alone. It gives the same object for
 * as long as nothing has changed. One read is in flight at a most, whoever asks.
 *
 * It rejects where nothing could be read yet, and where what was read is older than `staleAfterSeconds`; the message says why.
 * @throws when the options cannot be meant
 */
export function appSettings(options: AppSettingsOptions): () => Promise<AppSettings> {
  const { path, maxAgeSeconds, staleAfterSeconds, answerWithinSeconds = 10 } = options;
  const now = options.now ?? (() => Date.now() / 1000);
  if (!/^(\/[^/]+)+$/.test(path)) throw new Error("path is not as /auth0-b2b-prod");
  if (!(maxAgeSeconds >= 0)) throw new Error("maxAgeSeconds is not a number from 0 on");
  if (!(staleAfterSeconds >= maxAgeSeconds)) throw new Error("staleAfterSeconds is less than maxAgeSeconds");
  if (!(answerWithinSeconds > 0)) throw new Error("answerWithinSeconds is not more than 0");

  let last: (ReadSettings & { readonly at: number }) | undefined;
  /** When a read last began, whatever came of it. */
  let asked = Number.NEGATIVE_INFINITY;
  let flight: Promise<AppSettings> | undefined;

  const read = async () => {
    const at = now();
    asked = at;
    const came = await within(answerWithinSeconds, (signal) => readSettings(options, last, signal));
    last = { ...(last && same(last, came) ? last : came), at };
    return last.settings;
  };

  return async () => {
    const since = now() - asked; // less than nothing where the clock was set back: then everything is old
    const recent = since >= 0 && since <= maxAgeSeconds && !flight;
    if (last && recent && now() - last.at <= staleAfterSeconds) return last.settings;
    try {
      flight ??= read().finally(() => {
        flight = undefined;
      });
      return await flight;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      if (!last) throw new Error(`no app settings can be read below ${path}: ${why}`, { cause });
      const age = now() - last.at;
      if (age <= staleAfterSeconds) return last.settings;
      const old = `${Math.ceil(age)} seconds old, and may be ${staleAfterSeconds}`;
      throw new Error(`the app settings below ${path} are ${old}: ${why}`, { cause });
    }
  };
}

function same({ parameters: a }: ReadSettings, { parameters: b }: ReadSettings): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

async function within<Result>(seconds: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer within ${seconds} seconds`));
    controller.abort();
  }, seconds * 1000);
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
