import { expect, test } from "vitest";
import { TriggerCache } from "../../../local/tenant/actions/cache.ts";

const now = 1_000_000;
const minutes = 60_000;
const failed = (code: string) => ({ type: "error", code });

test("a value lives 15 minutes unless said, 24 hours at most, and of two ends the earlier counts", () => {
  const cache = new TriggerCache();
  const end = (options: { ttl?: number; expires_at?: number }) => cache.set("k", "v", options, now);
  const until = (expires_at: number) => ({ type: "success", record: { value: "v", expires_at } });
  expect(end({})).toEqual(until(now + 15 * minutes));
  expect(end({ ttl: 1 })).toEqual(until(now + 1));
  expect(end({ ttl: 48 * 60 * minutes })).toEqual(until(now + 24 * 60 * minutes));
  expect(end({ ttl: 10, expires_at: now + 5 })).toEqual(until(now + 5));
  expect(cache.get("k", now + 4)).toEqual({ value: "v", expires_at: now + 5 });
  expect(cache.get("k", now + 5)).toBeUndefined();
});

test("what has ended or never ends is refused", () => {
  const cache = new TriggerCache();
  expect(cache.set("k", "v", { expires_at: now }, now)).toEqual(failed("ItemAlreadyExpired"));
  expect(cache.set("k", "v", { ttl: Number.NaN }, now)).toEqual(failed("InvalidExpiry"));
  expect(cache.records(now)).toEqual([]);
});

test("keys hold 64 bytes, values 4,096, a trigger 20 of them and 8,192 bytes", () => {
  const cache = new TriggerCache();
  const set = (key: string, value: string) => cache.set(key, value, {}, now).type;
  expect(cache.set("é".repeat(33), "v", {}, now)).toEqual(failed("CacheKeySizeExceeded"));
  expect(cache.set("k", "v".repeat(4097), {}, now)).toEqual(failed("CacheValueSizeExceeded"));
  expect([set("k".repeat(64), "v"), set("a", "v".repeat(4096)), set("b", "v".repeat(4029))]).toEqual([
    "success",
    "success",
    "success",
  ]);
  expect(cache.set("c", "", {}, now)).toEqual(failed("CacheSizeExceeded"));
  expect(set("a", "w".repeat(4096))).toBe("success");

  const many = new TriggerCache();
  for (let n = 0; n < 20; n++) expect(many.set(String(n), "v", {}, now).type).toBe("success");
  expect(many.set("20", "v", {}, now)).toEqual(failed("CacheSizeExceeded"));
  expect(many.set("19", "w", {}, now).type).toBe("success");
});

test("a key is deleted once", () => {
  const cache = new TriggerCache([["k", { value: "v", expires_at: Date.now() + minutes }]]);
  expect(cache.delete("k")).toEqual({ type: "success" });
  expect(cache.get("k")).toBeUndefined();
  expect(cache.delete("k")).toEqual(failed("CacheKeyDoesNotExist"));
});
