import type { Selection, Store, Stored } from "../store.ts";
import { Refusal } from "./faults.ts";
import { choice, flag, type Schema, text, whole } from "./fields.ts";
import { type Body, omit, pick } from "./json.ts";
import type { Answer, Call, Listing } from "./tables.ts";

/** The query parameters that a list of this style takes. */
export function listQuery({ style, filters = [], search, questions, sort, fields }: Listing): {
  [name: string]: Schema;
} {
  const pages = { page: whole({ min: 0 }), per_page: whole({ min: 0, max: 100 }) };
  const take = { from: text({ max: 1000 }), take: whole({ min: 1, max: 100 }) };
  return {
    ...(style === "pages" ? { ...pages, include_totals: flag(), ...take } : {}),
    ...(style === "checkpoint" ? take : {}),
    ...(style === "numbered" ? pages : {}),
    // a bare array takes the paging parameters that clients always send, and answers whole
    ...(style === "array" ? { ...pages, include_totals: flag() } : {}),
    ...Object.fromEntries(filters.map((name) => [name, text()])),
    ...(search ? { [search.param]: text() } : {}),
    ...(questions ? { q: text(), search_engine: text() } : {}),
    ...(sort ? { sort: choice(sort.flatMap((key) => [`${key}:1`, `${key}:-1`])) } : {}),
    ...(fields ? fieldsQuery : {}),
  };
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
  const all: Selection = {
    ...selection,
    ...filtered(listing, call),
    ...searched(listing, call),
    ...sorted(query.sort),
  };
  const present = (page: Stored[]): Body[] =>
    page
      .map(shown)
      .filter((body) => body !== undefined)
      .map((body) => narrowed(body, call, listing.fields));
  const byTake = query.take !== undefined || query.from !== undefined;
  if (listing.style === "checkpoint" || (listing.style === "pages" && byTake)) {
    const take = Number(query.take ?? 50);
    const page = store.select({ ...all, ...startingAt(query.from), limit: take });
    const last = page.at(-1);
    const next =
      last && (listing.nextAlways || page.length === take)
        ? { next: Buffer.from(`${last.sequence}`).toString("base64url") }
        : {};
    return { status: 200, body: { [listing.items]: present(page), ...next } };
  }
  if (listing.style === "array") return { status: 200, body: present(store.select(all)) };
  const page = Number(query.page ?? 0);
  const limit = Number(query.per_page ?? 50);
  const start = page * limit;
  if (listing.style === "pages" && start + limit > 1000) throw new Refusal(tooDeep);
  const items = present(store.select({ ...all, offset: start, limit }));
  if (listing.style === "numbered") {
    const total = store.count(all);
    // a page that holds nothing tells no total
    const numbers = Object.entries({ total: items.length === 0 ? 0 : total, page, per_page: limit }).filter(
      ([, number]) => number !== 0,
    );
    return { status: 200, body: { [listing.items]: items, ...Object.fromEntries(numbers) } };
  }
  if (query.include_totals !== "true") return { status: 200, body: items };
  return { status: 200, body: { [listing.items]: items, start, limit, total: store.count(all) } };
}

/** Offset paging ends at the thousandth object: https://auth0.com/docs/api/management/v2/introduction (pagination). */
const tooDeep = {
  status: 400,
  message: "You can only page through the first 1000 records. Use checkpoint pagination instead.",
  code: "invalid_paging",
} as const;

function filtered({ filters = [] }: Listing, { query }: Call): Pick<Selection, "where"> {
  const where = filters.flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [{ name, values: value.split(",") }];
  });
  return where.length === 0 ? {} : { where };
}

function searched({ search, questions }: Listing, { query }: Call): Pick<Selection, "containing" | "where"> {
  const named = search && query[search.param];
  if (search && named !== undefined) return { containing: { key: search.key, text: named } };
  if (!questions || query.q === undefined) return {};
  const [, key = "", value = ""] = /^(\w+):"?([^"]*)"?$/.exec(query.q) ?? [];
  if (!questions.includes(key)) {
    throw new Refusal({
      status: 400,
      message: `The query ${query.q} is not supported here.`,
      code: "invalid_query_string",
    });
  }
  if (value.endsWith("*")) return { containing: { key, text: value.slice(0, -1) } };
  return { where: [{ name: key, values: [value] }] };
}

function sorted(sort: string | undefined): Pick<Selection, "sort"> {
  if (sort === undefined) return {};
  const [key = "", direction] = sort.split(":");
  const descending = direction === "-1";
  return { sort: key === "created_at" ? { descending } : { key, descending } };
}

function startingAt(from: string | undefined): Pick<Selection, "after"> {
  if (from === undefined) return {};
  const place = Buffer.from(from, "base64url").toString();
  if (!/^\d{1,15}$/.test(place))
    throw new Refusal({ status: 400, message: "The 'from' parameter is not valid.", code: "invalid_query_string" });
  return { after: Number(place) };
}
