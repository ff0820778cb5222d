import type { Selection, Store, Stored } from "../store.ts";
import { checkpointPage } from "./checkpoint.ts";
import { Refusal } from "./faults.ts";
import { choice, flag, type Schema, text, whole } from "./fields.ts";
import { type Body, omit, pick } from "./json.ts";
import type { Answer, Call, Found, Listing } from "./tables.ts";

/** The query parameters that a list of this style takes. */
export function listQuery(listing: Listing): { [name: string]: Schema } {
  const { style, search, questions, sort, fields, query, checkpoint = true, leastPerPage = 1, mostPage } = listing;
  const page = whole({ min: 0, ...(mostPage === undefined ? {} : { max: mostPage }) });
  const pages = { page, per_page: whole({ min: leastPerPage, max: 100 }) };
  const take = { from: text({ max: 1000 }), take: whole({ min: 1, max: 100 }) };
  return {
    ...(style === "pages" ? { ...pages, include_totals: flag(), ...(checkpoint ? take : {}) } : {}),
    ...(style === "checkpoint" ? take : {}),
    ...(style === "numbered" ? { ...pages, per_page: whole({ min: 0, max: 100 }) } : {}),
    // a bare array takes the paging parameters that clients always send, and answers whole
    ...(style === "array" ? { ...pages, include_totals: flag() } : {}),
    ...filterSchemas(listing),
    ...(search ? { [search.param]: text() } : {}),
    ...(questions ? { q: text(), search_engine: text() } : {}),
    ...(sort ? { sort: choice(sort.flatMap((key) => [`${key}:1`, `${key}:-1`])) } : {}),
    ...(fields ? fieldsQuery : {}),
    ...query?.parameters,
  };
}

function filterSchemas({ filters = [] }: Listing): { readonly [name: string]: Schema } {
  return isNames(filters) ? Object.fromEntries(filters.map((name) => [name, text()])) : filters;
}

function isNames(filters: NonNullable<Listing["filters"]>): filters is readonly string[] {
  return Array.isArray(filters);
}

export const fieldsQuery: { readonly [name: string]: Schema } = { fields: text(), include_fields: flag() };

/** Applies `fields` and `include_fields`; the fields in `always` stay whatever these say. */
export function narrowed(body: Body, { query }: Call, always: readonly string[] | undefined): Body {
  if (!always || query.fields === undefined) return body;
  const named = query.fields.split(",");
  if (query.include_fields !== "false") return pick(body, [...named, ...always]);
  return omit(
    body,
    named.filter((name) => !always.includes(name)),
  );
}

/** Answers one page of the selected objects, in the style of the listing. */
export function listAnswer(
  store: Store,
  listing: Listing,
  selection: Selection,
  call: Call,
  shown: (stored: Stored) => Body | undefined,
): Answer {
  const { query } = call;
  const { style, items } = listing;
  const found = listing.query?.of(call) ?? {};
  const all = selected(listing, selection, call, found);
  const present = (page: readonly Stored[]): Body[] =>
    page
      .map(shown)
      .filter((body) => body !== undefined)
      .map((body) => narrowed(body, call, listing.fields));
  const byTake = query.take !== undefined || query.from !== undefined;
  if (style === "checkpoint" || (style === "pages" && byTake)) {
    const pages = { store, listing, selection: all, since: listing.since?.(call) };
    const { page, next } = checkpointPage(pages, Number(query.take ?? 50), query.from);
    return { status: 200, body: { [items]: present(page), ...(next === undefined ? {} : { next }) } };
  }
  if (style === "array") return { status: 200, body: present(store.select(all)) };
  const page = Number(query.page ?? 0);
  const limit = Number(query.per_page ?? 50);
  const start = page * limit;
  if (style === "pages" && start + limit > 1000) throw new Refusal(listing.tooDeep ?? tooDeep);
  const { held, total } = offsetPage(store, all, found, start, limit);
  const shownItems = present(held);
  if (style === "numbered") {
    // a page that holds nothing tells no total
    const numbers = Object.entries({ total: shownItems.length === 0 ? 0 : total(), page, per_page: limit });
    return { status: 200, body: { [items]: shownItems, ...Object.fromEntries(numbers.filter(([, n]) => n !== 0)) } };
  }
  if (query.include_totals !== "true") return { status: 200, body: shownItems };
  const length = listing.length ? { length: shownItems.length } : {};
  return { status: 200, body: { [items]: shownItems, start, limit, ...length, total: total() } };
}

