import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import type { Json } from "../../../../local/tenant/management/json.ts";
import { outcome, ownFolder, portOf, spawnTenant } from "../harness.ts";
import type { Generated } from "./requests.ts";

export interface Answered {
  readonly status: number;
  /** The body as text, and as JSON where it is that. */
  readonly text: string;
  readonly json: Json;
}

/** A tenant in a process of its own, which is sent what the generator makes up. */
export class TestTenant {
  readonly folder: string;
  readonly process: ChildProcess;
  readonly port: number;
  readonly #agent: Agent;

  private constructor(folder: string, child: ChildProcess, port: number) {
    this.folder = folder;
    this.process = child;
    this.port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 8, ca: readFileSync(join(folder, "ca.pem")) });
  }

  static async start(): Promise<TestTenant> {
    const folder = ownFolder();
    const child = spawnTenant({ PORT: "0", DATA: join(folder, "tenant.db"), CA_DIR: folder });
    const { out, err } = await outcome(child);
    if (out === "") throw new Error(err);
    return new TestTenant(folder, child, portOf(out));
  }

  /** @throws where the connection ends without an answer, and after half a minute */
  send({ method, target, headers, body }: Omit<Generated, "into">): Promise<Answered> {
    const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const options = {
        host: "localhost",
        port: this.port,
        method,
        path: target,
        servername: "localhost",
        agent: this.#agent,
        timeout: 30_000,
      };
      const sent = request({ ...options, headers: { ...headers, ...length } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: answer.statusCode ?? 0, text, json: parsed(text) });
        });
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in 30 s")));
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** Bytes of memory that the process holds; undefined where the system does not say. */
  memory(): number | undefined {
    if (process.platform !== "linux") return undefined;
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.process.pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) * 1024;
  }

  close(): void {
    this.#agent.destroy();
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
