import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { type Body, isBody, type Json } from "../../../../local/tenant/management/json.ts";
import { outcome, ownFolder, portOf, spawnTenant } from "../harness.ts";
import { inFile, refreshToken, session } from "../seeded.ts";
import type { Generated } from "./requests.ts";

export interface Answered {
  readonly status: number;
  /** The body as text, and as JSON where it is that. */
  readonly text: string;
  readonly json: Json;
}

/** The ids of a session and of the refresh token that was given in it. */
interface Login {
  readonly session: string;
  readonly token: string;
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

  static async start(folder = ownFolder()): Promise<TestTenant> {
    const child = spawnTenant({ PORT: "0", DATA: join(folder, "tenant.db"), CA_DIR: folder });
    const { out, err } = await outcome(child);
    if (out === "") throw new Error(err);
    return new TestTenant(folder, child, portOf(out));
  }

  /** A tenant with what only a login makes: sessions and refresh tokens of somebody whom no request names. */
  static async withLogins(pairs: number): Promise<{ tenant: TestTenant; logins: Login[] }> {
    const first = await TestTenant.start();
    const made = async (path: string, body: Json): Promise<Body> => {
      const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
      const sent = { method: "POST", target: `/api/v2${path}`, headers, body: JSON.stringify(body) };
      const { json, text } = await first.send(sent);
      if (!isBody(json)) throw new Error(`POST ${path} answered ${text}`);
      return json;
    };
    const account = {
      connection: "Username-Password-Authentication",
      email: "z@example.com",
      password: "Long-enough-1",
    };
    const user = String((await made("/users", account)).user_id);
    const app = String((await made("/clients", { name: "Logins" })).client_id);
    first.close();
    const exited = once(first.process, "exit");
    first.process.kill("SIGTERM");
    await exited;
    const logins: Login[] = [];
    inFile(join(first.folder, "tenant.db"), (objects) => {
      for (let pair = 0; pair < pairs; pair++) {
        const began = session(user);
        const given = refreshToken(user, app, { session_id: began.id });
        objects.seed("sessions", began.id, began);
        objects.seed("refresh-tokens", given.id, given);
        logins.push({ session: began.id, token: given.id });
      }
    });
    return { tenant: await TestTenant.start(first.folder), logins };
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
