import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { families } from "../../local/tenant/entities/index.ts";
import { routesOf } from "../../local/tenant/management/routes.ts";
import { openingScopes } from "../../local/tenant/management/scopes.ts";
import type { Route } from "../../local/tenant/management/tables.ts";
import { root } from "../harness/stack-settings.ts";
import type { Logged } from "./tenant.ts";
import { World } from "./world.ts";

let world: World;

afterEach(() => world?.close());

/** The scopes that docs/run-on-auth0.md tells people to give the client `deploy`. */
const documented = (
  /```text\n(create:[\s\S]*?)```/.exec(readFileSync(join(root, "docs/run-on-auth0.md"), "utf8"))?.[1] ?? ""
)
  .split(/\s+/)
  .filter((scope) => scope !== "");

/** Of the documented ones, those that the first `up` of `local` and its end do not need: changes of entries, and mail, which `local` does not send. */
const later = [
  "create:email_provider",
  "create:email_templates",
  "delete:email_provider",
  "read:email_provider",
  "read:email_templates",
  "update:client_grants",
  "update:connections_options",
  "update:email_provider",
  "update:email_templates",
  "update:organization_connections",
  "update:organization_discovery_domains",
  "update:organizations",
];

/**
 * With these a token sees a client's secret (https://auth0.com/docs/api/management/v2/clients/get-clients-by-id) and a connection's
 * options (https://auth0.com/docs/troubleshoot/product-lifecycle/deprecations-and-migrations/migrate-connection-options-scope).
 */
const forFields = ["read:client_keys", "read:connections_options"];

const patterns = routesOf(families).map((route) => ({
  route,
  matches: new RegExp(`^/api/v2${route.path.replaceAll(/:\w+/g, "[^/]+")}$`),
  fixed: route.path.split("/").filter((part) => !part.startsWith(":")).length,
}));

function routeOf({ method, path }: Logged): Route | undefined {
  const found = patterns.filter(({ route, matches }) => route.method === method && matches.test(path));
  return found.sort((one, other) => other.fixed - one.fixed)[0]?.route;
}

/** The first scopes that open what was asked: the ones that are meant for it. */
function needed(requests: readonly Logged[]): string[] {
  const routes = requests.map(routeOf).filter((route) => route !== undefined);
  return [...new Set([...forFields, ...routes.flatMap((route) => openingScopes(route)[0] ?? [])])].sort();
}

test("a client with the documented scopes deploys, refreshes and destroys the whole program, and needs all of them", async () => {
  world = await World.create({ SCOPES: "on" });
  const client = (await world.tenant.make("clients", { name: "deploy", app_type: "non_interactive" })) as {
    client_id: string;
    client_secret: string;
  };
  const audience = `https://${world.env.AUTH0_DOMAIN}/api/v2/`;
  await world.tenant.send("POST", "client-grants", { client_id: client.client_id, audience, scope: documented });
  const { AUTH0_API_TOKEN: _, ...env } = world.env;
  world.env = { ...env, AUTH0_CLIENT_ID: client.client_id, AUTH0_CLIENT_SECRET: client.client_secret };
  const before = await world.tenant.last();
  await world.up();
  expect(await world.refresh()).toEqual([]);
  expect(await world.preview()).toEqual([]);
  await world.destroy();
  const requests = (await world.tenant.requests(before)).filter(({ path }) => path.startsWith("/api/v2/"));
  expect([...needed(requests), ...later].sort()).toEqual([...documented].sort());
});
