import { type Checked, check } from "./check.ts";
import type { Naming } from "./defaults.ts";
import { type Changes, difference } from "./difference.ts";
import type { ManagementApi } from "./management.ts";
import type { Marked } from "./marshal.ts";
import type { Operation, Step } from "./operations/operation.ts";
import { plan } from "./plan.ts";
import { complete, configured, DEFAULTS, META, toProvider, toPulumi } from "./properties.ts";
import { settle } from "./settle.ts";
import type { Fields, Table } from "./table.ts";
import { type Dict, equivalent, UNKNOWN, type Value } from "./value.ts";
import { orZero } from "./zero.ts";

/** A resource as the engine knows it: its id and its properties in Pulumi's names. */
export interface Resource {
  readonly id: string;
  readonly properties: Record<string, Marked>;
}

/** A step that failed after the resource came to be: the engine keeps it and tries again. */
export class IncompleteError extends Error {
  readonly resource: Resource;

  constructor(cause: unknown, resource: Resource) {
    super("the resource is incomplete", { cause });
    this.resource = resource;
  }
}

/** A configuration that cannot be used: no plan can be made for it, or the tenant is not set up for it. */
export class RefusedError extends Error {}

/** A refusal that no plan foresees: what the tenant holds speaks against the step. */
export class GuardedError extends RefusedError {}

export interface Difference {
  readonly changes: Changes;
  /** Top-level properties whose change replaces the resource. */
  readonly replaces: readonly string[];
  /** Top-level properties that cannot change without a replacement and do not. */
  readonly stables: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** One resource type: its table decides, its operation acts. */
export class ResourceType {
  readonly table: Table;
  readonly #operation: Operation;

  constructor(table: Table, operation: Operation) {
    this.table = table;
    this.#operation = operation;
  }

  check(news: Dict, olds: Dict | undefined, naming: Naming): Checked {
    return check(this.table, news, olds, naming);
  }

  /** What a change of inputs does to a resource. @param olds its state in Pulumi's names */
  diff(id: string, olds: Dict, news: Dict, ignored: readonly string[]): Difference {
    const { fields } = this.table;
    const prior = this.#state(id, olds);
    const planned = this.#plan(prior, news);
    const changes = difference(fields, prior, planned, complete(fields, toProvider(fields, news)));
    for (const path of changes.keys()) if (ignored.some((name) => isWithin(path, name))) changes.delete(path);
    const replaced = new Set([...changes].filter(([, { replaces }]) => replaces).map(([path]) => topOf(path)));
    const fixed = Object.values(fields).filter(({ replaces }) => replaces);
    return {
      changes,
      replaces: [...changes]
        .filter(([, { replaces }]) => replaces)
        .map(([path]) => topOf(path))
        .sort(),
      stables: fixed
        .map(({ name }) => name)
        .filter((name) => !replaced.has(name))
        .sort(),
      deleteBeforeReplace: replaced.size > 0 && this.#isNamedByProgram(news),
    };
  }

