import type { Stored } from "../store.ts";
import { scopeOf } from "../store.ts";
import { Refusal } from "./faults.ts";
import type { Body } from "./json.ts";
import { fieldsQuery, listAnswer, listQuery, narrowed } from "./listing.ts";
import type { Call, Entity, Parent, Route } from "./tables.ts";

/** The ids of the path's parents, each checked to exist. */
export function parentIds(parents: readonly Parent[], { params, tenant }: Call): string[] {
  const ids: string[] = [];
  for (const { param, family, missing } of parents) {
    const id = params[param] ?? "";
    if (!tenant.objects.store.get(family, id, scopeOf(...ids))) throw new Refusal(missing);
    ids.push(id);
  }
  return ids;
}

/** The endpoints of one family: list, create, read, update, delete, as far as its table has them. */
export function collectionRoutes(entity: Entity): Route[] {
  const { path, parents = [], create, update, remove, list } = entity;
  const shown = (stored: Stored, call: Call): Body => entity.shown?.(stored, call) ?? stored.body;
  const found = (call: Call): Stored => {
    const stored = call.tenant.objects.find(entity, parentIds(parents, call), call.params.id ?? "");
    if (!stored) throw new Refusal(entity.missing);
    return stored;
  };
  const routes: Route[] = [];
  if (list) {
    routes.push({
      method: "GET",
      path,
      query: listQuery(list),
      handle: (call) => {
        const selection = { family: entity.family, scope: scopeOf(...parentIds(parents, call)) };
        return listAnswer(call.tenant.objects.store, list, selection, call, (stored) => shown(stored, call));
      },
    });
  }
  if (create) {
    routes.push({
      method: "POST",
      path,
      fields: create.fields,
      handle: (call) => {
        const stored = call.tenant.objects.create(entity.family, parentIds(parents, call), call.body, call);
        return { status: create.status, body: shown(stored, call) };
      },
    });
  }
  if (entity.readable !== false) {
    routes.push({
      method: "GET",
      path: `${path}/:id`,
      query: list?.fields ? fieldsQuery : {},
      handle: (call) => {
        const stored = found(call);
        return { status: 200, body: narrowed(shown(entity.seen?.(stored, call) ?? stored, call), call, list?.fields) };
      },
    });
  }
  if (update) {
    routes.push({
      method: "PATCH",
      path: `${path}/:id`,
      fields: update.fields,
      handle: (call) => ({ status: 200, body: shown(call.tenant.objects.update(found(call), call.body, call), call) }),
    });
  }
  if (remove) {
    routes.push({
      method: "DELETE",
      path: `${path}/:id`,
      query: remove.query ?? {},
      handle: (call) => {
        const stored = call.tenant.objects.find(entity, parentIds(parents, call), call.params.id ?? "");
        if (!stored && remove.repeated === 204) return { status: 204 };
        if (!stored) throw new Refusal(entity.missing);
        entity.beforeRemove?.(stored, call);
        call.tenant.objects.remove(stored);
        return { status: remove.status, ...(remove.body ? { body: remove.body(stored) } : {}) };
      },
    });
  }
  return routes;
}
