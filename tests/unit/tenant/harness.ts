import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach } from "vitest";
import type { Body, Json } from "../../../local/tenant/management/json.ts";
import { type RunningTenant, startTenant } from "../../../local/tenant/server.ts";

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
        resolve({ status: answer.statusCode ?? 0, body: text === "" ? undefined : JSON.parse(text) });
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

  static async #in(folder: string): Promise<TestTenant> {
    return new TestTenant(folder, await startTenant({ port: 0, data: join(folder, "tenant.db"), caDir: folder }));
  }

  /** A tenant of the test's own, on the data of a folder. */
  static async start(folder = ownFolder()): Promise<TestTenant> {
    const tenant = await TestTenant.#in(folder);
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
