import fc from "fast-check";
import type { Body } from "../../../../local/tenant/management/json.ts";
import type { Reply } from "../harness.ts";

/** An organization as its writer knows it; `label`, its display_name, stays while everything else changes. */
export interface Organization {
  readonly name: string;
  /** How often it was patched. */
  readonly counter: number;
  readonly members: readonly string[];
  readonly connections: readonly string[];
}

/** What every organization refers to. */
export interface World {
  readonly users: readonly string[];
  readonly connections: readonly string[];
}

export type Send = (method: string, path: string, content?: Body) => Promise<Reply>;

/** One write under way, and what is true once it is done: it is so before its answer comes, or not at all. */
interface Write {
  readonly label: string;
  readonly method: string;
  readonly path: string;
  readonly content?: Body;
  readonly next: Organization | undefined;
}

/** The same numbers for the same seed, evenly from 0 to below `end`. */
export function dice(seed: number): (end: number) => number {
  const thrown = fc.sample(fc.noBias(fc.nat(0x3fffffff)), { seed, numRuns: 4000 });
  let at = 0;
  return (end) => {
    at = (at + 1) % thrown.length;
    return (thrown[at] ?? 0) % end;
  };
}

/** Somebody who creates, changes and deletes organizations of their own, one write at a time, and remembers what was acknowledged. */
export class Writer {
  readonly #name: string;
  readonly #world: World;
  readonly #throw: (end: number) => number;
  readonly #ids = new Map<string, string>();
  readonly #known = new Map<string, Organization>();
  #pending: Write | undefined;
  #made = 0;

  constructor(number: number, world: World, seed: number) {
    this.#name = `w${number}`;
    this.#world = world;
    this.#throw = dice(seed * 1000 + number);
  }

  /** Writes until the tenant is gone. */
  async run(send: Send, acknowledged: () => void): Promise<void> {
    for (;;) {
      const write = this.#choose();
      this.#pending = write;
      const reply = await send(write.method, write.path, write.content).catch(() => undefined);
      if (!reply) return;
      if (reply.status >= 300)
        throw new Error(`${write.method} ${write.path}: ${reply.status} ${JSON.stringify(reply.body)}`);
      acknowledged();
      this.#settle(write.label, write.next, reply.body?.id ?? this.#ids.get(write.label));
    }
  }

  /** For each label what may be stored under it: what was acknowledged, or the write that got no answer. */
  allowed(): Map<string, readonly (Organization | undefined)[]> {
    const all = new Map<string, readonly (Organization | undefined)[]>();
    for (const [label, organization] of this.#known) all.set(label, [organization]);
    if (this.#pending) all.set(this.#pending.label, [this.#known.get(this.#pending.label), this.#pending.next]);
    return all;
  }

  /** Goes on from what is stored. */
  resume(stored: ReadonlyMap<string, Organization>, ids: ReadonlyMap<string, string>): void {
    const { label } = this.#pending ?? {};
    if (label !== undefined) this.#settle(label, stored.get(label), ids.get(label));
  }

  #settle(label: string, organization: Organization | undefined, id: string | undefined): void {
    this.#pending = undefined;
    if (organization && id !== undefined) {
      this.#known.set(label, organization);
      this.#ids.set(label, id);
    } else this.#known.delete(label);
  }

  #choose(): Write {
    const labels = [...this.#known.keys()];
    const label = labels[this.#throw(labels.length + 1)];
    const before = label === undefined ? undefined : this.#known.get(label);
    if (label === undefined || before === undefined)
      return labels.length < 4 ? this.#creation() : this.#removal(labels[0] ?? "");
    return this.#change(label, before);
  }

  #creation(): Write {
    this.#made += 1;
    const label = `${this.#name}-${this.#made}`;
    const next = { name: label, counter: 0, members: [], connections: [...this.#world.connections].sort() };
    const enabled = this.#world.connections.map((connection_id) => ({ connection_id }));
    const content = { name: label, display_name: label, metadata: { counter: "0" }, enabled_connections: enabled };
    return { label, method: "POST", path: "/organizations", content, next };
  }

  #removal(label: string): Write {
    return { label, method: "DELETE", path: this.#path(label), next: undefined };
  }

  #change(label: string, before: Organization): Write {
    const path = this.#path(label);
    const turn = this.#throw(8);
    if (turn === 0) return this.#removal(label);
    if (turn <= 4) {
      const counter = before.counter + 1;
      const name = `${label}-${counter}`;
      const content = { name, metadata: { counter: `${counter}` } };
      return { label, method: "PATCH", path, content, next: { ...before, name, counter } };
    }
    if (before.members.length > 0) {
      const content = { members: [...before.members] };
      return { label, method: "DELETE", path: `${path}/members`, content, next: { ...before, members: [] } };
    }
    const members = this.#world.users.filter((_, n) => n % 3 === turn % 3).sort();
    return { label, method: "POST", path: `${path}/members`, content: { members }, next: { ...before, members } };
  }

  #path(label: string): string {
    return `/organizations/${this.#ids.get(label)}`;
  }
}
