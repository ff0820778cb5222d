import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };
export type Query = Readonly<Record<string, string | number>>;
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** An answer of the Management API that is no success. */
export class ApiError extends Error {
  readonly status: number;
  /** The answer as it came. */
  readonly text: string;

  constructor(status: number, reason: string, message: string, text = "") {
    super(`${status} ${reason}: ${message}`);
    this.status = status;
    this.text = text;
  }
}

export interface Connection {
  /** `localhost:8443` or `https://tenant.eu.auth0.com` */
  readonly domain: string;
  /** The bearer token of every request; called once a request. */
  readonly token: (api: Transport) => Promise<string>;
  /** Text of the trusted certificates, when not the system's. */
  readonly trusted?: string | undefined;
  /** Waits; tests hand in one that does not. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What a token request needs of the client: it carries no token itself, at most the client's own proof. */
export type Transport = (
  method: Method,
  path: string,
  body: string,
  type: string,
  authorization?: string,
) => Promise<Answer>;
interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

const RETRIED = new Set([500, 502, 503, 504, 524]);
const RETRIES = 3;
/** Seconds to wait after a 429 that does not say when to come back. */
const UNTOLD_RESET = 5;

/**
 * The Auth0 Management API over TLS. Waits out rate limits as often as they come, and repeats what failed on the
 * server's side or on the way three times, creations included: the provider does the same, so a dropped answer can
 * make a second object here as there. https://auth0.com/docs/api/management/v2
 */
export class ManagementApi {
  readonly origin: string;
  readonly #agent: Agent;
  readonly #connection: Connection;
  readonly #wait: (milliseconds: number) => Promise<unknown>;

  constructor(connection: Connection) {
    this.origin = `https://${connection.domain.replace(/^.*?\/\//, "").replace(/\/+$/, "")}`;
    this.#connection = connection;
    this.#wait = connection.wait ?? sleep;
    this.#agent = new Agent({ keepAlive: true, ...(connection.trusted ? { ca: connection.trusted } : {}) });
  }

  /**
   * Sends one request and returns the decoded answer, null when it is empty.
   * @param path below `/api/v2/`, its variable parts encoded
   * @throws ApiError for an answer that is no success; Error with one sentence for a tenant that cannot be reached
   */
  async send(method: Method, path: string, body?: Json, query: Query = {}): Promise<Json> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
    const target = `/api/v2/${path}${parameters.size > 0 ? `?${parameters}` : ""}`;
    const token = await this.#connection.token((...call) => this.#deliver(...call));
    const sent = body === undefined ? "" : JSON.stringify(body);
    const answer = await this.#deliver(method, target, sent, "application/json", `Bearer ${token}`);
    if (answer.status >= 200 && answer.status < 300) return answer.text ? (JSON.parse(answer.text) as Json) : null;
    throw this.#refusal(answer);
  }

  /** The same for answers that are one object. */
  async object(method: Method, path: string, body?: Json, query?: Query): Promise<JsonObject> {
    return asObject(await this.send(method, path, body, query));
  }

  /** Ends idle connections. */
  close(): void {
    this.#agent.destroy();
  }

  /** Waits between the steps of one operation, as the provider does where the API needs a moment. */
  pause(milliseconds: number): Promise<unknown> {
    return this.#wait(milliseconds);
  }

  async #deliver(method: Method, path: string, body: string, type: string, authorization?: string): Promise<Answer> {
    for (let failures = 0; ; ) {
      const answer = await this.#exchange(method, path, body, type, authorization).catch((error: unknown) => {
        if (isUntrusted(error) || failures >= RETRIES) throw this.#unreachable(error);
        return undefined;
      });
      if (answer?.status === 429) await this.#wait(untilReset(answer.headers["x-ratelimit-reset"]));
      else if (answer && (!RETRIED.has(answer.status) || failures >= RETRIES)) return answer;
      else await this.#wait(Math.random() * Math.min(10_000, 500 * 2 ** failures++));
    }
  }

  #exchange(method: Method, path: string, body: string, type: string, authorization?: string): Promise<Answer> {
    const headers: Record<string, string> = {
      accept: "application/json",
      "user-agent": "auth0-b2b-plugin",
      ...(authorization === undefined ? {} : { authorization }),
      ...(body ? { "content-type": type, "content-length": String(Buffer.byteLength(body)) } : {}),
    };
    return new Promise((resolve, reject) => {
      const call = request(new URL(this.origin + path), { method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const { statusCode = 0, headers: answered } = response;
          resolve({ status: statusCode, headers: answered, text: Buffer.concat(chunks).toString("utf8") });
        });
      });
      call.on("error", reject);
      call.end(body);
    });
  }

  #refusal(answer: Answer): Error {
    const { error, message } = readRefusal(answer.text);
    const failure = new ApiError(answer.status, error, message, answer.text);
    if (answer.status !== 401) return failure;
    const remedy = "set AUTH0_API_TOKEN to a valid Management API token, or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET";
    return new Error(`${this.origin} refused the token (${failure.message}): ${remedy}.`);
  }

  #unreachable(error: unknown): Error {
    const reason = reasonOf(error);
    if (isUntrusted(error)) {
      const remedy = "set SSL_CERT_FILE to a bundle that holds the authority which signed it";
      return new Error(`The certificate of ${this.origin} is not trusted (${reason}): ${remedy}.`);
    }
    const remedy = "start the tenant, or set AUTH0_DOMAIN to one that runs";
    return new Error(`${this.origin} cannot be reached (${reason}): ${remedy}.`);
  }
}

export function asObject(json: Json | undefined): JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}

export function asArray(json: Json | undefined): Json[] {
  return Array.isArray(json) ? json : [];
}

const TRUST = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;
const isUntrusted = (error: unknown): boolean => TRUST.test(codeOf(error));

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || codeOf(error) : String(error);
}

/** Milliseconds until the time that a 429 names, in unix seconds; none when it has passed. */
function untilReset(header: string | string[] | undefined): number {
  const reset = Number(header);
  if (header === undefined || !Number.isInteger(reset)) return UNTOLD_RESET * 1000;
  return Math.max(0, reset - Math.floor(Date.now() / 1000)) * 1000;
}

/** The texts of an error answer: https://auth0.com/docs/api/management/v2/introduction */
function readRefusal(text: string): { error: string; message: string } {
  try {
    const { error, message } = asObject(JSON.parse(text) as Json);
    return { error: String(error ?? "Error"), message: String(message ?? "no reason given") };
  } catch (error) {
    if (error instanceof SyntaxError) return { error: "Error", message: "the answer is not JSON" };
    throw error;
  }
}
