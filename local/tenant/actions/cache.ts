/** A cached value, and when it ends: milliseconds since 1970. */
export interface CacheRecord {
  readonly value: string;
  readonly expires_at: number;
}

/** https://auth0.com/docs/customize/actions/limitations: entries of a trigger, bytes, milliseconds */
const limits = { entries: 20, key: 64, value: 4096, total: 8192, longest: 24 * 3_600_000, usual: 15 * 60_000 } as const;

/** Error codes as in Auth0's type declarations of `api.cache`. */
type CacheCode =
  | "CacheKeySizeExceeded"
  | "CacheValueSizeExceeded"
  | "CacheSizeExceeded"
  | "ItemAlreadyExpired"
  | "InvalidExpiry"
  | "CacheKeyDoesNotExist";

type CacheAnswer =
  | { readonly type: "success"; readonly record?: CacheRecord }
  | { readonly type: "error"; readonly code: CacheCode };

export interface CacheExpiry {
  /** Milliseconds since 1970. */
  readonly expires_at?: number;
  /** Milliseconds from now; of the two the earlier counts. @default 15 minutes */
  readonly ttl?: number;
}

/** The `api.cache` of one trigger: https://auth0.com/docs/actions/reference/credentials-exchange/credentials-exchange-api-object */
export class TriggerCache {
  readonly #records: Map<string, CacheRecord>;

  constructor(records: Iterable<readonly [string, CacheRecord]> = []) {
    this.#records = new Map(records);
  }

  get(key: string, now = Date.now()): CacheRecord | undefined {
    const record = this.#records.get(String(key));
    if (record && record.expires_at > now) return { ...record };
    this.#records.delete(String(key));
    return undefined;
  }

  set(key: string, value: string, { expires_at, ttl }: CacheExpiry = {}, now = Date.now()): CacheAnswer {
    if (typeof key !== "string" || Buffer.byteLength(key) > limits.key) return failed("CacheKeySizeExceeded");
    if (typeof value !== "string" || Buffer.byteLength(value) > limits.value) return failed("CacheValueSizeExceeded");
    const asked = [expires_at, ttl === undefined ? undefined : now + ttl].filter((end) => end !== undefined);
    if (asked.some((end) => !Number.isFinite(end))) return failed("InvalidExpiry");
    const end = Math.min(...(asked.length === 0 ? [now + limits.usual] : asked), now + limits.longest);
    if (end <= now) return failed("ItemAlreadyExpired");
    const others = [...this.records(now)].filter(([known]) => known !== key);
    const bytes = [...others.map(([name, record]) => name + record.value), key, value].map((text) =>
      Buffer.byteLength(text),
    );
    if (others.length >= limits.entries || bytes.reduce((sum, one) => sum + one, 0) > limits.total)
      return failed("CacheSizeExceeded");
    const record = { value, expires_at: end };
    this.#records.set(key, record);
    return { type: "success", record };
  }

  delete(key: string): CacheAnswer {
    return this.#records.delete(String(key)) ? { type: "success" } : failed("CacheKeyDoesNotExist");
  }

  /** What is cached and not over. */
  records(now = Date.now()): [string, CacheRecord][] {
    return [...this.#records].filter(([, { expires_at }]) => expires_at > now);
  }
}

function failed(code: CacheCode): CacheAnswer {
  return { type: "error", code };
}
