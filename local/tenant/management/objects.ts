import { type Key, type Store, type Stored, scopeOf } from "../store.ts";
import { type Fault, Refusal } from "./faults.ts";
import type { Body, Json } from "./json.ts";
import { merge } from "./merge.ts";
import type { Call, Entity, Family, KeyRule, Link, Reference, Singleton } from "./tables.ts";

/** How the objects of one family hang on another: by scope, by id or by a key. */
interface Dependant {
  readonly family: string;
  find(store: Store, gone: Stored): Stored[];
}

/** The operations behind the endpoints: they keep keys, references and dependants right, whatever the family. */
export class Objects {
  readonly store: Store;
  readonly #entities: ReadonlyMap<string, Entity>;
  readonly #links: ReadonlyMap<string, Link>;
  readonly #singletons: ReadonlyMap<string, Singleton>;
  readonly #dependants = new Map<string, Dependant[]>();

  constructor(store: Store, families: readonly Family[]) {
    this.store = store;
    const byFamily = <T extends { family: string }>(all: readonly T[]) => new Map(all.map((one) => [one.family, one]));
    this.#entities = byFamily(families.flatMap(({ entities = [] }) => entities));
    this.#links = byFamily(families.flatMap(({ links = [] }) => links));
    this.#singletons = byFamily(families.flatMap(({ singletons = [] }) => singletons));
    for (const entity of this.#entities.values()) {
      this.#dependsOnParent(entity.family, entity.parents?.at(-1)?.family);
      for (const reference of entity.references ?? [])
        this.#depends(reference.family, byReference(entity.family, reference));
    }
    for (const link of this.#links.values()) {
      this.#dependsOnParent(link.family, link.parents.at(-1)?.family);
      const { family, by } = link.target;
      this.#depends(family, by === undefined ? byId(link.family) : byReference(link.family, { field: "target", by }));
    }
  }

  entity(family: string): Entity {
    const entity = this.#entities.get(family);
    if (!entity) throw new Error(`there is no table of ${family}`);
    return entity;
  }

  create(family: string, ids: readonly string[], given: Body, call: Call): Stored {
    const entity = this.entity(family);
    const scope = scopeOf(...ids);
    const complete = { ...entity.defaults?.(given, call), ...given };
    const id = entity.newId(complete);
    const settled = entity.settle?.({ [entity.idField]: id, ...complete, [entity.idField]: id }, call) ?? {
      [entity.idField]: id,
      ...complete,
    };
    for (const reference of entity.references ?? []) this.#checkReference(settled, reference);
    this.#checkConflicts(entity, scope, settled);
    const stored = this.store.insert(family, scope, id, settled, keysOf(entity, scope, settled));
    entity.afterCreate?.(stored, call);
    return stored;
  }

  update(before: Stored, patch: Body, call: Call): Stored {
    const entity = this.entity(before.family);
    const next = merge(before.body, patch, entity.update?.merged);
    const settled = entity.settle?.(next, call, before) ?? next;
    this.#checkConflicts(entity, before.scope, settled, before);
    return this.store.update(before, settled, keysOf(entity, before.scope, settled));
  }

  /** Puts an object of the service's own into a brand-new tenant. */
  seed(family: string, id: string, body: Body): Stored {
    return this.store.insert(family, "", id, body, keysOf(this.entity(family), "", body));
  }

  /** Stores a new body as it is: for state that the service itself moves on. */
  rewrite(before: Stored, body: Body): Stored {
    return this.store.update(before, body, keysOf(this.entity(before.family), before.scope, body));
  }

  /** Removes an object and everything that cannot be without it. */
  remove(gone: Stored): void {
    for (const { find } of this.#dependants.get(gone.family) ?? []) {
      for (const dependant of find(this.store, gone)) this.remove(dependant);
    }
    this.store.remove(gone);
  }

