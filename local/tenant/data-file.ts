import { randomInt } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** "a0b2" in ASCII: marks a SQLite file as a tenant's. */
const applicationId = 0x61306232;

/** Bytes of SQLite's smallest page. */
const leastPage = 512;

/** The number of the tables below; a file of a lower one is brought up to it. */
const version = 1;

const objects = `
  CREATE TABLE objects (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT NOT NULL, scope TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (family, scope, id)
  ) STRICT;
  CREATE INDEX objects_by_id ON objects (family, id);
  CREATE INDEX objects_in_order ON objects (family, scope, sequence);
`;

/** In the order of a key within a scope, of its values in whatever case, and of one value in whatever scope. */
const keys = `
  CREATE TABLE keys (
    family TEXT NOT NULL, scope TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES objects ON DELETE CASCADE, one INTEGER NOT NULL,
    PRIMARY KEY (family, scope, name, value, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keys_by_text ON keys (family, scope, name, value COLLATE NOCASE, sequence);
  CREATE INDEX keys_by_value ON keys (family, name, value, sequence);
  CREATE UNIQUE INDEX keys_unique ON keys (family, name, value) WHERE one = 1;
  CREATE INDEX keys_of_object ON keys (sequence, name);
`;

/** Kept by the file itself, so that no write can forget them: a count over a whole family would cost what it holds. */
const totals = `
  CREATE TABLE totals (
    family TEXT NOT NULL, scope TEXT NOT NULL, objects INTEGER NOT NULL, PRIMARY KEY (family, scope)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO totals SELECT family, scope, count(*) FROM objects GROUP BY family, scope;
  CREATE TRIGGER counted AFTER INSERT ON objects BEGIN
    INSERT INTO totals VALUES (NEW.family, NEW.scope, 1) ON CONFLICT DO UPDATE SET objects = objects + 1;
  END;
  CREATE TRIGGER discounted AFTER DELETE ON objects BEGIN
    UPDATE totals SET objects = objects - 1 WHERE family = OLD.family AND scope = OLD.scope;
    DELETE FROM totals WHERE family = OLD.family AND scope = OLD.scope AND objects = 0;
  END;
`;

/** From version 0, whose keys knew no scope and which kept no totals. */
const upgrade = `
  ALTER TABLE keys RENAME TO keys_before;
  DROP INDEX keys_unique;
  DROP INDEX keys_of_object;
  ${keys}
  INSERT INTO keys SELECT k.family, o.scope, k.name, k.value, k.sequence, k.one FROM keys_before k JOIN objects o USING (sequence);
  DROP TABLE keys_before;
  ${totals}
`;

/** Files that were refused and stay open until the process exits. */
const refused = new Set<DatabaseSync>();

/**
 * Opens a tenant's data file for this process alone, and makes it where there is none, with mode 0600 (`fresh` then says so).
 * Throws an Error with one sentence where the file cannot be used.
 */
export function openDataFile(file: string): { database: DatabaseSync; fresh: boolean } {
  const existed = existsSync(file);
  let database: DatabaseSync | undefined;
  try {
    // client secrets lie in it: for its owner only, and SQLite gives the files beside it the same mode
    if (!existed) closeSync(openSync(file, "a", 0o600));
    database = new DatabaseSync(file, { timeout: 0 });
    // one process a file: a second one must fail, not mix its writes in
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = ON;");
    const header = existed ? headerOf(file) : undefined;
    const fresh = numberOf(database, "SELECT count(*) FROM sqlite_schema") === 0;
    if (!fresh) refuseForeign(database, header);
    // the log is handed to the operating system at each commit: an acknowledged write outlives the process
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    if (fresh) change(database, `PRAGMA application_id = ${applicationId}; ${objects} ${keys} ${totals}`);
    else if (userVersion(database).version < version) change(database, upgrade);
    return { database, fresh };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const locked = said === "database is locked";
    // a close writes the log into the file, which may be the wrong one of the two: whoever set them side by side still has both
    if (database && existed && !locked && hasLog(file)) refused.add(database);
    else database?.close();
    if (!existed) for (const made of [file, `${file}-wal`, `${file}-journal`]) rmSync(made, { force: true });
    const reason = locked ? "another process has it open" : said;
    throw new Error(`The tenant's data file ${file} cannot be used: ${reason}.`, { cause });
  }
}

function refuseForeign(database: DatabaseSync, header: Header | undefined): void {
  if (numberOf(database, "PRAGMA application_id") !== applicationId)
    throw new Error("it is a database of something else");
  const found = userVersion(database);
  if (found.version > version) throw new Error("a newer version of this project wrote it");
  if (header?.mark && found.mark !== header.mark) throw new Error("the -wal beside it belongs to another data file");
  if (header?.cut || database.prepare("PRAGMA quick_check(1)").get()?.quick_check !== "ok")
    throw new Error("it is damaged");
}

/** SQLite's user_version holds the number of the tables in its last byte, and before it a number that tells files apart. */
function userVersion(database: DatabaseSync): { version: number; mark: number } {
  const number = numberOf(database, "PRAGMA user_version");
  return { version: number & 0xff, mark: number >>> 8 };
}

function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** What the file says of itself, whatever the log beside it says: https://www.sqlite.org/fileformat.html#the_database_header */
interface Header {
  /** The number that tells files apart; 0 where the log still holds all there is. */
  readonly mark: number;
  /** That the last page is not whole: SQLite would read zeros for the rest of it. */
  readonly cut: boolean;
}

/** Undefined of an empty file. Throws an Error where it is too short for a database: SQLite would take it for empty, and write over it. */
function headerOf(file: string): Header | undefined {
  const status = statSync(file);
  if (!status.isFile() || status.size === 0) return undefined;
  if (status.size < leastPage) throw new Error("file is not a database");
  const bytes = Buffer.alloc(64);
  // not only to read: SQLite calls it a disk error where it may not write
  const open = openSync(file, "r+");
  readSync(open, bytes);
  closeSync(open);
  return { mark: bytes.readUInt32BE(60) >>> 8, cut: status.size % Math.max(leastPage, bytes.readUInt16BE(16)) !== 0 };
}

/** Whole or not at all, with the number of the version that it leads to. */
function change(database: DatabaseSync, statements: string): void {
  const number = randomInt(1, 0x7fffff) * 0x100 + version;
  database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${number}; COMMIT;`);
}

function numberOf(database: DatabaseSync, statement: string): number {
  return Number(Object.values(database.prepare(statement).get() ?? {})[0]);
}
