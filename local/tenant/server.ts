import { getRequestListener } from "@hono/node-server";
import { Providers, type ProvidersAt } from "./authentication/upstream/providers.ts";
import { certificateAuthority, leafCertificate } from "./certificate.ts";
import { gate } from "./gate.ts";
import { listen, stop } from "./listen.ts";
import { type OpenTenant, openTenant } from "./open.ts";
import { RequestLog } from "./request-log.ts";
import type { Switches } from "./switches.ts";

export interface TenantOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** The data file; made where there is none. */
  readonly data: string;
  /** The folder of the certificate authority; made where there is none. */
  readonly caDir: string;
  /** @default every switch at its first answer */
  readonly switches?: Partial<Switches>;
  /** Milliseconds that the Actions of a trigger have. @default 20 s, as Auth0 */
  readonly triggerTime?: number;
  /**
   * The identity providers that are played on this machine: issuer → where, under a certificate of the authority in `caDir`.
   * No other one is ever spoken to. A promise is waited for as late as can be.
   * @default none
   */
  readonly providers?: ProvidersAt | Promise<ProvidersAt>;
  /** Adds pages of this machine's own, below `/.local`. @default none */
  readonly front?: Front;
}

/** Whoever shows a running tenant to the person who runs it. `closing` aborts when the tenant is to end. */
export type Front = (opened: OpenTenant, closing: AbortSignal) => void;

export interface RunningTenant {
  readonly url: string;
  readonly port: number;
  /** Answers what is under way, then lets go of port and data file. */
  close(): Promise<void>;
}

type Fetch = (request: Request) => Response | Promise<Response>;

/**
 * Starts a tenant on loopback. The port is taken first, so that nothing is made where it is occupied.
 * Throws an Error with one sentence where port, data file or certificate folder cannot be used.
 */
export async function startTenant(options: TenantOptions): Promise<RunningTenant> {
  const { port, caDir } = options;
  const played = Promise.resolve(options.providers ?? {});
  played.catch(() => {}); // told where it is waited for, which may be later than it is known
  let closed: Promise<void> | undefined;
  let fetch: Fetch = () => new Response(null, { status: 503 });
  const closing = new AbortController();
  const log = new RequestLog();
  const answer = getRequestListener((request) => fetch(request));
  const servers = await listen(port, gate(log, answer));
  const stopServers = () => Promise.all(servers.map(stop));
  try {
    const bound = servers[0]?.address();
    const own = typeof bound === "object" && bound !== null ? bound.port : port;
    const authority = await certificateAuthority(caDir);
    const leaf = await leafCertificate(authority);
    const providers = new Providers(await played, authority.certificate);
    const opened = await openTenant({ ...options, domain: `localhost:${own}`, log, providers });
    options.front?.(opened, closing.signal);
    fetch = (request) => opened.app.fetch(request);
    for (const server of servers) server.setSecureContext({ cert: leaf.certificate, key: leaf.key });
    return {
      url: `https://localhost:${own}`,
      port: own,
      close: () => {
        closing.abort();
        closed ??= stopServers().then(() => opened.close());
        return closed;
      },
    };
  } catch (cause) {
    await stopServers();
    throw cause;
  }
}
