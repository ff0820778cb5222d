import { fieldsQuery, narrowed } from "./listing.ts";
import { merge } from "./merge.ts";
import type { Route, Singleton } from "./tables.ts";

/** The endpoints of an object that every tenant has once: read and update. */
export function singletonRoutes(singleton: Singleton): Route[] {
  const { family, path, method, fields } = singleton;
  const shown: NonNullable<Singleton["shown"]> = (body, how) => singleton.shown?.(body, how) ?? body;
  return [
    {
      method: "GET",
      path,
      query: singleton.narrow ? fieldsQuery : {},
      handle: (call) => {
        const body = shown(call.tenant.objects.single(family), "GET");
        return { status: 200, body: narrowed(body, call, singleton.narrow && []) };
      },
    },
    {
      method,
      path,
      fields,
      handle: (call) => {
        const { objects } = call.tenant;
        const before = objects.single(family);
        const merged = method === "PUT" ? call.body : merge(before, call.body, singleton.merged);
        const next = singleton.settle?.(merged, call, before) ?? merged;
        objects.replaceSingle(family, next);
        singleton.afterUpdate?.(next, call);
        return { status: 200, body: shown(next, method) };
      },
    },
  ];
}
