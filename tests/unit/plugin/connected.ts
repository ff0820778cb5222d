import { afterAll, beforeAll, beforeEach } from "vitest";
import { ManagementApi } from "../../../local/plugin/management.ts";
import { type Marked, Secret } from "../../../local/plugin/marshal.ts";
import { resourceTypes } from "../../../local/plugin/operations/index.ts";
import type { ResourceType } from "../../../local/plugin/provider.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";
import { type FakeApi, startFakeApi } from "./fake-management-api.ts";

const types = resourceTypes();

/**
 * A fake Management API and a client of it for all tests of a file. The client does not wait: `waits` tells how many
 * milliseconds it would have in the running test.
 */
export function connected(): { fake: FakeApi; api: ManagementApi; readonly waits: number[] } {
  const held = { waits: [] as number[] } as { fake: FakeApi; api: ManagementApi; waits: number[] };
  beforeAll(async () => {
    held.fake = await startFakeApi(() => ({ status: 200, body: {} }));
    const { domain, certificate } = held.fake;
    const wait = async (milliseconds: number) => held.waits.push(milliseconds);
    held.api = new ManagementApi({ domain, trusted: certificate, token: async () => "t", wait });
  });
  afterAll(async () => {
    held.api.close();
    await held.fake.close();
  });
  beforeEach(() => {
    held.fake.lines();
    held.waits.length = 0;
  });
  return held;
}

/** By the type's name in a program, its first letter small. */
export function typeOf(name: string): ResourceType {
  const type = types.get(`auth0:index/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  if (!type) throw new Error(`no type ${name}`);
  return type;
}

/** Properties as the engine hands them back: without secret marks. */
export function plain(properties: Record<string, Marked>): Dict {
  const open = (value: Marked): Marked => {
    if (value instanceof Secret) return open(value.value);
    if (Array.isArray(value)) return value.map(open);
    if (typeof value !== "object" || value === null || value === UNKNOWN) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, open(item)]));
  };
  return open(properties) as Dict;
}
