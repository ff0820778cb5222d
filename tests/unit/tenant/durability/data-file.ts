import { copyFileSync, existsSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Organization } from "./writers.ts";

/** What a reader that knows nothing of the tenant's code finds in its data file. */
export interface Found {
  readonly organizations: ReadonlyMap<string, Organization>;
  /** What contradicts itself; none in a sound file. */
  readonly faults: readonly string[];
  readonly objects: number;
}

/** Each selects what must not be: an entry without its object, an object without what it hangs on, a number that is not the count. */
const contradictions: { readonly [fault: string]: string } = {
  "a key without its object": `SELECT k.name FROM keys k WHERE NOT EXISTS
    (SELECT 1 FROM objects o WHERE o.sequence = k.sequence AND o.family = k.family AND o.scope = k.scope)`,
  "an organization without the key of its name": `SELECT id FROM objects o WHERE family = 'organizations' AND NOT EXISTS
    (SELECT 1 FROM keys k WHERE k.sequence = o.sequence AND k.name = 'name' AND k.value = o.body ->> 'name')`,
  "an organization with the key of another name": `SELECT value FROM keys k JOIN objects o USING (sequence)
    WHERE k.family = 'organizations' AND k.name IN ('name', 'display_name') AND k.value <> (o.body ->> k.name)`,
  "a dependant without its organization": `SELECT family || ' of ' || scope FROM objects o WHERE family GLOB 'organization-*'
    AND NOT EXISTS (SELECT 1 FROM objects p WHERE p.family = 'organizations' AND p.id = o.scope)`,
  "a member that is no user": `SELECT id FROM objects o WHERE family = 'organization-members'
    AND NOT EXISTS (SELECT 1 FROM objects p WHERE p.family = 'users' AND p.id = o.id)`,
  "an enabled connection that is none": `SELECT id FROM objects o WHERE family = 'organization-connections'
    AND NOT EXISTS (SELECT 1 FROM objects p WHERE p.family = 'connections' AND p.id = o.id)`,
  "a total that is not the count": `SELECT family || ' ' || scope FROM (
    SELECT family, scope, objects AS n FROM totals UNION ALL SELECT family, scope, -count(*) FROM objects GROUP BY family, scope)
    GROUP BY family, scope HAVING sum(n) <> 0`,
};

/**
 * Reads a copy of a data file with the log beside it, as another program would: the file itself is left to the tenant to recover.
 * Undefined where there are no tables yet.
 */
export function readDataFile(file: string): Found | undefined {
  const copy = `${file}.copy`;
  const parts = ["", "-wal", "-journal"].filter((part) => existsSync(`${file}${part}`));
  for (const part of parts) copyFileSync(`${file}${part}`, `${copy}${part}`);
  const database = new DatabaseSync(copy);
  try {
    return readTables(database);
  } finally {
    database.close();
    for (const part of ["", "-wal", "-shm", "-journal"]) rmSync(`${copy}${part}`, { force: true });
  }
}

function readTables(database: DatabaseSync): Found | undefined {
  const column = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => String(Object.values(row)[0]));
  const tables = column(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name",
  );
  const damage = [
    ...column("PRAGMA integrity_check").filter((said) => said !== "ok"),
    ...column("PRAGMA foreign_key_check"),
  ];
  if (tables.length === 0 && damage.length === 0) return undefined;
  if (tables.join() !== "keys,objects,totals")
    return { organizations: new Map(), objects: 0, faults: [...damage, `tables ${tables.join()}`] };
  const faults = Object.entries(contradictions).flatMap(([fault, sql]) =>
    column(sql).map((which) => `${fault}: ${which}`),
  );
  const organizations = database.prepare("SELECT id, body FROM objects WHERE family = 'organizations'").all();
  const dependants = database.prepare("SELECT id FROM objects WHERE family = ? AND scope = ? ORDER BY id");
  const idsOf = (family: string, scope: string) => dependants.all(family, scope).map(({ id }) => String(id));
  const entries = organizations.map(({ id, body }): [string, Organization] => {
    const { name, display_name, metadata } = JSON.parse(String(body));
    const members = idsOf("organization-members", String(id));
    const connections = idsOf("organization-connections", String(id));
    return [display_name, { name, counter: Number(metadata.counter), members, connections }];
  });
  const objects = Number(column("SELECT count(*) FROM objects")[0]);
  return { organizations: new Map(entries), faults: [...damage, ...faults], objects };
}
