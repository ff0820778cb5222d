import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isBody } from "../../../local/tenant/management/json.ts";
import { Living, replenish } from "./generated/living.ts";
import { anyRequest, type Generated, nameOf, operations, requestsInto } from "./generated/requests.ts";
import { type Answered, TestTenant } from "./generated/tenant.ts";

/** `make soak` sends more of them, and others each time. */
const wanted = Number(process.env.REQUESTS || 20_000);
const seed = Number(process.env.SEED || 20_261_124);
const intoEach = Math.max(50, Math.floor((wanted * 0.8) / operations.length));
/** Bytes that a tenant may hold at most, whatever it was sent. */
const mostMemory = 512 * 1024 * 1024;

/** All requests in an order that mixes the operations, the same one for a seed. */
function generated(): Generated[] {
  const into = operations.flatMap((route) => fc.sample(requestsInto(route), { numRuns: intoEach, seed }));
  const any = fc.sample(anyRequest, { numRuns: Math.max(0, wanted - into.length), seed });
  const all = [...into, ...any];
  const [order = []] = fc.sample(fc.shuffledSubarray([...all.keys()], { minLength: all.length }), { numRuns: 1, seed });
  return order.flatMap((at) => all[at] ?? []);
}

/** What is wrong with an answer; undefined where nothing is. */
function complaint({ method, target }: Generated, { status, text, json }: Answered): string | undefined {
  if (status >= 500 || status < 200) return `answered ${status}`;
  if (!target.startsWith("/api/v2/") || method === "HEAD" || text === "") return undefined;
  if (status < 400) return json === null && text !== "null" ? `answered ${status} with what is not JSON` : undefined;
  const whole =
    isBody(json) && json.statusCode === status && typeof json.error === "string" && typeof json.message === "string";
  return whole ? undefined : `answered ${status} in another frame`;
}

interface Count {
  into: number;
  done: number;
  refused: number;
}

test(
  `${wanted} generated requests: no 500, no crash, no hang, memory bounded`,
  async () => {
    const { tenant, logins } = await TestTenant.withLogins(Math.ceil(wanted / 60) + 10);
    const living = new Living();
    const counts = new Map<string, Count>(operations.map((route) => [nameOf(route), { into: 0, done: 0, refused: 0 }]));
    const wrong: { request: Generated; complaint: string }[] = [];
    let peak = 0;

    const play = async (given: Generated, at: number): Promise<void> => {
      if (at % 60 === 0) {
        await replenish(living, tenant);
        const login = logins.pop();
        living.notice("POST", "/api/v2/sessions", { id: login?.session ?? "" });
        living.notice("POST", "/api/v2/refresh-tokens", { id: login?.token ?? "" });
        peak = Math.max(peak, tenant.memory() ?? 0);
      }
      const target = living.filled(given.target, at, encodeURIComponent);
      const body =
        typeof given.body === "string"
          ? living.filled(given.body, at, (id) => JSON.stringify(id).slice(1, -1))
          : given.body;
      const request = { ...given, target, ...(body === undefined ? {} : { body }) };
      const answered = await tenant
        .send(request)
        .catch((cause: Error) => ({ status: 0, text: cause.message, json: null }));
      const problem = complaint(request, answered);
      if (problem !== undefined) wrong.push({ request, complaint: `${problem}: ${answered.text.slice(0, 200)}` });
      if (given.into !== undefined && answered.status > 0 && answered.status < 300)
        living.notice(given.method, target, answered.json);
      const count = counts.get(given.into ?? "");
      if (!count || answered.status === 0 || answered.status === 401) return;
      count.into += 1;
      count[answered.status < 300 ? "done" : "refused"] += 1;
    };

    const queue = generated().entries();
    const worker = async (): Promise<void> => {
      for (const [at, request] of queue) await play(request, at);
    };
    await Promise.all(Array.from({ length: 8 }, worker));

    console.log(table(counts, peak));
    expect(wrong.slice(0, 10)).toEqual([]);
    expect([...counts].filter(([, { into }]) => into < 50)).toEqual([]);
    expect(counts.size).toBe(operations.length);
    expect(peak).toBeLessThan(mostMemory);
    expect(tenant.process.exitCode).toBeNull();
    tenant.close();
    const exited = once(tenant.process, "exit");
    tenant.process.kill("SIGTERM");
    await exited;
    const data = new DatabaseSync(join(tenant.folder, "tenant.db"), { readOnly: true });
    expect(data.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    data.close();
  },
  wanted * 45,
);

/** Operation, requests that went into it, and how many of them were done and refused. */
function table(counts: ReadonlyMap<string, Count>, peak: number): string {
  const rows = [...counts].map(
    ([name, { into, done, refused }]) =>
      `${name.padEnd(84)}${`${into}`.padStart(6)}${`${done}`.padStart(6)}${`${refused}`.padStart(8)}`,
  );
  const all = [...counts.values()].reduce((sum, { into }) => sum + into, 0);
  const head = `${"operation".padEnd(84)}  into  done refused`;
  return [
    head,
    ...rows,
    `${counts.size} operations, ${all} requests into them; peak memory ${Math.round(peak / 2 ** 20)} MiB; seed ${seed}`,
  ].join("\n");
}
