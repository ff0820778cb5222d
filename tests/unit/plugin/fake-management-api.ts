import "reflect-metadata"; // the container inside the certificate library needs it
import { createPrivateKey, webcrypto } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";
import type { Json, JsonObject } from "../../../local/plugin/management.ts";

interface Sent {
  readonly method: string;
  /** Below `/api/v2/`, with its query. */
  readonly path: string;
  readonly body: Json;
}
interface Asked extends Sent {
  readonly headers: IncomingHttpHeaders;
}
export interface Reply {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}
export type Answer = (asked: Asked) => Reply;

/** A Management API on loopback that answers as a test tells it and remembers what it was asked. */
export interface FakeApi {
  readonly domain: string;
  /** Its own certificate: the one a client has to trust. */
  readonly certificate: string;
  readonly requests: Sent[];
  /** `METHOD path` of every request since the last call. */
  readonly lines: () => string[];
  answer: Answer;
  readonly close: () => Promise<void>;
}

/** A certificate for localhost that signs itself, and its key; both PEM. */
export async function throwawayCertificate(): Promise<{ cert: string; key: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }])],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" });
  return { cert: certificate.toString("pem"), key: String(key) };
}

export async function startFakeApi(answer: Answer): Promise<FakeApi> {
  const { cert, key } = await throwawayCertificate();
  const requests: Sent[] = [];
  let seen = 0;
  const server: Server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const form = request.headers["content-type"] === "application/x-www-form-urlencoded";
      const body = form ? Object.fromEntries(new URLSearchParams(text)) : text ? (JSON.parse(text) as Json) : null;
      const path = (request.url ?? "").replace(/^\/api\/v2\//, "");
      const sent = { method: request.method ?? "", path, body };
      requests.push(sent);
      const reply = api.answer({ ...sent, headers: request.headers });
      response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
      response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const api: FakeApi = {
    domain: `localhost:${(server.address() as AddressInfo).port}`,
    certificate: cert,
    requests,
    answer,
    lines() {
      const fresh = requests.slice(seen);
      seen = requests.length;
      return fresh.map(({ method, path }) => `${method} ${path}`);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}

export const refusal = (status: number, error: string, message: string): Reply => ({
  status,
  body: { statusCode: status, error, message },
});
const gone = refusal(404, "Not Found", "It does not exist.");

/**
 * A collection of objects with ids, as a plain store: what is written is read back, null removes a field.
 * @param made adds what a server makes of a new object
 */
export function store(collection: string, id: string, made: JsonObject = {}, idField = "id"): Answer {
  const objects = new Map<string, JsonObject>();
  return ({ method, path, body }) => {
    const [route = ""] = path.split("?");
    if (route === collection && method === "POST") {
      const object = { ...made, ...(body as JsonObject), [idField]: id };
      objects.set(id, object);
      return { status: 201, body: object };
    }
    const key = decodeURIComponent(route.slice(collection.length + 1));
    const object = objects.get(key);
    if (!route.startsWith(`${collection}/`) || !object) return gone;
    if (method === "DELETE") {
      objects.delete(key);
      return { status: 204 };
    }
    if (method === "PATCH") {
      for (const [name, value] of Object.entries(body as JsonObject)) {
        if (value === null) delete object[name];
        else object[name] = value;
      }
    }
    return { status: 200, body: object };
  };
}
