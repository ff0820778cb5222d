import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { neededScopes } from "../harness/needed-scopes.ts";
import { root } from "../harness/stack-settings.ts";
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
  expect([...new Set([...forFields, ...neededScopes(requests)]), ...later].sort()).toEqual([...documented].sort());
});
