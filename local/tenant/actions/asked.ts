import type { CacheExpiry, TriggerCache } from "./cache.ts";
import type { Claims } from "./protocol.ts";

/** Keeps a value as JSON under its name; what JSON cannot say takes the name away. */
export function note(values: Claims, name: unknown, value: unknown): void {
  const written = JSON.stringify(value);
  if (written === undefined) delete values[String(name)];
  else values[String(name)] = JSON.parse(written);
}

/** The `api.cache` that every trigger has. */
export function cacheApi(cache: TriggerCache) {
  return {
    get: (key: string) => cache.get(key),
    set: (key: string, value: string, options?: CacheExpiry) => cache.set(key, value, options ?? {}),
    delete: (key: string) => cache.delete(key),
  };
}
