import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { json } from "node:stream/consumers";
import type { LocalFolder } from "../../local/engine/folder.ts";
import { root } from "../harness/stack-settings.ts";

/** One request as the tenant logged it. */
export interface Logged {
  readonly seq: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

/** A local tenant of a test's own: a process on a free port with data and authority in the test's folder. */
export interface TestTenant {
  readonly port: number;
  readonly process: ChildProcess;
  /** The requests to the Management API, oldest first, that change something; `after` leaves out earlier ones. */
  writes(after?: number): Promise<Logged[]>;
  /** The requests that the tenant has answered, oldest first; `after` leaves out earlier ones. */
  requests(after?: number): Promise<Logged[]>;
  /** The number of the last request so far. */
  last(): Promise<number>;
  /** What the Management API answers to a read. */
  read(path: string): Promise<unknown>;
  /** What somebody does by hand, past the program. @throws unless it succeeds */
  send(method: string, path: string, body?: unknown): Promise<void>;
  /** Something that somebody makes by hand, as the tenant answers it. @throws unless it succeeds */
  make(path: string, body: unknown): Promise<unknown>;
  /** Tells which DNS records are set, for a tenant with `DNS_RECORDS=told`. @throws unless it succeeds */
  setRecords(records: readonly { type: string; name: string; value: string }[]): Promise<void>;
  /** Every object of each listed family, by path. */
  contents(): Promise<Record<string, unknown[]>>;
  stop(): Promise<void>;
}

/** The families whose lists must be as they were once a stack is destroyed. */
const families = [
  "clients",
  "connections",
  "organizations",
  "resource-servers",
  "roles",
  "client-grants",
  "actions/actions",
  "users",
];

/** @param switches settings of the tenant's own, as environment variables */
export async function startTestTenant(
  local: LocalFolder,
  switches: Readonly<Record<string, string>> = {},
): Promise<TestTenant> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, "local/tenant/main.ts")], {
    env: { ...process.env, ...switches, PORT: "0", DATA: local.data, CA_DIR: local.folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [ready] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const port = Number(/^listening on https:\/\/localhost:(\d+)$/.exec(ready)?.[1]);
  const minted = (await json(await ask(local, port, "POST", "/.local/token", {}))) as { access_token: string };
  const bearer = `Bearer ${minted.access_token}`;
  const get = (path: string) => getJson(local, port, path, bearer);
  const log = (after: number) => readLog(local, port, after);
  return {
    port,
    process: child,
    writes: async (after = 0) =>
      (await log(after)).filter(({ method, path }) => method !== "GET" && path.startsWith("/api/")),
    requests: (after = 0) => log(after),
    last: async () => (await log(0)).at(-1)?.seq ?? 0,
    contents: async () => {
      const lists = families.map(async (family) => [family, await listed(family)] as const);
      return Object.fromEntries(await Promise.all(lists));
    },
    read: (path) => get(`/api/v2/${path}`),
    make: async (path, body) => json(await change("POST", path, body)),
    send: async (method, path, body) => {
      (await change(method, path, body)).resume();
    },
    setRecords: async (records) => {
      const answer = await ask(local, port, "PUT", "/.local/dns", { body: records });
      if (answer.statusCode !== 204) throw new Error(`PUT /.local/dns answered ${answer.statusCode}`);
      answer.resume();
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };

  async function change(method: string, path: string, body?: unknown): Promise<IncomingMessage> {
    const answer = await ask(local, port, method, `/api/v2/${path}`, { body, bearer });
    if ((answer.statusCode ?? 500) >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}`);
    return answer;
  }

  async function listed(family: string): Promise<unknown[]> {
    const body = await get(`/api/v2/${family}?per_page=100`);
    if (Array.isArray(body)) return body;
    return Object.values(body as object).find((value) => Array.isArray(value)) ?? [];
  }
}

/** The requests that a tenant has answered, oldest first; `after` leaves out earlier ones. */
export async function readLog(local: LocalFolder, port: number, after = 0): Promise<Logged[]> {
  return (await getJson(local, port, `/.local/requests?after=${after}`)) as Logged[];
}

async function getJson(local: LocalFolder, port: number, path: string, bearer?: string): Promise<unknown> {
  return json(await ask(local, port, "GET", path, bearer === undefined ? {} : { bearer }));
}

async function ask(
  local: LocalFolder,
  port: number,
  method: string,
  path: string,
  { body, bearer }: { body?: unknown; bearer?: string },
): Promise<IncomingMessage> {
  const text = body === undefined ? "" : JSON.stringify(body);
  // Without a length the body of a DELETE is not sent.
  const headers = {
    ...(bearer === undefined ? {} : { authorization: bearer }),
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  };
  const sent = request({ host: "localhost", port, path, method, ca: readFileSync(local.ca), headers, agent: false });
  sent.end(text);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return answer;
}
