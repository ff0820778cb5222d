import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Body } from "./management/json.ts";

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

export interface Selection {
  readonly family: string;
  readonly scope?: string;
  /** Only objects that have, for every name, a key with one of the values. */
  readonly where?: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Only objects whose key of this name contains the text, in whatever case. */
  readonly containing?: { readonly key: string; readonly text: string };
  /** Order by the value of a key, or with no key by creation. @default order of creation */
  readonly sort?: { readonly key?: string; readonly descending: boolean };
  readonly id?: string;
  /** Only objects created after this one. */
  readonly after?: number;
  readonly offset?: number;
  readonly limit?: number;
}

/** "a0b2" in ASCII: marks a SQLite file as a tenant's. */
const applicationId = 0x61306232;

const tables = `
  CREATE TABLE objects (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT NOT NULL, scope TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (family, scope, id)
  ) STRICT;
  CREATE INDEX objects_by_id ON objects (family, id);
  CREATE INDEX objects_in_order ON objects (family, scope, sequence);
  CREATE TABLE keys (
    family TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES objects ON DELETE CASCADE, one INTEGER NOT NULL,
    PRIMARY KEY (family, name, value, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX keys_unique ON keys (family, name, value) WHERE one = 1;
  CREATE INDEX keys_of_object ON keys (sequence, name);
`;

/** The ids under `ids[0]`, `ids[1]`, … as one scope. */
export function scopeOf(...ids: readonly string[]): string {
  return ids.filter((id) => id !== "").join("\n");
}

/** The tenant's objects in one SQLite file. Every change belongs to a `transaction`. */
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
    const existed = existsSync(file);
    let database: DatabaseSync | undefined;
    try {
      // client secrets lie in it: for its owner only, and SQLite gives the files beside it the same mode
      if (!existed) closeSync(openSync(file, "a", 0o600));
      database = new DatabaseSync(file, { timeout: 0 });
      // one process a file: a second one must fail, not mix its writes in
      database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = ON;");
      const isNew = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n === 0;
      const mark = database.prepare("PRAGMA application_id").get()?.application_id;
      if (!isNew && mark !== applicationId) throw new Error("it is a database of something else");
      if (!isNew && database.prepare("PRAGMA quick_check(1)").get()?.quick_check !== "ok")
        throw new Error("it is damaged");
      // with the log written at each commit, an acknowledged write outlives the process
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
      if (isNew) database.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId}; ${tables} COMMIT;`);
      return { store: new Store(database), fresh: isNew };
    } catch (cause) {
      database?.close();
      if (!existed) for (const made of [file, `${file}-wal`, `${file}-journal`]) rmSync(made, { force: true });
      const said = cause instanceof Error ? cause.message : String(cause);
      const reason = said === "database is locked" ? "another process has it open" : said;
      throw new Error(`The tenant's data file ${file} cannot be used: ${reason}.`, { cause });
    }
  }

  close(): void {
    this.#database.close();
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
    this.#database.exec("DELETE FROM keys; DELETE FROM objects;");
  }

  get(family: string, id: string, scope = ""): Stored | undefined {
    return this.#all("SELECT * FROM objects WHERE family = ? AND scope = ? AND id = ?", family, scope, id)[0];
  }

  /** The objects of this id in whatever scope. */
  everywhere(family: string, id: string): Stored[] {
    return this.#all("SELECT * FROM objects WHERE family = ? AND id = ? ORDER BY sequence", family, id);
  }

  /** The object that owns a unique key. */
  owner(family: string, name: string, value: string): Stored | undefined {
    return this.select({ family, where: [{ name, values: [value] }], limit: 1 })[0];
  }

  select(selection: Selection): Stored[] {
    const { from, values } = selectionClause(selection);
    const direction = selection.sort?.descending ? "DESC" : "ASC";
    const order =
      selection.sort?.key === undefined ? `o.sequence ${direction}` : `ordered.value ${direction}, o.sequence`;
    const sql = `SELECT o.* ${from} ORDER BY ${order} LIMIT ? OFFSET ?`;
    return this.#all(sql, ...values, selection.limit ?? -1, selection.offset ?? 0);
  }

  count(selection: Selection): number {
    const { from, values } = selectionClause(selection);
    return Number(this.#statement(`SELECT count(*) AS n ${from}`).get(...values)?.n);
  }

  #index(stored: Stored, keys: readonly Key[]): void {
    for (const { name, value, unique } of keys) {
      this.#run(
        "INSERT INTO keys (family, name, value, sequence, one) VALUES (?, ?, ?, ?, ?)",
        stored.family,
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
    return this.#statement(sql).run(...values);
  }

  #all(sql: string, ...values: readonly (string | number)[]): Stored[] {
    return this.#statement(sql)
      .all(...values)
      .map((row) => ({
        sequence: Number(row.sequence),
        family: String(row.family),
        scope: String(row.scope),
        id: String(row.id),
        body: JSON.parse(String(row.body)),
      }));
  }
}

function selectionClause({ family, scope, where = [], containing, sort, after, id }: Selection): {
  from: string;
  values: (string | number)[];
} {
  const joins = where.map(
    ({ values }, n) =>
      `JOIN keys k${n} ON k${n}.sequence = o.sequence AND k${n}.family = o.family AND k${n}.name = ? AND k${n}.value IN (${values.map(() => "?").join(", ")})`,
  );
  const values: (string | number)[] = where.flatMap((key) => [key.name, ...key.values]);
  if (containing) {
    joins.push(
      "JOIN keys searched ON searched.sequence = o.sequence AND searched.name = ? AND instr(lower(searched.value), lower(?)) > 0",
    );
    values.push(containing.key, containing.text);
  }
  if (sort?.key !== undefined) {
    joins.push("LEFT JOIN keys ordered ON ordered.sequence = o.sequence AND ordered.name = ?");
    values.push(sort.key);
  }
  const conditions = ["o.family = ?"];
  values.push(family);
  if (scope !== undefined) {
    conditions.push("o.scope = ?");
    values.push(scope);
  }
  if (id !== undefined) {
    conditions.push("o.id = ?");
    values.push(id);
  }
  if (after !== undefined) {
    conditions.push("o.sequence > ?");
    values.push(after);
  }
  return { from: `FROM objects o ${joins.join(" ")} WHERE ${conditions.join(" AND ")}`, values };
}
