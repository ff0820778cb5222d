import type { Json } from "./management/json.ts";
import { masked, maskedQuery } from "./mask.ts";

/** Requests kept; older ones are forgotten. */
const mostRequests = 10_000;

/** Bytes kept, all requests together as JSON; older ones are forgotten. */
export const mostBytes = 16 * 1024 * 1024;

/** One answered request. */
export interface LoggedRequest {
  /** 1, 2, 3, … since the tenant started. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** Secrets masked. */
  readonly query: { readonly [name: string]: string };
  readonly status: number;
  /** The JSON body that came, secrets masked; null where there was none. */
  readonly body: Json;
}

/** The last 10,000 requests or 16 MB of them, in memory. */
export class RequestLog {
  // kept as text: of JSON as objects nobody can say how much memory it takes
  readonly #requests: { readonly seq: number; readonly text: string; readonly bytes: number }[] = [];
  #last = 0;
  #bytes = 0;

  add(request: Omit<LoggedRequest, "seq" | "body">, body: Json): void {
    this.#last += 1;
    const logged: LoggedRequest = {
      seq: this.#last,
      ...request,
      query: maskedQuery(request.query),
      body: masked(body),
    };
    const text = JSON.stringify(logged);
    const bytes = Buffer.byteLength(text);
    this.#requests.push({ seq: this.#last, text, bytes });
    this.#bytes += bytes;
    while (this.#requests.length > mostRequests || this.#bytes > mostBytes) {
      this.#bytes -= this.#requests.shift()?.bytes ?? 0;
    }
  }

  /** The JSON of a list of `LoggedRequest`: oldest first, only those after a sequence number. */
  since(seq: number): string {
    const later = this.#requests.filter((request) => request.seq > seq);
    return `[${later.map(({ text }) => text).join(",")}]`;
  }
}
