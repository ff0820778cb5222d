import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach } from "vitest";
import type { Body, Json } from "../../../local/tenant/management/json.ts";
import { type RunningTenant, startTenant, type TenantOptions } from "../../../local/tenant/server.ts";

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted whole, field by field
  readonly body: any;
}

const undo: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A folder of the test's own, gone after it. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tenant-"));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Sends one request over TLS, trusting the folder's authority only. */
export function send(
  port: number,
  folder: string,
  method: string,
  path: string,
  content?: string | Json,
  headers: { [name: string]: string } = { Authorization: "Bearer any" },
): Promise<Reply> {
  const raw = content === undefined || typeof content === "string" ? content : JSON.stringify(content);
  // the length is said, because a DELETE would be sent without it
  const described =
    raw === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(raw) };
  const all = { ...described, ...headers };
  const ca = readFileSync(join(folder, "ca.pem"));
  return new Promise((resolve, reject) => {
    const sent = request({ host: "localhost", port, method, path, headers: all, ca, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const text = Buffer.concat(parts).toString();
        const isText = answer.headers["content-type"]?.startsWith("text/") === true;
        const body = text === "" ? undefined : isText ? text : JSON.parse(text);
        resolve({ status: answer.statusCode ?? 0, body });
      });
    });
    sent.on("error", reject);
    sent.end(raw);
  });
}

let shared: Promise<TestTenant> | undefined;

afterAll(async () => {
  const tenant = await shared;
  await tenant?.running.close();
  if (tenant) rmSync(tenant.folder, { recursive: true });
});

/** A tenant in this process, on a free port, with the calls that tests make. */
export class TestTenant {
  readonly folder: string;
  readonly running: RunningTenant;

  private constructor(folder: string, running: RunningTenant) {
    this.folder = folder;
    this.running = running;
  }

  /** The tenant of this test file, brand-new. */
  static async fresh(): Promise<TestTenant> {
    shared ??= TestTenant.#in(mkdtempSync(join(tmpdir(), "tenant-")));
    const tenant = await shared;
    await tenant.local("POST", "/.local/reset");
    return tenant;
  }

  static async #in(folder: string, options: Partial<TenantOptions> = {}): Promise<TestTenant> {
    const given = { port: 0, data: join(folder, "tenant.db"), caDir: folder, ...options };
    return new TestTenant(folder, await startTenant(given));
  }

  /** A tenant of the test's own, on the data of a folder. */
  static async start(folder = ownFolder(), options: Partial<TenantOptions> = {}): Promise<TestTenant> {
    const tenant = await TestTenant.#in(folder, options);
    undo.push(() => tenant.running.close());
    return tenant;
  }

  /** A call of the Management API: `path` is what follows /api/v2. */
  call(method: string, path: string, content?: string | Json, headers?: { [name: string]: string }): Promise<Reply> {
    return this.local(method, `/api/v2${path}`, content, headers);
  }

  local(method: string, path: string, content?: string | Json, headers?: { [name: string]: string }): Promise<Reply> {
    return send(this.running.port, this.folder, method, path, content, headers);
  }

  /** Creates an object and answers it; anything but success is a fault of the test. */
  async make(path: string, content: Body): Promise<Body & { id: string; client_id: string }> {
    const { status, body } = await this.call("POST", path, content);
    if (status >= 300) throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}

/** An Action to deploy. */
export interface GivenAction {
  readonly name: string;
  /** What the handler does, with `event` and `api`. */
  readonly does: string;
  readonly secrets?: { readonly [name: string]: string };
}

/** Deploys Actions for credentials-exchange and binds them in this order; answers their ids. */
export async function deployExchange(tenant: TestTenant, ...given: readonly GivenAction[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, does, secrets = {} } of given) {
    const { id } = await tenant.make("/actions/actions", {
      name,
      supported_triggers: [{ id: "credentials-exchange", version: "v2" }],
      code: exchangeCode(does),
      secrets: Object.entries(secrets).map(([key, value]) => ({ name: key, value })),
    });
    await tenant.call("GET", `/actions/actions/${id}`);
    await tenant.call("POST", `/actions/actions/${id}/deploy`);
    ids.push(id);
  }
  const bindings = ids.map((value) => ({ ref: { type: "action_id", value } }));
  const bound = await tenant.call("PATCH", "/actions/triggers/credentials-exchange/bindings", { bindings });
  if (bound.status !== 200) throw new Error(`binding answered ${bound.status}: ${JSON.stringify(bound.body)}`);
  return ids;
}

export function exchangeCode(does: string): string {
  return `exports.onExecuteCredentialsExchange = async (event, api) => { ${does} };`;
}

/** A machine client, its API and the grant between them. */
export interface Machine {
  readonly client_id: string;
  readonly client_secret: string;
  readonly audience: string;
  readonly grant: string;
}

/** Makes a machine that may use an API with the scopes read:it and write:it; `grant` and `client` change what is stored of these. */
export async function makeMachine(
  tenant: TestTenant,
  { grant = {}, client = {} }: { grant?: Body; client?: Body } = {},
): Promise<Machine> {
  const audience = "https://api.example.com";
  const scopes = [{ value: "read:it" }, { value: "write:it" }];
  await tenant.make("/resource-servers", { name: "Service", identifier: audience, scopes, token_lifetime: 600 });
  const made = await tenant.make("/clients", { name: "Machine", app_type: "non_interactive", ...client });
  const { client_id } = made;
  const { id } = await tenant.make("/client-grants", { client_id, audience, scope: ["read:it", "write:it"], ...grant });
  return { client_id, client_secret: String(made.client_secret), audience, grant: id };
}

/** Asks for a machine's token, with JSON. */
export function askToken(tenant: TestTenant, machine: Machine, more: { [name: string]: string } = {}): Promise<Reply> {
  const { client_id, client_secret, audience } = machine;
  const asked = { grant_type: "client_credentials", client_id, client_secret, audience, ...more };
  return tenant.local("POST", "/oauth/token", asked, {});
}

/** A tenant in a process of its own. */
export function spawnTenant(env: { [name: string]: string }): ChildProcess {
  const main = join(import.meta.dirname, "../../../local/tenant/main.ts");
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  undo.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return child;
}

/** What a spawned tenant printed when it was ready or ended. */
export function outcome(child: ChildProcess): Promise<{ out: string; err: string; code: number | null }> {
  const said = { out: "", err: "" };
  return new Promise((resolve) => {
    child.stdout?.on("data", (part: Buffer) => {
      said.out += part.toString();
      if (said.out.includes("\n")) resolve({ ...said, code: null });
    });
    child.stderr?.on("data", (part: Buffer) => {
      said.err += part.toString();
    });
    child.on("close", (code) => resolve({ ...said, code }));
  });
}

export function portOf(ready: string): number {
  return Number(/localhost:(\d+)\n$/.exec(ready)?.[1]);
}
