import { request } from "node:https";
import type { CustomFetch, CustomFetchOptions } from "openid-client";

/** An address that is nowhere on this machine, or where nobody answers. */
export class Unreachable extends Error {}

/** Bytes of one answer of an identity provider. */
const largest = 1024 * 1024;

const discovery = "/.well-known/openid-configuration";

/** True for an https address of this machine. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/**
 * The `fetch` by which one identity provider is spoken to. Its discovery document, whose place follows from the issuer
 * (https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig), is read at `base`; every other address must be one of
 * this machine, whatever the document says. A redirect is an answer like any other and leads nowhere.
 * @param ca PEM of the one authority that is trusted
 */
export function loopbackFetch(issuer: string, base: string, ca: string): CustomFetch {
  const published = `${withoutSlash(issuer)}${discovery}`;
  return (url, options) => {
    const to = url === published ? `${withoutSlash(base)}${discovery}` : url;
    return isLoopback(to)
      ? send(to, options, ca)
      : Promise.reject(new Unreachable(`${new URL(to).origin} is not here`));
  };
}

export function withoutSlash(address: string): string {
  return address.replace(/\/$/, "");
}

function send(url: string, { method, headers, body, signal }: CustomFetchOptions, ca: string): Promise<Response> {
  const content = body instanceof URLSearchParams || typeof body === "string" ? String(body) : undefined;
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new Unreachable("no answer", { cause }));
    const described = {
      ...headers,
      ...(content === undefined ? {} : { "content-length": Buffer.byteLength(content) }),
    };
    const sent = request(url, { method, headers: described, ca, agent: false, signal }, (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > largest) sent.destroy(new Error("too large an answer"));
        parts.push(part);
      });
      answer.on("error", failed);
      answer.on("end", () => {
        const type = answer.headers["content-type"];
        const said = { status: answer.statusCode ?? 500, headers: type === undefined ? {} : { "content-type": type } };
        resolve(new Response(hasBody(said.status) ? Buffer.concat(parts) : null, said));
      });
    });
    sent.on("error", failed);
    sent.end(content);
  });
}

/** https://fetch.spec.whatwg.org/#null-body-status */
function hasBody(status: number): boolean {
  return ![101, 103, 204, 205, 304].includes(status);
}
