import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type Fault, faultBody } from "./management/faults.ts";
import type { RequestLog } from "./request-log.ts";

/** Bytes of a request's body. Auth0 has a limit of its own, which no source was found for: this one is ours. */
export const bodyLimit = 1024 * 1024;

const ownName = "(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::\\d+)?";
const ownHost = new RegExp(`^${ownName}$`, "i");
const ownOrigin = new RegExp(`^https://${ownName}$`, "i");

/** True for the Origin of a page that this machine serves over TLS. */
export function isOwnOrigin(origin: string): boolean {
  return ownOrigin.test(origin);
}

/**
 * Lets a request on to `answer` with its whole body read (`rawBody`), where it is meant for this machine and not too large.
 * What it refuses is logged; a request whose client went away before it was whole is dropped, for nobody is there to answer.
 */
export function gate(log: RequestLog, answer: RequestListener): RequestListener {
  return async (incoming, outgoing) => {
    const fault = misdirected(incoming);
    if (fault) return turnAway(log, incoming, outgoing, fault);
    const body = await bodyOf(incoming);
    if (body === "too large") {
      await thrownAway(incoming);
      return turnAway(log, incoming, outgoing, tooLarge);
    }
    if (body === "aborted") return;
    answer(Object.assign(incoming, { rawBody: body }), outgoing);
  };
}

const tooLarge: Fault = { status: 413, message: `The request body may hold ${bodyLimit} bytes at most` };

/** A web page whose name was made to lead here must not get in: its browser still sends that name as Host. */
function misdirected({ url = "", headers: { host } }: IncomingMessage): Fault | undefined {
  if (!/^\/[^\\?]*(?:\?|$)/.test(url)) return { status: 400, message: "The request target must be a path" };
  if (host === undefined || host === "") return { status: 400, message: "Missing Host header" };
  if (ownHost.test(host) && URL.canParse(`https://${host}`)) return undefined;
  return { status: 421, message: "This tenant answers as localhost, 127.0.0.1 or [::1] only" };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | "too large" | "aborted"> {
  if (Number(incoming.headers["content-length"] ?? 0) > bodyLimit) return "too large";
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    // the stream must outlive an early end of the loop: the answer goes over the same socket
    for await (const part of incoming.iterator({ destroyOnReturn: false })) {
      bytes += part.length;
      if (bytes > bodyLimit) return "too large";
      parts.push(part);
    }
  } catch (cause) {
    if (incoming.destroyed) return "aborted";
    throw cause;
  }
  return Buffer.concat(parts);
}

/** Milliseconds for which a body that is too large is still read. */
const lingering = 250;

/** Reads on for a moment, keeping nothing: a client that is still writing when the connection ends never sees the answer. */
function thrownAway(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, lingering);
    incoming.resume().once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The connection ends with the answer: what else was sent over it is not read. */
function turnAway(log: RequestLog, { method = "", url = "" }: IncomingMessage, outgoing: ServerResponse, fault: Fault) {
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  log.add({ time: new Date().toISOString(), method, path, query: parameters, status: fault.status }, null);
  outgoing.writeHead(fault.status, { "Content-Type": "application/json", Connection: "close" });
  outgoing.end(JSON.stringify(faultBody(fault)));
}
