import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyedTotal, page, type Selection, total, unkeyedPage } from "../../../local/tenant/selection.ts";
import { Store } from "../../../local/tenant/store.ts";
import { firstTables } from "./durability/first-tables.ts";
import { ownFolder } from "./harness.ts";

interface Given {
  readonly scope: string;
  readonly name: string | undefined;
  readonly kind: string;
}

/** Things with the number of their place as id, of which those that have a name are found by it. */
function fill(store: Store, given: readonly Given[]): void {
  store.transaction(() => {
    given.forEach(({ scope, name, kind }, n) => {
      const named = name === undefined ? [] : [{ name: "name", value: name, unique: false }];
      store.insert("things", scope, `${n}`, {}, [...named, { name: "kind", value: kind, unique: false }]);
    });
  });
}

function storeOf(given: readonly Given[], file = join(ownFolder(), "tenant.db")): Store {
  const { store } = Store.open(file);
  fill(store, given);
  return store;
}

const ids = (store: Store, selection: Omit<Selection, "family">): string[] =>
  store.select({ family: "things", ...selection }).map(({ id }) => id);

const thing = fc.record({
  scope: fc.constantFrom("", "a"),
  name: fc.option(fc.string({ unit: fc.constantFrom("a", "B", "b"), maxLength: 3 }), { nil: undefined }),
  kind: fc.constantFrom("one", "two"),
});

const question = fc.record(
  {
    scope: fc.constantFrom("", "a"),
    where: fc.constantFrom(...[["one"], ["two", "one"], ["none"]].map((values) => [{ name: "kind", values }])),
    containing: fc.constantFrom({ key: "name", text: "b" }, { key: "name", text: "BA" }),
    beginning: fc.constantFrom({ key: "name", text: "b" }, { key: "name", text: "AB" }),
    sort: fc.constantFrom<NonNullable<Selection["sort"]>>(
      { descending: true },
      { key: "name", descending: false },
      { key: "name", descending: true },
    ),
  },
  { requiredKeys: [] },
);

type Question = Omit<Selection, "family">;

/** What a selection is by its definition, object by object. */
function byDefinition(given: readonly Given[], { scope, where, containing, beginning, sort }: Question): string[] {
  const kept = given
    .map((one, n) => ({ ...one, n }))
    .filter((one) => scope === undefined || one.scope === scope)
    .filter((one) => where?.every(({ values }) => values.includes(one.kind)) ?? true)
    .filter(({ name }) => !containing || name?.toLowerCase().includes(containing.text.toLowerCase()))
    .filter(({ name }) => !beginning || name?.toLowerCase().startsWith(beginning.text.toLowerCase()));
  const compare = (one = "", other = "") => (one < other ? -1 : one > other ? 1 : 0);
  const turn = sort?.descending ? -1 : 1;
  if (!sort && beginning) {
    kept.sort((one, other) => compare(one.name?.toLowerCase(), other.name?.toLowerCase()) || one.n - other.n);
  } else if (sort?.key === undefined) kept.sort((one, other) => turn * (one.n - other.n));
  else {
    const [having, lacking] = [
      kept.filter(({ name }) => name !== undefined),
      kept.filter(({ name }) => name === undefined),
    ];
    having.sort((one, other) => turn * (compare(one.name, other.name) || one.n - other.n));
    return [...having, ...lacking].map(({ n }) => `${n}`);
  }
  return kept.map(({ n }) => `${n}`);
}

test("a selection holds what its definition says, in order, and its pages are parts of it", () => {
  const store = storeOf([]);
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 12 }), question, fc.nat(5), fc.nat(5), (given, asked, offset, limit) => {
      store.transaction(() => store.clear());
      fill(store, given);
      const whole = byDefinition(given, asked);
      expect(ids(store, asked)).toEqual(whole);
      expect(store.count({ family: "things", ...asked })).toBe(whole.length);
      expect(ids(store, { ...asked, offset, limit })).toEqual(whole.slice(offset, offset + limit));
      for (const [place, id] of whole.entries()) {
        const after = store.everywhere("things", id)[0]?.sequence ?? 0;
        expect(ids(store, { ...asked, after, limit: 3 })).toEqual(whole.slice(place + 1, place + 4));
      }
    }),
    { numRuns: 300 },
  );
  store.close();
});