  /** What a creation or update will leave, as far as it is known beforehand. @param before absent for a creation */
  preview(news: Dict, before?: { id: string; olds: Dict }): Record<string, Marked> {
    if (before) return this.#properties(this.#plan(this.#state(before.id, before.olds), news));
    return toPulumi(this.table.fields, this.#plan(null, news)); // the provider's own notes come with the resource
  }

  /** @param timeout seconds that the program gives; 0 for the provider's own time */
  async create(api: ManagementApi, news: Dict, timeout = 0): Promise<Resource> {
    const config = configured(this.table.fields, news);
    const planned = this.#plan(null, news);
    let id = "";
    const step = this.#step(api, { id, config, planned, prior: null, timeout, created: (made) => (id = made) });
    try {
      const read = await this.#operation.create(step);
      if (!read) throw new Error(`the new ${this.table.resource} vanished before it could be read`);
      return { id, properties: this.#properties({ ...settle(this.table.fields, read, planned, true), id }) };
    } catch (error) {
      if (!id) throw error;
      const left = { ...settle(this.table.fields, {}, planned, true), id };
      throw new IncompleteError(error, { id, properties: this.#properties(left) });
    }
  }

  async update(api: ManagementApi, id: string, olds: Dict, news: Dict): Promise<Resource> {
    const { fields } = this.table;
    const prior = this.#state(id, olds);
    const planned = this.#plan(prior, news);
    const config = configured(fields, news);
    const step = this.#step(api, { id, config, planned, prior });
    if (!this.#operation.update) throw new Error(`${this.table.resource} cannot be updated in place`);
    try {
      const read = await this.#operation.update(step);
      if (read) return { id, properties: this.#properties({ ...settle(fields, read, planned, true), id }) };
    } catch (error) {
      const left = { ...settle(fields, {}, withRemovals(fields, planned, prior), true), id };
      throw new IncompleteError(error, { id, properties: this.#properties(left) });
    }
    throw new Error(`${this.table.resource} ${id} does not exist any more: run \`pulumi refresh\`, then update again.`);
  }

  /** The resource as the server has it; null when it is gone. @param olds absent for an import */
  async read(api: ManagementApi, id: string, olds?: Dict): Promise<(Resource & { state: Dict }) | null> {
    const state = olds ? this.#state(id, olds) : this.#importedState(id);
    if (!state) return null;
    const step = this.#step(api, { id, config: {}, planned: state, prior: state });
    if (!olds && (await this.#operation.isImportable?.(step)) === false) return null;
    const read = await this.#operation.read(step);
    if (!read) return null;
    const settled = { ...settle(this.table.fields, read, state, false), id };
    return { id, properties: this.#properties(settled), state: settled };
  }

  async delete(api: ManagementApi, id: string, olds: Dict): Promise<void> {
    const state = this.#state(id, olds);
    await this.#operation.delete(this.#step(api, { id, config: {}, planned: state, prior: state }));
  }

  #importedState(id: string): Dict | null {
    const { importState } = this.#operation;
    const given = importState ? importState(id) : {};
    return given && { ...complete(this.table.fields, given), id };
  }

  #plan(prior: Dict | null, news: Dict): Dict {
    const config = configured(this.table.fields, news);
    const planned = plan(this.table.fields, { prior, config });
    const reason = this.#operation.refuse?.(config, { prior, planned, changed: changedBetween(prior, planned) });
    if (reason) throw new RefusedError(reason);
    return planned;
  }

  #state(id: string, olds: Dict): Dict {
    return { ...complete(this.table.fields, toProvider(this.table.fields, olds)), id };
  }

  #step(api: ManagementApi, given: Pick<Step, "id" | "config" | "planned" | "prior"> & Partial<Step>): Step {
    const { prior, planned } = given;
    return {
      api,
      fields: this.table.fields,
      creates: prior === null,
      changed: changedBetween(prior, planned),
      created: () => undefined,
      timeout: 0,
      ...given,
    };
  }

  #properties(state: Dict): Record<string, Marked> {
    const { meta, fields } = this.table;
    return { ...toPulumi(fields, state), ...(meta ? { [META]: meta } : {}) };
  }

  /** A name the program chose is free only once the old resource is gone, so that one goes first. */
  #isNamedByProgram(news: Dict): boolean {
    const defaults = news[DEFAULTS];
    if (!Array.isArray(defaults)) return false;
    return Object.values(this.table.fields).some(
      ({ autoname, name }) => autoname === true && name in news && !defaults.includes(name),
    );
  }
}

/** What is unknown counts as nothing: no step sends it. */
function changedBetween(prior: Dict | null, planned: Dict): Step["changed"] {
  const settled = (value: Value | undefined): Value => (value === UNKNOWN ? null : (value ?? null));
  return (name) => !equivalent(prior?.[name] ?? null, settled(planned[name]));
}

/** A failed update leaves zeros where it was to take a value out: the SDK keeps no null that stood for a value. */
function withRemovals(fields: Fields, planned: Dict, prior: Dict): Dict {
  const removed = Object.entries(fields).filter(
    ([name]) => (planned[name] ?? null) === null && (prior[name] ?? null) !== null,
  );
  return { ...planned, ...Object.fromEntries(removed.map(([name, field]) => [name, orZero(field, null)])) };
}

const topOf = (path: string): string => path.split(/[.[]/)[0] ?? path;
const isWithin = (path: string, name: string): boolean =>
  path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`);
