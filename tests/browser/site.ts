import type { RequestListener } from "node:http";
import type { KeyPair } from "../../local/tenant/certificate.ts";
import { listen, stop } from "../../local/tenant/listen.ts";

/** An app's own site on this machine. */
export interface Site {
  /** `https://localhost:PORT`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves on a free port. @param leaf certificate and key, PEM */
export async function startSite(leaf: KeyPair, answer: RequestListener): Promise<Site> {
  const servers = await listen(0, answer);
  for (const server of servers) server.setSecureContext({ cert: leaf.certificate, key: leaf.key });
  const bound = servers[0]?.address();
  if (typeof bound !== "object" || bound === null) throw new Error("the site has no port");
  return {
    origin: `https://localhost:${bound.port}`,
    close: async () => {
      await Promise.all(servers.map(stop));
    },
  };
}