  /** Links one target; a pair that exists stays as it is. */
  link(link: Link, ids: readonly string[], item: Json): Stored {
    const scope = scopeOf(...ids);
    const id = link.idOf(item);
    const known = this.store.get(link.family, id, scope);
    const given = typeof item === "object" && item !== null && !Array.isArray(item) ? item : {};
    const body = { ...given, created_at: new Date().toISOString() };
    return (
      known ??
      this.store.insert(link.family, scope, id, body, [{ name: "target", value: link.target.of(item), unique: false }])
    );
  }

  /** The object that a link points at. */
  target(link: Link, value: string): Stored | undefined {
    const { family, by } = link.target;
    return by === undefined ? this.store.get(family, value) : this.store.owner(family, by, value);
  }

  /** The one object of a singleton family. */
  single(family: string): Body {
    const singleton = this.#singletons.get(family);
    if (!singleton) throw new Error(`there is no singleton ${family}`);
    return this.store.get(family, family)?.body ?? singleton.initial;
  }

  replaceSingle(family: string, body: Body): void {
    const known = this.store.get(family, family);
    if (known) this.store.update(known, body, []);
    else this.store.insert(family, "", family, body, []);
  }

  /** The object of this id or alias, or the refusal. */
  find(entity: Entity, ids: readonly string[], id: string): Stored | undefined {
    const own = this.store.get(entity.family, id, scopeOf(...ids));
    return own ?? (entity.alias === undefined ? undefined : this.store.owner(entity.family, entity.alias, id));
  }

  require(family: string, id: string, fault: Fault, scope = ""): Stored {
    const stored = this.store.get(family, id, scope);
    if (!stored) throw new Refusal(fault);
    return stored;
  }

  #checkReference(body: Body, { field, family, by, missing }: Reference): void {
    const value = body[field];
    if (typeof value !== "string") return;
    const found = by === undefined ? this.store.get(family, value) : this.store.owner(family, by, value);
    if (!found) throw new Refusal(missing);
  }

  #checkConflicts(entity: Entity, scope: string, body: Body, self?: Stored): void {
    for (const rule of entity.keys ?? []) {
      if (!rule.conflict) continue;
      for (const value of valuesOf(rule, scope, body)) {
        const owner = this.store.owner(entity.family, rule.name, value);
        if (owner && owner.sequence !== self?.sequence) throw new Refusal(rule.conflict);
      }
    }
  }

  #dependsOnParent(family: string, parent: string | undefined): void {
    if (parent === undefined) return;
    this.#depends(parent, {
      family,
      find: (store, gone) => store.select({ family, scope: scopeOf(gone.scope, gone.id) }),
    });
  }

  #depends(on: string, dependant: Dependant): void {
    this.#dependants.set(on, [...(this.#dependants.get(on) ?? []), dependant]);
  }
}

function byId(family: string): Dependant {
  return { family, find: (store, gone) => store.everywhere(family, gone.id) };
}

function byReference(family: string, { field, by }: { field: string; by?: string }): Dependant {
  return {
    family,
    find: (store, gone) => {
      const value = by === undefined ? gone.id : gone.body[by];
      return typeof value === "string" ? store.select({ family, where: [{ name: field, values: [value] }] }) : [];
    },
  };
}

function valuesOf(rule: KeyRule, scope: string, body: Body): string[] {
  const value = rule.of(body);
  const values = value === undefined ? [] : typeof value === "string" ? [value] : [...new Set(value)];
  return rule.within === "parent" ? values.map((one) => scopeOf(scope, one)) : values;
}

function keysOf(entity: Entity, scope: string, body: Body): Key[] {
  const own = (entity.keys ?? []).flatMap((rule) =>
    valuesOf(rule, scope, body).map((value) => ({ name: rule.name, value, unique: rule.conflict !== undefined })),
  );
  const referring = (entity.references ?? []).flatMap(({ field }) => {
    const value = body[field];
    return typeof value === "string" ? [{ name: field, value, unique: false }] : [];
  });
  return [...own, ...referring];
}
