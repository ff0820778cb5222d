import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pageFrom } from "../../../../local/player/page.ts";
import type { TestTenant } from "../harness.ts";

/** A request as anybody can write one: whatever stands here is sent as it is. */
export interface Raw {
  readonly method?: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  /** The names of all headers, lower-case. */
  readonly headers: readonly string[];
  readonly text: string;
}

/** Requests past any browser, over connections that stay open until `close`. */
export class Wire {
  readonly #agent: Agent;
  readonly #port: number;

  constructor({ port, ca }: { readonly port: number; readonly ca: string | Buffer }) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: 8, ca });
    this.#port = port;
  }

  static to({ folder, running }: TestTenant): Wire {
    return new Wire({ port: running.port, ca: readFileSync(join(folder, "ca.pem")) });
  }

  async ask({ method = "GET", path, headers = {}, body }: Raw): Promise<RawAnswer> {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request({
      host: "localhost",
      port: this.#port,
      agent: this.#agent,
      method,
      path,
      headers: { ...length, ...headers },
    });
    sent.end(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    return {
      status: answer.statusCode ?? 0,
      type: answer.headers["content-type"] ?? "",
      location: answer.headers.location,
      cookies: answer.headers["set-cookie"] ?? [],
      headers: Object.keys(answer.headers),
      text: await text(answer),
    };
  }

  close(): void {
    this.#agent.destroy();
  }
}

export const urlencoded = "application/x-www-form-urlencoded";

export function formed(path: string, fields: Readonly<Record<string, string>>, headers = {}): Raw {
  const body = new URLSearchParams(fields).toString();
  return { method: "POST", path, body, headers: { "content-type": urlencoded, ...headers } };
}

/** What an answer says is wrong: of a page its heading and list, of JSON its value, of a redirect where it leads. */
export function saidBy({ status, type, location, text: said }: RawAnswer): unknown {
  if (location !== undefined) {
    const to = new URL(location, "https://localhost");
    return { status, to: `${to.origin}${to.pathname}`, ...Object.fromEntries(to.searchParams) };
  }
  if (type.startsWith("text/html")) {
    const { title, items } = pageFrom(new URL("https://localhost/"), status, said);
    return { status, title, items };
  }
  return { status, body: type.startsWith("application/json") ? JSON.parse(said) : said };
}
