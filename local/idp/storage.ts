import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

/** Entries kept; the oldest goes first. */
const most = 10_000;

/**
 * Keeps what one provider remembers, in memory: sessions, interactions, codes and tokens, each as long as it lives.
 * https://github.com/panva/node-oidc-provider/blob/main/example/my_adapter.js
 */
export function inMemory(): AdapterFactory {
  const kept = new Map<string, { readonly payload: AdapterPayload; readonly ends: number }>();
  const find = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    if (found && found.ends > Date.now()) return found.payload;
    kept.delete(key);
    return undefined;
  };
  const where = (model: string, fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const [key, { payload }] of kept) if (key.startsWith(`${model}:`) && fits(payload)) return find(key);
    return undefined;
  };
  return (model): Adapter => ({
    upsert: async (id, payload, seconds) => {
      const key = `${model}:${id}`;
      kept.delete(key);
      kept.set(key, { payload, ends: seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000 });
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
    },
    find: async (id) => find(`${model}:${id}`),
    findByUid: async (uid) => where(model, (payload) => payload.uid === uid),
    findByUserCode: async (code) => where(model, (payload) => payload.userCode === code),
    consume: async (id) => {
      const payload = find(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      kept.delete(`${model}:${id}`);
    },
    revokeByGrantId: async (grant) => {
      for (const [key, { payload }] of kept) if (payload.grantId === grant) kept.delete(key);
    },
  });
}
