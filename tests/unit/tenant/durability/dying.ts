import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { dirname } from "node:path";
import { constants, DatabaseSync, StatementSync } from "node:sqlite";

/*
 * Loaded into a tenant's process before the tenant: ends it with SIGKILL just before the step DIE_AT of those that may change a
 * file, counted from 1: each call that writes, and each statement of a text of several. A file is also left half-written.
 */
let left = Number(process.env.DIE_AT);

function step(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
}

function beforeEach(target: object, name: string, act: (self: unknown, given: unknown[]) => void): void {
  const original = Reflect.get(target, name);
  Reflect.set(target, name, function (this: unknown, ...given: unknown[]) {
    act(this, given);
    return Reflect.apply(original, this, given);
  });
}

const folders = [process.env.CA_DIR ?? "", dirname(process.env.DATA ?? "")];
const isOwn = (file: unknown) => folders.some((folder) => String(file).startsWith(folder));

// Node reads its programs by the same functions
for (const name of ["openSync", "linkSync", "renameSync", "rmSync", "chmodSync", "mkdirSync"])
  beforeEach(fs, name, (_, [file]) => isOwn(file) && step());
const write = fs.writeFileSync;
beforeEach(fs, "writeFileSync", (_, [file, content, options]) => {
  step();
  const half = String(content).slice(0, String(content).length / 2);
  if (left === 1) write(String(file), half, options as fs.WriteFileOptions);
  step();
});
syncBuiltinESMExports();

const { SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_REINDEX } = constants;
/** What changes nothing by itself: the making of an index is told as its making already. */
const harmless: readonly number[] = [SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_REINDEX];
const watched = new WeakSet<DatabaseSync>();

beforeEach(DatabaseSync.prototype, "exec", (database) => {
  step();
  if (!(database instanceof DatabaseSync) || watched.has(database)) return;
  watched.add(database);
  // each statement of a text is compiled once those before it have run
  database.setAuthorizer((action, table) => {
    if (!harmless.includes(action) && !table?.startsWith("sqlite_")) step();
    return constants.SQLITE_OK;
  });
});
beforeEach(StatementSync.prototype, "run", step);
beforeEach(DatabaseSync.prototype, "close", step);
