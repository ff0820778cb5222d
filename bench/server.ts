import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Body } from "../local/tenant/management/json.ts";

/** Requests that are under way at once. */
export const inFlight = 8;

const programs = {
  tenant: join(import.meta.dirname, "../local/tenant/main.ts"),
  bare: join(import.meta.dirname, "bare.ts"),
};

export interface Answer {
  readonly status: number;
  /** The JSON as it came; "" where there was none. */
  readonly text: string;
}

/** A server in a process of its own, and a client of it that keeps its connections. */
export class Served {
  readonly #child: ChildProcess;
  readonly port: number;
  readonly #agent: Agent;

  private constructor(child: ChildProcess, port: number, folder: string) {
    this.#child = child;
    this.port = port;
    const ca = readFileSync(join(folder, "ca.pem"));
    this.#agent = new Agent({ keepAlive: true, maxSockets: inFlight, ca });
  }

  /** Starts one on the data file `tenant.db` of the folder; ready once it listens. Throws an Error with its complaint. */
  static async start(program: keyof typeof programs, folder: string): Promise<Served> {
    const env = { PATH: process.env.PATH ?? "", PORT: "0", DATA: join(folder, "tenant.db"), CA_DIR: folder };
    const child = spawn(process.execPath, [programs[program]], { env, stdio: ["ignore", "pipe", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (part: Buffer) => {
      complaint += part.toString();
    });
    const [said] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    const port = Number(/localhost:(\d+)\n$/.exec(String(said))?.[1]);
    if (Number.isNaN(port)) throw new Error(`the ${program} server did not start: ${complaint}`);
    return new Served(child, port, folder);
  }

  /** Sends one request; throws an Error where it is refused, for a refusal costs something else. */
  async send(method: string, path: string, content?: Body): Promise<Answer> {
    const raw = content === undefined ? "" : JSON.stringify(content);
    const described =
      raw === "" ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(raw) };
    const headers = { Authorization: "Bearer any", ...described };
    const sent = request({ host: "localhost", port: this.port, method, path, headers, agent: this.#agent });
    sent.end(raw);
    const [answer] = await once(sent, "response");
    const status: number = answer.statusCode;
    const body = await text(answer);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${body}`);
    return { status, text: body };
  }

  /** What the system holds in memory for the process now, in bytes, and the most it ever held where the system tells (Linux). */
  memory(): { now: number; most: number | undefined } {
    const status = `/proc/${this.#child.pid}/status`;
    if (!existsSync(status)) {
      const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(this.#child.pid)]).toString();
      return { now: Number(kilobytes) * 1024, most: undefined };
    }
    const told = readFileSync(status, "utf8");
    const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(told)?.[1]) * 1024;
    return { now: bytes("VmRSS"), most: bytes("VmHWM") };
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGTERM");
    await once(this.#child, "exit");
  }
}
