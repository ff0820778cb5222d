import { join } from "node:path";
import { families } from "../../../local/tenant/entities/index.ts";
import { alphanumerics, prefixed } from "../../../local/tenant/ids.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import { Objects } from "../../../local/tenant/management/objects.ts";
import type { TenantOptions } from "../../../local/tenant/server.ts";
import { Store } from "../../../local/tenant/store.ts";
import { TestTenant } from "./harness.ts";

/** Puts into a tenant what only a login makes; the tenant is started again for that. */
export async function seeded(
  tenant: TestTenant,
  seed: (objects: Objects) => void,
  options: Partial<TenantOptions> = {},
): Promise<TestTenant> {
  await tenant.running.close();
  inFile(join(tenant.folder, "tenant.db"), seed);
  return TestTenant.start(tenant.folder, options);
}

/** Changes a data file that no tenant has open. */
export function inFile(file: string, change: (objects: Objects) => void): void {
  const { store } = Store.open(file);
  try {
    store.transaction(() => change(new Objects(store, families)));
  } finally {
    store.close();
  }
}

/** Moments before and after now, in ISO 8601. */
export const moment = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

/** What a login stores; `internal` and `hidden` hold what no answer may show. */
export function session(user: string, more: Body = {}): Body & { id: string } {
  const id = alphanumerics(32);
  const now = moment(0);
  return {
    id,
    user_id: user,
    created_at: now,
    updated_at: now,
    authenticated_at: now,
    authentication: { methods: [{ name: "pwd", timestamp: now }] },
    idle_expires_at: moment(3600),
    expires_at: moment(7200),
    device: {
      initial_user_agent: "Firefox",
      initial_ip: "127.0.0.1",
      last_user_agent: "Firefox",
      last_ip: "127.0.0.1",
    },
    clients: [{ client_id: "app" }],
    cookie: { mode: "persistent" },
    internal: { digest: `digest of ${id}`, connection: "hidden", strategy: "hidden" },
    ...more,
  };
}

export function refreshToken(user: string, client: string, more: Body = {}): Body & { id: string } {
  const id = prefixed("rt", 22)();
  return {
    id,
    user_id: user,
    client_id: client,
    created_at: moment(0),
    idle_expires_at: moment(3600),
    expires_at: moment(7200),
    last_exchanged_at: null,
    device: {
      initial_user_agent: "Firefox",
      initial_ip: "127.0.0.1",
      last_user_agent: "Chrome",
      last_ip: "127.0.0.2",
    },
    session_id: null,
    rotating: false,
    resource_servers: [{ audience: "https://api.example.com", scopes: "openid offline_access" }],
    internal: { digests: [`first of ${id}`, `second of ${id}`], granted: "hidden" },
    ...more,
  };
}

/** What an answer shows of a seed. */
export function publicOf({ internal: _, ...shown }: Body): Body {
  return shown;
}

/** An account, an app, and a tenant's data file to seed. */
export async function withUser(): Promise<{ tenant: TestTenant; user: string; client: string }> {
  const tenant = await TestTenant.start();
  const user = await makeUser(tenant, "ann@acme.com");
  const { client_id: client } = await tenant.make("/clients", { name: "App" });
  return { tenant, user, client };
}

export async function makeUser(tenant: TestTenant, email: string): Promise<string> {
  const connection = "Username-Password-Authentication";
  const { user_id } = await tenant.make("/users", { connection, email, password: "Correct-horse-1" });
  return String(user_id);
}

/** A tenant with refresh tokens of one account and one app; answers their ids. */
export async function withTokens(...differences: readonly Body[]) {
  const { tenant, user, client } = await withUser();
  const made = differences.map((more) => refreshToken(user, client, more));
  const again = await seeded(tenant, (objects) => {
    for (const token of made) objects.seed("refresh-tokens", token.id, token);
  });
  return { tenant: again, user, client, token: made.map(({ id }) => id), made };
}
