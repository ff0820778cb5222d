import { collectionRoutes } from "./collection.ts";
import { linkRoutes } from "./links.ts";
import { singletonRoutes } from "./singletons.ts";
import type { Family, Route } from "./tables.ts";

/** Every endpoint of the given families. */
export function routesOf(families: readonly Family[]): Route[] {
  return families.flatMap(({ entities = [], links = [], singletons = [], routes = [] }) => [
    ...entities.flatMap(collectionRoutes),
    ...links.flatMap(linkRoutes),
    ...singletons.flatMap(singletonRoutes),
    ...routes,
  ]);
}
