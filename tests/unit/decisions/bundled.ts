import { createRequire } from "node:module";
import vm from "node:vm";
import { bundle } from "../../../actions/bundle.ts";
import { claimedDomains } from "./dimensions.ts";

export const claimNamespace = "https://travel.example/claims/";

const byOwnership = { default: "pre-customer", byStage: { owner: "owner" } };
const settings = {
  claimNamespace,
  stages: ["lead", "prospect", "prospect-demo", "owner"],
  firstRoles: {
    individual: byOwnership,
    customer: byOwnership,
    vendor: { default: "vendor-editor", byStage: {} },
  },
};

const domain = "tenant.example";
const roleIds = { owner: "rol_owner", "pre-customer": "rol_pre", "vendor-editor": "rol_vendor" };
const secrets = {
  DOMAIN: domain,
  CLIENT_ID: "first-roles-client",
  CLIENT_SECRET: "first-roles-secret",
  ROLE_IDS: JSON.stringify(roleIds),
};

/** What an Action did at one login. */
export interface Done {
  readonly denied: string[];
  readonly idToken: Record<string, unknown>;
  readonly accessToken: Record<string, unknown>;
  /** Calls that demand a second factor. */
  readonly secondFactor: string[];
  /** Calls that assign a role: method, path and body. */
  readonly roleCalls: string[];
  readonly appMetadata: Record<string, unknown>;
  readonly log: string[];
}

type Handler = (event: Record<string, unknown>, api: unknown) => Promise<void>;

let done: Done = nothingDone();

function nothingDone(): Done {
  return { denied: [], idToken: {}, accessToken: {}, secondFactor: [], roleCalls: [], appMetadata: {}, log: [] };
}

const cached = new Map<string, { value: string; expires_at: number }>();

/** Puts everything it is asked to do into `done`; a method that Auth0 has and this lacks makes the test fail. */
const api = {
  access: { deny: (...texts: string[]) => void done.denied.push(...texts) },
  idToken: { setCustomClaim: (name: string, value: unknown) => void Object.assign(done.idToken, { [name]: value }) },
  accessToken: {
    setCustomClaim: (name: string, value: unknown) => void Object.assign(done.accessToken, { [name]: value }),
  },
  authentication: {
    challengeWithAny: () => void done.secondFactor.push("challenge"),
    enrollWithAny: () => void done.secondFactor.push("enroll"),
  },
  user: {
    setAppMetadata: (name: string, value: unknown) => void Object.assign(done.appMetadata, { [name]: value }),
  },
  cache: {
    get: (key: string) => cached.get(key),
    set: (key: string, value: string) => {
      const record = { value, expires_at: Date.now() + 3_600_000 };
      cached.set(key, record);
      return { type: "success", record };
    },
    delete: (key: string) => {
      cached.delete(key);
      return { type: "success" };
    },
  },
};

/** The tenant: a token for `first-roles`, and the two calls that assign a role; anything else is a fault. */
async function tenant(address: string | URL, request?: RequestInit): Promise<Response> {
  const url = new URL(address);
  const method = request?.method ?? "GET";
  if (method === "POST" && url.href === `https://${domain}/oauth/token`) {
    return Response.json({ access_token: "first-roles-token", token_type: "Bearer", expires_in: 86_400 });
  }
  const ofMember = /^\/api\/v2\/organizations\/[^/]+\/members\/[^/]+\/roles$/.test(url.pathname);
  const ofPerson = /^\/api\/v2\/roles\/[^/]+\/users$/.test(url.pathname);
  if (method !== "POST" || url.host !== domain || !(ofMember || ofPerson)) {
    throw new Error(`no such call: ${method} ${url.href}`);
  }
  const authorization = new Headers(request?.headers).get("authorization");
  if (authorization !== "Bearer first-roles-token") throw new Error("a role is assigned without the token");
  done.roleCalls.push(`${decodeURIComponent(url.pathname)} ${String(request?.body)}`);
  return ofMember ? new Response(null, { status: 204 }) : Response.json({});
}

const log = (...words: unknown[]) => void done.log.push(words.join(" "));
const recorder = { log, info: log, warn: log, error: log };
const mayRequire = new Set(["node:crypto", "node:url", "crypto", "url"]);
const nodeRequire = createRequire(import.meta.url);
const require = (name: string) => {
  if (!mayRequire.has(name)) throw new Error(`the Action requires ${name}`);
  return nodeRequire(name);
};

async function load(): Promise<Handler> {
  const code = await bundle("post-login", settings, claimedDomains);
  const exported: { onExecutePostLogin?: Handler } = {};
  const run = vm.compileFunction(code, ["exports", "module", "require", "fetch", "console"]);
  run(exported, { exports: exported }, require, tenant, recorder);
  if (!exported.onExecutePostLogin) throw new Error("the bundle exports no onExecutePostLogin");
  return exported.onExecutePostLogin;
}

const handler = await load();

/** What the bundled post-login Action does at a login. One at a time: the record is shared. */
export async function login(event: Record<string, unknown>): Promise<Done> {
  done = nothingDone();
  event.secrets = secrets;
  await handler(event, api);
  return done;
}

/** The code before the sentence of a refusal, or undefined when the login went on. */
export function refusalOf({ denied }: Done): string | undefined {
  if (denied.length === 0) return undefined;
  const [, code, sentence] = /^(\S+): (\S.*[.!?])$/.exec(denied[0] ?? "") ?? [];
  if (denied.length !== 1 || code === undefined || sentence === undefined) {
    throw new Error(`not one refusal with a code and a sentence: ${JSON.stringify(denied)}`);
  }
  return code;
}

/** The id that the secret `ROLE_IDS` gives a role. */
export function roleId(role: string): string {
  const found = Object.entries(roleIds).find(([name]) => name === role)?.[1];
  if (found === undefined) throw new Error(`no role ${role}`);
  return found;
}
