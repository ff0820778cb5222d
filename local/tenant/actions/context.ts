import { createRequire } from "node:module";
import { type Context, compileFunction, createContext, runInContext } from "node:vm";

/** Modules of Node that reach no file, process or network. Auth0 has all of Node's; what is refused here must be asked for. */
const harmless = ["buffer", "crypto", "events", "path", "querystring", "string_decoder", "url", "util"];

/** What Node offers to every script that an Action may use too. */
const globals = [
  ...[
    "AbortController",
    "AbortSignal",
    "Blob",
    "Buffer",
    "DOMException",
    "Event",
    "EventTarget",
    "FormData",
    "Headers",
  ],
  ...["Request", "Response", "TextDecoder", "TextEncoder", "URL", "URLSearchParams", "atob", "btoa", "clearImmediate"],
  ...["clearInterval", "clearTimeout", "crypto", "performance", "queueMicrotask", "setImmediate", "setInterval"],
  ...["setTimeout", "structuredClone"],
];

/** What differs from Action to Action, or reaches out of the worker. */
export interface Surroundings {
  /** Takes one line of console output. */
  say(...values: unknown[]): void;
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

/** A global scope of one Action's own. */
export function scopeOf({ say, fetch }: Surroundings): Context {
  const console = Object.fromEntries(["debug", "error", "info", "log", "trace", "warn"].map((level) => [level, say]));
  const scope = createContext({ console, fetch, process: { env: {} } });
  for (const name of globals) {
    // looked up when it is used: loading all of them takes longer than most Actions
    Object.defineProperty(scope, name, { get: () => Reflect.get(globalThis, name), configurable: true });
  }
  return scope;
}

/** What an Action's code exports. Throws what the code throws; a module that is not there is "Cannot find module". */
export function exportsOf(code: string, filename: string, scope: Context): { readonly [name: string]: unknown } {
  const module = { exports: {} };
  const run = compileFunction(code, ["exports", "module", "require"], { filename, parsingContext: scope });
  run(module.exports, module, requireHarmless);
  return module.exports;
}

/** A copy of plain data whose objects belong to the Action's own scope. */
export function copiedInto(scope: Context, data: unknown): unknown {
  return runInContext("JSON.parse", scope)(JSON.stringify(data));
}

const nodeRequire = createRequire(import.meta.url);

function requireHarmless(name: unknown): unknown {
  const module = String(name).replace(/^node:/, "");
  if (harmless.includes(module)) return nodeRequire(`node:${module}`);
  const message = `Cannot find module '${String(name)}': an Action here may require ${harmless.join(", ")}`;
  throw Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
}

/**
 * Closes the way by which a function of this realm leads a script out of its own: `fetch.constructor("return process")()`.
 * Called once, before any Action's code.
 */
export function closeRealm(): void {
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of kinds) {
    Object.defineProperty(Object.getPrototypeOf(kind), "constructor", {
      value: undefined,
      writable: false,
      configurable: false,
    });
  }
}
