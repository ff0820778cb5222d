import { Refusal } from "./faults.ts";
import { type Body, isBody, type Json, pick } from "./json.ts";
import type { Scopes } from "./scopes.ts";
import type { Route } from "./tables.ts";

type Operation = Pick<Route, "method" | "path">;

/** Which fields of an object a scope opens: those named, or all but those named. */
type Opened = { readonly only: readonly string[] } | { readonly allBut: readonly string[] };

interface Rule {
  readonly method: Route["method"];
  readonly paths: readonly string[];
  /** What every scope that opens the operation opens. */
  readonly base: Opened;
  readonly scopes: { readonly [scope: string]: Opened };
}

/** https://auth0.com/docs/api/management/v2/clients/get-clients-by-id */
const keys = ["client_secret", "encryption_key", "client_authentication_methods", "signing_key", "signing_keys"];
const everything: Opened = { allBut: [] };

const reading: readonly Rule[] = [
  {
    method: "GET",
    paths: ["/clients", "/clients/:id"],
    base: { only: ["client_id", "app_type", "name", "description"] },
    scopes: {
      "read:clients": { allBut: keys },
      "read:client_keys": everything,
      "read:client_credentials": { only: keys },
    },
  },
];

const writing: readonly Rule[] = [
  {
    // https://auth0.com/docs/api/management/v2/clients/patch-clients-by-id
    method: "PATCH",
    paths: ["/clients/:id"],
    base: { only: [] },
    scopes: {
      "update:clients": { allBut: ["client_secret", "signing_key", "client_authentication_methods"] },
      "update:client_keys": { only: ["client_secret", "signing_key"] },
      "update:client_credentials": { only: ["client_authentication_methods"] },
    },
  },
  {
    // https://auth0.com/docs/api/management/v2/users/patch-users-by-id
    method: "PATCH",
    paths: ["/users/:id"],
    base: { only: [] },
    scopes: { "update:users": everything, "update:users_app_metadata": { only: ["app_metadata"] } },
  },
];

function ruleOf(rules: readonly Rule[], { method, path }: Operation): Rule | undefined {
  return rules.find((rule) => rule.method === method && rule.paths.includes(path));
}

function isOpen(rule: Rule, field: string, scopes: ReadonlySet<string>): boolean {
  const opened = Object.entries(rule.scopes).flatMap(([scope, fields]) => (scopes.has(scope) ? [fields] : []));
  return [rule.base, ...opened].some((one) => ("only" in one ? one.only.includes(field) : !one.allBut.includes(field)));
}

/** The answer with only those fields of each object that the token's scopes open. */
export function visible(operation: Operation, scopes: Scopes, body: Json): Json {
  const rule = ruleOf(reading, operation);
  if (scopes === "all" || !rule) return body;
  const shown = (item: Json): Json =>
    isBody(item)
      ? pick(
          item,
          Object.keys(item).filter((field) => isOpen(rule, field, scopes)),
        )
      : item;
  if (Array.isArray(body)) return body.map(shown);
  return isBody(body) && Array.isArray(body.clients) ? { ...body, clients: body.clients.map(shown) } : shown(body);
}

/** Refuses a body with fields that the token's scopes do not open. The sentence is ours: the document says that it varies. */
export function demandFields(operation: Operation, scopes: Scopes, body: Body): void {
  const rule = ruleOf(writing, operation);
  if (scopes === "all" || !rule) return;
  const closed = Object.keys(body).filter((field) => !isOpen(rule, field, scopes));
  if (closed.length === 0) return;
  throw new Refusal({
    status: 403,
    message: `Insufficient scope to update: ${closed.join(",")}`,
    code: "insufficient_scope",
  });
}
