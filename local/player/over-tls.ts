import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { text } from "node:stream/consumers";
import type { Transport } from "./browser.ts";

/** Over the network, https with the certificate that vouches for everything on this machine. @param ca PEM */
export function overTls(ca: string): Transport {
  return async (url, { method, headers, body }) => {
    const length = method === "GET" ? {} : { "content-length": Buffer.byteLength(body) };
    const options = { method, headers: { ...headers, ...length }, agent: false } as const;
    const sent = url.protocol === "https:" ? secure(url, { ...options, ca }) : plain(url, options);
    sent.end(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    return {
      status: answer.statusCode ?? 0,
      location: answer.headers.location,
      cookies: answer.headers["set-cookie"] ?? [],
      html: await text(answer),
    };
  };
}
