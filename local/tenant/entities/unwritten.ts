import { type Fault, missing, Refusal } from "../management/faults.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Family, Listing, Route } from "../management/tables.ts";

/**
 * What a tenant has none of, because nothing here makes it: a tool that reads a whole tenant asks for these too. Their lists are
 * empty in Auth0's frames, one by its id is absent in its words, and no method writes.
 */
interface Unwritten {
  readonly path: string;
  readonly items: string;
  readonly style: Listing["style"];
  /** Query parameters beside those of paging. */
  readonly filters?: readonly string[];
  /** What one object by its id answers. @default one cannot be read */
  readonly absent?: (id: string) => Fault;
}

/** Frames: https://auth0.com/docs/api/management/v2; the words of a 404 are its response texts unless the service was recorded. */
const unwritten: readonly Unwritten[] = [
  { path: "/rules", items: "rules", style: "pages", filters: ["enabled"], absent: () => missing("Rule not found.") },
  { path: "/rules-configs", items: "rules_configs", style: "array" },
  {
    path: "/hooks",
    items: "hooks",
    style: "pages",
    filters: ["enabled", "triggerId"],
    absent: () => missing("Hook not found."),
  },
  { path: "/forms", items: "forms", style: "pages", filters: ["hydrate"], absent: () => missing("Form not found") },
  {
    path: "/flows",
    items: "flows",
    style: "pages",
    filters: ["hydrate", "synchronous"],
    absent: () => missing("Flow not found"),
  },
  {
    path: "/flows/vault/connections",
    items: "connections",
    style: "pages",
    absent: () => missing("The Flow vault connection does not exist."),
  },
  {
    path: "/self-service-profiles",
    items: "self_service_profiles",
    style: "pages",
    absent: (id) => missing(`Profile with ID: ${id} not found`),
  },
  {
    path: "/network-acls",
    items: "network_acls",
    style: "pages",
    absent: () => missing("Network access control list not found."),
  },
  {
    path: "/user-attribute-profiles",
    items: "user_attribute_profiles",
    style: "checkpoint",
    absent: () => missing("User attribute profile not found."),
  },
  {
    path: "/connection-profiles",
    items: "connection_profiles",
    style: "checkpoint",
    absent: () => missing("Connection profile not found."),
  },
  {
    path: "/token-exchange-profiles",
    items: "token_exchange_profiles",
    style: "checkpoint",
    absent: () => missing("Token exchange profile not found."),
  },
  {
    path: "/event-streams",
    items: "eventStreams",
    style: "checkpoint",
    absent: () => missing("The event stream does not exist."),
  },
  { path: "/connections-directory-provisionings", items: "directory_provisionings", style: "checkpoint" },
  { path: "/rate-limit-policies", items: "rate_limit_policies", style: "checkpoint" },
];

function routesOf({ path, items, style, filters = [], absent }: Unwritten): Route[] {
  const listing: Listing = { items, style, filters };
  const list: Route = {
    method: "GET",
    path,
    query: listQuery(listing),
    handle: (call) =>
      listAnswer(call.tenant.objects.store, listing, { family: path.slice(1) }, call, ({ body }) => body),
  };
  return absent ? [list, readOne(`${path}/:id`, absent)] : [list];
}

function readOne(path: string, absent: (id: string) => Fault): Route {
  return {
    method: "GET",
    path,
    handle: ({ params }) => {
      throw new Refusal(absent(params.id ?? ""));
    },
  };
}

/** Unlike the other lists of the Actions family it says its zeros. */
const modules: Route = {
  method: "GET",
  path: "/actions/modules",
  query: listQuery({ items: "modules", style: "numbered" }),
  handle: ({ query }) => ({
    status: 200,
    body: { modules: [], total: 0, page: Number(query.page ?? 0), per_page: Number(query.per_page ?? 50) },
  }),
};

/** Part of a plan that nobody here has, as a tenant without it was recorded. */
const signals: Route = {
  method: "GET",
  path: "/supplemental-signals",
  handle: () => {
    throw new Refusal({
      status: 403,
      message: "Please upgrade your subscription to enable Akamai Signals.",
      code: "insufficient_scope",
    });
  },
};

export const unwrittenFamilies: Family = {
  routes: [
    ...unwritten.flatMap(routesOf),
    modules,
    readOne("/actions/modules/:id", () => missing("The action module does not exist.")),
    signals,
  ],
};
