import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";

export interface Answer {
  readonly status: number;
  /** Read as JSON; undefined where there is none. */
  readonly body: unknown;
}

export interface Sent {
  readonly method: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bearer?: string;
}

/** One request of a program's own, past any browser. @param ca the certificate that vouches for the server */
export async function send(ca: string, url: string, { method, form, json, bearer }: Sent): Promise<Answer> {
  const content = form ? new URLSearchParams(form).toString() : json === undefined ? "" : JSON.stringify(json);
  const headers = {
    "content-type": form ? "application/x-www-form-urlencoded" : "application/json",
    "content-length": Buffer.byteLength(content),
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  };
  const sent = request(url, { method, headers, ca, agent: false });
  sent.end(content);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const said = await text(answer);
  return { status: answer.statusCode ?? 0, body: said === "" ? undefined : JSON.parse(said) };
}
