import { beforeAll, describe, expect, test } from "vitest";
import { expectRefused, type Refused } from "./refusals.ts";
import { requests } from "./tenant.ts";

/** The SDK's own pager, as far as a program uses it. */
interface Pager {
  readonly data: readonly object[];
  hasNextPage(): boolean;
  getNextPage(): Promise<unknown>;
}

/** One family of objects: what the SDK is told, and what it must answer. The tests make five, and lists are read by twos. */
export interface Collection<Made extends object> {
  readonly family: string;
  /** The field that tells one object from another. */
  readonly id: string;
  /** Makes the nth object, from 1 on. */
  create(n: number): PromiseLike<Made>;
  /** What the first create answers. */
  readonly made: object;
  /** @default no operation reads one object */
  readonly get?: (made: Made) => PromiseLike<object>;
  /** What a read shows of an object. @default what its create answered */
  readonly read?: (made: Made) => object;
  readonly list?: {
    /** The first page of two objects. @default the whole list, which is not paged */
    readonly pages?: () => PromiseLike<Pager>;
    readonly whole?: () => PromiseLike<readonly object[]>;
    /** Objects on each page that the SDK asks for, what the tenant had before included. */
    readonly sizes?: readonly number[];
    /** What a list shows of an object. @default what a read shows */
    readonly listed?: (made: Made) => object;
    /** The made objects in the order of the list, by place. @default that of their creation */
    readonly order?: readonly number[];
  };
  readonly update?: {
    send(made: Made): PromiseLike<object>;
    /** The fields that are not as they were. */
    readonly changes: object;
  };
  /** Something that the first object stands in the way of. */
  readonly conflict?: { send(made: Made): PromiseLike<unknown>; readonly refused: Refused };
  /** Something that names what is not there. */
  readonly absent?: { send(): PromiseLike<unknown>; readonly refused: Refused };
  readonly remove: {
    send(made: Made): PromiseLike<unknown>;
    /** What a read says from then on. */
    readonly gone?: Refused | ((made: Made) => Refused);
    /** What the same again answers. @default the same as the first time */
    readonly again?: Refused;
  };
}

/** The tests of one family, in the order of an object's life. */
export function collection<Made extends object>(table: Collection<Made>): void {
  const { family, create, get, list, update, conflict, absent, remove } = table;
  const read = table.read ?? ((made: Made): object => made);
  const idOf = (object: object): unknown => Reflect.get(object, table.id);

  describe(family, () => {
    const made: Made[] = [];
    const first = (): Made => made[0] ?? expect.fail("nothing was made");

    beforeAll(async () => {
      for (const n of [1, 2, 3, 4, 5]) made.push(await create(n));
    });

    /** The made objects among listed ones. */
    const own = (listed: readonly object[]): object[] =>
      listed.filter((item) => made.some((one) => idOf(one) === idOf(item)));

    test("a create answers the object", () => {
      expect(first()).toEqual(table.made);
    });

    if (get)
      test("a read answers what the create did", async () => {
        expect(await get(first())).toEqual(read(first()));
      });

    if (list) {
      const { pages, whole, sizes, listed = read, order = [0, 1, 2, 3, 4] } = list;
      test(`a list has each object once, ${sizes ? `over ${sizes.length} pages` : "all at once"}`, async () => {
        requests();
        const walked = pages ? await walk(await pages()) : { items: (await whole?.()) ?? [], sizes: undefined };
        expect(walked.sizes).toEqual(sizes);
        expect(requests()).toHaveLength(sizes?.length ?? 1);
        const expected = order.map((place) => listed(made[place] ?? expect.fail("too few were made")));
        expect(own(walked.items)).toEqual(expected);
      });
    }

    if (conflict)
      test("what is there already stands in the way of another", async () => {
        await expectRefused(conflict.send(first()), conflict.refused);
      });

    if (absent)
      test("what is not there cannot be added", async () => {
        await expectRefused(absent.send(), absent.refused);
      });

    if (update)
      test("an update changes what it names and nothing else", async () => {
        const expected = { ...read(first()), ...update.changes };
        expect(await update.send(first())).toEqual(expected);
        if (get) expect(await get(first())).toEqual(expected);
      });

    test("a delete takes it away, and only this one", async () => {
      await remove.send(first());
      const { gone } = remove;
      if (get && gone) await expectRefused(get(first()), typeof gone === "function" ? gone(first()) : gone);
      if (list) {
        const { items } = list.pages ? await walk(await list.pages()) : { items: (await list.whole?.()) ?? [] };
        expect(own(items).map(idOf).sort()).toEqual(made.slice(1).map(idOf).sort());
      }
    });

    test(`another delete ${remove.again ? "is refused" : "succeeds as well"}`, async () => {
      if (remove.again) await expectRefused(remove.send(first()), remove.again);
      else await remove.send(first());
    });
  });
}

/** Every page as the SDK turns them. */
async function walk(pager: Pager): Promise<{ items: object[]; sizes: number[] }> {
  const items = [...pager.data];
  const sizes = [pager.data.length];
  while (pager.hasNextPage()) {
    await pager.getNextPage();
    items.push(...pager.data);
    sizes.push(pager.data.length);
  }
  return { items, sizes };
}