/** Reads one page; only what no key tells costs a look at every object. */
function offsetPage(store: Store, all: Selection, { keeps, compare }: Found, start: number, limit: number) {
  if (!keeps && !compare) {
    return { held: store.select({ ...all, offset: start, limit }), total: () => store.count(all) };
  }
  const kept: Stored[] = [];
  let count = 0;
  for (const stored of each(store, all)) {
    if (keeps && !keeps(stored.body)) continue;
    count += 1;
    if (compare || kept.length < start + limit) kept.push(stored);
  }
  const ordered = compare ? kept.sort((one, other) => compare(one.body, other.body)) : kept;
  return { held: ordered.slice(start, start + limit), total: () => count };
}

/** Every selected object in order of creation, a thousand in memory at a time. */
function* each(store: Store, selection: Selection): Generator<Stored> {
  let batch = store.select({ ...selection, limit: 1000 });
  while (batch.length > 0) {
    yield* batch;
    batch = store.select({ ...selection, limit: 1000, after: batch.at(-1)?.sequence ?? 0 });
  }
}

function selected(listing: Listing, selection: Selection, call: Call, found: Found): Selection {
  const given = [...(selection.where ?? []), ...(found.where ?? [])];
  const where = [...given, ...filtered(listing, call), ...asked(listing, call)];
  return {
    ...selection,
    ...(where.length === 0 ? {} : { where }),
    ...searched(listing, call),
    ...(listing.sort ? sorted(call.query.sort) : {}),
  };
}

/** Offset paging ends at the thousandth object: https://auth0.com/docs/api/management/v2/introduction (pagination). */
const tooDeep = {
  status: 400,
  message: "Requesting page exceeds the allowed maximum of 1000 records",
  code: "invalid_paging",
} as const;

type Where = NonNullable<Selection["where"]>;

function filtered(listing: Listing, { query }: Call): Where {
  return Object.keys(filterSchemas(listing)).flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [{ name, values: value.split(",") }];
  });
}

function searched(listing: Listing, { query }: Call): Pick<Selection, "containing" | "beginning"> {
  const { search } = listing;
  const named = search && query[search.param];
  if (search && named !== undefined) return { containing: { key: search.key, text: named } };
  const { key, value } = question(listing, query.q);
  return value.endsWith("*") ? { beginning: { key, text: value.slice(0, -1) } } : {};
}

function asked(listing: Listing, { query }: Call): Where {
  const { key, value } = question(listing, query.q);
  return key === "" || value.endsWith("*") ? [] : [{ name: key, values: [value] }];
}

/** `q=key:value` of the lists that have no search of their own; a value may end in `*`. */
function question({ questions }: Listing, q: string | undefined): { key: string; value: string } {
  if (!questions || q === undefined) return { key: "", value: "" };
  const [, key = "", value = ""] = /^(\w+):"?([^"*]*\*?)"?$/.exec(q) ?? [];
  if (!questions.includes(key)) throw unsupported(q);
  return { key, value };
}

/** A search that is not understood here is refused: an answer to another question would be worse. */
export function unsupported(q: string): Refusal {
  return new Refusal({ status: 400, message: `The query ${q} is not supported here.`, code: "invalid_query_string" });
}

function sorted(sort: string | undefined): Pick<Selection, "sort"> {
  if (sort === undefined) return {};
  const [key = "", direction] = sort.split(":");
  const descending = direction === "-1";
  return { sort: key === "created_at" ? { descending } : { key, descending } };
}
