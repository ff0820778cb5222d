import { Refusal } from "../management/faults.ts";
import { choice, flag, text } from "../management/fields.ts";
import { type Body, isBody, type Json } from "../management/json.ts";
import { unsupported } from "../management/listing.ts";
import type { Call, Found, Listing } from "../management/tables.ts";
import { type Bound, type Query, readQuery } from "./user-query.ts";

/** https://auth0.com/docs/manage-users/user-search/user-search-query-syntax */
export const userSearch: NonNullable<Listing["query"]> = {
  parameters: {
    q: text(),
    search_engine: choice(["v1", "v2", "v3"]),
    sort: text({ pattern: "^(([a-zA-Z0-9_\\\\.]+))\\:(1|-1)$" }),
    connection: text(),
    primary_order: flag(),
  },
  of: found,
};

/** Fields whose texts are compared in whatever case. */
const foldedFields = new Set(["email", "name", "given_name", "family_name", "nickname"]);

/** Fields that a key finds, so that no other user need be looked at. */
const keys: { readonly [field: string]: string } = {
  email: "folded email",
  user_id: "user_id",
  username: "username",
  "identities.connection": "connection",
};

function found({ query: { q, sort, search_engine: engine = "v3" } }: Call): Found {
  if (engine !== "v3") throw new Refusal(engine === "v1" ? noFirst : noSecond);
  const order = sort === undefined ? {} : { compare: orderOf(sort) };
  if (q === undefined || q.trim() === "") return order;
  const query = readQuery(q);
  if (!query || !allowed(query)) throw unsupported(q);
  const parts = query.kind === "and" ? query.parts : [query];
  const keyed = parts.find(isKeyed);
  const rest = parts.filter((part) => part !== keyed);
  return {
    ...order,
    ...(keyed ? { where: [{ name: keys[keyed.field] ?? "", values: [folded(keyed.field, keyed.text)] }] } : {}),
    ...(rest.length > 0 ? { keeps: (user: Body) => rest.every((part) => holds(part, user)) } : {}),
  };
}

const noFirst = { status: 400, message: "You are not allowed to use search_engine=v1." } as const;
const noSecond = {
  status: 400,
  message: "You are not allowed to use search_engine=v2. Use search_engine=v3 instead.",
} as const;

type Text = Extract<Query, { kind: "text" }>;

function isKeyed(query: Query): query is Text {
  return query.kind === "text" && !hasWildcard(query) && Object.hasOwn(keys, query.field);
}

function hasWildcard({ text, quoted }: Text): boolean {
  return !quoted && text.includes("*");
}

/** Neither wildcards nor ranges in user_metadata, and no fewer than three letters after a leading `*`. */
function allowed(query: Query): boolean {
  if (query.kind === "and" || query.kind === "or") return query.parts.every(allowed);
  if (query.kind === "not") return allowed(query.part);
  if (query.kind === "exists") return true;
  const metadata = query.field.startsWith("user_metadata");
  if (query.kind === "range") return !metadata;
  if (!hasWildcard(query)) return true;
  return !metadata && (!query.text.startsWith("*") || query.text.replaceAll("*", "").length >= 3);
}

function holds(query: Query, user: Body): boolean {
  if (query.kind === "and") return query.parts.every((part) => holds(part, user));
  if (query.kind === "or") return query.parts.some((part) => holds(part, user));
  if (query.kind === "not") return !holds(query.part, user);
  const values = valuesAt(user, query.field);
  if (query.kind === "exists") return values.length > 0;
  if (query.kind === "range") return values.some((value) => within(value, query.low, query.high));
  const wanted = folded(query.field, query.text);
  if (!hasWildcard(query)) return values.some((value) => folded(query.field, String(value)) === wanted);
  return values.some((value) => isLike(folded(query.field, String(value)), wanted.split("*")));
}

/** Whether a text is made of the given parts in this order, with anything between them. */
function isLike(text: string, [first = "", ...parts]: readonly string[]): boolean {
  if (!text.startsWith(first)) return false;
  const last = parts.at(-1) ?? "";
  let at = first.length;
  for (const part of parts.slice(0, -1)) {
    const place = text.indexOf(part, at);
    if (place === -1) return false;
    at = place + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function folded(field: string, value: string): string {
  return foldedFields.has(field) ? value.toLowerCase() : value;
}

/** The scalars under a path; a list on the way is looked through. */
function valuesAt(user: Body, field: string): (string | number | boolean)[] {
  if (field === "email.domain") return valuesAt(user, "email").map((email) => String(email).split("@")[1] ?? "");
  let level: Json[] = [user];
  for (const part of field.split(".")) {
    level = level.flat().flatMap((value) => (isBody(value) && Object.hasOwn(value, part) ? [value[part] ?? null] : []));
  }
  return level.flat().flatMap((value) => (isScalar(value) ? [value] : []));
}

function isScalar(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== "object";
}

function within(value: string | number | boolean, low: Bound, high: Bound): boolean {
  const least = low.value === undefined ? 1 : compared(value, low.value);
  const most = high.value === undefined ? -1 : compared(value, high.value);
  return (low.inclusive ? least >= 0 : least > 0) && (high.inclusive ? most <= 0 : most < 0);
}

/** Numbers by size; dates and texts by as many letters as the bound has, so that a day holds all its hours. */
function compared(value: string | number | boolean, bound: string): number {
  if (typeof value === "number") return value - Number(bound);
  const start = String(value).slice(0, bound.length);
  return start < bound ? -1 : start > bound ? 1 : 0;
}

function orderOf(sort: string): (one: Body, other: Body) => number {
  const [field = "", direction] = sort.split(":");
  const sign = direction === "-1" ? -1 : 1;
  return (one, other) => {
    const [first] = valuesAt(one, field);
    const [second] = valuesAt(other, field);
    // a user without the field comes last, whichever way
    if (first === undefined || second === undefined) return first === second ? 0 : first === undefined ? 1 : -1;
    return first < second ? -sign : first > second ? sign : 0;
  };
}
