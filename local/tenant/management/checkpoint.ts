import type { Selection, Store, Stored } from "../store.ts";
import { Refusal } from "./faults.ts";
import { textAt } from "./json.ts";
import type { Listing } from "./tables.ts";

/** What a page needs to be read from, and its token to be made of: https://auth0.com/docs/product-lifecycle/deprecations-and-migrations/migrate-to-paginated-queries */
export interface Pages {
  readonly store: Store;
  readonly listing: Listing;
  readonly selection: Selection;
  /** When what owns the list was made, in ISO 8601; nothing follows a token of an earlier time. @default any time is a place */
  readonly since?: string | undefined;
}

/** One checkpoint page: `take` objects after what `from` names, and the token of the page after it, where there may be one. */
export function checkpointPage(
  pages: Pages,
  take: number,
  from: string | undefined,
): { page: Stored[]; next?: string } {
  const { store, listing, selection } = pages;
  const after = from === undefined ? {} : { after: positionOf(pages, from) };
  const [page, following] = split(store.select({ ...selection, ...after, limit: take + 1 }), take);
  const last = page.at(-1);
  if (listing.token === "following id") return { page, ...(following ? { next: encoded(following.id) } : {}) };
  if (!last || (!listing.nextAlways && page.length < take) || (listing.nextIfMore && !following)) return { page };
  const time = timeOf(last);
  return {
    page,
    next: encoded(listing.token === "time and id" ? `${time}UTC,${idOf(listing, last)}` : String(last.sequence)),
  };
}

function split(found: readonly Stored[], take: number): [Stored[], Stored | undefined] {
  return [found.slice(0, take), found[take]];
}

const noPlace = { status: 400, message: "The 'from' parameter is not valid.", code: "invalid_query_string" } as const;

/** The place in creation order after which the page of a token begins. */
function positionOf(pages: Pages, from: string): number {
  const place = Buffer.from(from, "base64url").toString();
  const { store, listing, selection } = pages;
  if (listing.token === "time and id") {
    const [, time, id] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6})UTC,(\S+)$/.exec(place) ?? [];
    if (time !== undefined && id !== undefined) return timePosition(pages, time, id);
  } else if (listing.token === "following id") {
    const following = store.get(selection.family, place, selection.scope);
    if (following) return following.sequence - 1;
  } else if (/^\d{1,15}$/.test(place)) return Number(place);
  throw new Refusal(listing.badFrom ?? noPlace);
}

/**
 * The last place at or before a time and, among objects of one time, an id. The token need not be one that this tenant
 * gave, and its object may be gone: any time since the list can hold something is a place between two others.
 */
function timePosition({ store, listing, selection, since }: Pages, time: string, id: string): number {
  if (since !== undefined && time < written(since)) return Number.MAX_SAFE_INTEGER;
  const own = store.get(selection.family, id, selection.scope);
  if (own && timeOf(own) === time) return own.sequence;
  const { sort: _unsorted, ...inOrder } = selection;
  const following = (after: number): Stored | undefined => store.select({ ...inOrder, after, limit: 1 })[0];
  let before = 0;
  let end = store.select({ ...inOrder, sort: { descending: true }, limit: 1 })[0]?.sequence ?? 0;
  while (before < end) {
    const middle = Math.floor((before + end) / 2);
    const next = following(middle);
    if (next && timeOf(next) < time) before = next.sequence;
    else end = middle;
  }
  for (
    let next = following(before);
    next && timeOf(next) === time && idOf(listing, next) <= id;
    next = following(before)
  )
    before = next.sequence;
  return before;
}

/** `2026-04-23 07:40:02.480000`: the time an object was made, as tokens write it. */
function timeOf({ body }: Stored): string {
  return written(textAt(body, "created_at") ?? "");
}

/** A time in ISO 8601 as tokens write it. */
function written(time: string): string {
  return time.replace("T", " ").replace("Z", "000");
}

function idOf({ tokenId }: Listing, stored: Stored): string {
  return tokenId?.(stored) ?? stored.id;
}

function encoded(place: string): string {
  return Buffer.from(place).toString("base64url");
}
