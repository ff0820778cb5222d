import { parentPort } from "node:worker_threads";
import type { FetchAnswer, WorkerMessage } from "./protocol.ts";

let last = 0;

/** The `fetch` of an Action: the request goes to the tenant's own process, which says where it may go. */
export async function fetchThroughParent(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { signal } = request;
  signal.throwIfAborted();
  const body = request.body === null ? null : await request.arrayBuffer();
  last += 1;
  const { url, method } = request;
  const headers = [...request.headers];
  const answer = await new Promise<FetchAnswer>((resolve, reject) => {
    waiting.set(last, resolve);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    send({ kind: "fetch", id: last, url, method, headers, body });
  });
  if ("refused" in answer) throw new TypeError("fetch failed", { cause: new Error(answer.refused) });
  const empty = [204, 205, 304].includes(answer.status);
  return new Response(empty ? null : answer.body, { status: answer.status, headers: answer.headers });
}

const waiting = new Map<number, (answer: FetchAnswer) => void>();

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on("message", (answer: FetchAnswer) => {
  waiting.get(answer.id)?.(answer);
  waiting.delete(answer.id);
});
