import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { ensureMoto } from "./python.ts";

const SERVE = join(import.meta.dirname, "serve.py");
const Ready = z.strictObject({ port: z.number().int() });

/** A moto that runs: AWS's control plane on loopback, empty at first. */
export interface Moto {
  /** One for all services. */
  readonly endpoint: string;
  readonly pid: number;
  close(): Promise<void>;
}

/**
 * Starts moto (https://docs.getmoto.org) on a port of its own; the stage `aws` does it once for all its files, which use account.ts. It
 * ends with the process that started it, however that ends.
 * @param python what `ensureMoto` gave
 */
export async function startMoto(python?: string): Promise<Moto> {
  const child = spawn(python ?? (await ensureMoto(() => {})), ["-B", SERVE], { stdio: ["pipe", "pipe", "pipe"] });
  const said = text(child.stderr);
  const { port } = Ready.parse(JSON.parse(await firstLine(child, said)));
  return {
    endpoint: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async close() {
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess, said: Promise<string>): Promise<string> {
  if (!child.stdout) throw new Error("moto has no output");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`moto ended before it was ready: ${await said}`);
}

/** Takes away everything that moto has, of all accounts. */
export async function resetMoto(endpoint: string): Promise<void> {
  await answered(await fetch(`${endpoint}/moto-api/reset`, { method: "POST" }));
}

/**
 * Lets moto check signatures and the caller's own policies while `work` runs. What it can tell (moto/iam/access_control.py): whether an
 * identity policy, inline or attached, allows the action, and on an assumed role its trust policy. What it cannot: resource policies, key
 * policies, conditions; these are evaluated by `allowed` of iam.ts.
 */
export async function authorizing<T>(endpoint: string, work: () => Promise<T>): Promise<T> {
  const after = async (requests: string) =>
    answered(await fetch(`${endpoint}/moto-api/reset-auth`, { method: "POST", body: requests }));
  await after("0");
  try {
    return await work();
  } finally {
    await after("inf");
  }
}

async function answered(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`moto answered ${response.status}: ${await response.text()}`);
}
