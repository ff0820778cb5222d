import { type Effort, requestsPerSecond } from "./measure.ts";
import type { Served } from "./server.ts";
import type { Row } from "./table.ts";

/** A tenant, how many organizations, users and members of its first organization it has, and which that is. */
export interface World {
  readonly tenant: Served;
  readonly rows: number;
  readonly first: string;
}

interface Listed {
  readonly name: string;
  path(world: World): string | Promise<string>;
  /** It looks at every row, so that one at a time is enough to wait for. */
  readonly whole?: true;
}

const perPage = 50;

/** The last page that offset paging reaches: it ends at the thousandth row. */
const deepest = ({ rows }: World): number => Math.min(rows, 1000) / perPage - 1;

const offset =
  (path: string, more = ""): Listed["path"] =>
  () =>
    `${path}?page=0&per_page=${perPage}${more}`;

const lists: readonly Listed[] = [
  { name: "organizations: first page", path: offset("/organizations") },
  { name: "organizations: first page, with totals", path: offset("/organizations", "&include_totals=true") },
  {
    name: "organizations: deepest page by offset, with totals",
    path: (world) => `/organizations?page=${deepest(world)}&per_page=${perPage}&include_totals=true`,
  },
  { name: "organizations: first by checkpoint", path: () => `/organizations?take=${perPage}` },
  { name: "organizations: last by checkpoint", path: (world) => lastPage(world, "/organizations") },
  { name: "organizations: by name", path: offset("/organizations", "&sort=name:1") },
  {
    name: "organizations: by display_name, backwards, with totals",
    path: offset("/organizations", "&sort=display_name:-1&include_totals=true"),
  },
  { name: "organizations: newest", path: offset("/organizations", "&sort=created_at:-1") },
  {
    name: "members: first page, with totals",
    path: ({ first }) => `/organizations/${first}/members?page=0&per_page=${perPage}&include_totals=true`,
  },
  { name: "members: last by checkpoint", path: (world) => lastPage(world, `/organizations/${world.first}/members`) },
  { name: "users: first page", path: offset("/users") },
  { name: "users: first page, with totals", path: offset("/users", "&include_totals=true") },
  {
    name: "users: deepest page by offset, with totals",
    path: (world) => `/users?page=${deepest(world)}&per_page=${perPage}&include_totals=true`,
  },
  {
    name: "users: one address",
    path: offset("/users", `&q=${encodeURIComponent('email:"person-000007@company-000007.example"')}`),
  },
  { name: "users: newest (a sort)", path: offset("/users", "&sort=created_at:-1"), whole: true },
  { name: "users: addresses that begin with", path: offset("/users", "&q=email:person-00000*"), whole: true },
];

/** Measures each list on a tenant of few rows and one of many. @returns milliseconds a page, many over few */
export async function pageTimes(few: World, many: World, effort: Effort, say: (row: Row) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (const list of lists) {
    const time = async (world: World): Promise<number> => {
      const path = `/api/v2${await list.path(world)}`;
      const more = list.whole ? { atOnce: 1 } : {};
      return 1000 / (await requestsPerSecond(() => world.tenant.send("GET", path), effort, more));
    };
    const row = { name: list.name, base: await time(few), value: await time(many) };
    rows.push(row);
    say(row);
  }
  return rows;
}

/** Walks a list by checkpoints to its end. @returns the path of its last full page */
async function lastPage({ tenant, rows }: World, path: string): Promise<string> {
  let from = "";
  for (let passed = 0; passed < rows - perPage; ) {
    const take = Math.min(100, rows - perPage - passed);
    const { text } = await tenant.send("GET", `/api/v2${path}?take=${take}${from}`);
    from = `&from=${encodeURIComponent(JSON.parse(text).next)}`;
    passed += take;
  }
  return `${path}?take=${perPage}${from}`;
}
