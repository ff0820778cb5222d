import type { IncomingMessage, ServerResponse } from "node:http";
import { certificateAuthority, leafCertificate } from "../tenant/certificate.ts";
import { listen, stop } from "../tenant/listen.ts";
import { issuersOf, type Provider, type Providers, type SamlProvider } from "./description.ts";
import { play, signInPath } from "./play.ts";
import { signIn } from "./sign-in.ts";

export interface ProvidersOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** The folder of the certificate authority; made where there is none. */
  readonly caDir: string;
  readonly providers: Providers;
}

export interface RunningProviders {
  readonly url: string;
  readonly port: number;
  /** Issuer → where it is played, as the tenant wants it. */
  readonly at: { readonly [issuer: string]: string };
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Plays identity providers on loopback, all at one port, each below its own name: `https://localhost:PORT/acme`.
 * Throws an Error with one sentence where port or certificate folder cannot be used.
 */
export async function startProviders({ port, caDir, providers }: ProvidersOptions): Promise<RunningProviders> {
  const played = Object.entries(providers).map(
    async ([slug, provider]) => [slug, await handlerOf(slug, provider)] as const,
  );
  const handlers = new Map(await Promise.all(played));
  const servers = await listen(port, (request, response) => {
    void answer(handlers, request, response).catch((cause: unknown) => {
      process.stderr.write(`An identity provider failed: ${cause instanceof Error ? cause.stack : cause}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  try {
    const leaf = await leafCertificate(await certificateAuthority(caDir));
    for (const server of servers) server.setSecureContext({ cert: leaf.certificate, key: leaf.key });
  } catch (cause) {
    await Promise.all(servers.map(stop));
    throw cause;
  }
  const bound = servers[0]?.address();
  const own = typeof bound === "object" && bound !== null ? bound.port : port;
  const url = `https://localhost:${own}`;
  let closed: Promise<unknown> | undefined;
  return {
    url,
    port: own,
    at: Object.fromEntries(
      Object.entries(providers).flatMap(([slug, provider]) =>
        issuersOf(provider).map((issuer) => [issuer, `${url}/${slug}`] as const),
      ),
    ),
    close: async () => {
      closed ??= Promise.all(servers.map(stop));
      await closed;
    },
  };
}

async function handlerOf(slug: string, provider: Provider): Promise<Handler> {
  if (provider.flavour === "samlp") return onceAsked(slug, provider);
  const path = `/${slug}`;
  const oidc = await play(path, provider);
  const callback = oidc.callback();
  return async (request, response) => {
    const below = (request.url ?? "").slice(path.length) || "/";
    if (below.startsWith(`${signInPath}/`)) return signIn(oidc, provider, request, response);
    // as a web framework mounts an app below a path: https://github.com/panva/node-oidc-provider/blob/main/docs/README.md#mounting-oidc-provider
    await callback(Object.assign(request, { originalUrl: request.url, url: below }), response);
  };
}

/** SAML is loaded at the first request, so that a tenant that starts does not wait for it. */
function onceAsked(slug: string, provider: SamlProvider): Handler {
  let loaded: Promise<Handler> | undefined;
  return async (request, response) => {
    loaded ??= import("./saml/serve.ts").then(({ serveSaml }) => serveSaml(slug, provider));
    return (await loaded)(request, response);
  };
}

/** A web page whose name was made to lead here must not get in: its browser still sends that name as Host. */
const ownHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

async function answer(handlers: ReadonlyMap<string, Handler>, request: IncomingMessage, response: ServerResponse) {
  const { host = "" } = request.headers;
  const [, slug = ""] = /^\/([a-z0-9-]+)(?:[/?]|$)/.exec(request.url ?? "") ?? [];
  const handler = handlers.get(slug);
  if (ownHost.test(host) && handler) return handler(request, response);
  response.writeHead(ownHost.test(host) ? 404 : 421, { "Content-Type": "text/plain" });
  response.end("There is no identity provider here.\n");
}
