import { readFileSync } from "node:fs";
import { request } from "node:https";
import { z } from "zod";
import { ANY_TOKEN } from "../engine/environment.ts";

/** Where a tenant answers, and the certificate that vouches for it. */
export interface Tenant {
  readonly port: number;
  /** The file of the authority's certificate; read at each call, since a new tenant writes a new one. */
  readonly ca: string;
}

/** An answer: its status, and its body read as JSON where it is that, else undefined. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** How a list is paged: by page number, or from the mark that the page before ends with. */
export type Paging = "page" | "mark";

const PAGE = 100;
const LIMIT_MS = 10_000;
const Next = z.object({ next: z.string().optional() });
const OBJECTS = z.array(z.record(z.string(), z.unknown()));

const Minted = z.object({ access_token: z.string() });
const tokens = new Map<string, Promise<string>>();

/**
 * A token for the tenant's Management API: any text, always the same one, unless it demands scopes; asked for once a process.
 * @throws when nothing trusted answers there
 */
export function tokenFor(tenant: Tenant): Promise<string> {
  const place = `${tenant.port} ${tenant.ca}`;
  const token = tokens.get(place) ?? askToken(tenant);
  tokens.set(place, token);
  token.catch(() => tokens.delete(place));
  return token;
}

async function askToken(tenant: Tenant): Promise<string> {
  const anything = await send(tenant, "GET", "/api/v2/tenants/settings", { token: ANY_TOKEN });
  if (anything.status === 200) return ANY_TOKEN;
  return Minted.parse((await send(tenant, "POST", "/.local/token")).body).access_token;
}

/** Sends one request to the local tenant's Management API. @throws when nothing trusted answers there */
export async function call(tenant: Tenant, method: string, path: string, body?: object): Promise<Answer> {
  return send(tenant, method, `/api/v2/${path}`, { body, token: await tokenFor(tenant) });
}

function send(
  tenant: Tenant,
  method: string,
  path: string,
  { body, token }: { body?: object | undefined; token?: string } = {},
): Promise<Answer> {
  const text = body === undefined ? "" : JSON.stringify(body);
  return new Promise((settle, fail) => {
    const sent = request(
      {
        host: "localhost",
        port: tenant.port,
        path,
        method,
        ca: readFileSync(tenant.ca, "utf8"),
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text), // said, because Node sends no body of a DELETE without it
        },
        timeout: LIMIT_MS,
        agent: false,
      },
      (answer) => {
        let said = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          said += part;
        });
        answer.on("error", fail);
        answer.on("end", () => settle({ status: answer.statusCode ?? 0, body: parse(said) }));
      },
    );
    sent.on("timeout", () =>
      sent.destroy(new Error(`localhost:${tenant.port} did not answer in ${LIMIT_MS / 1000} s`)),
    );
    sent.on("error", fail);
    sent.end(text);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Does this checkout's own tenant answer there? Another program's certificate is not vouched for by our authority. */
export async function answers(tenant: Tenant): Promise<boolean> {
  try {
    return (await call(tenant, "GET", "tenants/settings")).status === 200;
  } catch {
    return false; // closed, not TLS, another certificate, no authority yet: not ours in each case
  }
}

/** Every object of a list, page by page. A list that does not exist (404: its parent is gone) has none. */
export async function list(tenant: Tenant, path: string, paging: Paging): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  let next = paging === "page" ? `page=0&per_page=${PAGE}` : `take=${PAGE}`;
  for (let page = 1; ; page += 1) {
    const answer = await call(tenant, "GET", `${path}?${next}`);
    if (answer.status === 404) return all;
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}`);
    const objects = OBJECTS.parse(inside(answer.body));
    all.push(...objects);
    const from = Next.safeParse(answer.body).data?.next;
    if (paging === "page" ? objects.length < PAGE : from === undefined) return all;
    next = paging === "page" ? `page=${page}&per_page=${PAGE}` : `take=${PAGE}&from=${encodeURIComponent(from ?? "")}`;
  }
}

// Some lists are bare arrays; others, as the actions, hold the array under a name of its own.
function inside(body: unknown): unknown {
  if (Array.isArray(body) || typeof body !== "object" || body === null) return body;
  return Object.values(body).find((value) => Array.isArray(value)) ?? [];
}
