import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ManagementClient } from "auth0";
import { afterAll } from "vitest";
import { managementScopes } from "../../../local/tenant/entities/management-scopes.ts";
import type { Objects } from "../../../local/tenant/management/objects.ts";
import { startTenant, type TenantOptions } from "../../../local/tenant/server.ts";
import { inFile } from "../../unit/tenant/seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "sdk-"));
const data = join(folder, "tenant.db");
const options: TenantOptions = { port: 0, data, caDir: folder, switches: { SCOPES: "on" } };
let running = await startTenant(options);

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

// whatever speaks TLS in this test file trusts the tenant's own authority too, as with NODE_EXTRA_CA_CERTS
setDefaultCACertificates([...getCACertificates("default"), readFileSync(join(folder, "ca.pem"), "utf8")]);

/** A moment as Auth0 writes it. */
export const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Host and port, as Auth0's domain. */
export const domain = `localhost:${running.port}`;
/** Puts into the tenant what only a login makes; it is started again, where it was, for that. */
export async function seed(change: (objects: Objects) => void): Promise<void> {
  const { port } = running;
  await running.close();
  inFile(data, change);
  running = await startTenant({ ...options, port });
}

const audience = `https://${domain}/api/v2/`;

const sent: string[] = [];

/** The SDK's own requests since the last call, as `GET /roles?page=0`: what follows /api/v2. */
export function requests(): string[] {
  return sent.splice(0);
}

/** A fetch whose requests are counted. */
export const recording: typeof fetch = (input, init) => {
  const { pathname, search } = new URL(String(input));
  sent.push(`${init?.method ?? "GET"} ${pathname.replace("/api/v2", "")}${search}`);
  return fetch(input, init);
};

// a second try would hide a fault of the first
const plain = { domain, maxRetries: 0, fetch: recording };

/** The SDK with a token that holds these scopes only. */
export async function sdkWith(...scopes: readonly string[]): Promise<ManagementClient> {
  const asked = new URLSearchParams({ scope: scopes.join(" ") });
  const answer = await fetch(`https://${domain}/.local/token?${asked}`, { method: "POST" });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return new ManagementClient({ ...plain, token });
}

const first = await sdkWith("create:clients", "create:client_grants");
const tool = await first.clients.create({ name: "SDK", app_type: "non_interactive" });
const { client_id: clientId = "", client_secret: clientSecret = "" } = tool;
await first.clientGrants.create({ client_id: clientId, audience, scope: [...managementScopes] });

/** The application as which the SDK authenticates. */
export const ownClient = clientId;

/** The SDK as a program has it: with client credentials, and every scope there is. */
export const sdk = new ManagementClient({ ...plain, clientId, clientSecret });
