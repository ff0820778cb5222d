import { createRequire } from "node:module";
import vm from "node:vm";
import { vi } from "vitest";
import { writeClaimed } from "../../../access/claimed-domains.ts";
import type { ActionName, bundle } from "../../../actions/bundle.ts";

/** What a hook did: each call of the api as `[path, ...arguments]`, each line of its log, each request. */
export interface Done {
  readonly calls: readonly (readonly unknown[])[];
  readonly log: readonly string[];
  readonly requests: readonly Request[];
}

interface Request {
  readonly url: string;
  readonly init: Readonly<Record<string, unknown>>;
}

/** Answers one request, or throws as `fetch` does. */
export type Answer = (request: Request) => { status: number; body?: unknown } | Promise<never>;

interface Surroundings {
  /** By default no request may be made. */
  readonly answer?: Answer;
  /** `api.cache` before the run; the run changes it. */
  readonly cache?: Map<string, string>;
}

export type Hook = (event: unknown, surroundings?: Surroundings) => Promise<Done>;

type Exported = Readonly<Record<string, (event: unknown, api: unknown) => Promise<void>>>;

/** The settings and the claimed domains that a hook is loaded with. */
export type Loading = Parameters<typeof bundle<ActionName>>;

const isolated = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** The hook of the sources, run by the test's own engine: what a mutation of the sources changes. */
export async function fromSource(...[name, settings, claimed = []]: Loading): Promise<Hook> {
  vi.stubGlobal("ACTION_SETTINGS", settings);
  vi.stubGlobal("CLAIMED_DOMAINS", `\n${writeClaimed(claimed)}`);
  vi.resetModules();
  const exported: Exported = await import(`../../../actions/${name}/index.ts`);
  vi.unstubAllGlobals();
  return async (event, surroundings) => {
    const world = recording(surroundings);
    vi.stubGlobal("fetch", world.fetch);
    vi.stubGlobal("console", world.console);
    try {
      await only(exported)(event, world.api);
    } finally {
      vi.unstubAllGlobals();
    }
    return world.done;
  };
}

/** The hook of a bundled text, in a context that has what Auth0's runtime has and nothing else. */
export function hookOf(code: string): Hook {
  return async (event, surroundings) => {
    const world = recording(surroundings);
    const exports: Exported = {};
    const require = createRequire(import.meta.url);
    vm.runInNewContext(code, { exports, require, AbortSignal, console: world.console, fetch: world.fetch });
    await only(exports)(event, world.api);
    return world.done;
  };
}

function only(exported: Exported): Exported[string] {
  const [hook, ...others] = Object.entries(exported).filter(([, value]) => typeof value === "function");
  if (!hook || others.length > 0) throw new Error(`one hook is wanted, found ${Object.keys(exported).join(", ")}`);
  return hook[1];
}

function recording({ answer, cache = new Map() }: Surroundings = {}) {
  const calls: unknown[][] = [];
  const log: string[] = [];
  const requests: Request[] = [];
  const path = (names: readonly string[]): unknown =>
    new Proxy(() => {}, {
      get: (_, name) => path([...names, String(name)]),
      apply: (_, __, given: unknown[]) => void calls.push([names.join("."), ...given.map(isolated)]),
    });
  const store = {
    get: (key: string) => {
      const value = cache.get(key);
      return value === undefined ? undefined : { value };
    },
    set: (key: string, value: string, options: unknown) => {
      calls.push(["cache.set", key, value, isolated(options)]);
      cache.set(key, value);
    },
    delete: (key: string) => {
      calls.push(["cache.delete", key]);
      cache.delete(key);
    },
  };
  const api = new Proxy({}, { get: (_, name) => (name === "cache" ? store : path([String(name)])) });
  const fetch = async (url: string, { signal, ...init }: Record<string, unknown>) => {
    const request = { url, init: { ...init, timed: signal instanceof AbortSignal } };
    requests.push(request);
    if (!answer) throw new Error("no request was expected");
    const { status, body } = await answer(request);
    return {
      status,
      ok: status < 300,
      text: async () => (typeof body === "string" ? body : JSON.stringify(body ?? {})),
    };
  };
  const console = { log: (line: string) => void log.push(line) };
  return { api, fetch, console, done: { calls, log, requests } satisfies Done };
}
