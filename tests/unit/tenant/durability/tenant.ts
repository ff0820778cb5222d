import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, watch } from "node:fs";
import { Agent, request } from "node:https";
import { basename, dirname, join } from "node:path";
import { json } from "node:stream/consumers";
import type { Body } from "../../../../local/tenant/management/json.ts";
import { outcome, portOf, type Reply } from "../harness.ts";
import type { Organization, World } from "./writers.ts";

/** A tenant in a process of its own, which is there to be killed. */
export class MortalTenant {
  readonly #child: ChildProcess;
  readonly #data: string;
  readonly #caDir: string;
  #agent = new Agent();
  #port = 0;

  private constructor(data: string, caDir: string, step?: number) {
    this.#data = data;
    this.#caDir = caDir;
    const main = join(import.meta.dirname, "../../../../local/tenant/main.ts");
    const dying = step === undefined ? [] : ["--import", join(import.meta.dirname, "dying.ts")];
    const env = { PATH: process.env.PATH ?? "", PORT: "0", DATA: data, CA_DIR: caDir, DIE_AT: String(step) };
    this.#child = spawn(process.execPath, [...dying, main], { env, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** A tenant that SIGKILL ends just before a step of those that may change a file, counted from 1. */
  static dying(data: string, caDir: string, step: number): MortalTenant {
    return new MortalTenant(data, caDir, step);
  }

  static async start(data: string, caDir: string): Promise<MortalTenant> {
    const tenant = new MortalTenant(data, caDir);
    if (!(await tenant.ready())) throw new Error("the tenant did not start");
    return tenant;
  }

  /** Whether it came to serve; a tenant that ends with a complaint is a fault. */
  async ready(): Promise<boolean> {
    const { out, err } = await outcome(this.#child);
    if (err !== "") throw new Error(err);
    if (out === "") return false;
    this.#port = portOf(out);
    this.#agent = new Agent({ keepAlive: true, ca: readFileSync(join(this.#caDir, "ca.pem")) });
    return true;
  }

  /** SIGKILL: from here on it does nothing more. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** SIGTERM: it answers what is under way and closes its file. */
  end(): void {
    this.#child.kill("SIGTERM");
  }

  /** SIGKILL once the system has told of so many changes of the data file itself: the log beside it is not looked at. */
  killAtChange(number: number): void {
    let changes = 0;
    const watcher = watch(dirname(this.#data), (_, name) => {
      changes += name === basename(this.#data) ? 1 : 0;
      if (changes >= number) this.kill();
    });
    this.#child.once("exit", () => watcher.close());
  }

  /** Waits for its end and says what brought it: a signal, or its own exit status. */
  async gone(): Promise<NodeJS.Signals | number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
    this.#agent.destroy();
    return this.#child.signalCode ?? this.#child.exitCode;
  }

  /** A call of the Management API; rejects where the tenant dies before its answer is whole. */
  readonly send = (method: string, path: string, content?: Body): Promise<Reply> =>
    this.local(method, `/api/v2${path}`, content);

  async local(method: string, path: string, content?: Body): Promise<Reply> {
    const raw = content === undefined ? "" : JSON.stringify(content);
    const headers = {
      Authorization: "Bearer any",
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(raw),
    };
    const sent = request({ host: "localhost", port: this.#port, method, path, headers, agent: this.#agent });
    sent.end(raw);
    const [answer] = await once(sent, "response");
    const status: number = answer.statusCode;
    return { status, body: status === 204 ? answer.resume() && undefined : await json(answer) };
  }

  /** Ten users and two connections, to be referred to. */
  async world(): Promise<World> {
    const make = async (path: string, content: Body): Promise<Reply["body"]> =>
      (await this.send("POST", path, content)).body;
    const connection = "Username-Password-Authentication";
    const people = ["ann", "bob", "cas", "dia", "eve", "fay", "gus", "hal", "ida", "jon"];
    const users: string[] = [];
    for (const one of people)
      users.push((await make("/users", { connection, email: `${one}@acme.com`, password: "Secret-1" })).user_id);
    const connections: string[] = [];
    for (const name of ["acme", "staff"]) connections.push((await make("/connections", { name, strategy: "oidc" })).id);
    return { users, connections };
  }

  /** Every organization as the API shows it, and its id, by display_name. */
  async organizations(): Promise<{ stored: Map<string, Organization>; ids: Map<string, string> }> {
    const stored = new Map<string, Organization>();
    const ids = new Map<string, string>();
    const listed = async (path: string, field: string): Promise<string[]> =>
      (await this.send("GET", path)).body.map((item: Body) => String(item[field])).sort();
    for (const { id, name, display_name, metadata } of (await this.send("GET", "/organizations?per_page=100")).body) {
      const members = await listed(`/organizations/${id}/members`, "user_id");
      const connections = await listed(`/organizations/${id}/connections`, "connection_id");
      stored.set(display_name, { name, counter: Number(metadata.counter), members, connections });
      ids.set(display_name, id);
    }
    return { stored, ids };
  }
}
