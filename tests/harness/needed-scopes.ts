import { families } from "../../local/tenant/entities/index.ts";
import { routesOf } from "../../local/tenant/management/routes.ts";
import { openingScopes } from "../../local/tenant/management/scopes.ts";
import type { Route } from "../../local/tenant/management/tables.ts";

/** A request to the Management API: `path` with /api/v2 before it. */
interface Asked {
  readonly method: string;
  readonly path: string;
}

const patterns = routesOf(families).map((route) => ({
  route,
  matches: new RegExp(`^/api/v2${route.path.replaceAll(/:\w+/g, "[^/]+")}$`),
  fixed: route.path.split("/").filter((part) => !part.startsWith(":")).length,
}));

function routeOf({ method, path }: Asked): Route | undefined {
  const found = patterns.filter(({ route, matches }) => route.method === method && matches.test(path));
  return found.sort((one, other) => other.fixed - one.fixed)[0]?.route;
}

/** The first scopes that open what was asked: the ones that are meant for it. */
export function neededScopes(requests: readonly Asked[]): string[] {
  const routes = requests.map(routeOf).filter((route) => route !== undefined);
  return [...new Set(routes.flatMap((route) => openingScopes(route)[0] ?? []))].sort();
}
