/** The tables of a data file before keys knew their scope and totals were kept. */
export const firstTables = `
  PRAGMA application_id = ${0x61306232};
  CREATE TABLE objects (sequence INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT NOT NULL, scope TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, UNIQUE (family, scope, id)) STRICT;
  CREATE INDEX objects_by_id ON objects (family, id);
  CREATE INDEX objects_in_order ON objects (family, scope, sequence);
  CREATE TABLE keys (family TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES objects ON DELETE CASCADE, one INTEGER NOT NULL,
    PRIMARY KEY (family, name, value, sequence)) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX keys_unique ON keys (family, name, value) WHERE one = 1;
  CREATE INDEX keys_of_object ON keys (sequence, name);
  INSERT INTO objects VALUES (4, 'things', 'a', 'x', '{"name":"n"}'), (9, 'things', 'a', 'y', '{}');
  INSERT INTO keys VALUES ('things', 'name', 'n', 4, 1), ('things', 'kind', 'one', 9, 0);
`;
