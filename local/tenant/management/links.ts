import { type Stored, scopeOf } from "../store.ts";
import { parentIds } from "./collection.ts";
import { Refusal } from "./faults.ts";
import { list, record } from "./fields.ts";
import { type Body, type Json, listAt } from "./json.ts";
import { listAnswer, listQuery } from "./listing.ts";
import type { Call, Link, Route } from "./tables.ts";

/** The endpoints of one kind of link: list, add by list, remove by list. */
export function linkRoutes(link: Link): Route[] {
  const { path, statuses } = link;
  const read: Route = { method: "GET", path, query: listQuery(link.list), handle: (call) => listLinks(link, call) };
  if (link.writable === false) return [read];
  const { item, listed, mostAtOnce, open = false } = link;
  const items = list(item, { min: 1, ...(mostAtOnce === undefined ? {} : { max: mostAtOnce }) });
  const fields = record({ [listed]: items }, { required: [listed], open });
  const written = statuses.body ? { body: statuses.body } : {};
  const post: Route = {
    method: "POST",
    path,
    fields,
    handle: (call) => {
      addLinks(link, parentIds(link.parents, call), listAt(call.body, listed), call);
      return { status: statuses.add, ...written };
    },
  };
  const remove: Route = {
    method: "DELETE",
    path,
    fields,
    handle: (call) => {
      removeLinks(link, call);
      return { status: statuses.remove };
    },
  };
  return [read, post, remove];
}

function listLinks(link: Link, call: Call) {
  const { objects } = call.tenant;
  const selection = { family: link.family, scope: scopeOf(...parentIds(link.parents, call)) };
  const shown = (stored: Stored): Body | undefined => {
    const target = targetOf(link, stored, call);
    return target && link.shown(stored, target, call);
  };
  return listAnswer(objects.store, link.list, selection, call, shown);
}

/** Links targets to what the ids name, those that are linked already included; refuses all where one cannot be. */
export function addLinks(link: Link, ids: readonly string[], items: readonly Json[], call: Call): void {
  const { objects } = call.tenant;
  for (const item of inOrder(link, items)) {
    const target = objects.target(link, link.target.of(item));
    if (!target) throw new Refusal(link.target.missing);
    link.check?.(item, target, call);
    objects.link(link, ids, item);
  }
  const { limit } = link;
  if (limit && objects.store.count({ family: link.family, scope: scopeOf(...ids) }) > limit.most)
    throw new Refusal(limit.fault);
}

/** What comes at once has one time, so that a list that goes by time and id takes it by id. */
function inOrder(link: Link, items: readonly Json[]): readonly Json[] {
  if (link.list.token !== "time and id") return items;
  return items.toSorted((one, other) => (link.idOf(one) < link.idOf(other) ? -1 : 1));
}

function removeLinks(link: Link, call: Call): void {
  const { objects } = call.tenant;
  const scope = scopeOf(...parentIds(link.parents, call));
  for (const item of listAt(call.body, link.listed)) {
    const stored = objects.store.get(link.family, link.idOf(item), scope);
    if (stored) objects.remove(stored);
  }
}

function targetOf(link: Link, stored: Stored, { tenant }: Call): Stored | undefined {
  const { family, by } = link.target;
  if (by === undefined) return tenant.objects.store.get(family, stored.id);
  return tenant.objects.target(link, link.target.of(stored.body));
}
