import { createHash } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { openDataFile } from "./data-file.ts";
import type { Body } from "./management/json.ts";
import { keyedTotal, page, type Query, type Selection, total, unkeyedPage } from "./selection.ts";

export type { Selection } from "./selection.ts";

/** One stored object. `scope` is the path of ids of what it belongs to, "" at the top. */
export interface Stored {
  readonly sequence: number;
  readonly family: string;
  readonly scope: string;
  readonly id: string;
  readonly body: Body;
}

/** A value that an object can be found by; a unique one belongs to one object of the family. */
export interface Key {
  readonly name: string;
  readonly value: string;
  readonly unique: boolean;
}

/** The ids under `ids[0]`, `ids[1]`, … as one scope. */
export function scopeOf(...ids: readonly string[]): string {
  return ids.filter((id) => id !== "").join("\n");
}

/** The tenant's objects in one SQLite file. Every change belongs to a `transaction`; one outside of it throws an Error. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Opens the file, and makes it where there is none, with mode 0600 (`fresh` then says so).
   * Throws an Error with one sentence where the file cannot be used.
   */
  static open(file: string): { store: Store; fresh: boolean } {
    const { database, fresh } = openDataFile(file);
    return { store: new Store(database), fresh };
  }

  close(): void {
    this.#database.close();
  }

  /** Writes all of it into another file, which must not be there yet or be empty. */
  copyInto(file: string): void {
    this.#database.prepare("VACUUM INTO ?").run(file);
  }

  /** Runs `work` whole or not at all. */
  transaction<T>(work: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (cause) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw cause;
    }
  }

  insert(family: string, scope: string, id: string, body: Body, keys: readonly Key[]): Stored {
    const { lastInsertRowid } = this.#run(
      "INSERT INTO objects (family, scope, id, body) VALUES (?, ?, ?, ?)",
      family,
      scope,
      id,
      JSON.stringify(body),
    );
    const stored = { sequence: Number(lastInsertRowid), family, scope, id, body };
    this.#index(stored, keys);
    return stored;
  }

  /** Replaces the body and the keys of an object. */
  update(before: Stored, body: Body, keys: readonly Key[]): Stored {
    this.#run("UPDATE objects SET body = ? WHERE sequence = ?", JSON.stringify(body), before.sequence);
    this.#run("DELETE FROM keys WHERE sequence = ?", before.sequence);
    const stored = { ...before, body };
    this.#index(stored, keys);
    return stored;
  }

  remove(stored: Stored): void {
    this.#run("DELETE FROM objects WHERE sequence = ?", stored.sequence);
  }

  /** Forgets everything. */
  clear(): void {
    this.#demandTransaction();
    this.#database.exec("DELETE FROM keys; DELETE FROM objects;");
  }

  get(family: string, id: string, scope = ""): Stored | undefined {
    const sql = "SELECT * FROM objects WHERE family = ? AND scope = ? AND id = ?";
    return this.#all({ sql, values: [family, scope, id] })[0];
  }

  /** The objects of this id in whatever scope. */
  everywhere(family: string, id: string): Stored[] {
    return this.select({ family, id });
  }

  /** The object that owns a unique key. */
  owner(family: string, name: string, value: string): Stored | undefined {
    return this.select({ family, where: [{ name, values: [value] }], limit: 1 })[0];
  }

  /** The objects of one page, in the order of the selection. */
  select(selection: Selection): Stored[] {
    const found = this.#all(page(selection));
    const { sort, after, offset = 0, limit } = selection;
    if (sort?.key === undefined || found.length === limit) return found;
    // what lacks the key comes last: these follow once all that have it are passed by
    const passed = after === undefined ? this.#number(keyedTotal(selection)) : 0;
    const rest = { offset: Math.max(0, offset - passed), ...(limit !== undefined && { limit: limit - found.length }) };
    return [...found, ...this.#all(unkeyedPage({ ...selection, ...rest }))];
  }

  /** A hash of every object of every family but those. */
  fingerprint(except: ReadonlySet<string>): string {
    const hash = createHash("sha256");
    const all = this.#statement("SELECT family, scope, id, body FROM objects ORDER BY sequence");
    for (const { family, scope, id, body } of all.iterate())
      if (!except.has(String(family))) hash.update(JSON.stringify([family, scope, id, body]));
    return hash.digest("base64url");
  }

  /** How many objects the selection holds, whatever its page. */
  count(selection: Selection): number {
    return this.#number(total(selection));
  }

  #index(stored: Stored, keys: readonly Key[]): void {
    for (const { name, value, unique } of keys) {
      this.#run(
        "INSERT INTO keys (family, scope, name, value, sequence, one) VALUES (?, ?, ?, ?, ?, ?)",
        stored.family,
        stored.scope,
        name,
        value,
        stored.sequence,
        unique ? 1 : 0,
      );
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #run(sql: string, ...values: readonly (string | number)[]) {
    this.#demandTransaction();
    return this.#statement(sql).run(...values);
  }

  /** An object and its keys are several statements: outside of a transaction a kill would leave some of them. */
  #demandTransaction(): void {
    if (!this.#database.isTransaction) throw new Error("the store was to be changed outside of a transaction");
  }

  #number({ sql, values }: Query): number {
    return Number(this.#statement(sql).get(...values)?.n);
  }

  #all({ sql, values }: Query): Stored[] {
    return this.#statement(sql)
      .all(...values)
      .map(storedIn);
  }
}

function storedIn(row: Readonly<Record<string, unknown>>): Stored {
  return {
    sequence: Number(row.sequence),
    family: String(row.family),
    scope: String(row.scope),
    id: String(row.id),
    body: JSON.parse(String(row.body)),
  };
}
