import type { RequestListener } from "node:http";
import { listen } from "../local/tenant/listen.ts";

/** Serves on loopback, over TLS, at the port of `url`. Throws an Error with one sentence where that is taken. */
export async function serve(
  url: string,
  answer: RequestListener,
  leaf: { readonly certificate: string; readonly key: string },
): Promise<void> {
  const servers = await listen(Number(new URL(url).port), answer);
  for (const server of servers) server.setSecureContext({ cert: leaf.certificate, key: leaf.key });
}