test("every order comes along an index: nothing is sorted, and no table is read from end to end", () => {
  const file = join(ownFolder(), "tenant.db");
  storeOf([], file).close();
  const database = new DatabaseSync(file);
  const family = "things";
  const lists: Selection[] = [
    { family, scope: "" },
    { family, scope: "", after: 7 },
    { family, scope: "", after: 7, sort: { descending: true } },
    { family, scope: "", sort: { key: "name", descending: false } },
    { family, scope: "", sort: { key: "name", descending: true }, after: 7 },
    { family, scope: "", where: [{ name: "name", values: ["a"] }], after: 7 },
    { family, where: [{ name: "name", values: ["a"] }] },
    { family, scope: "", beginning: { key: "name", text: "a" }, after: 7 },
    { family, id: "1", after: 7 },
  ];
  const read = lists.flatMap((list) => [
    page(list),
    total(list),
    ...(list.sort?.key ? [unkeyedPage(list), keyedTotal(list)] : []),
  ]);
  for (const { sql, values } of read) {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    expect([sql, ...plan.map(({ detail }) => detail)].join("\n")).not.toMatch(/TEMP B-TREE|^SCAN/m);
  }
  expect(read).toHaveLength(22);
  expect(total({ family, scope: "" }).sql).toContain("FROM totals");
  database.close();
});

test("a change outside of a transaction is refused and changes nothing", () => {
  const store = storeOf([{ scope: "", name: "a", kind: "one" }]);
  const [one] = store.select({ family: "things" });
  const changes = [
    () => store.insert("things", "", "9", {}, []),
    () => one && store.update(one, { changed: true }, []),
    () => one && store.remove(one),
    () => store.clear(),
  ];
  for (const change of changes)
    expect(change).toThrow(new Error("the store was to be changed outside of a transaction"));
  expect(store.select({ family: "things" })).toEqual([one]);
  expect(store.count({ family: "things", where: [{ name: "name", values: ["a"] }] })).toBe(1);
  store.close();
});

test("totals follow what is removed, forgotten and rolled back", () => {
  const store = storeOf(["", "", "a"].map((scope) => ({ scope, name: undefined, kind: "one" })));
  const counts = () =>
    [undefined, "", "a"].map((scope) => store.count({ family: "things", ...(scope !== undefined && { scope }) }));
  expect(counts()).toEqual([3, 2, 1]);
  const last = store.get("things", "2", "a");
  if (last) store.transaction(() => store.remove(last));
  expect(counts()).toEqual([2, 2, 0]);
  const undone = () =>
    store.transaction(() => {
      store.insert("things", "a", "9", {}, []);
      throw new Error("no");
    });
  expect(undone).toThrow("no");
  expect(counts()).toEqual([2, 2, 0]);
  store.transaction(() => store.clear());
  expect(counts()).toEqual([0, 0, 0]);
  store.close();
});

test("a data file of the first version keeps its objects, and its lists are as of a new one", () => {
  const file = join(ownFolder(), "tenant.db");
  const before = new DatabaseSync(file);
  before.exec(firstTables);
  before.close();
  for (const opening of ["upgraded", "opened again"]) {
    const { store, fresh } = Store.open(file);
    expect({ opening, fresh }).toEqual({ opening, fresh: false });
    expect(store.owner("things", "name", "n")).toEqual({
      sequence: 4,
      family: "things",
      scope: "a",
      id: "x",
      body: { name: "n" },
    });
    expect(ids(store, { scope: "a", sort: { key: "name", descending: false } })).toEqual(["x", "y"]);
    expect(store.count({ family: "things", scope: "a" })).toBe(2);
    store.close();
  }
});

test("a data file of a newer version is one sentence and stays as it is", () => {
  const file = join(ownFolder(), "tenant.db");
  storeOf([], file).close();
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 2");
  database.close();
  expect(() => Store.open(file)).toThrow(
    new Error(`The tenant's data file ${file} cannot be used: a newer version of this project wrote it.`),
  );
});
