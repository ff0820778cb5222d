import { dirname } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { ActionRunner } from "./actions/runner.ts";
import { tenantApp } from "./app.ts";
import { Providers, type ProvidersAt } from "./authentication/upstream/providers.ts";
import { certificateAuthority, type KeyPair, leafCertificate, signingCertificate } from "./certificate.ts";
import { families } from "./entities/index.ts";
import { makeFolder } from "./folder.ts";
import { gate } from "./gate.ts";
import { listen, stop } from "./listen.ts";
import { textAt } from "./management/json.ts";
import { Objects } from "./management/objects.ts";
import { routesOf } from "./management/routes.ts";
import type { Tenant } from "./management/tables.ts";
import { RequestLog } from "./request-log.ts";
import { Store } from "./store.ts";
import { defaultSwitches, type Switches } from "./switches.ts";
import { signerOf } from "./tokens/signer.ts";

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

/** Whoever shows a running tenant to the person who runs it. */
export type Front = (app: Hono, tenant: Tenant) => void;

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
    const opened = await openTenant(options, { domain: `localhost:${own}`, log, providers });
    fetch = opened.fetch;
    for (const server of servers) server.setSecureContext({ cert: leaf.certificate, key: leaf.key });
    return {
      url: `https://localhost:${own}`,
      port: own,
      close: () => {
        closed ??= stopServers().then(() => opened.store.close());
        return closed;
      },
    };
  } catch (cause) {
    await stopServers();
    throw cause;
  }
}

async function openTenant(
  { data, switches, triggerTime, front }: TenantOptions,
  { domain, log, providers }: { domain: string; log: RequestLog; providers: Providers },
): Promise<{ fetch: Fetch; store: Store }> {
  makeDataFolder(dirname(data));
  const { store, fresh } = Store.open(data);
  const objects = new Objects(store, families);
  const pair = keptKeys(store) ?? (await signingCertificate("localhost"));
  const signingKeys = [{ cert: pair.certificate, subject: "/CN=localhost" }];
  const tenant: Tenant = { objects, domain, signingKeys, switches: { ...defaultSwitches, ...switches } };
  const runner = new ActionRunner({
    domain,
    ...(triggerTime === undefined ? {} : { time: triggerTime }),
    fetch: (request) => app.fetch(request),
  });
  const reset = () => {
    store.transaction(() => {
      store.clear();
      keepKeys(store, pair);
      for (const family of families) family.seed?.(tenant);
    });
    runner.forget();
  };
  if (fresh || !store.get(service, signing)) reset();
  else if (!keptKeys(store)) store.transaction(() => keepKeys(store, pair));
  const app = tenantApp({ tenant, runner, signer: signerOf(pair), routes: routesOf(families), log, providers, reset });
  front?.(app, tenant);
  return { fetch: (request) => app.fetch(request), store };
}

/** What the service keeps for itself, beside the families. */
const service = "service";
const signing = "signing-keys";

/** The pair that signs tokens; undefined in a data file of before there were tokens, which has the certificate only. */
function keptKeys(store: Store): KeyPair | undefined {
  const { body = {} } = store.get(service, signing) ?? {};
  const [certificate, key] = [textAt(body, "certificate"), textAt(body, "key")];
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

function keepKeys(store: Store, { certificate, key }: KeyPair): void {
  const known = store.get(service, signing);
  if (known) store.update(known, { certificate, key }, []);
  else store.insert(service, "", signing, { certificate, key }, []);
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The folder ${folder} of the tenant's data file cannot be made: ${reason}.`, { cause });
  }
}
