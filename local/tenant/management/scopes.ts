import { Refusal } from "./faults.ts";
import { scopeTable } from "./scope-table.ts";
import type { Route } from "./tables.ts";

/** The scopes of a request's token. */
export type Scopes = "all" | ReadonlySet<string>;

/** Path → method → the scopes that open the operation: `a | b` is any one of them, `a & b` both. */
export type ScopeTable = { readonly [path: string]: { readonly [method in Route["method"]]?: string } };

const withoutNames = (path: string): string => path.replaceAll(/:\w+/g, ":");

const byShape = new Map(Object.entries(scopeTable).map(([path, methods]) => [withoutNames(path), methods]));

/** The sets of scopes of which each opens the operation; throws an Error for an operation that the table does not have. */
export function openingScopes({ method, path }: Pick<Route, "method" | "path">): readonly (readonly string[])[] {
  const written = byShape.get(withoutNames(path))?.[method];
  if (written === undefined) throw new Error(`scope-table.ts has no scopes of ${method} ${path}`);
  return written.split(" | ").map((together) => together.split(" & "));
}

/**
 * Refuses a token that has none of the operation's scopes, in Auth0's words:
 * https://github.com/auth0/auth0-cli/pull/538 (one), https://github.com/raster-foundry/raster-foundry/issues/2030 (several),
 * https://auth0.com/docs/api/management/v2/roles/get-role-user (all of). Throws a Refusal.
 */
export function demandScopes(route: Route, scopes: Scopes): void {
  if (scopes === "all") return;
  const opening = openingScopes(route);
  if (opening.some((together) => together.every((scope) => scopes.has(scope) && !isOwnUser(scope)))) return;
  const [first = []] = opening;
  const expected = first.length > 1 ? `all of: ${first.join(",")}` : `any of: ${opening.flat().join(",")}`;
  throw new Refusal({ status: 403, message: `Insufficient scope, expected ${expected}`, code: "insufficient_scope" });
}

/**
 * Scopes by which people act on their own account. A machine's token opens nothing with them:
 * https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens/get-management-api-tokens-for-single-page-applications
 */
function isOwnUser(scope: string): boolean {
  return scope.includes(":current_user");
}
