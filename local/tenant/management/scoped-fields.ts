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
  /** What a body with closed fields is refused with. @default a sentence of ours: the document says that it varies */
  readonly refusal?: string;
}

/** https://auth0.com/docs/api/management/v2/clients/get-clients-by-id */
const keys = ["client_secret", "encryption_key", "client_authentication_methods", "signing_key", "signing_keys"];
const everything: Opened = { allBut: [] };

/** https://auth0.com/docs/troubleshoot/product-lifecycle/deprecations-and-migrations/migrate-connection-options-scope */
const withoutOptions: Opened = { allBut: ["options"] };
const readOptions = { base: withoutOptions, scopes: { "read:connections_options": everything } };

/** What an answer shows; a list holds its objects bare, or under the name of the collection. */
const reading: readonly Rule[] = [
  { method: "GET", paths: ["/connections", "/connections/:id"], ...readOptions },
  { method: "PATCH", paths: ["/connections/:id"], ...readOptions },
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
    method: "PATCH",
    paths: ["/connections/:id"],
    base: withoutOptions,
    scopes: { "update:connections_options": everything },
    // https://community.auth0.com/t/end-of-life-rollout-for-allow-connections-management-without-options-scopes/186248
    refusal: 'Updating the "options" property requires the "update:connections_options" scope',
  },
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
  const collection = operation.path.slice(1);
  const listed = isBody(body) ? body[collection] : undefined;
  return isBody(body) && Array.isArray(listed) ? { ...body, [collection]: listed.map(shown) } : shown(body);
}

/** Refuses a body with fields that the token's scopes do not open. */
export function demandFields(operation: Operation, scopes: Scopes, body: Body): void {
  const rule = ruleOf(writing, operation);
  if (scopes === "all" || !rule) return;
  const closed = Object.keys(body).filter((field) => !isOpen(rule, field, scopes));
  if (closed.length === 0) return;
  throw new Refusal({
    status: 403,
    message: rule.refusal ?? `Insufficient scope to update: ${closed.join(",")}`,
    code: "insufficient_scope",
  });
}
