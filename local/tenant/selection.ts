/** Which objects a read is for, and in what order. */
export interface Selection {
  readonly family: string;
  readonly scope?: string;
  /** Only objects that have, for every name, a key with one of the values. */
  readonly where?: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Only objects whose key of this name contains the text, in whatever case. Reads each object that it passes by. */
  readonly containing?: { readonly key: string; readonly text: string };
  /** Only objects whose key of this name begins with the text, in whatever case; unless sorted, in that key's order. */
  readonly beginning?: { readonly key: string; readonly text: string };
  /** Order by the value of a key, objects without it last, or with no key by creation. @default order of creation */
  readonly sort?: { readonly key?: string; readonly descending: boolean };
  readonly id?: string;
  /** Only objects that follow this one in the order of the selection; where a key gives it, the object must still be there. */
  readonly after?: number;
  readonly offset?: number;
  /** @default all */
  readonly limit?: number;
}

/** One statement and what it is given. */
export interface Query {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** What a statement walks along: an index, in its order. */
interface Walk {
  readonly from: string;
  readonly conditions: string[];
  readonly values: (string | number)[];
  /** The columns that order it, the last of which tells any two objects apart. */
  readonly order: readonly string[];
  /** The key whose value is the first of two such columns. */
  readonly key?: string;
}

/**
 * Reads one page. Every order is that of an index, so that a page costs what it holds and passes by, and not what the
 * family holds. Where a key gives the order these are the objects that have it; `unkeyedPage` reads the others.
 */
export function page(selection: Selection): Query {
  const { sort, after, offset = 0, limit = -1 } = selection;
  const { from, conditions, values, order, key } = walk(selection);
  if (after !== undefined) {
    const comparison = sort?.descending ? "<" : ">";
    const value = "(SELECT value FROM keys WHERE sequence = ? AND name = ?), ";
    conditions.push(`(${order.join(", ")}) ${comparison} (${key === undefined ? "" : value}?)`);
    values.push(...(key === undefined ? [] : [after, key]), after);
  }
  const columns = order.map((column) => `${column} ${sort?.descending ? "DESC" : "ASC"}`).join(", ");
  const sql = `SELECT o.* FROM ${from} WHERE ${conditions.join(" AND ")} ORDER BY ${columns} LIMIT ? OFFSET ?`;
  return { sql, values: [...values, limit, offset] };
}

/** Reads one page of the objects that lack the key of the order, in order of creation. */
export function unkeyedPage({ sort, after, offset = 0, limit = -1, ...rest }: Selection): Query {
  const key = sort?.key ?? "";
  const { from, conditions, values, order } = walk(rest);
  const lacks = (sequence: string) => `NOT EXISTS (SELECT 1 FROM keys WHERE sequence = ${sequence} AND name = ?)`;
  conditions.push(lacks("o.sequence"));
  values.push(key);
  if (after !== undefined) {
    conditions.push(`o.sequence > iif(${lacks("?")}, ?, 0)`);
    values.push(after, key, after);
  }
  const sql = `SELECT o.* FROM ${from} WHERE ${conditions.join(" AND ")} ORDER BY ${order.join(", ")} LIMIT ? OFFSET ?`;
  return { sql, values: [...values, limit, offset] };
}

/** Counts what a selection holds: of a whole family or scope from the kept totals, otherwise along an index. */
export function total({ family, scope, where = [], containing, beginning, id }: Selection): Query {
  if (where.length === 0 && !containing && !beginning && id === undefined) {
    const own = scope === undefined ? "" : " AND scope = ?";
    const values = scope === undefined ? [family] : [family, scope];
    return { sql: `SELECT coalesce(sum(objects), 0) AS n FROM totals WHERE family = ?${own}`, values };
  }
  const filters = { family, where, ...(containing && { containing }), ...(beginning && { beginning }) };
  const whole = { ...filters, ...(scope !== undefined && { scope }), ...(id !== undefined && { id }) };
  return tally(walk(whole));
}

/** Counts the objects that have the key of the order. */
export function keyedTotal(selection: Selection): Query {
  return tally(walk(selection));
}

function tally({ from, conditions, values }: Walk): Query {
  // objects need not be read where the keys say all
  const only = conditions.some((condition) => /\bo\./.test(condition)) ? from : from.replace(/ CROSS JOIN .*/, "");
  return { sql: `SELECT count(*) AS n FROM ${only} WHERE ${conditions.join(" AND ")}`, values };
}

/** The index that gives the order or finds the fewest objects; whatever else is asked tests them one by one. */
function walk({ family, scope, where = [], containing, beginning, sort, id }: Selection): Walk {
  const [first] = where;
  const by =
    sort?.key !== undefined
      ? "order"
      : beginning && !sort
        ? "beginning"
        : first?.values.length === 1
          ? "value"
          : "creation";
  const alias = by === "creation" ? "o" : "k";
  const conditions = [`${alias}.family = ?`];
  const values: (string | number)[] = [family];
  const add = (condition: string, ...more: (string | number)[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  if (scope !== undefined) add(`${alias}.scope = ?`, scope);
  if (by === "order") add("k.name = ?", sort?.key ?? "");
  if (by === "beginning" && beginning) {
    const { key, text } = beginning;
    add("k.name = ? AND k.value COLLATE NOCASE >= ? AND k.value COLLATE NOCASE < ?", key, text, `${text}\u{10ffff}`);
  }
  if (by === "value") add("k.name = ? AND k.value = ?", first?.name ?? "", first?.values[0] ?? "");
  for (const { name, values: wanted } of by === "value" ? where.slice(1) : where) {
    add(keyed("k0.value IN (SELECT value FROM json_each(?))"), name, JSON.stringify(wanted));
  }
  if (beginning && by !== "beginning") {
    add(keyed("lower(substr(k0.value, 1, length(?))) = lower(?)"), beginning.key, beginning.text, beginning.text);
  }
  if (containing) add(keyed("instr(lower(k0.value), lower(?)) > 0"), containing.key, containing.text);
  if (id !== undefined) add("o.id = ?", id);
  if (by === "creation") return { from: "objects o", conditions, values, order: ["o.sequence"] };
  const from = `keys k CROSS JOIN objects o ON o.sequence = k.sequence`;
  if (by === "value") return { from, conditions, values, order: ["k.sequence"] };
  const value = by === "order" ? "k.value" : "k.value COLLATE NOCASE";
  const key = (by === "order" ? sort?.key : beginning?.key) ?? "";
  return { from, conditions, values, order: [value, "k.sequence"], key };
}

/** That the object has a key of which the condition is true. */
function keyed(condition: string): string {
  return `EXISTS (SELECT 1 FROM keys k0 WHERE k0.sequence = o.sequence AND k0.name = ? AND ${condition})`;
}
